// Owns what a page reads of how much is kept: how many records of each kind, what the user decided, the room that it takes.

import { inDatabase, resultOf } from './database.js';

/**
 * @typedef {import('./core/types.js').Settings} Settings
 * @typedef {'visits' | 'days' | 'rollups' | 'spans'} SizedTable One whose records are of bytes.
 *
 * @typedef {object} Kept
 * @property {number} visits Those of open days.
 * @property {number} days Closed days whose visits are kept.
 * @property {number | null} since The first day of which a visit is, in days since 1970.
 * @property {number} sums Closed days whose sums are kept.
 * @property {number | null} sumsSince The first of them.
 * @property {number} spans Records that hold the sums of many days once more.
 * @property {{ from: number, to: number, count: number } | null} sumsAlone The closed days before the first visit: their sums alone are kept.
 * @property {string} change Which change of closed days, and which deletion, is the last one: they write records anew in their place.
 * @property {number} liveBytes Of the snapshot of what is open.
 * @property {number} notes Of what could not be counted or kept.
 * @property {Settings} settings
 * @property {number | null} usedBytes By all that the extension stores, as the browser estimates; null where it does not say.
 */

/** @type {SizedTable[]} */
const SIZED_TABLES = ['visits', 'days', 'rollups', 'spans'];

/** What applies where the user has decided nothing yet. @type {Settings} */
const DEFAULTS = { paused: false, excludedSites: [], keepVisitsDays: null, keepSumsDays: null };

/** What the user decided. @returns {Promise<Settings>} Rejects with a `StoreError`. */
export async function readSettings() {
  return inDatabase(async (database) => settingsIn(database.transaction('settings', 'readonly')));
}

/** @returns {Promise<Kept>} Rejects with a `StoreError`. */
export async function readKept() {
  const [kept, usedBytes] = await Promise.all([inDatabase(read), readUsage()]);
  return { ...kept, usedBytes };
}

/**
 * @param {IDBDatabase} database
 * @returns {Promise<Omit<Kept, 'usedBytes'>>}
 */
async function read(database) {
  const transaction = database.transaction([...SIZED_TABLES, 'live', 'meta', 'settings'], 'readonly');
  const table = (/** @type {string} */ name) => transaction.objectStore(name);
  const counted = SIZED_TABLES.map((name) => resultOf(table(name).count()));
  const first = [
    table('visits').index('day').openKeyCursor(),
    table('days').openKeyCursor(),
    table('rollups').openKeyCursor(),
  ].map(async (request) => (await resultOf(request))?.key);
  const noted = ['setAside', 'givenUp'].map((key) => resultOf(table('meta').count(key)));
  /** @type {Promise<{ change: string } | undefined>[]} */
  const changes = ['days', 'deleted'].map((key) => resultOf(table('meta').get(key)));
  /** @type {[Promise<{ bytes: Uint8Array } | undefined>, Promise<Settings>]} */
  const records = [resultOf(table('live').get('live')), settingsIn(transaction)];
  const [visits = 0, days = 0, sums = 0, spans = 0] = await Promise.all(counted);
  const [visit, day, sum] = await Promise.all(first);
  const since = earlier(visit, day);
  const before = since === null ? undefined : IDBKeyRange.upperBound(since, true);
  const alone = (await resultOf(table('rollups').getAllKeys(before))).map(Number);
  const [from, to] = [alone.at(0), alone.at(-1)];
  const notes = (await Promise.all(noted)).reduce((all, one) => all + one, 0);
  const change = (await Promise.all(changes)).map((note) => note?.change ?? '').join(' ');
  const [live, settings] = await Promise.all(records);
  return {
    visits,
    days,
    since,
    sums,
    sumsSince: earlier(sum),
    spans,
    sumsAlone: from === undefined || to === undefined ? null : { from, to, count: alone.length },
    change,
    liveBytes: live?.bytes.length ?? 0,
    notes,
    settings,
  };
}

/** @param {IDBTransaction} transaction @returns {Promise<Settings>} */
async function settingsIn(transaction) {
  /** @type {{ settings: Partial<Settings> } | undefined} */
  const decided = await resultOf(transaction.objectStore('settings').get('settings'));
  return { ...DEFAULTS, ...decided?.settings };
}

/** @param {...(IDBValidKey | undefined)} days */
function earlier(...days) {
  const known = days.filter((day) => day !== undefined).map(Number);
  return known.length === 0 ? null : Math.min(...known);
}

/** So many records are read at once: a day's is some hundred kilobytes. */
const RECORDS_AT_ONCE = 32;

/**
 * The room that the records of a table take, without the browser's own share. It reads all of them: of years, that takes seconds.
 *
 * @param {SizedTable} name
 * @returns {Promise<number>} Bytes. Rejects with a `StoreError`.
 */
export async function readSize(name) {
  return inDatabase(async (database) => {
    let size = 0;
    /** @type {IDBKeyRange | undefined} */
    let rest;
    for (;;) {
      const table = database.transaction(name, 'readonly').objectStore(name);
      /** @type {[Promise<IDBValidKey[]>, Promise<{ bytes: Uint8Array }[]>]} */
      const read = [resultOf(table.getAllKeys(rest, RECORDS_AT_ONCE)), resultOf(table.getAll(rest, RECORDS_AT_ONCE))];
      const [keys, records] = await Promise.all(read);
      for (const { bytes } of records) size += bytes.length;
      if (keys.length < RECORDS_AT_ONCE) return size;
      rest = IDBKeyRange.lowerBound(keys.at(-1), true);
    }
  });
}

async function readUsage() {
  try {
    return (await navigator.storage.estimate()).usage ?? null;
  } catch (cause) {
    console.warn('kept: the browser does not say how much room is taken.', cause);
    return null;
  }
}
