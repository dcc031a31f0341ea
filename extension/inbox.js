// Owns the order of events: what comes while the core is not ready waits, and is delivered first.

/**
 * @typedef {import('./step.js').Step<any>} AnyStep Steps of all kinds pass through: each with its own details.
 */

/** Events on their way to the core. Closed at first; nothing is dropped while it is. */
export class Inbox {
  /** @type {(step: AnyStep, details: any) => void} */
  #deliver;
  /** What waits. @type {{ step: AnyStep, details: any }[]} */
  #waiting = [];
  #isOpen = false;
  #isDiscarding = false;

  /** @param {(step: AnyStep, details: any) => void} deliver Must not throw. */
  constructor(deliver) {
    this.#deliver = deliver;
  }

  /** How many events wait. */
  get waiting() {
    return this.#waiting.length;
  }

  /**
   * @template Details
   * @param {import('./step.js').Step<Details>} step
   * @param {Details} details
   */
  push(step, details) {
    if (this.#isOpen) this.#deliver(step, details);
    else if (!this.#isDiscarding) this.#waiting.push({ step, details });
  }

  /**
   * Delivers what waits, in the order in which it happened, then everything at once as it comes. A delivery may close the inbox
   * again.
   *
   * Firefox 153 hands a background that it wakes the events that waited by kind (a redirect's second hop before its first
   * hop's end); their times are right.
   */
  open() {
    this.#isOpen = true;
    this.#isDiscarding = false;
    this.#waiting.sort((one, other) => timeOf(one.details) - timeOf(other.details));
    let next = 0;
    for (let event = this.#waiting[0]; this.#isOpen && event; event = this.#waiting[next]) {
      next += 1;
      this.#deliver(event.step, event.details);
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

/**
 * When an event happened, in milliseconds since 1970.
 *
 * @param {{ timeStamp?: number, atMs?: number }} details The browser's, or the shell's own.
 * @returns {number}
 */
function timeOf({ timeStamp, atMs }) {
  return timeStamp ?? atMs ?? 0;
}
