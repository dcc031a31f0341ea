// Owns the events since the last stored commit: what a new core is told again when the old one failed.

/**
 * How many events are kept: 5 MB (0.6 KB each, measured). A commit takes at most about a second; only a store that fails for long
 * reaches this, within ten minutes of heavy reading. Of what the shell keeps these are worth the least, for they only serve where the
 * core fails as well: they are forgotten then, all together, since a part of them would make numbers that look whole.
 */
export const MOST_JOURNALED = 8_192;

/** The journal. Each event has a number, from 0, which it keeps. */
export class Journal {
  /** Tells its numbers from those of another background. */
  id = crypto.randomUUID();
  #isDecision;
  /** @type {import('./inbox.js').AnyStep[]} */
  #steps = [];
  /** @type {any[]} Each step's own details. */
  #details = [];
  /** The number of the first event that is kept. */
  #first = 0;
  /** What the user decided before that is not stored either: kept whatever happens. @type {{ number: number, step: import('./inbox.js').AnyStep, details: any }[]} */
  #decisions = [];
  /** The number of the first event that is not stored. */
  #unstored = 0;
  /** What is below was forgotten without being stored, or was given up. */
  #forgottenBelow = 0;
  /** @type {Set<number>} */
  #setAside = new Set();

  /** @param {(step: import('./inbox.js').AnyStep) => boolean} isDecision Whether a step is the user's: there are few of them. */
  constructor(isDecision) {
    this.#isDecision = isDecision;
  }

  /** The number that the next event will get. */
  get end() {
    return this.#first + this.#steps.length;
  }

  /** How many events are not stored. */
  get unstored() {
    return this.end - this.#unstored;
  }

  /** Whether every event that is not stored is kept, so that a replay makes a core that knows all. */
  get isWhole() {
    return this.#forgottenBelow <= this.#unstored;
  }

  /**
   * @param {import('./inbox.js').AnyStep} step
   * @param {any} details
   * @returns {number} The event's number.
   */
  append(step, details) {
    if (this.#steps.length === MOST_JOURNALED) this.#forget();
    this.#details.push(details);
    return this.#first + this.#steps.push(step) - 1;
  }

  /**
   * Forgets the events before this number: they are stored.
   *
   * @param {number} number
   */
  dropBefore(number) {
    this.#unstored = Math.max(this.#unstored, number);
    this.#decisions = this.#decisions.filter((decision) => decision.number >= number);
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
   * Gives up the events that are not stored: a core begins without them. What the user decided is told it all the same.
   *
   * @returns {number} How many events they were.
   */
  giveUp() {
    const { unstored } = this;
    this.#forget();
    this.#unstored = this.end;
    return unstored;
  }

  #forget() {
    this.#steps.forEach((step, at) => {
      const [number, details] = [this.#first + at, this.#details[at]];
      if (this.#isDecision(step)) this.#decisions.push({ number, step, details });
    });
    this.#first = this.end;
    this.#forgottenBelow = this.#first;
    this.#steps = [];
    this.#details = [];
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
    const rest = this.#steps.map((step, at) => ({ number: this.#first + at, step, details: this.#details[at] }));
    for (const { number, step, details } of [...this.#decisions, ...rest]) {
      if (this.#setAside.has(number)) continue;
      try {
        step(target, details);
      } catch (cause) {
        return { number, cause };
      }
    }
    return null;
  }
}
