// Owns the list of visits in the order of their time: it reads no more days than those that are shown need.

/**
 * @typedef {import('./core/types.js').VisitRow} VisitRow
 * @typedef {import('./day-reading.js').Reading} Reading
 */

/** The visits that a query finds, as they follow each other. */
export class VisitPages {
  #days;
  /** Read. @type {VisitRow[]} */
  #rows = [];

  /** @param {import('./visit-days.js').VisitDays} days */
  constructor(days) {
    this.#days = days;
  }

  /**
   * Reads the first visits.
   *
   * @param {number} count How many at most.
   * @param {Reading} [reading]
   * @returns {Promise<void>} As {@link import('./visit-days.js').VisitDays.readUntil}.
   */
  read(count, reading) {
    const isEnough = () => this.#rows.length >= count;
    return this.#days.readUntil(isEnough, (rows) => void this.#rows.push(...rows), reading);
  }

  /**
   * The first of those that were read.
   *
   * @param {number} count
   * @returns {VisitRow[]}
   */
  first(count) {
    return this.#rows.slice(0, count);
  }

  /**
   * Whether there may be more than so many.
   *
   * @param {number} count
   */
  hasMore(count) {
    return this.#rows.length > count || !this.#days.isDone;
  }
}
