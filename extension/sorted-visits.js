// Owns the list of visits in any other order than that of their time: all of them are read for it, and the first of that order kept.

/**
 * @typedef {import('./core/types.js').VisitRow} VisitRow
 * @typedef {import('./day-reading.js').Reading} Reading
 */

/** A year has 200,000 visits, of which nobody reads so many one by one; the other end is that of the order turned around. */
export const MOST_SORTED = 1_000;

/** The visits that a query finds, sorted. */
export class SortedVisits {
  #days;
  #compare;
  #most;
  /** The first of those that were read, and some behind them. @type {VisitRow[]} */
  #rows = [];
  #isSorted = true;
  /** How many were read. */
  total = 0;

  /**
   * @param {import('./visit-days.js').VisitDays} days
   * @param {(one: VisitRow, other: VisitRow) => number} compare What is equal stays as the days give it.
   * @param {number} [most] How many are kept.
   */
  constructor(days, compare, most = MOST_SORTED) {
    this.#days = days;
    this.#compare = compare;
    this.#most = most;
  }

  /**
   * Reads all of them.
   *
   * @param {number} _count
   * @param {Reading} [reading]
   * @returns {Promise<void>} As {@link import('./visit-days.js').VisitDays.readUntil}.
   */
  read(_count, reading) {
    const take = (/** @type {VisitRow[]} */ rows) => {
      this.total += rows.length;
      this.#rows.push(...rows);
      this.#isSorted = false;
      if (this.#rows.length > 2 * this.#most) this.#sort();
    };
    return this.#days.readUntil(() => false, take, reading);
  }

  /**
   * The first of those that were read.
   *
   * @param {number} count
   * @returns {VisitRow[]}
   */
  first(count) {
    this.#sort();
    return this.#rows.slice(0, count);
  }

  /**
   * Whether there are more than so many, or may be.
   *
   * @param {number} count
   */
  hasMore(count) {
    return !this.#days.isDone || Math.min(this.total, this.#most) > count;
  }

  #sort() {
    if (this.#isSorted) return;
    // Stable: those kept before stand before what came later.
    this.#rows.sort(this.#compare);
    this.#rows.splice(this.#most);
    this.#isSorted = true;
  }
}
