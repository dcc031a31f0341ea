// Owns what a transaction does to closed days: visits are folded into them, sites are left out of them, they are summed up anew.

import { isTyped } from './core-error.js';
import { resultOf } from './database.js';

/**
 * @typedef {import('./core/types.js').ClosedDay} ClosedDay
 * @typedef {import('./core/types.js').Fold} Fold
 * @typedef {import('./core/types.js').StoredDay} StoredDay
 * @typedef {import('./core/types.js').StoredRollup} StoredRollup
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 */

/**
 * Folds visits into a day.
 *
 * @callback FoldDay
 * @param {number} day
 * @param {Uint8Array | undefined} stored What is stored of it.
 * @param {StoredVisit[]} visits
 * @returns {Fold | null} Null where it is to be left as it is.
 */

/**
 * What the core makes of closed days where something is deleted.
 *
 * @typedef {Pick<typeof import('./core/counter.js'), 'dayWithout' | 'rollupWithoutSite'>} DaysWithout
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
export async function leaveSiteOut(transaction, site, { dayWithout, rollupWithoutSite }) {
  const rollups = transaction.objectStore('rollups');
  const only = IDBKeyRange.only(site);
  const ofSite = (/** @type {string} */ table) =>
    resultOf(transaction.objectStore(table).index('sites').getAllKeys(only));
  // One after the other: a year of days at once would fill the memory.
  for (const key of await ofSite('days')) {
    const day = Number(key);
    await leaveOutOf(transaction, day, (bytes) => dayWithout(day, bytes, site, undefined));
  }
  // Those that still have it are of days whose visits are not kept.
  for (const key of await ofSite('rollups')) {
    /** @type {StoredRollup} */
    const { day, bytes } = await resultOf(rollups.get(key));
    const left = whatIsLeft(() => rollupWithoutSite(day, bytes, site));
    if (left) rollups.put(left);
    else rollups.delete(key);
    noteChange(transaction);
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
  const left = whatIsLeft(() => without(stored.bytes));
  if (left) putDay(transaction, left);
  else deleteDays(transaction, IDBKeyRange.only(day), ['days', 'rollups']);
  noteChange(transaction);
}

/**
 * What cannot be read, be it damaged or of a later version, still holds the site's names: nothing is left of it.
 *
 * @template Left
 * @param {() => Left | undefined} leaveOutOfDay
 */
function whatIsLeft(leaveOutOfDay) {
  try {
    return leaveOutOfDay();
  } catch (cause) {
    if (!isTyped(cause)) throw cause;
    return undefined;
  }
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
 * @param {FoldDay} fold
 */
export async function foldInto(transaction, day, fold) {
  const [visits, days] = [transaction.objectStore('visits'), transaction.objectStore('days')];
  /** @type {[StoredDay | undefined, StoredVisit[]]} */
  const [stored, open] = await Promise.all([
    resultOf(days.get(day)),
    resultOf(visits.index('day').getAll(IDBKeyRange.only(day))),
  ]);
  const made = fold(day, stored?.bytes, open);
  if (!made) return;
  putDay(transaction, made.closed);
  for (const id of made.folded) visits.delete(id);
  noteChange(transaction);
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
