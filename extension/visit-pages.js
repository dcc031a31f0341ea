// Owns the list of visits, page by page: it reads the days that hold what is searched for, the last first, and no more than it needs.

import { inDatabase, resultOf } from './database.js';
import { dayOf } from './stored-days.js';

/**
 * @typedef {import('./core/types.js').VisitRow} VisitRow
 * @typedef {import('./core/types.js').StoredDay} StoredDay
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 *
 * @typedef {object} VisitQuery
 * @property {number} [from] The first day, in days since 1970; none: from the beginning on.
 * @property {number} [to] The last day; none: to the end.
 * @property {string} search What the name of a site, or of a third party that was contacted, is to hold; empty: all.
 */

/** The visits that a query finds, the last first. */
export class VisitPages {
  #visitRows;
  #search;
  /** Those that are not read yet, the last first. @type {number[]} */
  #days;
  /** Read, and on no page yet. @type {VisitRow[]} */
  #rows = [];
  /** The page that is being read: one after the other. @type {Promise<unknown>} */
  #reading = Promise.resolve();

  /**
   * @param {Pick<import('./reader-instance.js').ReaderModule, 'visitRows'>} reader
   * @param {Pick<import('./core/reader.js').Summary, 'daysWith'>} summary Of what is stored.
   * @param {VisitQuery} query
   */
  constructor({ visitRows }, summary, { from, to, search }) {
    this.#visitRows = visitRows;
    this.#search = search;
    this.#days = [...summary.daysWith(from, to, search)];
  }

  /** Whether there may be another page. */
  get hasMore() {
    return this.#rows.length > 0 || this.#days.length > 0;
  }

  /**
   * The next page.
   *
   * @param {number} count How many visits it has at most.
   * @param {AbortSignal} [signal]
   * @returns {Promise<VisitRow[]>} Fewer than that: there are no more. Rejects with a `StoreError`, or with the signal's reason.
   */
  next(count, signal) {
    const page = this.#reading.then(() => this.#next(count, signal));
    this.#reading = page.catch(() => {});
    return page;
  }

  /**
   * @param {number} count
   * @param {AbortSignal} [signal]
   */
  async #next(count, signal) {
    await inDatabase(async (database) => {
      while (this.#rows.length < count && this.#days.length > 0) {
        signal?.throwIfAborted();
        const [day = 0] = this.#days;
        this.#rows.push(...(await this.#read(database, day)));
        this.#days.shift();
      }
    }, signal);
    return this.#rows.splice(0, count);
  }

  /**
   * @param {IDBDatabase} database
   * @param {number} day
   */
  async #read(database, day) {
    // In one transaction: a visit is in one place or in the other.
    const transaction = database.transaction(['visits', 'days'], 'readonly');
    /** @type {[StoredDay | undefined, StoredVisit[]]} */
    const [closed, visits] = await Promise.all([
      dayOf(transaction, day),
      resultOf(transaction.objectStore('visits').index('day').getAll(IDBKeyRange.only(day))),
    ]);
    const beside = visits.map(({ bytes }) => bytes);
    return this.#visitRows(day, closed, beside, this.#search);
  }
}
