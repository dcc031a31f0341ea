// Owns what a deletion does to the store's visits and days.

import { resultOf } from './database.js';
import { leaveOut } from './stored-days.js';

/**
 * @typedef {import('./core/types.js').Deleted} Deleted
 * @typedef {import('./stored-days.js').DayWithoutSite} DayWithoutSite
 */

/** @type {Readonly<Deleted>} */
export const NOTHING_DELETED = { all: false, sites: [], visits: [] };

/**
 * @param {Deleted} deleted
 * @returns {boolean}
 */
export function deletesAnything({ all, sites, visits }) {
  return all || sites.length > 0 || visits.length > 0;
}

/**
 * Takes what is deleted out of the visits and the days.
 *
 * @param {IDBTransaction} transaction
 * @param {Deleted} deleted
 * @param {DayWithoutSite} dayWithoutSite
 */
export async function deleteFrom(transaction, deleted, dayWithoutSite) {
  const [visits, days] = [transaction.objectStore('visits'), transaction.objectStore('days')];
  if (deleted.all) {
    visits.clear();
    days.clear();
  } else {
    await deleteSites(visits, deleted.sites);
    for (const site of deleted.sites) await leaveOut(days, site, dayWithoutSite);
  }
  for (const id of deleted.visits) visits.delete(id);
}

/**
 * @param {IDBObjectStore} visits
 * @param {string[]} sites
 */
async function deleteSites(visits, sites) {
  const index = visits.index('site');
  const keys = await Promise.all(sites.map((site) => resultOf(index.getAllKeys(IDBKeyRange.only(site)))));
  for (const key of keys.flat()) visits.delete(key);
}
