// Owns a built core that is told of a planned day as the shell tells it: by keys, and by one call an event.
import { utcOffset } from './paris-clock.js';

/**
 * @typedef {import('../../extension/core/counter.js').Core} Core
 * @typedef {import('./teller.js').Asked} Asked
 * @typedef {import('./teller.js').Listener} Listener
 * @typedef {import('./teller.js').ToldDocument} ToldDocument
 */

/** What the core returns in place of a request's number where it has forgotten the document meanwhile. */
const UNKNOWN_DOCUMENT = 0xffff_ffff;

/** So many documents are kept by name, as by the shell. */
const MOST_DOCUMENTS = 512;

/** @implements {Listener} */
export class ToldCore {
  #core;
  #offset = 0;
  /** @type {Map<string, number>} */
  #hosts = new Map();
  /** @type {Map<string, number>} */
  #documents = new Map();
  /** @type {Map<string, number>} */
  #types = new Map();

  /** @param {Core} core a new one: for it the clock shows UTC */
  constructor(core) {
    this.#core = core;
  }

  /** @param {number} atMs */
  tellClock(atMs) {
    const offset = utcOffset(atMs);
    if (offset !== this.#offset) this.#core.setUtcOffset(offset);
    this.#offset = offset;
  }

  /** @param {Asked} asked */
  asked({ id, host, type, tabId, frameId, documentId, pageHost, atMs }) {
    const core = this.#core;
    if (documentId === '' && tabId !== -1) {
      core.navigationStarted(id, host, tabId, false, false, atMs);
    } else if (documentId === '') {
      this.tellClock(atMs);
      core.unnamedRequestStarted(id, host, '', tabId, frameId, pageHost, false, this.#type(type), false, atMs);
    } else {
      const key = this.#documents.get(documentId) ?? this.#newDocument(documentId, tabId, frameId, atMs);
      const number = core.requestStarted(id, this.#host(host), key, this.#type(type), atMs);
      if (number !== UNKNOWN_DOCUMENT) return;
      const anew = this.#newDocument(documentId, tabId, frameId, atMs);
      core.requestStarted(id, this.#host(host), anew, this.#type(type), atMs);
    }
  }

  /** @param {Asked} asked */
  redirected({ id, host }) {
    this.#core.requestRedirected(id, this.#host(host), false, true);
  }

  /** @param {Asked} asked @param {boolean} fromCache */
  answered({ id }, fromCache) {
    this.#core.requestAnswered(id, fromCache);
  }

  /** @param {Asked} asked @param {string} error */
  failed({ id }, error) {
    this.#core.requestFailed(id, error, false);
  }

  /** @param {ToldDocument} document */
  committed({ documentId, parentId, tabId, frameId, host, atMs }) {
    this.tellClock(atMs);
    const isPage = parentId === '';
    this.#core.documentCommitted(documentId, parentId, tabId, frameId, isPage, 'active', false, 'https', host, atMs);
  }

  /** @param {ToldDocument} document */
  found({ documentId, parentId, tabId, frameId, host, atMs }) {
    this.tellClock(atMs);
    this.#core.documentAdopted(documentId, parentId, tabId, frameId, parentId === '', false, 'https', host, atMs);
  }

  /** @param {number} tabId @param {number} atMs */
  tabClosed(tabId, atMs) {
    this.#core.tabRemoved(tabId, atMs);
  }

  /** @param {string} name */
  #host(name) {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const key = this.#core.hostKey(name);
    this.#hosts.set(name, key);
    return key;
  }

  /** @param {string} name */
  #type(name) {
    const known = this.#types.get(name);
    if (known !== undefined) return known;
    const code = this.#core.typeCode(name);
    this.#types.set(name, code);
    return code;
  }

  /** @param {string} id @param {number} tabId @param {number} frameId @param {number} atMs */
  #newDocument(id, tabId, frameId, atMs) {
    if (this.#documents.size >= MOST_DOCUMENTS) this.#documents.clear();
    const key = this.#core.documentKey(id, '', '', tabId, frameId, false, atMs);
    this.#documents.set(id, key);
    return key;
  }
}
