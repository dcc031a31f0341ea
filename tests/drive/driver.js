// Owns what both browsers' drivers share: pages, navigation, the extension's own pages, and the end of it all.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { until, within } from './condition.js';

/** @typedef {import('puppeteer-core').Browser} Browser */
/** @typedef {import('puppeteer-core').Page} Page */

/**
 * @typedef {object} LaunchOptions
 * @property {import('./browser-binary.js').BrowserName} browser
 * @property {string} extensionPath folder of the built extension
 * @property {{ port: number, spki: string }} web the test web, which becomes every host
 * @property {boolean} [headless] true by default
 * @property {'en' | 'fr'} [language] of the browser; `en` by default
 * @property {string} [userDataDir] profile to use and keep; else a new one, removed by `close`
 * @property {'light' | 'dark'} [colorScheme] what pages are told; `light` by default
 * @property {string} [downloadsPath] where downloads go without a question
 * @property {string[]} [args] more of the browser's own command line
 * @property {Record<string, string | number | boolean>} [prefs] more of Firefox's preferences
 * @property {string[]} [otherExtensions] folders of extensions that are installed beside it; without a background in Chromium
 * @property {string[]} [elsewhere] hosts that are not the test web: asked on this machine, at the port that their URL names
 */

/** A file that every build has, of the extension's origin, that runs no code and so disturbs nothing. */
const DESK = 'manifest.json';

export class Driver {
  /** @type {Browser | null} */
  #browser = null;
  /** @type {Page | null} */
  #desk = null;
  /** @type {WeakMap<Page, number>} */
  #tabIds = new WeakMap();
  /** @type {Promise<unknown>} */
  #turn = Promise.resolve();
  #navigations = 0;
  #ownsProfile = false;

  /**
   * @param {LaunchOptions} options
   */
  constructor(options) {
    this.options = options;
    this.profile = options.userDataDir ?? '';
  }

  /** @returns {import('./browser-binary.js').BrowserName} */
  get name() {
    return this.options.browser;
  }

  /** Puppeteer's own object, for what this class does not offer. */
  get browser() {
    if (!this.#browser) throw new Error(`The driver of ${this.name} is closed: launch it again.`);
    return this.#browser;
  }

  /** Starts the browser; settles when the extension's background runs. */
  async start() {
    if (!this.profile) {
      this.profile = await mkdtemp(path.join(os.tmpdir(), `tiers-${this.name}-`));
      this.#ownsProfile = true;
    }
    try {
      this.#browser = await this.open();
      await this.ready();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Settles when the browser has gone, closed by the user or by `close`. */
  async gone() {
    const browser = this.#browser;
    if (!browser?.connected) return;
    await new Promise((resolve) => browser.once('disconnected', () => resolve(undefined)));
  }

  /** Ends the browser and starts it again with the same profile: its pages are gone, what was stored is not. */
  async restart() {
    await this.#end();
    this.#browser = await this.open();
    await this.ready();
  }

  /** Has the extension end and start anew, as an update does; settles when its pages can be opened again. */
  async restartExtension() {
    const desk = await this.#openDesk();
    this.#desk = null;
    // The call never returns: its page goes with the extension.
    desk.evaluate(() => chrome.runtime.reload()).catch(() => {});
    const where = () =>
      within(
        desk.evaluate(() => location.href),
        1000,
      ).catch(() => '');
    await until('the extension to end', async () => desk.isClosed() || !(await where()).startsWith(this.origin));
    await until('the extension to be back', () => this.asExtension(() => chrome.runtime.id));
  }

  /** Ends the browser, and removes the profile unless it was given. */
  async close() {
    await this.#end();
    if (this.#ownsProfile) await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #end() {
    const browser = this.#browser;
    this.#browser = null;
    this.#desk = null;
    if (browser?.connected) await browser.close();
  }

  /**
   * @param {string} file path inside the extension, with or without a query
   */
  extensionUrl(file) {
    return new URL(file, this.origin).href;
  }

  /** A new, blank tab in front. */
  async newPage() {
    // The extension's own list tells the new tab by the difference, so only one tab may be opened at a time.
    const opened = this.#turn.then(async () => {
      const before = await this.#allTabIds();
      const page = await this.browser.newPage();
      await this.dress(page);
      const after = await this.#allTabIds();
      const [tabId, ...others] = after.filter((id) => !before.includes(id));
      if (tabId === undefined || others.length > 0) {
        throw new Error(`${this.name}: ${others.length + 1} tabs appeared where one was opened.`);
      }
      this.#tabIds.set(page, tabId);
      return page;
    });
    this.#turn = opened.catch(() => {});
    return opened;
  }

  /**
   * The browser's own number of the tab, as the extension's events name it.
   * @param {Page} page made by `newPage` or `openExtensionPage`
   */
  tabIdOf(page) {
    const id = this.#tabIds.get(page);
    if (id === undefined) throw new Error('This page was not opened by the driver: open it with newPage().');
    return id;
  }

  /**
   * Opens a page of the extension in a new tab, e.g. `popup/popup.html?tab=3`.
   * @param {string} file
   */
  async openExtensionPage(file) {
    const page = await this.newPage();
    await this.goto(page, this.extensionUrl(file));
    return page;
  }

  /**
   * Navigates, and waits until the new document is loaded and, where it has a `data-done` flag, done.
   * @param {Page} page
   * @param {string} url
   * @param {{ timeoutMs?: number }} [options]
   */
  goto(page, url, options) {
    return this.#navigate(page, `${url} to load`, () => page.goto(url, { waitUntil: [], timeout: 0 }), options);
  }

  /** @param {Page} page */
  reload(page) {
    return this.#navigate(page, 'the page to reload', () => page.evaluate(() => location.reload()));
  }

  /** @param {Page} page */
  back(page) {
    return this.#navigate(page, 'the page before to be back', () => page.evaluate(() => history.back()));
  }

  /**
   * Puppeteer's own waits differ by browser, and Firefox's never ends for extension pages. So the document that is left
   * is marked, and what is waited for is a document without that mark.
   * @param {Page} page
   * @param {string} what
   * @param {() => Promise<unknown>} start
   * @param {{ timeoutMs?: number }} [options]
   */
  async #navigate(page, what, start, { timeoutMs = 30_000 } = {}) {
    const mark = ++this.#navigations;
    const left = (/** @type {number} */ value) => void Object.assign(window, { leftByTest: value });
    await within(page.evaluate(left, mark), 2000).catch(() => {});
    /** @type {{ error: Error | null }} */
    const outcome = { error: null };
    start().catch((error) => {
      if (/net::ERR_|NS_ERROR_|Error: /.test(error.message)) outcome.error = error;
    });
    const look = (/** @type {number} */ value) => {
      const isNew = !('leftByTest' in window) || window.leftByTest !== value;
      const flag = document.documentElement?.dataset['done'];
      return { shown: isNew && document.readyState === 'complete' && flag !== 'false', uri: document.documentURI };
    };
    const shown = await until(
      what,
      async () => {
        if (outcome.error) return { uri: '' };
        const state = await within(page.evaluate(look, mark), 1000);
        // Between two processes a page is blank for a moment.
        return state.shown && state.uri !== 'about:blank' ? state : null;
      },
      timeoutMs,
    );
    // The browser's own error page may be there before Puppeteer says so.
    if (/^(chrome-error:|about:(net|cert)error)/.test(shown.uri)) {
      outcome.error ??= new Error(`${this.name} shows an error page (${shown.uri.slice(0, 60)}) instead of ${what}.`);
    }
    if (outcome.error) throw outcome.error;
  }

  /**
   * The address of the document that the page shows; Puppeteer's `page.url()` lags behind in Firefox.
   * @param {Page} page
   */
  urlOf(page) {
    return page.evaluate(() => location.href);
  }

  /**
   * Runs a function with the extension's rights (`chrome.tabs`, `chrome.runtime.sendMessage`, …) in a page of its own.
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R | Promise<R>} run
   * @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  async asExtension(run, ...args) {
    const desk = await this.#openDesk();
    return /** @type {Promise<Awaited<R>>} */ (
      desk.evaluate(/** @type {import('puppeteer-core').EvaluateFunc<A>} */ (run), ...args)
    );
  }

  /**
   * The badge's text on that tab.
   * @param {number} tabId
   */
  badge(tabId) {
    return this.asExtension((id) => chrome.action.getBadgeText({ tabId: id }), tabId);
  }

  async #allTabIds() {
    const ids = await this.asExtension(async () => (await chrome.tabs.query({})).map((tab) => tab.id));
    return ids.filter((id) => id !== undefined);
  }

  async #openDesk() {
    if (this.#desk && !this.#desk.isClosed()) return this.#desk;
    const desk = await this.browser.newPage();
    try {
      await this.goto(desk, this.extensionUrl(DESK));
    } catch (error) {
      await desk.close();
      throw error;
    }
    this.#desk = desk;
    return desk;
  }

  /** Origin of the extension's pages, with the slash. @returns {string} */
  get origin() {
    throw new Error('each browser has its own');
  }

  /** Starts the browser on `this.profile`. @returns {Promise<Browser>} */
  async open() {
    throw new Error('each browser has its own');
  }

  /** Settles when the extension's background runs. @returns {Promise<void>} */
  async ready() {
    throw new Error('each browser has its own');
  }

  /** Gives a new page the looks that were asked for. @param {Page} _page @returns {Promise<void>} */
  async dress(_page) {}

  /** Whether the extension's background is alive now. @returns {Promise<boolean>} */
  async backgroundAlive() {
    throw new Error('each browser has its own');
  }

  /** Stops the extension's background as the browser does when it is idle; settles when it is gone. @returns {Promise<void>} */
  async killBackground() {
    throw new Error('each browser has its own');
  }
}
