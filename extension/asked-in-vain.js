// Owns what Firefox's parser asked for ahead and did not get: it is asked for once more, and is one request.

import { isOfFirefox } from './firefox.js';

/** How many are remembered, those of last. */
const MOST = 256;

/** What the parser asks for ahead. */
const TYPES = new Set(['image', 'imageset', 'script', 'stylesheet']);

/**
 * @typedef {object} Failed
 * @property {number} host Its key.
 * @property {string} url
 * @property {string | null | undefined} documentId
 */

/**
 * Requests that ended before they left.
 *
 * Where another extension blocks what its parser asked for ahead, or no such name exists, Firefox 153 asks again when the
 * parser comes to it, with another number and nothing that says so. Chromium 156 does not.
 */
export class AskedInVain {
  /** In the order in which they failed. @type {Set<Failed>} */
  #failed = new Set();
  /** The same by host: a number is looked up faster than a name of document and URL, and few failed at one host. @type {Map<number, Failed[]>} */
  #byHost = new Map();

  /**
   * A request ended before it left.
   *
   * @param {import('./step.js').RequestDetails} details
   * @param {Pick<import('./core-keys.js').CoreKeys, 'host'>} keys
   */
  note(details, keys) {
    if (!isOfFirefox(details) || !TYPES.has(details.type)) return;
    const { url, documentId } = details;
    const host = keys.host(url);
    if (this.#find(details, host)) return;
    const failed = { host, url, documentId };
    this.#failed.add(failed);
    const others = this.#byHost.get(host);
    if (others) others.push(failed);
    else this.#byHost.set(host, [failed]);
    const [oldest] = this.#failed;
    if (oldest && this.#failed.size > MOST) this.#forget(oldest);
  }

  /**
   * Whether a request that begins is one that was counted already. The next one like it is another.
   *
   * @param {import('./step.js').RequestDetails} details
   * @param {number} hostKey
   * @returns {boolean}
   */
  isAskedAgain(details, hostKey) {
    const failed = this.#find(details, hostKey);
    if (!failed || !TYPES.has(details.type)) return false;
    this.#forget(failed);
    return true;
  }

  /**
   * @param {import('./step.js').RequestDetails} details
   * @param {number} host
   */
  #find({ url, documentId }, host) {
    return this.#byHost.get(host)?.find((failed) => failed.url === url && failed.documentId === documentId);
  }

  /** @param {Failed} failed */
  #forget(failed) {
    this.#failed.delete(failed);
    const others = this.#byHost.get(failed.host)?.filter((other) => other !== failed);
    if (others?.length) this.#byHost.set(failed.host, others);
    else this.#byHost.delete(failed.host);
  }
}
