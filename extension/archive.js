// Owns what a page reads of the store: visits and closed days, never changing them.

import { ask } from './client.js';
import { openDatabase, resultOf, storeError, StoreError } from './database.js';
import { readerModule } from './reader-instance.js';

/**
 * @typedef {import('./core/types.js').OverviewView} OverviewView
 * @typedef {import('./core/types.js').Stored} Stored
 * @typedef {import('./core/types.js').StoredDay} StoredDay
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 */

/**
 * All that is stored, by site. On a full disk too: what is missing then is in the background's memory, and whoever wants to delete must see what there
 * is.
 *
 * @returns {Promise<OverviewView>} Rejects with a `StoreError`, or where the core does not load.
 */
export async function overview() {
  const [reader, stored] = await Promise.all([readerModule(), readStored({ isPartWelcome: true })]);
  return reader.overview(stored);
}

/**
 * What is stored, as the core reads it; the newest state of the open visits included.
 *
 * @param {{ site?: string | undefined, isPartWelcome?: boolean }} [which] Of one site (its days hold others too), or all; also where a full
 *   disk keeps the newest from being stored.
 * @returns {Promise<Stored>} Rejects with a `StoreError`.
 */
export async function readStored({ site, isPartWelcome = false } = {}) {
  await storeWhatIsLive(isPartWelcome);
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
 *
 * @param {boolean} isPartWelcome
 */
async function storeWhatIsLive(isPartWelcome) {
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
}
