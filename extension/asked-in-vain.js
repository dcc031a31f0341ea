// Owns what Firefox's parser asked for ahead and did not get: it is asked for once more, and is one request.

import { isOfFirefox } from './firefox.js';
import { dropOldest } from './oldest.js';

/** How many are remembered, those of last. */
const MOST = 256;

/** What the parser asks for ahead. */
const TYPES = new Set(['image', 'imageset', 'script', 'stylesheet']);

/**
 * Requests that ended before they left.
 *
 * Where another extension blocks what its parser asked for ahead, or no such name exists, Firefox 153 asks again when the
 * parser comes to it, with another number and nothing that says so. Chromium 156 does not.
 */
export class AskedInVain {
  /** Documents and URLs, in the order in which they failed. @type {Set<string>} */
  #failed = new Set();
  /** Their hosts' keys: a number is looked up faster than a URL, and most requests are to other hosts. @type {Set<number>} */
  #hosts = new Set();

  /**
   * A request ended before it left.
   *
   * @param {import('./step.js').RequestDetails} details
   * @param {Pick<import('./core-keys.js').CoreKeys, 'host'>} keys
   */
  note(details, keys) {
    if (!isOfFirefox(details) || !TYPES.has(details.type)) return;
    this.#failed.add(nameOf(details));
    this.#hosts.add(keys.host(details.url));
    dropOldest(this.#failed, MOST);
  }

  /**
   * Whether a request that begins is one that was counted already. The next one like it is another.
   *
   * @param {import('./step.js').RequestDetails} details
   * @param {number} hostKey
   * @returns {boolean}
   */
  isAskedAgain(details, hostKey) {
    return this.#hosts.has(hostKey) && TYPES.has(details.type) && this.#failed.delete(nameOf(details));
  }
}

/** @param {import('./step.js').RequestDetails} details */
function nameOf({ documentId, url }) {
  return `${documentId} ${url}`;
}
