// Owns what a transaction does to closed days: visits are folded into them, sites are left out of them.

import { isTyped } from './core-error.js';
import { resultOf } from './database.js';

/**
 * @typedef {import('./core/types.js').Fold} Fold
 * @typedef {import('./core/types.js').StoredDay} StoredDay
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
 *
 * Leaves a site out of a day.
 *
 * @callback DayWithoutSite
 * @param {number} day
 * @param {Uint8Array} stored
 * @param {string} site
 * @returns {StoredDay | undefined} Undefined where nothing is left of it.
 */

/**
 * Leaves a site out of every day.
 *
 * @param {IDBObjectStore} days
 * @param {string} site
 * @param {DayWithoutSite} dayWithoutSite
 */
export async function leaveOut(days, site, dayWithoutSite) {
  const keys = await resultOf(days.index('sites').getAllKeys(IDBKeyRange.only(site)));
  // One after the other: a year of days at once would fill the memory.
  for (const key of keys) {
    /** @type {StoredDay} */
    const { day, bytes } = await resultOf(days.get(key));
    const left = whatIsLeft(() => dayWithoutSite(day, bytes, site));
    if (left) days.put(left);
    else days.delete(key);
  }
}

/**
 * A day that cannot be read, be it damaged or of a later version, still holds the site's names: nothing is left of it.
 *
 * @param {() => StoredDay | undefined} leaveOutOfDay
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
 * @param {IDBTransaction} transaction
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
  const folded = fold(day, stored?.bytes, open);
  if (!folded) return;
  days.put(folded.day);
  for (const id of folded.folded) visits.delete(id);
}
