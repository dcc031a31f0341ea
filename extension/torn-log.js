// Owns the mending of Chromium's log of the store, after a write that found no room (`room.js` says what that does, and keeps it from
// happening as far as it can).

import { isFirefox } from './firefox.js';
import { keep, recall } from './session-memory.js';
import { made } from './transaction.js';

/** The key in the session's memory: a background that is stopped meanwhile leaves the next one to mend it. */
const TORN_LOG_KEY = 'tornLog';

/**
 * Chromium 156 begins another log once 4 MB are in one, and removes the one that is torn. So much is written to get there, of bytes that
 * it cannot press, and in values that it keeps in the log (64 KB and more it puts into files). Measured: 70 ms, once.
 */
const PADDING = { transactions: 20, values: 10, bytes: 50_000 };

/** Whether the log is torn, and its mending. */
export class TornLog {
  /** @type {Promise<boolean> | null} */
  #isTorn = null;

  /** A write found no room. */
  note() {
    if (isFirefox()) return;
    this.#isTorn = Promise.resolve(true);
    keep(TORN_LOG_KEY, true, 'if the background is stopped now, what is stored is lost with the browser’s next start');
  }

  /** Whether it is to be mended before anything else is written. */
  isTorn() {
    this.#isTorn ??= recall([TORN_LOG_KEY]).then(
      (kept) => kept[TORN_LOG_KEY] === true,
      () => false,
    );
    return this.#isTorn;
  }

  /**
   * Has the browser begin another log.
   *
   * @param {IDBDatabase} database
   * @param {AbortSignal} signal
   */
  async mend(database, signal) {
    for (let one = 0; one < PADDING.transactions; one += 1) {
      await inMeta(database, signal, (meta, key) => {
        meta.put({ key, bytes: crypto.getRandomValues(new Uint8Array(PADDING.bytes)) });
      });
    }
    await inMeta(database, signal, (meta, key) => void meta.delete(key));
    this.#isTorn = Promise.resolve(false);
    keep(TORN_LOG_KEY, false, 'the next background mends the log once more');
  }
}

/**
 * @param {IDBDatabase} database
 * @param {AbortSignal} signal
 * @param {(meta: IDBObjectStore, key: string) => void} request Made for each value.
 */
function inMeta(database, signal, request) {
  signal.throwIfAborted();
  const transaction = database.transaction('meta', 'readwrite', { durability: 'relaxed' });
  const meta = transaction.objectStore('meta');
  const requests = async () => {
    for (let value = 0; value < PADDING.values; value += 1) request(meta, `padding ${value}`);
  };
  return made(transaction, requests, signal);
}
