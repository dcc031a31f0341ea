// Owns what each frame held, and when: Firefox names the frame of every request, but not always the document, and tells of
// documents that are none.

import { dropOldest } from './oldest.js';

/** How many frames are kept, those that changed last: frames of pages that are long gone must not fill the memory. */
const MOST_FRAMES = 1024;

/** How many documents of a frame are: the one that is shown, and one that is left and still asks for something. */
const MOST_OF_A_FRAME = 4;

/**
 * @typedef {object} Held
 * @property {string} documentId
 * @property {string} host Empty where its address has none, as `about:blank`.
 * @property {number} sinceMs
 */

/**
 * A page that did not come. The browser's own page in its place has the same address.
 *
 * @typedef {object} Failure
 * @property {string} url
 * @property {number} atMs
 * @property {number | null} committedMs When the browser's own page took its place; null while it has not.
 */

/**
 * The documents of the last frames.
 *
 * What a dedicated worker asks for, and a fetch that outlives its page, Firefox 153 reports with the tab, the frame and the
 * address of who asks, and without a `documentId`; what a blank window asks for that a page has opened and filled, under the
 * blank document and with the address of that page. Chromium 156 names the page's document in each of these.
 */
export class FrameDocuments {
  /** By tab and frame, oldest document first. @type {Map<string, Held[]>} */
  #frames = new Map();
  /** Outermost documents that were committed without an address on the web. @type {Set<string>} */
  #blank = new Set();
  /** By tab: the last page that did not come. @type {Map<number, Failure>} */
  #failures = new Map();

  /**
   * A document took its place. Telling it again changes nothing.
   *
   * @param {{ tabId: number, frameId: number, isOutermost: boolean }} frame
   * @param {Held} document
   */
  note(frame, document) {
    this.#keep(frameName(frame.tabId, frame.frameId), document);
    if (frame.isOutermost && document.host === '') this.#blank.add(document.documentId);
    dropOldest(this.#blank, MOST_FRAMES);
  }

  /**
   * A document was found in its place: since when it is there, nobody knows.
   *
   * @param {{ tabId: number, frameId: number }} frame
   * @param {{ documentId: string, host: string }} document
   */
  noteFound({ tabId, frameId }, { documentId, host }) {
    this.#keep(frameName(tabId, frameId), { documentId, host, sinceMs: 0 });
  }

  /** @param {string} name @param {Held} document */
  #keep(name, document) {
    const before = this.#frames.get(name) ?? [];
    const isKnown = before.some((held) => held.documentId === document.documentId && held.sinceMs === document.sinceMs);
    const held = isKnown ? before : [...before, document].sort((one, other) => one.sinceMs - other.sinceMs);
    this.#frames.delete(name);
    this.#frames.set(name, held.slice(-MOST_OF_A_FRAME));
    dropOldest(this.#frames, MOST_FRAMES);
  }

  /**
   * A tab's page did not come, and the browser puts its own in its place.
   *
   * @param {number} tabId
   * @param {string} url
   * @param {number} atMs
   */
  noteFailure(tabId, url, atMs) {
    if (this.#failures.get(tabId)?.atMs === atMs) return;
    this.#failures.set(tabId, { url, atMs, committedMs: null });
    dropOldest(this.#failures, MOST_FRAMES);
  }

  /**
   * Another navigation of the tab begins.
   *
   * @param {number} tabId
   * @param {number} atMs
   */
  noteNavigation(tabId, atMs) {
    const failure = this.#failures.get(tabId);
    if (failure && failure.atMs < atMs) this.#failures.delete(tabId);
  }

  /**
   * Whether what a tab's outermost frame commits is the browser's own page in the place of one that did not come.
   *
   * @param {number} tabId
   * @param {string} url
   * @param {number} atMs
   * @returns {boolean}
   */
  isErrorPage(tabId, url, atMs) {
    const failure = this.#failures.get(tabId);
    if (failure?.url !== url || failure.atMs > atMs) return false;
    failure.committedMs ??= atMs;
    return failure.committedMs === atMs;
  }

  /**
   * The document that a frame held at a moment, if it can be the one that asks: a worker's script and a document are of one
   * host.
   *
   * @param {number} tabId
   * @param {number} frameId
   * @param {string} host Of who asks.
   * @param {number} atMs
   * @returns {string} Empty where it is not known.
   */
  at(tabId, frameId, host, atMs) {
    const held = this.#frames.get(frameName(tabId, frameId)) ?? [];
    const last = held.findLast(({ sinceMs }) => sinceMs <= atMs);
    if (!last || this.isBlankPage(last.documentId)) return '';
    // A worker made of a `data:` address has no host.
    return [last.host, host].includes('') || last.host === host ? last.documentId : '';
  }

  /**
   * Whether this document was committed, by a tab's outermost frame, without an address on the web.
   *
   * @param {string} documentId
   * @returns {boolean}
   */
  isBlankPage(documentId) {
    return this.#blank.has(documentId);
  }
}

/** @param {number} tabId @param {number} frameId */
function frameName(tabId, frameId) {
  return `${tabId} ${frameId}`;
}
