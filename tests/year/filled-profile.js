// Owns the browsers' profiles with a year in the extension's own store: filled once, and copied for each use.
import { cp, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { builtExtension } from '../bench/dist-variant.js';
import { launch } from '../drive/launch.js';

/**
 * @typedef {import('../drive/browser-binary.js').BrowserName} BrowserName
 * @typedef {import('../drive/driver.js').Driver} Driver
 * @typedef {import('../web/web.js').TestWeb} TestWeb
 * @typedef {import('./year-file.js').YearFile} YearFile
 *
 * @typedef {object} Profile
 * @property {string} userDataDir
 * @property {string} extensionPath the built extension, at a path of its own: Chromium knows an extension by its path
 */

/** What crosses to the page at a time, as text. */
const CHUNK = 2 << 20;

/** The tables that hold nothing of a day that is over. */
const OPEN_TABLES = new Set(['visits', 'live', 'settings']);

/** Where each browser keeps the databases of its extensions. @type {Record<BrowserName, { folder: string, name: RegExp }>} */
const DATABASES = {
  chromium: { folder: 'Default/IndexedDB', name: /^chrome-extension_/ },
  firefox: { folder: 'storage/default', name: /^moz-extension/ },
};

/** The day that is open is the user's. */
export const TIME_ZONE = 'Europe/Paris';

/**
 * A copy of the profile that holds the year, or of the year's open day alone, as on the first day; to be removed by whoever asked for it.
 * @param {BrowserName} browser
 * @param {YearFile} year
 * @param {TestWeb} web
 * @param {(text: string) => void} progress
 * @param {'year' | 'open-day'} [which]
 * @returns {Promise<Profile>}
 */
export async function filledProfile(browser, year, web, progress, which = 'year') {
  const extensionPath = await yearsExtension(browser, year);
  const filled = path.join(year.folder, `profile-${browser}-${which}`);
  if (!(await isThere(filled))) {
    progress(`${browser}: putting the ${which.replace('-', ' ')} into a profile, which is kept`);
    const unfinished = `${filled}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await fill({ userDataDir: unfinished, extensionPath }, browser, year, web, which);
    await rename(unfinished, filled);
  }
  const userDataDir = await mkdtemp(path.join(os.tmpdir(), `tiers-year-${browser}-`));
  await cp(filled, userDataDir, { recursive: true, verbatimSymlinks: true });
  return { userDataDir, extensionPath };
}

/**
 * The extension as it is built now.
 * @param {BrowserName} browser
 * @param {YearFile} year
 * @returns {Promise<string>}
 */
export async function yearsExtension(browser, { folder }) {
  const extensionPath = path.join(folder, `extension-${browser}`);
  await rm(extensionPath, { recursive: true, force: true });
  await cp(builtExtension(browser), extensionPath, { recursive: true });
  return extensionPath;
}

/**
 * What a profile's databases of extensions take of the disk, in bytes. The browser must have ended.
 * @param {BrowserName} browser
 * @param {string} userDataDir
 * @returns {Promise<number>}
 */
export async function bytesOnDisk(browser, userDataDir) {
  const { folder, name } = DATABASES[browser];
  const all = path.join(userDataDir, folder);
  const found = (await readdir(all)).filter((entry) => name.test(entry));
  if (found.length === 0) throw new Error(`${browser}: there is no database of an extension in ${all}.`);
  const files = found.map(async (entry) => {
    const within = await readdir(path.join(all, entry), { recursive: true });
    const stats = await Promise.all(within.map((file) => stat(path.join(all, entry, file))));
    // As `du` has it: in blocks of 512 bytes.
    return stats.reduce((sum, { blocks }) => sum + blocks * 512, 0);
  });
  return (await Promise.all(files)).reduce((one, other) => one + other, 0);
}

/**
 * @param {Profile} profile
 * @param {BrowserName} browser
 * @param {YearFile} year
 * @param {TestWeb} web
 * @param {'year' | 'open-day'} which
 */
async function fill(profile, browser, year, web, which) {
  const driver = await launchOn(profile, browser, web);
  try {
    // The background makes the tables.
    await driver.asExtension(() => chrome.runtime.sendMessage({ kind: 'flush' }));
    /** @type {{ table: string, record: Record<string, unknown>, bytes: string | null }[]} */
    let chunk = [];
    let length = 0;
    const put = async () => {
      await driver.asExtension(putRecords, chunk);
      [chunk, length] = [[], 0];
    };
    for await (const [table, { bytes, ...record }] of year.records()) {
      if (which === 'open-day' && !OPEN_TABLES.has(table)) continue;
      // What is live is the background's to write, while there is one.
      if (table === 'live') {
        await put();
        await driver.killBackground();
      }
      const text = bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : null;
      chunk.push({ table, record, bytes: text });
      length += text?.length ?? 0;
      if (length > CHUNK) await put();
    }
    await put();
    await driver.quit();
  } finally {
    await driver.close();
  }
}

/**
 * Starts a browser on a profile, with the user's clock.
 * @param {Profile} profile
 * @param {BrowserName} browser
 * @param {TestWeb} web
 * @returns {Promise<Driver>}
 */
export function launchOn({ userDataDir, extensionPath }, browser, web) {
  process.env['TZ'] = TIME_ZONE;
  // As in `bench-browser.js`: times are not to be rounded.
  return launch({ browser, extensionPath, web, userDataDir, prefs: { 'privacy.reduceTimerPrecision': false } });
}

/**
 * Puts records into the tables that the extension made. Runs inside a page of the extension.
 * @param {{ table: string, record: Record<string, unknown>, bytes: string | null }[]} records
 */
export async function putRecords(records) {
  /** @type {IDBDatabase} */
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('tiers');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  try {
    const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    for (const { table, record, bytes } of records) {
      // Newer than the types: both browsers have it.
      const decode = /** @type {(text: string) => Uint8Array} */ (Reflect.get(Uint8Array, 'fromBase64'));
      transaction.objectStore(table).put(bytes === null ? record : { ...record, bytes: decode(bytes) });
    }
    await done;
  } finally {
    database.close();
  }
}

/** @param {string} folder */
function isThere(folder) {
  return stat(folder).then(
    () => true,
    () => false,
  );
}
