// Owns what a page reads of the store: finished and open visits, never changing them.

import { ask } from './client.js';
import { coreModule } from './core-instance.js';
import { openDatabase, resultOf, storeError } from './database.js';

/**
 * @typedef {import('./core/types.js').OverviewView} OverviewView
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 */

/**
 * All that is stored, by site.
 *
 * @returns {Promise<OverviewView>} Rejects with a `StoreError`.
 */
export async function overview() {
  return coreModule().overview(await readVisits());
}

/**
 * The stored visits as bytes, which the core reads; the newest state of the open ones included.
 *
 * @param {{ site?: string }} [which] Those of one site, or all.
 * @returns {Promise<Uint8Array[]>} Rejects with a `StoreError`.
 */
export async function readVisits({ site } = {}) {
  await storeWhatIsLive();
  try {
    const database = await openDatabase();
    try {
      const visits = database.transaction('visits', 'readonly').objectStore('visits');
      /** @type {StoredVisit[]} */
      const stored = await resultOf(
        site === undefined ? visits.getAll() : visits.index('site').getAll(IDBKeyRange.only(site)),
      );
      return stored.map((visit) => visit.bytes);
    } finally {
      database.close();
    }
  } catch (cause) {
    throw storeError(cause);
  }
}

/** Where the background does not answer, what is stored is true all the same, and only as old as its last commit. */
async function storeWhatIsLive() {
  try {
    await ask({ kind: 'flush' });
  } catch (cause) {
    console.warn('archive: what is live could not be stored first; the last seconds may be missing.', cause);
  }
}
