// Owns the spans of closed days: many days' sums as one record each, for whoever reads all of them. What they hold is in the sums, too.

import { resultOf } from './database.js';

/**
 * @typedef {import('./core/types.js').StoredRollup} StoredRollup
 *
 * @typedef {(span: number, rollups: StoredRollup[]) => Uint8Array | null} PackSpan What the core makes of the sums of a span's days; null where
 *   there is to be none.
 */

/** How many days are read by one record, and until then each by its own. */
const DAYS_A_SPAN = 32;

/**
 * The span of a day.
 *
 * @param {number} day
 * @returns {number}
 */
export function spanOf(day) {
  return Math.floor(day / DAYS_A_SPAN);
}

/**
 * Deletes the spans that have any of these days, for their sums change. They are made anew as days are closed.
 *
 * @param {IDBTransaction} transaction Over `spans`.
 * @param {IDBKeyRange} days
 */
export function deleteSpans(transaction, { lower = -Infinity, upper = Infinity }) {
  transaction.objectStore('spans').delete(IDBKeyRange.bound(spanOf(lower), spanOf(upper)));
}

/**
 * The spans before this one that are to be made.
 *
 * @param {IDBDatabase} database
 * @param {number} before
 * @returns {Promise<number[]>}
 */
export async function missingSpans(database, before) {
  const transaction = database.transaction(['rollups', 'spans'], 'readonly');
  const [days, spans] = await Promise.all(
    ['rollups', 'spans'].map((table) => resultOf(transaction.objectStore(table).getAllKeys())),
  );
  const made = new Set(spans);
  const wanted = new Set((days ?? []).map((day) => spanOf(Number(day))));
  return [...wanted].filter((span) => span < before && !made.has(span));
}

/**
 * Makes one span of its days' sums, as they are now.
 *
 * @param {IDBTransaction} transaction Over `rollups` and `spans`.
 * @param {number} span
 * @param {PackSpan} pack
 */
export async function makeSpan(transaction, span, pack) {
  const first = span * DAYS_A_SPAN;
  const days = IDBKeyRange.bound(first, first + DAYS_A_SPAN - 1);
  /** @type {StoredRollup[]} */
  const rollups = await resultOf(transaction.objectStore('rollups').getAll(days));
  const bytes = rollups.length > 0 ? pack(span, rollups) : null;
  if (bytes) transaction.objectStore('spans').put({ span, bytes });
}
