// Owns the reading of what only the visits tell of one site or one third party: its days, and what was read of it so far.

import { DayReading } from './day-reading.js';

/**
 * @typedef {import('./core/types.js').RequestSumView} RequestSumView
 * @typedef {import('./core/types.js').StoredDay} StoredDay
 *
 * @typedef {object} Detail What the core adds up of it.
 * @property {(closed: StoredDay | undefined, visits: Uint8Array[]) => void} add Reads one more day.
 * @property {() => RequestSumView} view
 * @property {() => void} free
 */

/**
 * One site, or one third party, as the visits tell of it.
 *
 * @template {Detail} Of
 */
export class DetailReading {
  #days;
  #isFree = false;

  /**
   * @param {Of} detail Of which nothing was read.
   * @param {readonly number[]} days On which there is something of it, in the order in which they are read.
   * @param {import('./day-reading.js').OfSite} [ofSite] Where it is a site.
   */
  constructor(detail, days, ofSite) {
    /** What was read so far. */
    this.detail = detail;
    this.#days = new DayReading(days, ofSite);
  }

  /** How many days there are, how many of them were read, and of how many of those no visit is kept any more. */
  get days() {
    const { all, read, notKept } = this.#days;
    return { all, read, notKept };
  }

  /** Whether all of them were read. */
  get isDone() {
    return this.#days.isDone;
  }

  /**
   * Reads all days; one that was ended goes on.
   *
   * @param {import('./day-reading.js').Reading} [reading]
   * @returns {Promise<void>} As {@link DayReading.readUntil}.
   */
  read(reading) {
    return this.#days.readUntil(
      () => false,
      ({ closed, beside }) => this.detail.add(closed, beside),
      reading,
    );
  }

  /** Nobody needs it any more; no reading of it goes on. Who shows it and who reads it may both say so. */
  free() {
    if (this.#isFree) return;
    this.#isFree = true;
    this.detail.free();
  }
}
