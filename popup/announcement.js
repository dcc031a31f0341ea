// Owns what screen readers are told of a changing count: the last number, once it has been still for a while.

const STILL_MS = 1500;

export class Announcement {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #said = '';
  #region;

  /** @param {HTMLElement} region A polite live region. */
  constructor(region) {
    this.#region = region;
  }

  /** @param {string} words */
  say(words) {
    clearTimeout(this.#timer);
    if (words === this.#said) return;
    this.#timer = setTimeout(() => {
      this.#said = words;
      this.#region.textContent = words;
    }, STILL_MS);
  }
}
