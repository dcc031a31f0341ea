// Owns the web's log: every request that reached the server, in order. It is the ground truth of the tests.

/**
 * @typedef {object} LoggedRequest
 * @property {number} at milliseconds since the epoch
 * @property {'http' | 'websocket' | 'webtransport'} type
 * @property {string} scheme `http`, `https`, `ws` or `wss`
 * @property {string} host host name without any port, as the URL standard serialises it
 * @property {number} port as asked for (80 and 443 where the URL named none), whatever port the web really has
 * @property {string} path path and query
 * @property {string} url
 * @property {string} method
 * @property {string} secFetchSite empty where the browser sent none (plain http)
 * @property {string} secFetchDest empty where the browser sent none (plain http)
 * @property {string} secFetchMode empty where the browser sent none (plain http)
 * @property {string} referer
 * @property {boolean} isConditional it asks whether the browser's copy is still good
 * @property {string} purpose `prefetch`, `prefetch;prerender` or empty
 */

/** @typedef {(entry: LoggedRequest) => boolean} LogFilter */

/** What browsers ask for on their own, whatever page is open: never part of the truth. */
const BROWSERS_OWN = [
  /^https:\/\/accounts\.google\.com\/ListAccounts\b/,
  /^http:\/\/clients2\.google\.com\/time\//,
  /^https?:\/\/update\.googleapis\.com\/service\/update2\//,
  /^https?:\/\/(detectportal\.firefox\.com|dummy\.test|push\.services\.mozilla\.com|aus5\.mozilla\.org)\//,
  /^https:\/\/(firefox\.settings\.services|content-signature-2\.cdn)\.mozilla\.(com|net)\//,
];

export class RequestLog {
  /** @type {LoggedRequest[]} */
  #entries = [];
  /** @type {LoggedRequest[]} */
  #noise = [];
  /** @type {Set<() => void>} */
  #waiting = new Set();

  /** Requests of pages, first to last. */
  get entries() {
    return /** @type {readonly LoggedRequest[]} */ (this.#entries);
  }

  /** Requests that the browser made for itself. */
  get noise() {
    return /** @type {readonly LoggedRequest[]} */ (this.#noise);
  }

  /** @param {LoggedRequest} entry */
  add(entry) {
    const own = BROWSERS_OWN.some((pattern) => pattern.test(entry.url));
    (own ? this.#noise : this.#entries).push(entry);
    for (const look of this.#waiting) look();
  }

  clear() {
    this.#entries = [];
    this.#noise = [];
  }

  /** A place in the log, for `since`. It holds until `clear`. */
  mark() {
    return this.#entries.length;
  }

  /** @param {number} mark */
  since(mark) {
    return this.#entries.slice(mark);
  }

  /**
   * The hosts asked for, each once, sorted.
   * @param {LogFilter} [filter]
   * @returns {string[]}
   */
  hosts(filter = () => true) {
    return [...new Set(this.#entries.filter(filter).map((entry) => entry.host))].sort();
  }

  /**
   * Waits until the log holds a request that passes the filter, and gives the first such one.
   * @param {LogFilter} filter
   * @param {{ since?: number, timeoutMs?: number, what?: string }} [options]
   * @returns {Promise<LoggedRequest>}
   */
  until(filter, { since = 0, timeoutMs = 30_000, what = 'the awaited request' } = {}) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`Test web: ${what} did not reach the server within ${timeoutMs} ms.`));
      }, timeoutMs);
      const look = () => {
        const found = this.#entries.slice(since).find(filter);
        if (!found) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }
}
