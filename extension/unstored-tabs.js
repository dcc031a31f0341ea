// Owns of which tabs something is not stored yet: what a background that is killed leaves the next one to know.

import { keep } from './session-memory.js';

/** The key in the session's memory. */
export const UNSTORED_TABS_KEY = 'unstoredTabs';

/** The tabs of what happened since the last commit. */
export class UnstoredTabs {
  /** Of what the next commit will store. @type {Set<number>} */
  #next = new Set();
  /** Of a commit that is not stored yet, of those that failed, and what the background before left. @type {Set<number>} */
  #writing = new Set();

  /**
   * Something happened in a tab. Cheap: it is called for every event.
   *
   * @param {number | undefined} tabId -1: in none; undefined: nowhere.
   */
  note(tabId) {
    if (tabId === undefined || this.#next.has(tabId)) return;
    this.#next.add(tabId);
    if (!this.#writing.has(tabId)) this.#keep();
  }

  /**
   * Takes up what an earlier background of this session left: it is known until a commit says what follows from it.
   *
   * @param {readonly number[]} tabIds
   */
  restore(tabIds) {
    for (const tabId of tabIds) this.#writing.add(tabId);
    // Something happened before it was read.
    if (this.#next.size > 0) this.#keep();
  }

  /** A commit is made of all that happened until now. */
  commitMade() {
    for (const tabId of this.#next) this.#writing.add(tabId);
    this.#next.clear();
  }

  /** That commit is stored. */
  commitStored() {
    if (this.#writing.size === 0) return;
    this.#writing.clear();
    this.#keep();
  }

  #keep() {
    const tabIds = [...new Set([...this.#writing, ...this.#next])];
    keep(UNSTORED_TABS_KEY, tabIds, 'what is lost if the background is killed now is not marked');
  }
}
