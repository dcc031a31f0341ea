// Owns at which address each tab is, and to which it was last asked to go: on an answer that only hints, Firefox asks in the name of
// the page to come.

import { dropOldest } from './oldest.js';

/** How many tabs are remembered, those of last. */
const MOST = 256;

/** How many of the pages that a tab showed are remembered, those of last: commits can be told before what was asked for until then. */
const MOST_SHOWN = 4;

/**
 * @typedef {object} TabAddresses
 * @property {{ url: string, atMs: number }[]} shown What it showed, and since when (in milliseconds since 1970; 0 where it was found there),
 *   the last one last.
 * @property {string} next The same as the last of `shown` once the page is there; empty where it is not known.
 */

/** @type {TabAddresses} */
const NOTHING_KNOWN = { shown: [], next: '' };

/** The pages to come. */
export class NextPages {
  /** By tab. @type {Map<number, TabAddresses>} */
  #of = new Map();

  /**
   * A tab is asked to go to a page, or on to the next one of its redirects.
   *
   * @param {{ tabId: number, url: string }} request
   */
  note({ tabId, url }) {
    this.#keep(tabId, { ...this.#at(tabId), next: withoutFragment(url) });
  }

  /**
   * A tab shows a page.
   *
   * @param {{ tabId: number, url: string, timeStamp: number }} page
   */
  noteShown({ tabId, url, timeStamp }) {
    const next = withoutFragment(url);
    const shown = [...this.#at(tabId).shown, { url: next, atMs: timeStamp }].slice(-MOST_SHOWN);
    this.#keep(tabId, { shown, next });
  }

  /**
   * A tab was found to show a page, whatever it was asked for meanwhile.
   *
   * @param {{ tabId: number, url: string }} page
   */
  noteFound({ tabId, url }) {
    const found = withoutFragment(url);
    const { shown, next } = this.#at(tabId);
    if (shown.at(-1)?.url === found) return;
    this.#keep(tabId, { shown: [{ url: found, atMs: 0 }], next: next === '' ? found : next });
  }

  /**
   * Whether who asks has the address to which its tab was on its way then, and not that of the page that it showed. Where the two are
   * the same, as in a reload, or the page that it showed is not known, nobody can tell.
   *
   * Firefox 153 can tell of a page's commit before it tells of what was asked for until then; the times are right.
   *
   * @param {import('./step.js').RequestDetails} details
   * @returns {boolean}
   */
  isOfOne({ tabId, frameId, documentUrl, timeStamp }) {
    const tab = frameId === 0 && documentUrl ? this.#of.get(tabId) : undefined;
    if (!tab) return false;
    const later = tab.shown.findIndex(({ atMs }) => timeStamp < atMs);
    const then = tab.shown.at(later === -1 ? -1 : later - 1);
    const next = later === -1 ? tab.next : tab.shown[later]?.url;
    return later !== 0 && then !== undefined && then.url !== next && next === withoutFragment(documentUrl ?? '');
  }

  /** @param {number} tabId */
  #at(tabId) {
    return this.#of.get(tabId) ?? NOTHING_KNOWN;
  }

  /**
   * @param {number} tabId
   * @param {TabAddresses} addresses
   */
  #keep(tabId, addresses) {
    this.#of.delete(tabId);
    this.#of.set(tabId, addresses);
    dropOldest(this.#of, MOST);
  }
}

/** @param {string} url */
function withoutFragment(url) {
  return url.split('#', 1)[0] ?? url;
}
