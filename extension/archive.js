// Owns what a page reads of the store: visits and closed days, never changing them.

import { ask } from './client.js';
import { openDatabase, resultOf, storeError, StoreError } from './database.js';

/**
 * @typedef {import('./core/types.js').Stored} Stored
 * @typedef {import('./core/types.js').StoredDay} StoredDay
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 */

/**
 * What is stored, as the core reads it; the newest state of the open visits included.
 *
 * @param {{ site?: string | undefined }} [which] Of one site (its days hold others too), or all.
 * @returns {Promise<Stored>} Rejects with a `StoreError`.
 */
export async function readStored({ site } = {}) {
  await storeWhatIsLive();
  try {
    const database = await openDatabase();
    try {
      // In one transaction: a visit is in one place or in the other.
      const transaction = database.transaction(['visits', 'days'], 'readonly');
      const [visits, days] = [transaction.objectStore('visits'), transaction.objectStore('days')];
      const only = site === undefined ? undefined : IDBKeyRange.only(site);
      /** @type {[StoredVisit[], StoredDay[]]} */
      const [storedVisits, storedDays] = await Promise.all([
        resultOf(only ? visits.index('site').getAll(only) : visits.getAll()),
        resultOf(only ? days.index('sites').getAll(only) : days.getAll()),
      ]);
      return { visits: storedVisits, days: storedDays };
    } finally {
      database.close();
    }
  } catch (cause) {
    throw storeError(cause);
  }
}

/**
 * Where there is no background, nothing is live, and what is stored is all there is. Where it cannot store, what it has counted is
 * missing from the store: nobody is to take that for everything.
 */
export async function storeWhatIsLive() {
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
    if (kind === 'storeUnavailable' || kind === 'storeFromFuture') throw new StoreError(kind, detail);
  }
}
