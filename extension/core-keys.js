// Owns the short names by which the shell speaks of hosts, documents and types to one core: what has crossed once crosses as a
// number from then on.

import { hostOf, upToHost } from './address.js';

/** How many documents are kept by name: those of pages that are long over must not fill the memory. */
const MOST_DOCUMENTS = 512;

/** How many hosts are: some megabytes of names. Their keys stay good, so that one that comes again only crosses again. */
const MOST_HOSTS = 16_384;

/**
 * @typedef {import('./core/counter.js').Core} Core
 *
 * @typedef {object} KnownDocument
 * @property {string} id The browser's name for it.
 * @property {string} parentId The document that holds it, where an event named it; else empty.
 * @property {number} key
 */

/** The keys of one core. Another core has others. */
export class CoreKeys {
  #core;
  /** By the name of the type. @type {Map<string, number>} */
  #types = new Map();
  /** By the beginnings of URLs (`upToHost`). @type {Map<string, number>} */
  #hosts = new Map();
  /** By their names. @type {Map<string, KnownDocument>} */
  #documents = new Map();
  /** Requests come in runs from one document. @type {KnownDocument} */
  #last = { id: '', parentId: '', key: 0 };

  /** @param {Pick<Core, 'typeCode' | 'hostKey' | 'documentKey'>} core */
  constructor(core) {
    this.#core = core;
  }

  /**
   * The code of a request type.
   *
   * @param {string} name
   * @returns {number}
   */
  type(name) {
    const known = this.#types.get(name);
    if (known !== undefined) return known;
    const code = this.#core.typeCode(name);
    this.#types.set(name, code);
    return code;
  }

  /**
   * The key of a URL's host.
   *
   * @param {string} url
   * @returns {number}
   */
  host(url) {
    const beginning = upToHost(url);
    const known = this.#hosts.get(beginning);
    if (known !== undefined) return known;
    const key = this.#core.hostKey(hostOf(url));
    if (this.#hosts.size >= MOST_HOSTS) this.#hosts.clear();
    this.#hosts.set(beginning, key);
    return key;
  }

  /**
   * The key of a document.
   *
   * @param {string} id
   * @param {string} parentId
   * @param {string} url The document's own, or its origin.
   * @param {{ tabId: number, frameId: number }} frame In which it is.
   * @param {boolean} isPrivate
   * @param {number} atMs
   * @returns {number}
   */
  document(id, parentId, url, frame, isPrivate, atMs) {
    if (this.#last.id === id && tells(this.#last, parentId)) return this.#last.key;
    const known = this.#documents.get(id);
    if (!known || !tells(known, parentId)) return this.newDocument(id, parentId, url, frame, isPrivate, atMs);
    this.#last = known;
    return known.key;
  }

  /**
   * The key of a document that the core has not met, or has forgotten.
   *
   * @param {string} id
   * @param {string} parentId
   * @param {string} url
   * @param {{ tabId: number, frameId: number }} frame
   * @param {boolean} isPrivate
   * @param {number} atMs
   * @returns {number}
   */
  newDocument(id, parentId, url, frame, isPrivate, atMs) {
    if (this.#documents.size >= MOST_DOCUMENTS) this.#documents.clear();
    const host = url === '' ? '' : hostOf(url);
    const key = this.#core.documentKey(id, parentId, host, frame.tabId, frame.frameId, isPrivate, atMs);
    this.#last = { id, parentId, key };
    this.#documents.set(id, this.#last);
    return this.#last.key;
  }
}

/**
 * Whether the core has heard all that an event says of a document. A document asks under its parent's name and holds frames under
 * none, in turn; only a parent that is named for the first time is news.
 *
 * @param {KnownDocument} known
 * @param {string} parentId
 * @returns {boolean}
 */
function tells(known, parentId) {
  return parentId === '' || known.parentId === parentId;
}
