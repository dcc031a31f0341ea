// Owns how the store's transactions are made: all of it or nothing, and not for ever.

import { StoreError } from './database.js';
import { within } from './time-limit.js';

/** A write that takes longer is given up, and made again: the disk hangs, or is so slow that nothing is lost by that. */
export const WRITE_WITHIN_MS = 30_000;
/** The same for a deletion: ten years of closed days are written anew in a minute. */
export const DELETE_WITHIN_MS = 100_000;
/** A core waits for what it starts from. Without an answer it starts without a past, nor does it know what the user decided: not sooner than it must. */
export const READ_WITHIN_MS = 20_000;

/**
 * Does something with the store, and gives it up after a time.
 *
 * @template Result
 * @param {number} ms
 * @param {(signal: AbortSignal) => Promise<Result>} work The signal tells it that nobody waits any more.
 * @returns {Promise<Result>} Rejects with a {@link StoreError} where it took too long. Whether it is stored is not known then, and storing
 *   it again is right in either case.
 */
export function limited(ms, work) {
  const ending = new AbortController();
  return within(work(ending.signal), ms, () => {
    const error = new StoreError('storeUnavailable', `The disk did not answer within ${ms / 1_000} s.`);
    ending.abort(error);
    throw error;
  });
}

/**
 * Makes a transaction's requests and waits for its end: all of it is stored, or nothing.
 *
 * @param {IDBTransaction} transaction
 * @param {() => Promise<void>} request
 * @param {AbortSignal} signal
 */
export async function made(transaction, request, signal) {
  const done = finished(transaction);
  // Awaited below; a failure of a request on the way there must not count as nobody's.
  done.catch(() => {});
  const giveUp = () => abort(transaction);
  signal.addEventListener('abort', giveUp);
  try {
    await request();
    await done;
  } catch (cause) {
    // A record that cannot be stored throws without an end to the transaction: the deletions before it would stay.
    giveUp();
    throw cause;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** @param {IDBTransaction} transaction */
function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself, which is as good.
  }
}

/**
 * The end of a transaction: only then is it stored.
 *
 * @param {IDBTransaction} transaction
 * @returns {Promise<void>}
 */
export function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    // Also where the disk is full: QuotaExceededError comes with the abort, not with a request.
    transaction.onabort = () =>
      reject(transaction.error ?? new StoreError('storeUnavailable', 'The transaction was aborted.'));
  });
}
