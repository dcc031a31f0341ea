// Owns when a commit is made: soon after a change, late enough to make one of many, never two at a time.

/** How often it is looked whether the changes have come to rest. A commit comes at the first quiet look. */
export const SOFT_FLUSH_AFTER_MS = 250;
/** The latest after the first change. Chromium kills a service worker without notice: this much can be lost. */
export const HARD_FLUSH_AFTER_MS = 1_000;
/**
 * The longest between two looks: a disk that took long for a commit is left alone as long before the first look at the next, up to this. So it
 * is ours half of the time at most, a fifth while changes keep coming; and what can be lost is what came within four looks and one
 * commit: a second and a bit, on the slowest disk 40 s (`WRITE_WITHIN_MS`).
 */
export const LONGEST_LOOK_MS = 2_500;
/** How long a store that failed is left alone, unless a page asks; as long as it took to fail, where that is longer. */
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
 * @typedef {'stored' | 'deleted' | 'failed'} Outcome What became of a commit: all of it is stored; only what was to be deleted is deleted;
 *   nothing has changed in the store, as far as is known.
 *
 * @typedef {(options: CommitOptions) => Promise<Outcome>} MakeCommit Must not reject.
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
  /** @type {Promise<Outcome> | null} */
  #running = null;
  /** @type {Promise<Outcome> | null} */
  #next = null;
  #isNextStrict = false;
  /** How long the last commit took. */
  #tookMs = 0;
  #now;

  /**
   * @param {MakeCommit} makeCommit
   * @param {() => number} now
   */
  constructor(makeCommit, now) {
    this.#makeCommit = makeCommit;
    this.#now = now;
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
   * @returns {Promise<Outcome>} Of everything up to this call.
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
    this.#timer = setTimeout(
      () => {
        this.#looks += 1;
        if (this.#changes !== this.#changesSeen && this.#looks < MOST_LOOKS) this.#lookLater();
        else void this.flush();
      },
      Math.min(Math.max(SOFT_FLUSH_AFTER_MS, this.#tookMs), LONGEST_LOOK_MS),
    );
  }

  /** @returns {Promise<Outcome>} */
  #run() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changes = this.#changes;
    const strict = this.#isNextStrict;
    this.#isNextStrict = false;
    this.#next = null;
    const beganAtMs = this.#now();
    const running = this.#makeCommit({ strict }).then((outcome) => {
      this.#running = null;
      this.#tookMs = this.#now() - beganAtMs;
      if (outcome !== 'stored') this.#retryLater(strict);
      else if (changes !== this.#changesStored) this.#restLater(changes);
      return outcome;
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
    this.#timer = setTimeout(() => void this.flush(), Math.max(RETRY_AFTER_MS, this.#tookMs));
  }
}
