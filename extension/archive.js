// Owns what a page reads of the store: visits and closed days, never changing them.

import { ask } from './client.js';
import { inDatabase, resultOf, StoreError } from './database.js';
import { daysOfSite } from './days-without.js';
import { asDay, dayOf } from './stored-days.js';

/**
 * @typedef {import('./core/types.js').Stored} Stored
 * @typedef {import('./core/types.js').StoredDay} StoredDay
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 */

/**
 * What is stored, as the core reads it; the newest state of the open visits included.
 *
 * @param {Pick<import('./reader-instance.js').ReaderModule, 'rollupVisits'>} reader
 * @param {{ site?: string | undefined }} [which] Of one site (its days hold others too), or all.
 * @returns {Promise<Stored>} Rejects with a `StoreError`.
 */
export async function readStored(reader, { site } = {}) {
  await storeWhatIsLive();
  return inDatabase((database) => {
    // In one transaction: a visit is in one place or in the other.
    const transaction = database.transaction(['visits', 'days', 'rollups'], 'readonly');
    return site === undefined ? readAll(transaction) : readSite(transaction, site, reader);
  });
}

/**
 * @param {IDBTransaction} transaction
 * @returns {Promise<Stored>}
 */
async function readAll(transaction) {
  /** @type {[StoredVisit[], StoredDay[]]} */
  const [visits, days] = await Promise.all([
    resultOf(transaction.objectStore('visits').getAll()),
    resultOf(transaction.objectStore('days').getAll()),
  ]);
  return { visits, days: days.map(asDay) };
}

/**
 * @param {IDBTransaction} transaction
 * @param {string} site
 * @param {Pick<import('./reader-instance.js').ReaderModule, 'rollupVisits'>} reader
 * @returns {Promise<Stored>} Of the days that have it, and of those of which nobody knows. A day says how many visits it has of the site.
 */
async function readSite(transaction, site, { rollupVisits }) {
  const visits = transaction.objectStore('visits');
  const ofSite = await daysOfSite(transaction, site, rollupVisits);
  const keys = [...ofSite.visits.keys(), ...ofSite.unread];
  /** @type {[StoredVisit[], (StoredDay | undefined)[]]} */
  const [open, closed] = await Promise.all([
    resultOf(visits.index('site').getAll(IDBKeyRange.only(site))),
    Promise.all(keys.map((day) => dayOf(transaction, day))),
  ]);
  const found = closed.filter((day) => day !== undefined);
  return { visits: open, days: found.map((day) => ({ ...day, visits: ofSite.visits.get(day.day) ?? day.visits })) };
}

/**
 * Where there is no background, nothing is live, and what is stored is all there is. Where it cannot store, what it has counted is
 * missing from the store: nobody is to take that for everything.
 *
 * @param {{ isPartWelcome?: boolean }} [options] Whether it is no failure that a full disk keeps the newest from being stored: whoever wants to
 *   delete must see what there is.
 * @returns {Promise<void>} Rejects with a `StoreError`.
 */
export async function storeWhatIsLive({ isPartWelcome = false } = {}) {
  /** @type {import('./reply.js').Reply} */
  let reply;
  try {
    reply = await ask({ kind: 'flush' });
  } catch (cause) {
    console.warn('archive: the background does not answer; what it has not stored is missing.', cause);
    return;
  }
  if (reply.response !== null) return;
  for (const { kind, detail } of reply.problems) {
    if (kind === 'storeFull' && isPartWelcome) continue;
    if (kind === 'storeUnavailable' || kind === 'storeFull' || kind === 'storeFromFuture') {
      throw new StoreError(kind, detail);
    }
  }
  // A commit that is under way, for a disk that is slow: what it holds is not there yet. Without a core nothing is live.
  const isWithoutCore = reply.problems.some(({ kind }) => kind === 'coreUnavailable');
  if (reply.error && !isPartWelcome && !isWithoutCore) throw new StoreError('storeUnavailable', reply.error);
}
