// Owns when days are closed: once a day is over for good, its visits are packed into one record.

import { isTyped } from './core-error.js';
import { StoreError } from './database.js';

/**
 * @typedef {object} ClosingDaysParts
 * @property {Pick<import('./store.js').Store, 'closeDays'>} store
 * @property {(day: number, stored: Uint8Array | undefined, visits: Uint8Array[]) => import('./core/types.js').Fold} foldDay
 * @property {import('./problems.js').Problems} problems
 */

/** The closing of days. */
export class ClosingDays {
  #parts;
  /** The day before which all are closed, as far as they can be. */
  #closedBefore = 0;
  /** Days that this background leaves as they are: the core refused them, or failed on them. @type {Set<number>} */
  #leftAlone = new Set();
  #isRunning = false;

  /** @param {ClosingDaysParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * Closes the days before this one. Cheap where there are none: it is called after each commit.
   *
   * @param {number} firstOpenDay Days since 1970.
   * @returns {Promise<void>} Rejects with what the core failed of. Where the store fails the visits stay as they are, and the next call
   *   tries again.
   */
  async close(firstOpenDay) {
    if (firstOpenDay === this.#closedBefore || this.#isRunning) return;
    this.#isRunning = true;
    try {
      await this.#parts.store.closeDays(firstOpenDay, (day, stored, visits) => this.#fold(day, stored, visits));
      this.#closedBefore = firstOpenDay;
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause;
      this.#parts.problems.note(cause.kind, cause.message);
    } finally {
      this.#isRunning = false;
    }
  }

  /**
   * @param {number} day
   * @param {Uint8Array | undefined} stored
   * @param {Uint8Array[]} visits
   */
  #fold(day, stored, visits) {
    if (this.#leftAlone.has(day)) return null;
    try {
      return this.#parts.foldDay(day, stored, visits);
    } catch (cause) {
      this.#leftAlone.add(day);
      if (!isTyped(cause)) throw cause;
      console.warn('closing-days: what is stored of a day cannot be read; its other visits stay beside it.', cause);
      return null;
    }
  }
}
