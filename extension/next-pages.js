// Owns at which address each tab is, and to which it was last asked to go: on an answer that only hints, Firefox asks in the name of
// the page to come.

import { dropOldest } from './oldest.js';

/** How many tabs are remembered, those of last. */
const MOST = 256;

/**
 * @typedef {object} TabAddresses
 * @property {string} before What it showed before; empty where that is not known.
 * @property {string} shown Empty where it is not known.
 * @property {number} shownAtMs When that came, in milliseconds since 1970; 0 where it was found there.
 * @property {string} next The same as `shown` once the page is there.
 */

/** @type {TabAddresses} */
const NOTHING_KNOWN = { before: '', shown: '', shownAtMs: 0, next: '' };

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
    const shown = withoutFragment(url);
    this.#keep(tabId, { before: this.#at(tabId).shown, shown, shownAtMs: timeStamp, next: shown });
  }

  /**
   * A tab was found to show a page, whatever it was asked for meanwhile.
   *
   * @param {{ tabId: number, url: string }} page
   */
  noteFound({ tabId, url }) {
    const shown = withoutFragment(url);
    const { next } = this.#at(tabId);
    this.#keep(tabId, { ...NOTHING_KNOWN, shown, next: next === '' ? shown : next });
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
    const [then, next] = timeStamp < tab.shownAtMs ? [tab.before, tab.shown] : [tab.shown, tab.next];
    return then !== '' && then !== next && next === withoutFragment(documentUrl ?? '');
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
