// Owns at which address each tab is, and to which it was last asked to go: on an answer that only hints, Firefox asks in the name of
// the page to come.

import { dropOldest } from './oldest.js';

/** How many tabs are remembered, those of last. */
const MOST = 256;

/**
 * @typedef {object} TabAddresses
 * @property {string} shown Empty where it is not known.
 * @property {string} next The same as `shown` once the page is there.
 */

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
    this.#keep(tabId, { shown: this.#of.get(tabId)?.shown ?? '', next: withoutFragment(url) });
  }

  /**
   * A tab shows a page.
   *
   * @param {{ tabId: number, url: string }} page
   */
  noteShown({ tabId, url }) {
    const shown = withoutFragment(url);
    this.#keep(tabId, { shown, next: shown });
  }

  /**
   * A tab was found to show a page, whatever it was asked for meanwhile.
   *
   * @param {{ tabId: number, url: string }} page
   */
  noteFound({ tabId, url }) {
    const shown = withoutFragment(url);
    this.#keep(tabId, { shown, next: this.#of.get(tabId)?.next ?? shown });
  }

  /**
   * Whether who asks has the address to which the tab was last asked to go, and not that of the page it shows. Where the two are the
   * same, as in a reload, or the page that it shows is not known, nobody can tell.
   *
   * @param {import('./step.js').RequestDetails} details
   * @returns {boolean}
   */
  isOfOne({ tabId, frameId, documentUrl }) {
    const tab = frameId === 0 && documentUrl ? this.#of.get(tabId) : undefined;
    if (!tab || tab.shown === '') return false;
    return tab.next === withoutFragment(documentUrl ?? '') && tab.shown !== tab.next;
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
