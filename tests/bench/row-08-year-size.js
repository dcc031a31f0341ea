// Owns row 8: what a year takes of the disk.

// The records are those that the real core made and packed (`tests/year`), in the tables of a real browser's profile; what its disk holds of them
// is weighed after the browser has ended, as `du` does, before and after another start, for a database tidies up as it is opened. Nothing
// is compared: the budget is a size.
//
// The profile is filled day by day and not lived in. What that leaves out was measured once, by commits and folds of 30 and 60 more days in it:
// Chromium 156 then keeps up to 12 MB of what was written over or deleted until it tidies up, 5 MB after another start; Firefox 153 keeps 2 MB.
import { rm } from 'node:fs/promises';
import { TestWeb } from '../web/web.js';
import { bytesOnDisk, filledProfile, launchOn } from '../year/filled-profile.js';
import { verdictOn, YearFile } from '../year/year-file.js';
import { BROWSERS } from './bench-browser.js';
import { printRow, progress } from './measured-row.js';
import { readable } from './median.js';

/**
 * @typedef {object} Weighed bytes
 * @property {import('./bench-browser.js').BrowserName} browser
 * @property {number} onDisk the most that was found
 * @property {number} estimate what the browser itself says (`navigator.storage.estimate()`)
 */

const BUDGET_MB = 100;
const MB = 1e6;

const year = await YearFile.open(progress);
const web = await TestWeb.start();
try {
  /** @type {Weighed[]} */
  const weighed = [];
  for (const browser of BROWSERS) {
    weighed.push(await weighedIn(browser));
    progress(figures(weighed.at(-1)));
  }
  print(weighed);
} finally {
  await web.stop();
}

/**
 * @param {import('./bench-browser.js').BrowserName} browser
 * @returns {Promise<Weighed>}
 */
async function weighedIn(browser) {
  const profile = await filledProfile(browser, year, web, progress);
  try {
    const before = await bytesOnDisk(browser, profile.userDataDir);
    const driver = await launchOn(profile, browser, web);
    try {
      const { records, estimate } = await driver.asExtension(stored);
      const { tables } = year.summary;
      for (const table of ['days', 'visits']) {
        if (records[table] === tables[table]?.records) continue;
        throw new Error(`${browser}: the profile holds ${records[table]} records of ${table}.`);
      }
      await driver.quit();
      const after = await bytesOnDisk(browser, profile.userDataDir);
      return { browser, onDisk: Math.max(before, after), estimate };
    } finally {
      await driver.close();
    }
  } finally {
    await rm(profile.userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What there is of each table, and what the browser says of all of them. Runs inside a page of the extension. */
async function stored() {
  /** @type {<T>(request: IDBRequest<T>) => Promise<T>} */
  const result = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await result(indexedDB.open('tiers'));
  /** @type {Record<string, number>} */
  const records = {};
  for (const table of database.objectStoreNames) {
    records[table] = await result(database.transaction(table).objectStore(table).count());
  }
  database.close();
  const { usage = 0 } = await navigator.storage.estimate();
  return { records, estimate: usage };
}

/** @param {Weighed | undefined} weighed */
function figures(weighed) {
  if (!weighed) return '';
  const { browser, onDisk, estimate } = weighed;
  return `${browser} ${readable(onDisk / MB)} MB on the disk, ${readable(estimate / MB)} MB by its own estimate`;
}

/** @param {Weighed[]} weighed */
function print(weighed) {
  const { size, visits, requests, madeInMs, tables } = year.summary;
  const worst = weighed.reduce((one, other) => (other.onDisk > one.onDisk ? other : one));
  const megabytes = worst.onDisk / MB;
  const parts = Object.entries(tables)
    .filter(([, { bytes }]) => bytes > 0)
    .map(([table, { records, bytes }]) => `${table} ${readable(bytes / MB)} MB in ${records}`);
  const closed = ['days', 'rollups', 'spans'].reduce((sum, table) => sum + (tables[table]?.bytes ?? 0), 0);
  const told = `${visits} visits and ${readable(requests / 1e6)} million requests`;
  printRow(
    verdictOn(size, {
      row: 8,
      what: `stored size of a year (${worst.browser})`,
      yardstick: null,
      tiers: { value: megabytes, unit: 'MB' },
      ratio: null,
      budget: { text: `≤ ${BUDGET_MB} MB`, ok: megabytes <= BUDGET_MB },
      notes:
        `${weighed.map(figures).join('; ')}. Bytes of the records: ${parts.join(', ')}; ${readable(closed / visits)} bytes a visit that is over; ` +
        `${told}, made in ${readable(madeInMs / 1_000)} s; 1 MB is 1,000,000 bytes`,
    }),
  );
}
