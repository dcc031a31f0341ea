// Owns a background that is killed and woken: the browser around it, and what it says of its wake.
import { until } from '../drive/condition.js';
import { DEMO_URLS } from '../web/demo-web.js';
import { launchForBench, rest } from './bench-browser.js';

/** @typedef {import('../drive/driver.js').Driver} Driver */
/** @typedef {import('./bench-browser.js').BrowserName} BrowserName */
/** @typedef {import('../../extension/wake-timings.js').wakeTimings} WakeTimings */

/** A browser whose background is killed and woken. */
export class WokenBackground {
  #page;

  /**
   * @param {Driver} driver
   * @param {import('puppeteer-core').Page} page
   */
  constructor(driver, page) {
    this.driver = driver;
    this.#page = page;
  }

  /**
   * @param {BrowserName} browser
   * @param {string} folder of the extension
   * @param {import('../web/web.js').TestWeb} web with the demo
   */
  static async start(browser, folder, web) {
    const driver = await launchForBench(browser, folder, web);
    for (const url of [DEMO_URLS.crowd, DEMO_URLS.journal]) await driver.goto(await driver.newPage(), url);
    return new WokenBackground(driver, await driver.newPage());
  }

  /** The size of the snapshot that the background stores. */
  async liveBytes() {
    await this.#ask('flush');
    return this.driver.asExtension(async () => {
      const request = indexedDB.open('tiers');
      await new Promise((resolve) => request.addEventListener('success', resolve));
      const all = request.result.transaction('live').objectStore('live').getAll();
      await new Promise((resolve) => all.addEventListener('success', resolve));
      request.result.close();
      return /** @type {number} */ (all.result[0].bytes.length);
    });
  }

  /** @returns {Promise<WakeTimings>} */
  async wake() {
    // As a background that died of being idle: everything was stored.
    await this.#ask('flush');
    await this.driver.killBackground();
    await rest(200);
    await this.driver.goto(this.#page, DEMO_URLS.five);
    // Firefox can answer a page before it hands on the events that waited for the background.
    return until(`${this.driver.name} to count the request that woke it`, async () => {
      const timings = await this.#ask('wake');
      return timings.firstRequestCountedMs > 0 ? timings : null;
    });
  }

  /**
   * @param {string} kind
   * @returns {Promise<WakeTimings>} for `wake`
   */
  async #ask(kind) {
    const said = await this.driver.asExtension((asked) => chrome.runtime.sendMessage({ kind: asked }), kind);
    const reply = JSON.parse(said);
    if (!reply.response) throw new Error(`The background does not answer “${kind}”: ${said}.`);
    return reply.response;
  }
}
