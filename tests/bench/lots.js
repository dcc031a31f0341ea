// Owns numbers that look random and are the same every time, and what is drawn by them.

/** Numbers between 0 and 1 (mulberry32). */
export class Lots {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed;
  }

  /** From 0 up to, and without, 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** @param {number} end */
  below(end) {
    return Math.floor(this.next() * end);
  }

  /**
   * @template T
   * @param {readonly T[]} list
   * @returns {T}
   */
  of(list) {
    return /** @type {T} */ (list[this.below(list.length)]);
  }

  /**
   * The first ones far more often than the last ones, as with the third parties of the real web.
   * @template T
   * @param {readonly T[]} list
   * @returns {T}
   */
  mostlyFirstOf(list) {
    return /** @type {T} */ (list[Math.floor(list.length * this.next() ** 2.5)]);
  }

  /** @param {number} length */
  token(length) {
    let token = '';
    while (token.length < length) token += this.below(2 ** 30).toString(36);
    return token.slice(0, length);
  }

  /** @param {number} share of the times that it is so */
  chance(share) {
    return this.next() < share;
  }

  /**
   * A factor around 1, its median: as far below as above.
   * @param {number} sigma how far: about 68 of 100 lie between `exp(-sigma)` and `exp(sigma)`
   */
  factor(sigma) {
    // Box and Muller; 1 - next() is never 0.
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return Math.exp(sigma * normal);
  }
}
