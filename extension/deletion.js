// Owns what a deletion does to the store's visits and days.

import { resultOf } from './database.js';
import { clearDays, deleteDays, leaveSiteOut, leaveVisitOut } from './days-without.js';

/**
 * @typedef {import('./core/types.js').Deleted} Deleted
 * @typedef {import('./days-without.js').DaysWithout} DaysWithout
 */

/** @type {Readonly<Deleted>} */
export const NOTHING_DELETED = { all: false, sites: [], visits: [], days: [] };

/**
 * @param {Deleted} deleted
 * @returns {boolean}
 */
export function deletesAnything({ all, sites, visits, days }) {
  return all || sites.length > 0 || visits.length > 0 || days.length > 0;
}

/**
 * Takes what is deleted out of the visits and the days.
 *
 * @param {IDBTransaction} transaction Over `visits`, and over `DAY_TABLES` where anything is deleted.
 * @param {Deleted} deleted
 * @param {DaysWithout} core
 */
export async function deleteFrom(transaction, deleted, core) {
  if (deletesAnything(deleted)) noteDeletion(transaction);
  const visits = transaction.objectStore('visits');
  if (deleted.all) {
    visits.clear();
    clearDays(transaction);
    return;
  }
  for (const site of deleted.sites) {
    const keys = await resultOf(visits.index('site').getAllKeys(IDBKeyRange.only(site)));
    for (const key of keys) visits.delete(key);
    await leaveSiteOut(transaction, site, core);
  }
  for (const { from, to } of deleted.days) {
    const range = IDBKeyRange.bound(from, to);
    await deleteVisitsOf(visits, range);
    await deleteDays(transaction, range, ['days', 'rollups']);
  }
  for (const visit of deleted.visits) {
    visits.delete(visit.id);
    await leaveVisitOut(transaction, visit, core);
  }
}

/**
 * Whoever reads day after day sees by it that something was deleted meanwhile.
 *
 * @param {IDBTransaction} transaction Over `meta`.
 */
export function noteDeletion(transaction) {
  transaction.objectStore('meta').put({ key: 'deleted', change: crypto.randomUUID() });
}

/**
 * The last deletion's name.
 *
 * @param {IDBTransaction} transaction Over `meta`.
 * @returns {Promise<string | undefined>} None: nothing was deleted.
 */
export async function lastDeletion(transaction) {
  return (await resultOf(transaction.objectStore('meta').get('deleted')))?.change;
}

/**
 * Deletes the visits of some days that are not in their days' records.
 *
 * @param {IDBObjectStore} visits
 * @param {IDBKeyRange} days
 * @param {() => string[]} [kept] Those that stay, by their `id`.
 */
export async function deleteVisitsOf(visits, days, kept = () => []) {
  const ids = await resultOf(visits.index('day').getAllKeys(days));
  const stay = new Set(kept());
  for (const id of ids) if (!stay.has(String(id))) visits.delete(id);
}
