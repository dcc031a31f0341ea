// Owns what a page reads of the store: finished and open visits, never changing them.

import { ask } from './client.js';
import { openDatabase, resultOf, storeError, StoreError } from './database.js';
import { readerModule } from './reader-instance.js';

/**
 * @typedef {import('./core/types.js').OverviewView} OverviewView
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 */

/**
 * All that is stored, by site.
 *
 * @returns {Promise<OverviewView>} Rejects with a `StoreError`, or where the core does not load.
 */
export async function overview() {
  const [reader, visits] = await Promise.all([readerModule(), readVisits()]);
  return reader.overview(visits);
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

/**
 * Where there is no background, nothing is live, and what is stored is all there is. Where it cannot store, what it has counted is
 * missing from the store: nobody is to take that for everything.
 */
async function storeWhatIsLive() {
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
