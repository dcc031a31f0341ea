// Owns the events since the last stored commit: what a new core is told again when the old one failed.

/**
 * How many events are kept. A commit takes at most about a second; only a store that fails for long reaches this, and then
 * the oldest half is forgotten: a failure of the core on top of it loses those, and marks the open pages as incomplete.
 */
export const MOST_JOURNALED = 8_192;

/** The journal. Each event has a number, from 0, which it keeps. */
export class Journal {
  /** @type {import('./inbox.js').AnyStep[]} */
  #steps = [];
  /** @type {any[]} Each step's own details. */
  #details = [];
  /** The number of the first event that is kept. */
  #first = 0;
  /** @type {Set<number>} */
  #setAside = new Set();

  /** The number that the next event will get. */
  get end() {
    return this.#first + this.#steps.length;
  }

  /** The number of the first event that is kept. */
  get start() {
    return this.#first;
  }

  /**
   * @param {import('./inbox.js').AnyStep} step
   * @param {any} details
   * @returns {number} The event's number.
   */
  append(step, details) {
    if (this.#steps.length === MOST_JOURNALED) this.dropBefore(this.#first + MOST_JOURNALED / 2);
    this.#details.push(details);
    return this.#first + this.#steps.push(step) - 1;
  }

  /**
   * Forgets the events before this number: they are stored.
   *
   * @param {number} number
   */
  dropBefore(number) {
    const count = Math.min(number - this.#first, this.#steps.length);
    if (count <= 0) return;
    if (count === this.#steps.length) {
      this.#steps = [];
      this.#details = [];
    } else {
      this.#steps.splice(0, count);
      this.#details.splice(0, count);
    }
    this.#first += count;
    for (const one of this.#setAside) if (one < this.#first) this.#setAside.delete(one);
  }

  /**
   * Leaves an event out of every replay.
   *
   * @param {number} number
   * @returns {string} The name of its step, for the report; nothing of its details, which name the user's pages.
   */
  setAside(number) {
    this.#setAside.add(number);
    return this.#steps[number - this.#first]?.name ?? 'an event';
  }

  /**
   * Applies the events again, in order, all but those set aside.
   *
   * @param {import('./step.js').Target} target
   * @returns {{ number: number, cause: unknown } | null} The event that failed, at which the replay stopped.
   */
  replay(target) {
    for (let at = 0; at < this.#steps.length; at += 1) {
      if (this.#setAside.has(this.#first + at)) continue;
      try {
        this.#steps[at]?.(target, this.#details[at]);
      } catch (cause) {
        return { number: this.#first + at, cause };
      }
    }
    return null;
  }
}
