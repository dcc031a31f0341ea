// Owns what screen readers are told of a changing count: the last number, once it has been still for a while.

/** How long. */
export const STILL_MS = 1500;

export class Announcement {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** What is to be said, or was said last. */
  #words = '';
  #region;

  /** @param {HTMLElement} region A polite live region. */
  constructor(region) {
    this.#region = region;
  }

  /** @param {string} words Said again and again, as each request of a page has its popup do, they are said once. */
  say(words) {
    if (words === this.#words) return;
    this.#words = words;
    clearTimeout(this.#timer);
    if (words === this.#region.textContent) return;
    this.#timer = setTimeout(() => {
      this.#region.textContent = words;
    }, STILL_MS);
  }

  /** No count is shown any more: whoever reads on is not to find the last one. */
  clear() {
    this.#words = '';
    clearTimeout(this.#timer);
    this.#region.textContent = '';
  }
}
