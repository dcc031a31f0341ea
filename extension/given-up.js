// Owns the account of what was given up because it could not be stored: how much, since when.

import { keep } from './session-memory.js';

/** The key in the session's memory. */
export const UNSTORED_VISITS_KEY = 'unstoredVisits';

/**
 * @typedef {object} GivenUpRecord As noted in the store.
 * @property {string} session The browser session in which it was.
 * @property {number} sinceMs
 * @property {number} visits Of which something is missing: all of it, or what came after the last commit that was stored.
 * @property {number} events
 *
 * @typedef {object} UnstoredVisits What a background leaves the next one to know.
 * @property {number} sinceMs
 * @property {number} visits
 */

/** The account, of one browser session. */
export class GivenUp {
  /** @type {GivenUpRecord | null} */
  #record = null;
  #isNoted = true;
  /** Whether what an earlier background noted is part of the record, where it noted anything: what is noted from then on is our own. */
  #isTakenUp = false;
  #parts;
  /** Since when visits are in memory alone. @type {number | null} */
  #unstoredSinceMs = null;
  /** How many of those went down with the background before. */
  #lostBefore = 0;

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
   * Something is given up.
   *
   * @param {string} session
   * @param {{ visits?: number, events?: number, sinceMs?: number }} what
   */
  note(session, { visits = 0, events = 0, sinceMs = this.#parts.now() }) {
    this.#add({ session, sinceMs, visits, events });
    this.#isNoted = false;
  }

  /**
   * What an earlier background of this session gave up is still missing from the counts that the user sees.
   *
   * @param {GivenUpRecord | undefined} noted
   * @param {string} session
   */
  takeUp(noted, session) {
    if (this.#isTakenUp) return;
    this.#isTakenUp = true;
    if (noted?.session === session) this.#add(noted);
  }

  /**
   * The background before could not store something, and was stopped.
   *
   * @param {string} session
   * @param {UnstoredVisits} unstored
   */
  takeOver(session, unstored) {
    this.#unstoredSinceMs = unstored.sinceMs;
    this.#lostBefore = unstored.visits;
    if (unstored.visits > 0) this.note(session, unstored);
  }

  /**
   * A commit was not stored: its visits are in memory alone. Called again and again, for each call tells the browser that the background is
   * at work: one that were stopped for idleness would take them along. One that is stopped all the same leaves the next one to know.
   *
   * @param {number} visits
   */
  notStored(visits) {
    this.#unstoredSinceMs ??= this.#parts.now();
    /** @type {UnstoredVisits} */
    const unstored = { sinceMs: this.#unstoredSinceMs, visits: visits + this.#lostBefore };
    keep(
      UNSTORED_VISITS_KEY,
      unstored,
      'if the background is stopped now, nobody will know that these visits are missing',
    );
  }

  /** Everything that is kept was stored. */
  stored() {
    if (this.#unstoredSinceMs !== null)
      keep(UNSTORED_VISITS_KEY, null, 'the next background says that they are missing');
    this.#unstoredSinceMs = null;
    this.#lostBefore = 0;
    if (this.#isNoted || !this.#record) return;
    this.#isNoted = true;
    this.#isTakenUp = true;
    this.#parts.store.writeNote('givenUp', this.#record).catch((cause) => {
      this.#isNoted = false;
      console.error('given-up: what was given up could not be noted in the store; it is tried again.', cause);
    });
  }

  /** @param {GivenUpRecord} more */
  #add(more) {
    const before = this.#record;
    const sinceMs = Math.min(before?.sinceMs ?? more.sinceMs, more.sinceMs);
    const visits = (before?.visits ?? 0) + more.visits;
    const events = (before?.events ?? 0) + more.events;
    this.#record = { session: more.session, sinceMs, visits, events };
    this.#parts.problems.note('countsGivenUp', `Visits: ${visits}; events: ${events}.`, sinceMs);
  }
}
