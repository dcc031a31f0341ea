// Owns where the store has the visits of a site, or of all: on which days.

import { inDatabase, resultOf } from './database.js';
import { daysOfSite } from './days-without.js';
import { lastDeletion } from './deletion.js';
import { finished } from './transaction.js';

/**
 * @typedef {Pick<import('./reader-instance.js').ReaderModule, 'rollupVisits'>} Rollups
 *
 * @typedef {object} VisitedDays
 * @property {Set<number>} days The days that hold visits, or may; in days since 1970.
 * @property {Map<number, number>} pagesOfSite How many pages of the site were visited on each closed day of which that is known: one at least
 *   where there is anything of it, be it what its workers did; none where it is known that there is nothing.
 * @property {number} notKept On how many days visits were counted of which sums alone are kept.
 *
 * @typedef {VisitedDays & { deletion: string | undefined }} Visited `deletion`: the last one before.
 */

/**
 * The days of the visits. The newest state of the open visits is on them once `storeWhatIsLive` has been waited for.
 *
 * @param {Rollups} reader
 * @param {string} [site] Of one site; else of all.
 * @returns {Promise<Visited>} Rejects with a `StoreError`.
 */
export function visitedDays(reader, site) {
  return inDatabase(async (database) => {
    // In one transaction: a visit is in one place or in the other.
    const transaction = database.transaction(['visits', 'days', 'rollups', 'meta'], 'readonly');
    const reading = site === undefined ? daysOfAll(transaction) : daysOfOne(transaction, site, reader);
    const [visited, deletion] = await Promise.all([reading, lastDeletion(transaction), finished(transaction)]);
    return { ...visited, deletion };
  });
}

/**
 * Whether anything was deleted since then.
 *
 * @param {string | undefined} deletion The last one before, as {@link Visited} has it.
 * @returns {Promise<boolean>} Rejects with a `StoreError`.
 */
export function isDeletedSince(deletion) {
  return inDatabase(async (database) => (await lastDeletion(database.transaction('meta', 'readonly'))) !== deletion);
}

/**
 * @param {IDBTransaction} transaction
 * @returns {Promise<VisitedDays>}
 */
async function daysOfAll(transaction) {
  const [closed, summed, open] = await Promise.all([
    resultOf(transaction.objectStore('days').getAllKeys()),
    resultOf(transaction.objectStore('rollups').getAllKeys()),
    daysWithVisits(transaction),
  ]);
  const days = new Set([...closed.map(Number), ...open]);
  return { days, pagesOfSite: new Map(), notKept: without(summed.map(Number), days) };
}

/**
 * @param {IDBTransaction} transaction
 * @param {string} site
 * @param {Rollups} reader
 * @returns {Promise<VisitedDays>}
 */
async function daysOfOne(transaction, site, { rollupVisits }) {
  const { visits: pages, unread, kept } = await daysOfSite(transaction, site, rollupVisits);
  /** @type {import('./core/types.js').StoredVisit[]} */
  const open = await resultOf(transaction.objectStore('visits').index('site').getAll(IDBKeyRange.only(site)));
  // On those of which nobody knows it may have been visited; of the others the sums alone may be kept.
  const mayHave = new Set([...pages.keys(), ...unread]);
  const days = new Set([...kept.filter((day) => mayHave.has(day)), ...open.map(({ day }) => day)]);
  // A day that is known not to have it has none of it, whatever is damaged of that day.
  const known = [...days].filter((day) => !unread.includes(day));
  return {
    days,
    pagesOfSite: new Map(known.map((day) => [day, pages.has(day) ? Math.max(pages.get(day) ?? 0, 1) : 0])),
    notKept: without(pages.keys(), days),
  };
}

/**
 * How many of some days are not among others.
 *
 * @param {Iterable<number>} some
 * @param {ReadonlySet<number>} others
 */
function without(some, others) {
  return [...some].filter((day) => !others.has(day)).length;
}

/**
 * The days of the visits that are in no closed day.
 *
 * @param {IDBTransaction} transaction
 * @returns {Promise<number[]>}
 */
function daysWithVisits(transaction) {
  const reading = transaction.objectStore('visits').index('day').openKeyCursor(null, 'nextunique');
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
