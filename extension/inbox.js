// Owns the order of events: what comes while the core is not ready waits, and is delivered first.

/**
 * @typedef {import('./step.js').Step<any>} AnyStep Steps of all kinds pass through: each with its own details.
 */

/**
 * What woke a background is told by a queue of the browser's own, and on a busy machine beside or after what happens now (Chromium
 * 156: an answer before its request). So long after the browser's first event, and after the last from before the background, what
 * is newer waits.
 */
export const SETTLE_MS = 250;

/**
 * How many events wait: 20 MB (0.6 KB each, measured), forty minutes of heavy reading, where a core is there within half a minute at the
 * worst (a store that hangs). What comes beyond is dropped, and told.
 */
export const MOST_WAITING = 32_768;

/** Events on their way to the core. Closed at first. */
export class Inbox {
  /** @type {(step: AnyStep, details: any) => void} */
  #deliver;
  #onDropped;
  #bornAtMs;
  #dropped = 0;
  /** What waits. @type {{ step: AnyStep, details: any }[]} */
  #waiting = [];
  #isOpen = false;
  #isDiscarding = false;
  /** Once and for all: a clock that is set back makes nothing old. */
  #hasSettled = false;
  /** Runs while events from before the background may still come. @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;
  /** @type {Promise<void>} */
  #settled = Promise.resolve();
  #onSettled = () => {};

  /**
   * @param {(step: AnyStep, details: any) => void} deliver Must not throw.
   * @param {number} bornAtMs When the background began.
   * @param {(events: number) => void} [onDropped] Called once what waited is delivered, where there were more than could wait.
   */
  constructor(deliver, bornAtMs, onDropped = () => {}) {
    this.#deliver = deliver;
    this.#onDropped = onDropped;
    this.#bornAtMs = bornAtMs;
  }

  /** How many events wait. */
  get waiting() {
    return this.#waiting.length;
  }

  /** Waits until what woke the background has been told. */
  settled() {
    return this.#settled;
  }

  /**
   * @template Details
   * @param {import('./step.js').Step<Details>} step
   * @param {Details} details
   */
  push(step, details) {
    // Nearly every event: nothing has to be read of it.
    if (this.#hasSettled && this.#isOpen) {
      this.#deliver(step, details);
      return;
    }
    if (this.#isDiscarding) return;
    const isOld = this.#isOld(/** @type {any} */ (details));
    if (isOld || this.#isFirst(/** @type {any} */ (details))) this.#waitForOthers();
    if (this.#isOpen && (isOld || this.#settling === undefined)) this.#deliver(step, details);
    else if (this.#waiting.length < MOST_WAITING) this.#waiting.push({ step, details });
    else this.#dropped += 1;
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
      if (this.#settling !== undefined && !this.#isOld(event.details)) break;
      next += 1;
      this.#deliver(event.step, event.details);
    }
    this.#waiting.splice(0, next);
    if (this.#dropped === 0 || !this.#isOpen) return;
    const dropped = this.#dropped;
    this.#dropped = 0;
    this.#onDropped(dropped);
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

  /** @param {{ timeStamp?: number, atMs?: number }} details */
  #isOld(details) {
    return !this.#hasSettled && timeOf(details) < this.#bornAtMs;
  }

  /** Whether it is the first that the browser tells; what the shell itself finds tells nothing of the browser's queues. @param {{ timeStamp?: number }} details */
  #isFirst({ timeStamp }) {
    return timeStamp !== undefined && !this.#hasSettled && this.#settling === undefined;
  }

  #waitForOthers() {
    if (this.#settling === undefined) this.#settled = new Promise((resolve) => (this.#onSettled = resolve));
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      this.#hasSettled = true;
      if (this.#isOpen) this.open();
      this.#onSettled();
    }, SETTLE_MS);
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
