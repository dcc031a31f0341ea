// Owns the summary of all that is stored: it reads the sums of closed days and the visits of open ones, and again what has changed.

import { isTyped } from './core-error.js';
import { inDatabase, resultOf } from './database.js';
import { readerModule } from './reader-instance.js';
import { dayOf, oneByOne, sums } from './stored-days.js';

/**
 * @typedef {import('./core/reader.js').Summary} Summary
 * @typedef {import('./core/types.js').StoredDay} StoredDay
 * @typedef {import('./core/types.js').StoredRollup} StoredRollup
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 *
 * @typedef {object} ReadOptions
 * @property {(read: number, all: number) => void} [onProgress] How many of all closed days have been read.
 * @property {AbortSignal} [signal] The reading ends where it is aborted: what was read before stays.
 */

/** The summary of what is stored. */
export class StoredSummary {
  #loadReader;
  /** @type {Summary | null} */
  #summary = null;
  /** Which change of the closed days it has. @type {string | undefined} */
  #change;
  /** The closed days whose sums are missing, or cannot be read. @type {number[]} */
  #unread = [];
  /** The days that were summed up from their visits. @type {Set<number>} */
  #fromVisits = new Set();
  /** The reading that is under way: one after the other, for each ends what the one before gave. @type {Promise<unknown>} */
  #reading = Promise.resolve();

  /** @param {() => Promise<Pick<import('./reader-instance.js').ReaderModule, 'Summary'>>} loadReader */
  constructor(loadReader = readerModule) {
    this.#loadReader = loadReader;
  }

  /**
   * Reads what is stored, or what has changed of it since the last time: of closed days that is told by a note, visits of open days
   * are few. A day whose sum is missing or cannot be read is summed up from its visits.
   *
   * @param {ReadOptions} [options]
   * @returns {Promise<Summary>} As it is now; what was given before is no longer to be used. Rejects with a `StoreError`, where the core does
   *   not load, or with the signal's reason: then what was given before is good.
   */
  read(options = {}) {
    const summary = this.#reading.then(() => this.#read(options));
    this.#reading = summary.catch(() => {});
    return summary;
  }

  /** @param {ReadOptions} options */
  async #read(options) {
    const { Summary } = await this.#loadReader();
    return inDatabase((database) => {
      // In one transaction: a visit is in one place or in the other.
      const transaction = database.transaction(['visits', 'days', 'rollups', 'spans', 'meta'], 'readonly');
      return this.#readIn(new Reading(transaction, options), () => new Summary());
    }, options.signal);
  }

  /**
   * @param {Reading} reading
   * @param {() => Summary} newSummary
   */
  async #readIn(reading, newSummary) {
    const [change, visits] = await Promise.all([reading.change(), reading.visitsByDay()]);
    const known = this.#summary;
    const summary = known && change === this.#change ? known : newSummary();
    /** Days to sum up from their visits. */
    const days = new Set(visits.keys());
    const unread = summary === known ? this.#unread : await reading.rollups(summary);
    for (const day of unread) days.add(day);
    if (summary === known) {
      // Of these no visit is left beside what is closed of them.
      for (const day of this.#fromVisits) if (!days.has(day)) await reading.rollup(summary, day);
    }
    for (const day of days) await reading.addVisits(summary, day, visits.get(day) ?? []);
    if (summary !== known) known?.free();
    this.#summary = summary;
    this.#change = change;
    this.#unread = unread;
    this.#fromVisits = days;
    return summary;
  }
}

/** One reading of the store, in one transaction. */
class Reading {
  #transaction;
  #options;

  /**
   * @param {IDBTransaction} transaction
   * @param {ReadOptions} options
   */
  constructor(transaction, options) {
    this.#transaction = transaction;
    this.#options = options;
  }

  /** Which change of the closed days is the last one. @returns {Promise<string | undefined>} */
  async change() {
    /** @type {{ change: string } | undefined} */
    const note = await resultOf(this.#table('meta').get('days'));
    return note?.change;
  }

  /** The visits that are not folded into their days, as their bytes. */
  async visitsByDay() {
    /** @type {StoredVisit[]} */
    const visits = await resultOf(this.#table('visits').getAll());
    /** @type {Map<number, Uint8Array[]>} */
    const byDay = new Map();
    for (const { day, bytes } of visits) {
      const ofDay = byDay.get(day);
      if (ofDay) ofDay.push(bytes);
      else byDay.set(day, [bytes]);
    }
    return byDay;
  }

  /**
   * Adds the sums of all closed days: by spans, and those that are in none each by itself.
   *
   * @param {Summary} summary
   * @returns {Promise<number[]>} The days that are to be summed up from their visits.
   */
  async rollups(summary) {
    const [keys, closed, spans] = await Promise.all(
      ['rollups', 'days', 'spans'].map((table) => resultOf(this.#table(table).getAllKeys())),
    );
    const [all, unread] = [new Set(keys?.map(Number)), new Set(closed?.map(Number))];
    const left = new Set(all);
    this.#goOn(0, all.size);
    /** @type {AsyncGenerator<{ bytes: Uint8Array }>} */
    const packed = oneByOne(spans ?? [], (span) => this.#table('spans').get(span));
    for await (const { bytes } of packed) {
      for (const day of addSpan(summary, bytes)) {
        left.delete(day);
        unread.delete(day);
      }
      this.#goOn(all.size - left.size, all.size);
    }
    for await (const some of sums(this.#transaction, [...left])) {
      for (const rollup of some) {
        if (add(summary, rollup, unread.has(rollup.day))) unread.delete(rollup.day);
        left.delete(rollup.day);
      }
      this.#goOn(all.size - left.size, all.size);
    }
    return [...unread];
  }

  /**
   * Takes the sum of one closed day, if there is one, for what was known of it: at once, so that nobody meanwhile misses the day.
   *
   * @param {Summary} summary
   * @param {number} day
   */
  async rollup(summary, day) {
    /** @type {StoredRollup | undefined} */
    const rollup = await resultOf(this.#table('rollups').get(day));
    summary.forget(day);
    if (rollup) add(summary, rollup, false);
  }

  /**
   * Adds a day from its visits: those of its closed record, and those beside it; where its own visits are kept no longer, its sum and those
   * beside it.
   *
   * @param {Summary} summary
   * @param {number} day
   * @param {Uint8Array[]} beside
   */
  async addVisits(summary, day, beside) {
    /** @type {[StoredDay | undefined, StoredRollup | undefined]} */
    const [closed, rollup] = await Promise.all([
      dayOf(this.#transaction, day),
      resultOf(this.#table('rollups').get(day)),
    ]);
    if (rollup && !closed && isRead(() => summary.addRollupAndVisits(day, rollup.bytes, beside))) return;
    summary.addVisits(day, closed, beside);
  }

  /** @param {string} name */
  #table(name) {
    return this.#transaction.objectStore(name);
  }

  /**
   * @param {number} read
   * @param {number} all
   */
  #goOn(read, all) {
    this.#options.signal?.throwIfAborted();
    this.#options.onProgress?.(read, all);
  }
}

/**
 * Adds a day's sum to a summary.
 *
 * @param {Summary} summary
 * @param {StoredRollup} rollup
 * @param {boolean} hasVisits Whether the day's visits are stored, too: then it is summed up from them where its sum cannot be read.
 * @returns {boolean} Whether it was added.
 */
function add(summary, { day, visits, bytes }, hasVisits) {
  return isRead(() => summary.addRollup(day, bytes, hasVisits ? undefined : visits));
}

/**
 * Adds a span to a summary.
 *
 * @param {Summary} summary
 * @param {Uint8Array} bytes
 * @returns {Iterable<number>} The days that it has; none where it cannot be read.
 */
function addSpan(summary, bytes) {
  /** @type {Iterable<number>} */
  let days = [];
  isRead(() => (days = summary.addSpan(bytes)));
  return days;
}

/** @param {() => void} read */
function isRead(read) {
  try {
    read();
    return true;
  } catch (cause) {
    if (!isTyped(cause)) throw cause;
    console.warn('stored-summary: a sum cannot be read; what it was made of is asked.', cause);
    return false;
  }
}
