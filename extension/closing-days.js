// Owns when days are closed: once a day is over, its visits are packed into one record.

import { isTyped } from './core-error.js';
import { StoreError } from './database.js';

/**
 * @typedef {import('./core/counter.js').Core} Core
 *
 * @typedef {object} ClosingDaysParts
 * @property {Pick<import('./store.js').Store, 'closeDays'>} store
 * @property {(day: number, stored: Uint8Array | undefined, visits: Uint8Array[]) => import('./core/types.js').Fold} foldDay Of the instance
 *   that the core is of.
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
   * Closes the days that are over. Cheap where there are none: it is called after each commit.
   *
   * @param {Pick<Core, 'today' | 'unsettledVisits'>} core
   * @param {number} nowMs
   * @returns {Promise<void>} Rejects with what the core failed of. Where the store fails the visits stay as they are, and the next call
   *   tries again.
   */
  async close(core, nowMs) {
    const today = core.today(nowMs);
    if (today === this.#closedBefore || this.#isRunning) return;
    this.#isRunning = true;
    try {
      await this.#parts.store.closeDays(today, (day, stored, visits) => this.#fold(core, day, stored, visits));
      this.#closedBefore = today;
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause;
      console.warn('closing-days: the store failed; the days that are over are closed later.', cause);
    } finally {
      this.#isRunning = false;
    }
  }

  /**
   * @param {Pick<Core, 'unsettledVisits'>} core
   * @param {number} day
   * @param {Uint8Array | undefined} stored
   * @param {import('./core/types.js').StoredVisit[]} visits
   */
  #fold(core, day, stored, visits) {
    if (this.#leftAlone.has(day)) return null;
    // Asked in the turn of the fold: what is live now stays beside its day. A core that was replaced meanwhile throws.
    const unsettled = new Set(core.unsettledVisits());
    const bytes = visits.filter(({ id }) => !unsettled.has(id)).map((visit) => visit.bytes);
    if (bytes.length === 0) return null;
    try {
      const fold = this.#parts.foldDay(day, stored, bytes);
      // Where none could be read, the day is as it was.
      return fold.folded.length > 0 ? fold : null;
    } catch (cause) {
      this.#leftAlone.add(day);
      if (!isTyped(cause)) throw cause;
      console.warn('closing-days: what is stored of a day cannot be read; its other visits stay beside it.', cause);
      return null;
    }
  }
}
