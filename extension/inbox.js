// Owns the order of events: what comes while the core is not ready waits, and is delivered first.

/**
 * @typedef {import('./translation.js').Step<any>} AnyStep Steps of all kinds pass through: each with its own details.
 */

/** Events on their way to the core. Closed at first; nothing is dropped while it is. */
export class Inbox {
  /** @type {(step: AnyStep, details: any) => void} */
  #deliver;
  /** Steps and their details, by turns: an event that waits costs no object of its own. @type {any[]} */
  #waiting = [];
  #isOpen = false;
  #isDiscarding = false;

  /** @param {(step: AnyStep, details: any) => void} deliver Must not throw. */
  constructor(deliver) {
    this.#deliver = deliver;
  }

  /** How many events wait. */
  get waiting() {
    return this.#waiting.length / 2;
  }

  /**
   * @template Details
   * @param {import('./translation.js').Step<Details>} step
   * @param {Details} details
   */
  push(step, details) {
    if (this.#isOpen) this.#deliver(step, details);
    else if (!this.#isDiscarding) this.#waiting.push(step, details);
  }

  /** Delivers what waits, in order, then everything at once as it comes. A delivery may close the inbox again. */
  open() {
    this.#isOpen = true;
    this.#isDiscarding = false;
    let next = 0;
    while (this.#isOpen && next < this.#waiting.length) {
      this.#deliver(this.#waiting[next], this.#waiting[next + 1]);
      next += 2;
    }
    this.#waiting.splice(0, next);
  }

  /** Lets everything wait from now on. */
  close() {
    this.#isOpen = false;
  }

  /** Drops what waits and what comes: there is no core that could ever take it. */
  discard() {
    this.#isOpen = false;
    this.#isDiscarding = true;
    this.#waiting = [];
  }
}
