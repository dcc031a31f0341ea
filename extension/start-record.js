// Owns what a core starts from, as the store holds it: the snapshot, the visits that it needs, the settings, what was noted.

import { resultOf } from './database.js';

/**
 * @typedef {import('./core/types.js').Settings} Settings
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 * @typedef {import('./set-aside.js').SetAsideRecord} SetAsideRecord
 * @typedef {import('./given-up.js').GivenUpRecord} GivenUpRecord
 *
 * @typedef {object} Mark How far a commit tells of what a background was told.
 * @property {string} journal Whose events are numbered.
 * @property {number} end The number of the first that is not part of it.
 *
 * @typedef {object} Stored What a core starts from.
 * @property {Uint8Array} [live]
 * @property {Mark} [mark]
 * @property {StoredVisit[]} visits Those that the snapshot says are open.
 * @property {Settings} [settings]
 * @property {SetAsideRecord} [setAside] Events that the core could not take, as noted in `meta`.
 * @property {GivenUpRecord} [givenUp] What was given up since it could not be stored, likewise.
 * @property {unknown} [unreadable] Why the core refused the snapshot; then `live` and `visits` are empty.
 */

/**
 * Reads it, in one transaction.
 *
 * @param {IDBDatabase} database
 * @param {(live: Uint8Array) => string[]} openVisits Which visits the snapshot needs.
 * @returns {Promise<Stored>}
 */
export async function readStart(database, openVisits) {
  const transaction = database.transaction(['live', 'visits', 'settings', 'meta'], 'readonly');
  const settingsRequest = transaction.objectStore('settings').get('settings');
  const setAsideRequest = transaction.objectStore('meta').get('setAside');
  const givenUpRequest = transaction.objectStore('meta').get('givenUp');
  /** @type {{ bytes: Uint8Array, mark?: Mark } | undefined} */
  const snapshot = await resultOf(transaction.objectStore('live').get('live'));
  // A transaction lives on over `await` as long as only its own requests are awaited.
  /** @type {Stored} */
  const stored = { visits: [] };
  if (snapshot) {
    try {
      const ids = openVisits(snapshot.bytes);
      stored.live = snapshot.bytes;
      if (snapshot.mark) stored.mark = snapshot.mark;
      const visits = transaction.objectStore('visits');
      const found = await Promise.all(ids.map((id) => resultOf(visits.get(id))));
      stored.visits = found.filter((visit) => visit !== undefined);
    } catch (cause) {
      if (cause instanceof DOMException) throw cause;
      stored.unreadable = cause;
    }
  }
  // Asked for first, so answered by now.
  stored.settings = settingsRequest.result?.settings;
  stored.setAside = setAsideRequest.result;
  stored.givenUp = givenUpRequest.result;
  return stored;
}
