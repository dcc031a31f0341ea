// Owns the account of events that the core could not take: which failed how often, and what is missing from the counts.

import { describe } from './problems.js';

/** An event on which this many cores failed is set aside. */
const FAILURES_OF_ONE_EVENT = 2;

/**
 * @typedef {object} SetAsideRecord As noted in the store: no more than numbers and the core's own words.
 * @property {string} session The browser session in which the events came.
 * @property {number} sinceMs
 * @property {number} count
 * @property {string} detail The last of them.
 */

/** The account, of one browser session. */
export class SetAside {
  /** @type {Map<number, number>} How many cores failed on an event, by its number in the journal. */
  #failures = new Map();
  /** @type {SetAsideRecord | null} */
  #record = null;
  #parts;

  /**
   * @param {object} parts
   * @param {import('./problems.js').Problems} parts.problems
   * @param {Pick<import('./store.js').Store, 'writeNote'>} parts.store
   * @param {() => number} parts.now
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * A core failed on an event.
   *
   * @param {number} number
   * @returns {boolean} Whether the event is to be left out from now on.
   */
  isDueAfterFailure(number) {
    const failures = (this.#failures.get(number) ?? 0) + 1;
    if (failures < FAILURES_OF_ONE_EVENT) {
      this.#failures.set(number, failures);
      return false;
    }
    this.#failures.delete(number);
    return true;
  }

  /**
   * Notes events that are left out, in the answers to pages and in the store.
   *
   * @param {string} session
   * @param {number} count
   * @param {string} what Nothing that names the user's pages: it is stored.
   * @param {unknown} cause
   */
  note(session, count, what, cause) {
    const { now, store } = this.#parts;
    const record = {
      session,
      sinceMs: this.#record?.sinceMs ?? now(),
      count: (this.#record?.count ?? 0) + count,
      detail: `${what}: ${describe(cause)}`,
    };
    this.#tell(record);
    store.writeNote('setAside', record).catch((failure) => {
      console.error('set-aside: that events were left out could not be noted in the store.', failure);
    });
  }

  /**
   * What an earlier background of this session left out is still missing from the counts that the user sees.
   *
   * @param {SetAsideRecord | undefined} noted
   * @param {string} session
   */
  takeUp(noted, session) {
    if (!this.#record && noted?.session === session) this.#tell(noted);
  }

  /** @param {SetAsideRecord} record */
  #tell(record) {
    this.#record = record;
    this.#parts.problems.note('eventsSetAside', `${record.count} × ${record.detail}`, record.sinceMs);
  }
}
