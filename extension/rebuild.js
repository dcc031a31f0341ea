// Owns the rebuilding of closed days, asked for by a page: each day is made anew from its visits.

import { ask, responseOf } from './client.js';
import { inDatabase, resultOf } from './database.js';

/**
 * @typedef {object} Rebuilt
 * @property {number} rebuilt How many days were made anew.
 * @property {number[]} refused Those that cannot be read, in days since 1970: they are left as they are.
 */

/**
 * Has every closed day made anew, one after the other: what it sums up is then what its visits say.
 *
 * @param {object} [options]
 * @param {(done: number, all: number) => void} [options.onProgress]
 * @param {AbortSignal} [options.signal] It ends between two days; what was made anew stays so.
 * @param {typeof ask} [options.askBackground]
 * @returns {Promise<Rebuilt>} Rejects with a `StoreError`, with a `NoAnswerError`, with what the background failed of, or with the signal's reason.
 */
export async function rebuild({ onProgress, signal, askBackground = ask } = {}) {
  const days = await closedDays();
  /** @type {number[]} */
  const refused = [];
  for (const [done, day] of days.entries()) {
    signal?.throwIfAborted();
    onProgress?.(done, days.length);
    const { isRead } = responseOf(await askBackground({ kind: 'rebuildDay', day }), 'rebuilt');
    if (!isRead) refused.push(day);
  }
  onProgress?.(days.length, days.length);
  return { rebuilt: days.length - refused.length, refused };
}

/** @returns {Promise<number[]>} */
function closedDays() {
  return inDatabase(async (database) => {
    const days = database.transaction('days', 'readonly').objectStore('days');
    return (await resultOf(days.getAllKeys())).map(Number);
  });
}
