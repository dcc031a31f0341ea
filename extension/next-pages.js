// Owns to which address each tab was last asked to go: on an answer that only hints, Firefox asks in that page's name.

import { dropOldest } from './oldest.js';

/** How many tabs are remembered, those of last. */
const MOST = 256;

/**
 * @typedef {object} NextPage
 * @property {string} requestId
 * @property {string} url
 * @property {string} before The address to which the tab was asked to go before; empty where none is known.
 */

/** The pages to come. */
export class NextPages {
  /** By tab. @type {Map<number, NextPage>} */
  #of = new Map();

  /**
   * A tab is asked to go to a page, or on to the next one of its redirects.
   *
   * @param {import('./step.js').RequestDetails} details
   */
  note({ requestId, tabId, url }) {
    const last = this.#of.get(tabId);
    const before = (last?.requestId === requestId ? last.before : last?.url) ?? '';
    this.#of.delete(tabId);
    this.#of.set(tabId, { requestId, url: withoutFragment(url), before });
    dropOldest(this.#of, MOST);
  }

  /**
   * Whether who asks has the address to which the tab was last asked to go. Of a reload nobody can tell: the page before has the
   * same.
   *
   * @param {import('./step.js').RequestDetails} details
   * @returns {boolean}
   */
  isOfOne({ tabId, frameId, documentUrl }) {
    const next = frameId === 0 && documentUrl ? this.#of.get(tabId) : undefined;
    return next !== undefined && next.url === withoutFragment(documentUrl ?? '') && next.before !== next.url;
  }
}

/** @param {string} url */
function withoutFragment(url) {
  return url.split('#', 1)[0] ?? url;
}
