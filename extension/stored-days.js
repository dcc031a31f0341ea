// Owns what a transaction does to closed days: visits are folded into them, sites are left out of them, they are summed up anew.

import { isTyped } from './core-error.js';
import { resultOf } from './database.js';

/**
 * @typedef {import('./core/types.js').Addition} Addition
 * @typedef {import('./core/types.js').ClosedDay} ClosedDay
 * @typedef {import('./core/types.js').Fold} Fold
 * @typedef {import('./core/types.js').StoredDay} StoredDay
 * @typedef {import('./core/types.js').StoredRollup} StoredRollup
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 */

/**
 * What the core makes of the visits of a day that is over; null where all is to be left as it is.
 *
 * @typedef {object} DayFolds
 * @property {(day: number, stored: Uint8Array | undefined, visits: StoredVisit[]) => Fold | null} fold Into what is stored of the day.
 * @property {(day: number, stored: Uint8Array, visits: StoredVisit[]) => Addition | null} addToSum Into the sum of a day whose visits are kept no
 *   longer.
 */

/**
 * What the core makes of closed days where something is deleted.
 *
 * @typedef {Pick<typeof import('./core/counter.js'), 'dayWithout' | 'rollupVisits' | 'rollupWithoutSite'>} DaysWithout
 */

/** The tables of closed days, and that of the note that they have changed. */
export const DAY_TABLES = ['days', 'rollups', 'meta'];

/**
 * Deletes every day.
 *
 * @param {IDBTransaction} transaction Over {@link DAY_TABLES}, as all that follow.
 */
export function clearDays(transaction) {
  transaction.objectStore('days').clear();
  transaction.objectStore('rollups').clear();
  noteChange(transaction);
}

/**
 * Deletes the closed days of a range.
 *
 * @param {IDBTransaction} transaction
 * @param {IDBKeyRange} range
 * @param {('days' | 'rollups')[]} tables
 */
export function deleteDays(transaction, range, tables) {
  for (const table of tables) transaction.objectStore(table).delete(range);
  noteChange(transaction);
}

/**
 * Leaves a visit out of its day, where that is closed.
 *
 * @param {IDBTransaction} transaction
 * @param {import('./core/types.js').DeletedVisit} visit
 * @param {DaysWithout} core
 */
export async function leaveVisitOut(transaction, { id, day }, { dayWithout }) {
  await leaveOutOf(transaction, day, (bytes) => dayWithout(day, bytes, undefined, id));
}

/**
 * Leaves a site out of every day.
 *
 * @param {IDBTransaction} transaction
 * @param {string} site
 * @param {DaysWithout} core
 */
export async function leaveSiteOut(transaction, site, { dayWithout, rollupVisits, rollupWithoutSite }) {
  const [days, rollups] = [transaction.objectStore('days'), transaction.objectStore('rollups')];
  const withVisits = new Set((await resultOf(days.getAllKeys())).map(Number));
  const { visits, unread } = await daysOfSite(transaction, site, rollupVisits);
  // Of those that are not read nobody can say that the site is not in them.
  for (const day of [...visits.keys(), ...unread]) {
    if (withVisits.has(day)) {
      await leaveOutOf(transaction, day, (bytes) => dayWithout(day, bytes, site, undefined));
      continue;
    }
    /** @type {StoredRollup} */
    const { bytes } = await resultOf(rollups.get(day));
    const left = whatIsRead(() => rollupWithoutSite(day, bytes, site));
    if (left) rollups.put(left);
    else rollups.delete(day);
    noteChange(transaction);
  }
}

/** How many sums are read at a time: a year of them at once would fill the memory. */
const SUMS_AT_A_TIME = 61;

/**
 * The closed days with a site, by their sums.
 *
 * @param {IDBTransaction} transaction Over `days` and `rollups`.
 * @param {string} site
 * @param {(stored: Uint8Array, site: string) => number | undefined} rollupVisits
 * @returns {Promise<{ visits: Map<number, number>, unread: number[] }>} `visits`: how many pages of the site were visited on each day that
 *   has it; `unread`: the days of which nobody knows, for their sum is missing or cannot be read.
 */
export async function daysOfSite(transaction, site, rollupVisits) {
  const rollups = transaction.objectStore('rollups');
  const [keys, days] = await Promise.all([
    resultOf(rollups.getAllKeys()),
    resultOf(transaction.objectStore('days').getAllKeys()),
  ]);
  const unread = new Set([...keys, ...days].map(Number));
  /** @type {Map<number, number>} */
  const visits = new Map();
  for (let first = 0; first < keys.length; first += SUMS_AT_A_TIME) {
    const last = Math.min(first + SUMS_AT_A_TIME, keys.length) - 1;
    /** @type {StoredRollup[]} */
    const read = await resultOf(rollups.getAll(IDBKeyRange.bound(keys[first], keys[last])));
    for (const { day, bytes } of read) {
      const count = whatIsRead(() => rollupVisits(bytes, site));
      if (count === null) continue;
      unread.delete(day);
      if (count !== undefined) visits.set(day, count);
    }
  }
  return { visits, unread: [...unread] };
}

/**
 * @template Read
 * @param {() => Read} read
 * @returns {Read | null} Null where it cannot be read.
 */
function whatIsRead(read) {
  try {
    return read();
  } catch (cause) {
    if (!isTyped(cause)) throw cause;
    return null;
  }
}

/**
 * @param {IDBTransaction} transaction
 * @param {number} day
 * @param {(bytes: Uint8Array) => ClosedDay | undefined} without
 */
async function leaveOutOf(transaction, day, without) {
  /** @type {StoredDay | undefined} */
  const stored = await resultOf(transaction.objectStore('days').get(day));
  if (!stored) return;
  // What cannot be read, be it damaged or of a later version, may still hold what is to go: nothing is left of it.
  const left = whatIsRead(() => without(stored.bytes));
  if (left) putDay(transaction, left);
  else deleteDays(transaction, IDBKeyRange.only(day), ['days', 'rollups']);
  noteChange(transaction);
}

/**
 * The days of the visits that are not folded, before a day.
 *
 * @param {IDBDatabase} database
 * @param {number} before
 * @returns {Promise<number[]>}
 */
export function daysOfVisits(database, before) {
  const index = database.transaction('visits', 'readonly').objectStore('visits').index('day');
  const reading = index.openKeyCursor(IDBKeyRange.upperBound(before, true), 'nextunique');
  /** @type {number[]} */
  const days = [];
  return new Promise((resolve, reject) => {
    reading.onerror = () => reject(reading.error);
    reading.onsuccess = () => {
      const cursor = reading.result;
      if (!cursor) {
        resolve(days);
        return;
      }
      days.push(Number(cursor.key));
      cursor.continue();
    };
  });
}

/**
 * The closed days that are not summed up: an earlier version closed them.
 *
 * @param {IDBDatabase} database
 * @returns {Promise<number[]>}
 */
export async function daysWithoutSum(database) {
  const transaction = database.transaction(['days', 'rollups'], 'readonly');
  const [days, rollups] = await Promise.all(
    ['days', 'rollups'].map((table) => resultOf(transaction.objectStore(table).getAllKeys())),
  );
  const summed = new Set(rollups);
  return (days ?? []).filter((day) => !summed.has(day)).map(Number);
}

/**
 * @param {IDBTransaction} transaction Over `visits` and {@link DAY_TABLES}.
 * @param {number} day
 * @param {DayFolds} folds
 */
export async function foldInto(transaction, day, { fold, addToSum }) {
  const visits = transaction.objectStore('visits');
  /** @type {[StoredDay | undefined, StoredRollup | undefined, StoredVisit[]]} */
  const [stored, rollup, open] = await Promise.all([
    resultOf(transaction.objectStore('days').get(day)),
    resultOf(transaction.objectStore('rollups').get(day)),
    resultOf(visits.index('day').getAll(IDBKeyRange.only(day))),
  ]);
  // Of a day with a sum alone the visits are kept no longer: one that comes late is added to the sum.
  const addition = rollup && !stored ? addToSum(day, rollup.bytes, open) : null;
  const made = rollup && !stored ? null : fold(day, stored?.bytes, open);
  if (addition) transaction.objectStore('rollups').put(addition.rollup);
  if (made) putDay(transaction, made.closed);
  for (const id of addition?.added ?? made?.folded ?? []) visits.delete(id);
  if (addition || made) noteChange(transaction);
}

/**
 * Makes a closed day anew from its visits.
 *
 * @param {IDBTransaction} transaction Over {@link DAY_TABLES}.
 * @param {number} day
 * @param {(day: number, stored: Uint8Array) => ClosedDay | null} rebuild Null where it is to be left as it is.
 */
export async function rebuildFrom(transaction, day, rebuild) {
  /** @type {StoredDay | undefined} */
  const stored = await resultOf(transaction.objectStore('days').get(day));
  const closed = stored && rebuild(day, stored.bytes);
  if (!closed) return;
  putDay(transaction, closed);
  noteChange(transaction);
}

/**
 * @param {IDBTransaction} transaction
 * @param {ClosedDay} closed
 */
function putDay(transaction, { day, rollup }) {
  transaction.objectStore('days').put(day);
  transaction.objectStore('rollups').put(rollup);
}

/**
 * Whoever has read the days sees by it that they have changed since.
 *
 * @param {IDBTransaction} transaction
 */
function noteChange(transaction) {
  transaction.objectStore('meta').put({ key: 'days', change: crypto.randomUUID() });
}
