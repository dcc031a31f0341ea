// Owns what both browsers' drivers share: pages, navigation, the extension's own pages, and the end of it all.
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { until, within } from './condition.js';
import { navigate } from './navigate.js';
import { removeFolder } from './remove-folder.js';
import { closePage } from './tab.js';

/** @typedef {import('puppeteer-core').Browser} Browser */
/** @typedef {import('puppeteer-core').Page} Page */

/** @typedef {import('./launch-options.js').LaunchOptions} LaunchOptions */

/** A file that every build has, of the extension's origin, that runs no code and so disturbs nothing. */
const DESK = 'manifest.json';

/** A browser that has only just started takes its time on a busy machine, with its own work and with the extension's. */
export const STARTED_MS = 60_000;
/** Puppeteer's own wait for a browser to be there at all: it ends one that is later. */
export const LAUNCHED_MS = 120_000;

/** What the extension shows once it is installed. */
const FIRST_STEPS = 'extension/welcome/welcome.html';

export class Driver {
  /** @type {Browser | null} */
  #browser = null;
  /** @type {Page | null} */
  #desk = null;
  /** @type {WeakMap<Page, number>} */
  #tabIds = new WeakMap();
  /** @type {Promise<unknown>} */
  #turn = Promise.resolve();
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
      await this.#openBrowser();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Starts the browser on the profile; settles when the extension's background runs, and nothing is open that nobody asked for. */
  async #openBrowser() {
    this.#browser = await this.open();
    await this.ready();
    if (this.isInstalledAnew && !this.options.keepsFirstSteps) await this.#closeFirstSteps();
  }

  /** They are a tab in front that no test but their own expects. */
  async #closeFirstSteps() {
    const page = await this.firstSteps();
    const [tabId] = await this.asExtension(async (url) => {
      const tabs = await chrome.tabs.query({ url });
      return tabs.map(({ id }) => id);
    }, this.extensionUrl(FIRST_STEPS));
    await closePage(page);
    await until('the tab of the first steps to be gone', async () => !(await this.#allTabIds()).includes(tabId ?? -1));
  }

  /** The page that the extension shows once it is installed. */
  firstSteps() {
    return this.pageThatShows(this.extensionUrl(FIRST_STEPS), [], STARTED_MS);
  }

  /** Settles when the browser has gone, closed by the user, by `close` or by its death: its process too, which writes to the profile until then. */
  async gone() {
    const browser = this.#browser;
    const process = browser?.process();
    const ended = new Promise((resolve) => {
      if (process?.exitCode === null && process.signalCode === null) process.once('exit', resolve);
      else resolve(undefined);
    });
    if (browser?.connected) await new Promise((resolve) => browser.once('disconnected', () => resolve(undefined)));
    await ended;
  }

  /** Ends the browser as its user does, with all that is open; settles when it has gone. */
  quit() {
    return this.browser.close();
  }

  /**
   * Ends the browser and starts it again with the same profile: its pages are gone, what was stored is not.
   * @param {Partial<LaunchOptions>} [changes] from now on
   */
  async restart(changes = {}) {
    await this.#end();
    this.options = { ...this.options, ...changes };
    await this.#openBrowser();
  }

  /** Has the extension end and start anew, as an update does; settles when its pages can be opened again. */
  restartExtension() {
    // The call never returns: its page goes with the extension.
    return this.whileAnew((desk) => void desk.evaluate(() => chrome.runtime.reload()).catch(() => {}));
  }

  /** Updates the extension to what its folder has now; settles when its pages can be opened again. */
  updateExtension() {
    return this.restartExtension();
  }

  /**
   * Does what ends the extension and starts it anew; settles when its pages can be opened again.
   * @param {(desk: Page) => Promise<void> | void} begin
   */
  async whileAnew(begin) {
    const desk = await this.#openDesk();
    this.#desk = null;
    await begin(desk);
    const where = () => within(this.urlOf(desk), 1000).catch(() => '');
    await until('the extension to end', async () => desk.isClosed() || !(await where()).startsWith(this.origin));
    await until('the extension to be back', () => this.asExtension(() => chrome.runtime.id), STARTED_MS);
  }

  /**
   * Opens a URL in a private window of its own, which the extension need not see.
   * @param {string} url
   * @returns {Promise<Page>}
   */
  async openPrivately(url) {
    const desk = await this.#openDesk();
    const before = await this.browser.pages();
    await this.askForPrivateWindow(url);
    const page = await this.pageThatShows(url, before);
    // Firefox 153 opens new tabs in the window that was last in front.
    await desk.bringToFront();
    return page;
  }

  /** Ends the browser, and removes the profile unless it was given. */
  async close() {
    const isOpen = this.#browser?.connected;
    await this.#end();
    if (isOpen) await this.left();
    if (this.#ownsProfile) await removeFolder(this.profile);
  }

  /** Keeps of the profile what other ones can use, once the browser has ended in its own time. */
  async left() {}

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
    return navigate(page, `${url} to load`, () => page.goto(url, { waitUntil: [], timeout: 0 }), options);
  }

  /** @param {Page} page */
  reload(page) {
    return navigate(page, 'the page to reload', () => page.evaluate(() => location.reload()));
  }

  /** @param {Page} page */
  back(page) {
    return navigate(page, 'the page before to be back', () => page.evaluate(() => history.back()));
  }

  /**
   * The address of the document that the page shows; Puppeteer's `page.url()` lags behind in Firefox.
   * @param {Page} page
   */
  urlOf(page) {
    return page.evaluate(() => location.href);
  }

  /**
   * A page that somebody else opened than this driver.
   * @param {string} url
   * @param {Page[]} [others] that it is not
   * @param {number} [timeoutMs]
   * @returns {Promise<Page>}
   */
  pageThatShows(url, others = [], timeoutMs) {
    const find = async () => {
      const pages = (await this.browser.pages()).filter((page) => !others.includes(page));
      const shown = await Promise.all(pages.map((page) => within(this.urlOf(page), 1000).catch(() => '')));
      return pages[shown.indexOf(url)];
    };
    return until(`a page that shows ${url}`, find, timeoutMs);
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
      await closePage(desk);
      throw error;
    }
    this.#desk = desk;
    return desk;
  }

  /**
   * Closes the page in which {@link asExtension} runs, if there is one: what it runs in is about to go.
   * @param {(desk: Page) => Promise<void>} [first] what is to be done in it before
   */
  async leaveDesk(first) {
    const desk = first ? await this.#openDesk() : this.#desk;
    this.#desk = null;
    if (!desk) return;
    await first?.(desk);
    await closePage(desk);
  }

  /** Origin of the extension's pages, with the slash. @returns {string} */
  get origin() {
    throw new Error('each browser has its own');
  }

  /** Starts the browser on `this.profile`. @returns {Promise<Browser>} */
  async open() {
    throw new Error('each browser has its own');
  }

  /** Whether the extension is new to the profile on which the browser was started. @returns {boolean} */
  get isInstalledAnew() {
    throw new Error('each browser has its own');
  }

  /** Settles when the extension's background runs. @returns {Promise<void>} */
  async ready() {
    throw new Error('each browser has its own');
  }

  /** Gives a new page the looks that were asked for. @param {Page} _page @returns {Promise<void>} */
  async dress(_page) {}

  /**
   * Has a page shown as its reader prefers it, from now on: that page in Chromium, all of them in Firefox.
   * @param {Page} _page
   * @param {import('./preference.js').Preference | null} _preference null: as it was before
   * @returns {Promise<void>}
   */
  async prefer(_page, _preference) {
    throw new Error('each browser has its own');
  }

  /** Allows the extension in private windows, as its user does in the browser's settings. @returns {Promise<void>} */
  async allowPrivateWindows() {
    throw new Error('each browser has its own');
  }

  /** Lets the extension see no site, or all of them, as its user does in the browser's settings. @param {boolean} _allowed @returns {Promise<void>} */
  async allowAllSites(_allowed) {
    throw new Error('each browser has its own');
  }

  /** @param {string} _url @returns {Promise<void>} */
  async askForPrivateWindow(_url) {
    throw new Error('each browser has its own');
  }

  /**
   * Takes the network away, or gives it back: from the page in Chromium, from the whole browser in Firefox.
   * @param {Page} _page
   * @param {boolean} _isOffline
   * @returns {Promise<void>}
   */
  async setOffline(_page, _isOffline) {
    throw new Error('each browser has its own');
  }

  /** Whether the extension's background is alive now. @returns {Promise<boolean>} */
  async backgroundAlive() {
    throw new Error('each browser has its own');
  }

  /** Stops the extension's background as the browser does when it is idle; settles when it is gone. @returns {Promise<void>} */
  async killBackground() {
    throw new Error('each browser has its own');
  }

  /** Clears what the extension has stored, as the browser's settings do with a site's data. @returns {Promise<void>} */
  async clearSiteData() {
    throw new Error('each browser has its own');
  }

  /** Ends the extension's background although it stands still in the middle of its work. @returns {Promise<void>} */
  async killStandingBackground() {
    throw new Error('each browser has its own');
  }

  /** What the extension keeps in the browser's session storage, asked of the browser. @param {string} _key @returns {Promise<unknown>} */
  async inSessionStorage(_key) {
    throw new Error('each browser has its own');
  }
}
