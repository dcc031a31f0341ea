// Owns the visits that are looked for, day by day: which days hold them, which of them are read, and what cannot be.

import { DayReading } from './day-reading.js';

/**
 * @typedef {import('./core/types.js').VisitRow} VisitRow
 *
 * @typedef {object} VisitQuery
 * @property {number} [from] The first day, in days since 1970; none: from the beginning on.
 * @property {number} [to] The last day; none: to the end.
 * @property {string} search What the name of a site, or of a third party that was contacted, is to hold; empty: all.
 * @property {string} [site] Of this site alone.
 * @property {string} [with] Those that contacted this third party alone.
 * @property {boolean} [back] The first day first, and in it the first visit; else the last.
 */

/** The days that hold the visits that a query finds. */
export class VisitDays {
  #visitRows;
  #query;
  #days;
  #unreadable = 0;

  /**
   * @param {Pick<import('./reader-instance.js').ReaderModule, 'visitRows'>} reader
   * @param {Pick<import('./core/reader.js').Summary, 'daysOfSite' | 'daysOfThirdParty' | 'daysWith'>} summary Of what is stored; its period is the query's.
   * @param {VisitQuery} query
   */
  constructor({ visitRows }, summary, query) {
    const { from, to, search, site, with: domain, back } = query;
    this.#visitRows = visitRows;
    this.#query = query;
    const limits = [
      ...(site === undefined ? [] : [daysIn(summary.daysOfSite(site))]),
      ...(domain === undefined ? [] : [daysIn(summary.daysOfThirdParty(domain))]),
    ];
    const days = [...summary.daysWith(from, to, search)].filter((day) => limits.every((limit) => limit.has(day)));
    this.#days = new DayReading(back ? days.reverse() : days);
  }

  /** How many days there are. */
  get all() {
    return this.#days.all;
  }

  /** How many days were read. */
  get read() {
    return this.#days.read;
  }

  /** Whether all of them were. */
  get isDone() {
    return this.#days.isDone;
  }

  /** What is missing from the days that were read: visits that cannot be, and days of which no visit is kept any more. */
  get missing() {
    return { visits: this.#unreadable, days: this.#days.notKept };
  }

  /**
   * Reads day after day.
   *
   * @param {() => boolean} isEnough Asked before each.
   * @param {(rows: VisitRow[]) => void} take Is given the visits of each.
   * @param {import('./day-reading.js').Reading} [reading]
   * @returns {Promise<void>} As {@link DayReading.readUntil}.
   */
  readUntil(isEnough, take, reading) {
    return this.#days.readUntil(isEnough, (stored) => take(this.#rowsOf(stored)), reading);
  }

  /** @param {import('./day-reading.js').DayStored} stored */
  #rowsOf({ day, closed, beside }) {
    const { search, site, with: domain, back } = this.#query;
    const { rows, unreadable } = this.#visitRows(day, closed, beside, search, domain);
    this.#unreadable += unreadable.damaged + unreadable.laterVersion;
    const found = site === undefined ? rows : rows.filter((row) => row.site === site);
    return back ? found.reverse() : found;
  }
}

/** @param {{ day: number }[]} rows */
function daysIn(rows) {
  return new Set(rows.map(({ day }) => day));
}
