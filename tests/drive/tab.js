// Owns one tab: what its page is asked, where it is sent, and its end.
import { within } from './condition.js';

/** A tab is closed sooner, on a busy machine too. */
const CLOSED_MS = 10_000;

/**
 * A tab of either browser.
 *
 * Where Chromium 156 shows a page that it has prepared, and one of its frames is in a process of its own, puppeteer-core 24 loses the
 * page ("detached frame", or no answer at all). A session that is opened for each question reaches it.
 */
export class Tab {
  #page;
  #isCdp;

  /**
   * @param {import('puppeteer-core').Page} page
   * @param {import('./browser-binary.js').BrowserName} browser
   */
  constructor(page, browser) {
    this.#page = page;
    this.#isCdp = browser === 'chromium';
  }

  /**
   * Runs a function inside the page. May never settle, in the middle of a navigation.
   *
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R} run must not use anything of its module
   * @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  async run(run, ...args) {
    if (!this.#isCdp) {
      const answer = this.#page.evaluate(/** @type {import('puppeteer-core').EvaluateFunc<A>} */ (run), ...args);
      return /** @type {Awaited<R>} */ (await answer);
    }
    const expression = `(${run})(...${JSON.stringify(args)})`;
    const how = { awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = await this.#inSession((session) =>
      session.send('Runtime.evaluate', { expression, ...how }),
    );
    if (exceptionDetails) throw new Error(`Inside the page: ${exceptionDetails.text}`);
    return result.value;
  }

  /**
   * Goes to an address, and does not wait for the page.
   *
   * @param {string} url
   * @returns {Promise<unknown>}
   */
  goto(url) {
    return this.#isCdp
      ? this.#inSession((session) => session.send('Page.navigate', { url }))
      : this.#page.goto(url, { waitUntil: [], timeout: 0 });
  }

  /** Closes the tab. */
  close() {
    return closePage(this.#page);
  }

  /**
   * @template R
   * @param {(session: import('puppeteer-core').CDPSession) => Promise<R>} use
   * @returns {Promise<R>}
   */
  async #inSession(use) {
    const session = await this.#page.createCDPSession();
    try {
      return await use(session);
    } finally {
      await session.detach().catch(() => {});
    }
  }
}

/**
 * Closes a tab by its page. puppeteer-core 24 can wait for ever for Chromium's word that it did.
 *
 * @param {import('puppeteer-core').Page} page
 */
export async function closePage(page) {
  await within(page.close(), CLOSED_MS).catch((cause) => {
    const isOpen = page.browser().targets().includes(page.target());
    if (isOpen) throw new Error('The tab was not closed.', { cause });
  });
}
