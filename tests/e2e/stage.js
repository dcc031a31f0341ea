// Owns the stage of a test file: one test web, one browser with the built extension, and the way from a URL to its popup.
// Before all else: browsers that are started have the time zone that it sets.
import './noon.js';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { until } from '../drive/condition.js';
import { downloadedFile } from '../drive/download.js';
import { launch } from '../drive/launch.js';
import { settledPopup } from '../drive/popup-view.js';
import { removeFolder } from '../drive/remove-folder.js';
import { TestWeb } from '../web/web.js';
import { Popup } from './popup.js';
import { saveExport } from './saved-export.js';

/** @typedef {import('../drive/driver.js').Driver} Driver */
/** @typedef {import('../drive/driver.js').LaunchOptions} LaunchOptions */
/** @typedef {import('../web/page-html.js').PageSpec} PageSpec */

/** @type {import('../drive/browser-binary.js').BrowserName} */
export const BROWSER = process.env['TIERS_BROWSER'] === 'firefox' ? 'firefox' : 'chromium';

const DIST = path.resolve(process.env['TIERS_DIST'] ?? path.join(import.meta.dirname, '..', '..', 'dist'));

/**
 * Where the build left the extension.
 * @param {'shipped' | 'trapping'} [variant] `trapping`: the one whose core traps at the host `trap.test`
 */
export function builtExtension(variant = 'shipped') {
  return variant === 'shipped' ? path.join(DIST, BROWSER) : path.join(DIST, variant, BROWSER);
}

/** With the wait between two askings: about a third of a second without a change. */
const STILL_ANSWERS = 10;

/**
 * A page that was opened, with what is needed to ask about it.
 * @typedef {object} Opened
 * @property {import('puppeteer-core').Page} page
 * @property {number} tabId
 * @property {number} mark the place in the log before its first request
 */

export class Stage {
  /** @type {import('puppeteer-core').Page | null} */
  #popupPage = null;
  #folder;

  /**
   * @param {TestWeb} web
   * @param {Driver} driver
   * @param {string} folder of its own, gone with it
   */
  constructor(web, driver, folder) {
    this.web = web;
    this.driver = driver;
    this.#folder = folder;
  }

  /** Where the browser puts what is saved. */
  get downloads() {
    return path.join(this.#folder, 'downloads');
  }

  /**
   * @param {Partial<LaunchOptions>} [options] `otherExtensions`: folders beside this file
   * @param {(web: TestWeb) => void} [declare] what the web is to have before the browser starts
   * @returns {Promise<Stage>}
   */
  static async open(options = {}, declare = () => {}) {
    const web = await TestWeb.start();
    declare(web);
    const folder = await mkdtemp(path.join(os.tmpdir(), 'tiers-stage-'));
    const inFolder = (/** @type {string} */ name) => path.join(folder, name);
    try {
      await mkdir(inFolder('downloads'));
      const { otherExtensions = [] } = options;
      // Copies: Chromium writes its index of their rules into the folders of extensions.
      for (const name of otherExtensions) {
        await cp(path.join(import.meta.dirname, name), inFolder(name), { recursive: true });
      }
      const driver = await launch({
        browser: BROWSER,
        extensionPath: builtExtension(),
        web,
        downloadsPath: inFolder('downloads'),
        ...options,
        otherExtensions: otherExtensions.map(inFolder),
      });
      return new Stage(web, driver, folder);
    } catch (error) {
      await web.stop();
      await removeFolder(folder);
      throw error;
    }
  }

  async close() {
    await this.driver.close();
    await this.web.stop();
    await removeFolder(this.#folder);
  }

  /** As after an installation: a background to which this session, with what is open in it, is new. */
  async beginSession() {
    await this.driver.asExtension(() => chrome.storage.session.clear());
    await this.driver.killBackground();
  }

  /**
   * Ends the browser and starts it again on the same profile.
   * @param {Partial<LaunchOptions>} [changes]
   */
  async restart(changes) {
    this.#popupPage = null;
    await this.driver.restart(changes);
  }

  /**
   * Opens a URL in a new tab; where a page is given, declares it first.
   * @param {string} url
   * @param {PageSpec} [spec]
   * @returns {Promise<Opened>}
   */
  async visit(url, spec) {
    if (spec) this.web.page(url, spec);
    const page = await this.driver.newPage();
    const mark = this.web.log.mark();
    await this.driver.goto(page, url);
    return { page, tabId: this.driver.tabIdOf(page), mark };
  }

  /**
   * Begins to load a URL in a new tab, and does not wait for it.
   * @param {string} url
   * @returns {Promise<Omit<Opened, 'mark'>>}
   */
  async begin(url) {
    const page = await this.driver.newPage();
    page.goto(url, { waitUntil: [], timeout: 0 }).catch(() => {});
    return { page, tabId: this.driver.tabIdOf(page) };
  }

  /** Waits until a file is saved, and removes it. */
  async downloaded() {
    await rm(await downloadedFile(this.downloads));
  }

  /**
   * The popup of a tab, in the one tab that this stage keeps for it.
   * @param {number} tabId
   * @returns {Promise<Popup>} as soon as it has drawn something
   */
  async popup(tabId) {
    if (!this.#popupPage || this.#popupPage.isClosed()) this.#popupPage = await this.driver.newPage();
    await this.driver.goto(this.#popupPage, this.driver.extensionUrl(`popup/popup.html?tab=${tabId}`));
    const popup = new Popup(this.driver, this.#popupPage, tabId);
    await popup.until('something to be drawn', (shown) => shown.drawn || shown.noAnswer);
    return popup;
  }

  /** Closes the tab of {@link popup}; the next popup has another. */
  async closePopup() {
    const page = this.#popupPage;
    this.#popupPage = null;
    await page?.close();
  }

  /** The visits that are stored once the background has stored all that it counted. */
  async stored() {
    await this.driver.asExtension(() => chrome.runtime.sendMessage({ kind: 'flush' }));
    return this.inStore();
  }

  /**
   * The visits that are stored; what is only in the background's memory is not among them.
   * @returns {Promise<{ id: string, site: string, bytes: string }[]>} `bytes`: as text, to be compared
   */
  async inStore() {
    const visits = await this.records('visits');
    return visits.map(({ id, site, bytes }) => ({ id, site, bytes }));
  }

  /**
   * The records of one table of the store, their bytes as text.
   * @param {'visits' | 'days' | 'rollups'} table
   * @returns {Promise<any[]>} of another shape for each table
   */
  records(table) {
    return this.driver.asExtension(async (name) => {
      /** @type {<T>(request: IDBRequest<T>) => Promise<T>} */
      const result = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await result(indexedDB.open('tiers'));
      const records = await result(database.transaction(name).objectStore(name).getAll());
      database.close();
      return records.map((record) => ({ ...record, bytes: String(record.bytes) }));
    }, table);
  }

  /**
   * The closed days, and the sites that each has: its record names them in bytes that only the core reads.
   * @returns {Promise<{ day: number, sites: string[] }[]>}
   */
  async closedDays() {
    return this.driver.asExtension(async () => {
      const files = ['reader-instance', 'database', 'stored-days', 'live-stored'];
      const [reader, database, days, live] = files.map((file) => `/extension/${file}.js`);
      const { readerModule } = await import(reader ?? '');
      const { inDatabase, resultOf } = await import(database ?? '');
      const { asDay } = await import(days ?? '');
      const { storeWhatIsLive } = await import(live ?? '');
      const { visitRows } = await readerModule();
      await storeWhatIsLive();
      const stored = await inDatabase((/** @type {IDBDatabase} */ open) =>
        resultOf(open.transaction('days').objectStore('days').getAll()),
      );
      return stored.map(asDay).map((/** @type {import('../../extension/core/types.js').StoredDay} */ closed) => {
        const { rows } = visitRows(closed.day, closed, [], '');
        const sites = new Set(rows.map((/** @type {{ site: string }} */ { site }) => site));
        return { day: closed.day, sites: [...sites].sort() };
      });
    });
  }

  /**
   * Waits until nothing new is asked of the web, and nothing new is stored: events cross several processes, and the last
   * ones come after a page says that it is done.
   */
  async quiet() {
    let before = '';
    let same = 0;
    await until('the web and the store to stand still', async () => {
      const now = `${this.web.log.mark()} ${await this.driver.asExtension(storedDigest)}`;
      same = now === before ? same + 1 : 0;
      before = now;
      return same >= STILL_ANSWERS;
    });
  }

  /**
   * Waits until the background has nothing new to say of a tab's page, as {@link Popup.settled} does, without a popup.
   * @param {number} tabId
   */
  async counted(tabId) {
    await settledPopup(this.driver, tabId);
  }

  /** What the dashboard's button saves: everything. */
  async exportAll() {
    const dashboard = await this.driver.openExtensionPage('extension/dashboard/dashboard.html');
    try {
      return await saveExport(dashboard, this.downloads);
    } finally {
      await dashboard.close();
    }
  }
}

/**
 * A digest of the visits that are stored once the background has stored all that it counted: all of them would cross two processes each time that
 * they are asked for. Runs inside a page of the extension.
 * @returns {Promise<string>}
 */
async function storedDigest() {
  await chrome.runtime.sendMessage({ kind: 'flush' });
  /** @type {<T>(request: IDBRequest<T>) => Promise<T>} */
  const result = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await result(indexedDB.open('tiers'));
  const visits = await result(database.transaction('visits').objectStore('visits').getAll());
  database.close();
  const parts = visits.flatMap(({ id, site, bytes }) => [`${id} ${site} `, bytes]);
  return String(new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer())));
}
