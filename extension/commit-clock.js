// Owns when a commit is made: soon after a change, late enough to make one of many, never two at a time.

/** How often it is looked whether the changes have come to rest. A commit comes at the first quiet look. */
export const SOFT_FLUSH_AFTER_MS = 250;
/** The latest after the first change. Chromium kills a service worker without notice: this much can be lost. */
export const HARD_FLUSH_AFTER_MS = 1_000;
/** How long a store that failed is left alone, unless a page asks. */
export const RETRY_AFTER_MS = 5_000;

/**
 * How long after a commit another one follows, if only to say that the pages are at rest since. Without it, a background that
 * the browser stops for being idle would look like one that was stopped while a page was loading. The core holds a page for
 * busy for 1.5 s.
 */
export const REST_AFTER_MS = 2_000;

const MOST_LOOKS = HARD_FLUSH_AFTER_MS / SOFT_FLUSH_AFTER_MS;

/**
 * @typedef {object} CommitOptions
 * @property {boolean} strict The user decided something: it must survive a power cut.
 *
 * @typedef {(options: CommitOptions) => Promise<boolean>} MakeCommit Whether everything is stored now. Must not reject.
 */

/** The clock of the commits. */
export class CommitClock {
  /** @type {MakeCommit} */
  #makeCommit;
  /** Counted, not timed: reading the time for each event would cost more than the event. */
  #changes = 0;
  #changesSeen = 0;
  #changesStored = 0;
  #looks = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #restTimer;
  /** @type {Promise<boolean> | null} */
  #running = null;
  /** @type {Promise<boolean> | null} */
  #next = null;
  #isNextStrict = false;

  /** @param {MakeCommit} makeCommit */
  constructor(makeCommit) {
    this.#makeCommit = makeCommit;
  }

  /** Something changed. Cheap: it is called for every event. */
  changed() {
    this.#changes += 1;
    if (this.#timer !== undefined) return;
    this.#looks = 0;
    this.#lookLater();
  }

  /**
   * Commits at once, or right after the commit that is under way.
   *
   * @param {CommitOptions} [options]
   * @returns {Promise<boolean>} Whether everything up to this call is stored.
   */
  flush({ strict } = { strict: false }) {
    this.#isNextStrict ||= strict;
    if (!this.#running) return this.#run();
    // A flush can come between the end of the one and the beginning of the other: it is as good as this one.
    this.#next ??= this.#running.then(() => this.#running ?? this.#run());
    return this.#next;
  }

  #lookLater() {
    this.#changesSeen = this.#changes;
    this.#timer = setTimeout(() => {
      this.#looks += 1;
      if (this.#changes !== this.#changesSeen && this.#looks < MOST_LOOKS) this.#lookLater();
      else void this.flush();
    }, SOFT_FLUSH_AFTER_MS);
  }

  /** @returns {Promise<boolean>} */
  #run() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changes = this.#changes;
    const strict = this.#isNextStrict;
    this.#isNextStrict = false;
    this.#next = null;
    const running = this.#makeCommit({ strict }).then((isStored) => {
      this.#running = null;
      if (!isStored) this.#retryLater(strict);
      else if (changes !== this.#changesStored) this.#restLater(changes);
      return isStored;
    });
    this.#running = running;
    return running;
  }

  /** @param {number} changes Those that are stored now. */
  #restLater(changes) {
    this.#changesStored = changes;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => void this.flush(), REST_AFTER_MS);
  }

  /** @param {boolean} strict */
  #retryLater(strict) {
    this.#isNextStrict ||= strict;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), RETRY_AFTER_MS);
  }
}
