// Owns the reading of what is stored of some days, one after the other: how far it is, that it can be ended and goes on from there.

import { inDatabase } from './database.js';
import { storedOfDay } from './stored-days.js';

/**
 * @typedef {object} Reading How a reading goes on.
 * @property {AbortSignal} [signal] Nobody waits for it any more.
 * @property {(read: number, all: number) => void} [onProgress] So many of the days were read.
 *
 * @typedef {object} OfSite Where what is read is of one site: what is missing where a day, or a visit beside it, cannot be read.
 * @property {string} [site] The visits beside the days are those of this site; else all.
 * @property {ReadonlyMap<number, number>} [pagesOfSite] How many pages of it were visited on each closed day of which that is known: one at
 *   least where there is anything of it, be it what its workers did.
 *
 * @typedef {object} DayStored
 * @property {number} day In days since 1970.
 * @property {import('./core/types.js').StoredDay | undefined} closed Its record, if it is closed.
 * @property {Uint8Array[]} beside The visits beside it, as their bytes.
 */

/** Days that are to be read. */
export class DayReading {
  /** Those that are not read yet, in their order. @type {number[]} */
  #left;
  #site;
  #pagesOfSite;
  /** One reading after the other. @type {Promise<unknown>} */
  #reading = Promise.resolve();

  /**
   * @param {readonly number[]} days In the order in which they are read.
   * @param {OfSite} [ofSite]
   */
  constructor(days, { site, pagesOfSite } = {}) {
    this.#left = [...days];
    this.#site = site;
    this.#pagesOfSite = pagesOfSite;
    /** How many days there are. */
    this.all = days.length;
    /** Of how many of those that were read no visit is kept any more. */
    this.notKept = 0;
  }

  /** How many days were read. */
  get read() {
    return this.all - this.#left.length;
  }

  /** Whether all of them were. */
  get isDone() {
    return this.#left.length === 0;
  }

  /**
   * Reads day after day.
   *
   * @param {() => boolean} isEnough Asked before each.
   * @param {(stored: DayStored) => void} take Is given each.
   * @param {Reading} [reading]
   * @returns {Promise<void>} Rejects with a `StoreError`, or with the signal's reason; what was taken before that stays so.
   */
  readUntil(isEnough, take, { signal, onProgress } = {}) {
    const read = async (/** @type {IDBDatabase} */ database) => {
      for (let [day] = this.#left; day !== undefined && !isEnough(); [day] = this.#left) {
        signal?.throwIfAborted();
        const { closed, beside } = await storedOfDay(database, day, this.#site);
        // Whoever took the days before may be gone.
        signal?.throwIfAborted();
        const visits = this.#pagesOfSite?.get(day) ?? closed?.visits ?? 0;
        take({ day, closed: closed && { ...closed, visits }, beside });
        this.#left.shift();
        this.notKept += closed || beside.length > 0 ? 0 : 1;
        onProgress?.(this.read, this.all);
      }
    };
    const turn = this.#reading.then(async () => {
      if (!this.isDone && !isEnough()) await inDatabase(read, signal);
      signal?.throwIfAborted();
    });
    this.#reading = turn.catch(() => {});
    return turn;
  }
}
