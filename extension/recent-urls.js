// Owns the URLs of the last requests, in memory only: the core knows requests by number, and no URL is ever stored.

/** How many URLs are kept; a power of two, so that a number's place is its low bits. */
export const RECENT_URLS = 16_384;

/** The last URLs, by the number that the core gave the request. */
export class RecentUrls {
  #numbers = new Uint32Array(RECENT_URLS);
  /** @type {string[]} */
  #urls = new Array(RECENT_URLS);

  /**
   * Keeps a request's URL, in the place of one that is {@link RECENT_URLS} requests older.
   *
   * @param {number} number The request's number, from 1.
   * @param {string} url
   */
  keep(number, url) {
    const place = number % RECENT_URLS;
    this.#numbers[place] = number;
    this.#urls[place] = url;
  }

  /**
   * The URL of a request; null where it is no longer known.
   *
   * @param {number} number
   * @returns {string | null}
   */
  urlOf(number) {
    const place = number % RECENT_URLS;
    return number !== 0 && this.#numbers[place] === number ? (this.#urls[place] ?? null) : null;
  }

  /** Forgets every URL. */
  clear() {
    this.#numbers.fill(0);
    this.#urls = new Array(RECENT_URLS);
  }
}
