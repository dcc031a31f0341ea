// Owns how unlike the popularity of things is: the first of a list is met far more often than the tenth, as on the real web (Zipf).

/** The places of a list, the first ones drawn most often. */
export class Ranks {
  /** Sums of the weights up to each place. */
  #sums;

  /**
   * @param {number} length
   * @param {number} exponent a place's weight is 1 / (place + flat) ^ exponent
   * @param {number} [flat] how many of the first are about as popular as each other
   */
  constructor(length, exponent, flat = 1) {
    this.#sums = new Float64Array(length);
    let sum = 0;
    for (let place = 0; place < length; place += 1) {
      sum += (place + flat) ** -exponent;
      this.#sums[place] = sum;
    }
  }

  /**
   * @param {import('../bench/lots.js').Lots} lots
   * @returns {number} a place
   */
  draw(lots) {
    const sums = this.#sums;
    const drawn = lots.next() * (sums.at(-1) ?? 0);
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {number} */ (sums[middle]) > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
