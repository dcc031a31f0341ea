// Owns which tabs are in private windows: what happens in them is counted in memory only.

import { api } from './browser.js';
import { keep } from './session-memory.js';

/** The key in the session's memory. */
export const PRIVATE_TABS_KEY = 'privateTabs';

/**
 * The tabs of private windows, of this browser session.
 *
 * Firefox 153 marks each webRequest event `incognito`, but no webNavigation event: whether a committed document is private is
 * known by its tab alone. A tab never moves between private and other windows, and a tab's number is not given twice in a
 * session: so nothing is ever taken out of this set, and an event that is counted again after a failure finds the same answer.
 *
 * Chromium runs the extension of private windows in a process of its own (`incognito: split`): there, all tabs are private.
 */
export class PrivateTabs {
  #all = api?.extension?.inIncognitoContext === true;
  /** @type {Set<number>} */
  #tabs = new Set();

  /**
   * Whether what happens in this tab is private.
   *
   * @param {number} tabId
   * @returns {boolean}
   */
  has(tabId) {
    return this.#all || this.#tabs.has(tabId);
  }

  /** Whether everything that this process sees is private. */
  get all() {
    return this.#all;
  }

  /**
   * Takes up what an earlier background of this session knew.
   *
   * @param {unknown} tabIds
   */
  restore(tabIds) {
    if (!Array.isArray(tabIds)) return;
    for (const tabId of tabIds) this.#tabs.add(tabId);
  }

  /**
   * Notes a tab, if it is private.
   *
   * @param {number | undefined} tabId
   * @param {boolean | undefined} isPrivate
   */
  note(tabId, isPrivate) {
    if (!isPrivate || this.#all || tabId === undefined || tabId < 0 || this.#tabs.has(tabId)) return;
    this.#tabs.add(tabId);
    keep(
      PRIVATE_TABS_KEY,
      [...this.#tabs],
      'private tabs are known for as long as this background lives; every request in one says it again',
    );
  }
}
