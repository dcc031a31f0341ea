// Owns what is wrong at the moment, and since when: every answer to a page carries it.

/**
 * @typedef {'coreUnavailable' | import('./database.js').StoreError['kind'] | 'eventsSetAside' | 'countsGivenUp' | 'accessMissing'} ProblemKind
 *
 * @typedef {object} Problem
 * @property {ProblemKind} kind What is wrong; the pages have the words for it.
 * @property {number} sinceMs Since when, in milliseconds since 1970.
 * @property {string} detail The browser's or the core's own words, for a report of the problem.
 */

/** Those of the store that a later write can do away with. @type {readonly ProblemKind[]} */
const PASSING = ['storeUnavailable', 'storeFull', 'storeBlocked', 'storeDamaged'];

/** The problems there are. */
export class Problems {
  /** @type {Map<ProblemKind, Problem>} */
  #all = new Map();
  /** @type {() => number} */
  #now;

  #onChange;

  /**
   * @param {() => number} now
   * @param {() => void} [onChange] Called where there is a problem more, or one less.
   */
  constructor(now, onChange = () => {}) {
    this.#now = now;
    this.#onChange = onChange;
  }

  /**
   * Notes a problem. One that is there already keeps its beginning, and gets the newest detail.
   *
   * @param {ProblemKind} kind
   * @param {string} detail
   * @param {number} [sinceMs]
   * @returns {Problem}
   */
  note(kind, detail, sinceMs = this.#now()) {
    const known = this.#all.get(kind);
    const problem = { kind, sinceMs: known?.sinceMs ?? sinceMs, detail };
    this.#all.set(kind, problem);
    if (!known) this.#onChange();
    return problem;
  }

  /**
   * Notes why nothing can be stored: one reason at a time, and since the first of them.
   *
   * @param {import('./database.js').StoreError} failure
   */
  noteStore({ kind, message }) {
    const before = PASSING.find((passing) => passing !== kind && this.#all.has(passing));
    const sinceMs = before && this.#all.get(before)?.sinceMs;
    this.clearStore(kind);
    this.note(kind, message, sinceMs);
  }

  /**
   * The store works.
   *
   * @param {ProblemKind} [kept] But for this.
   */
  clearStore(kept) {
    for (const kind of PASSING) if (kind !== kept) this.clear(kind);
  }

  /**
   * A problem is over.
   *
   * @param {ProblemKind} kind
   */
  clear(kind) {
    if (this.#all.delete(kind)) this.#onChange();
  }

  /** @returns {Problem[]} */
  list() {
    return [...this.#all.values()];
  }

  /** Since when something has been wrong; null where nothing is. */
  get sinceMs() {
    return this.#all.size === 0 ? null : Math.min(...this.list().map((problem) => problem.sinceMs));
  }
}

/**
 * A thrown value in one line, with its name.
 *
 * @param {unknown} cause
 * @returns {string}
 */
export function describe(cause) {
  if (cause instanceof Error || cause instanceof DOMException) return `${cause.name}: ${cause.message}`;
  return String(cause);
}
