// Owns the store that the shell finds where it lives for many days: it takes the place of `extension/store.js`, keeps the visits of open
// days in memory, and lets go of those of days that are closed, as a database would keep them elsewhere.

/**
 * @typedef {import('../../extension/core/types.js').StoredVisit} StoredVisit
 * @typedef {import('../../extension/core/types.js').StoredCommit} StoredCommit
 */

/** How many days were closed. */
export const closed = { days: 0 };

export class Store {
  /** @type {Map<string, StoredVisit>} */
  #visits = new Map();

  #days;

  /** @param {{ load: () => Promise<unknown> }} days */
  constructor(days) {
    this.#days = days;
  }

  open() {}

  async read() {
    return { visits: [] };
  }

  /**
   * @param {StoredCommit} commit
   * @param {Uint8Array} live
   */
  async write(commit, live) {
    const copy = structuredClone({ commit, live });
    for (const visit of copy.commit.visits) this.#visits.set(visit.id, visit);
  }

  /**
   * @param {number} before
   * @param {import('../../extension/stored-days.js').DayFolds} folds
   */
  async closeDays(before, { fold }) {
    const days = new Set([...this.#visits.values()].map(({ day }) => day).filter((day) => day < before));
    if (days.size > 0) await this.#days.load();
    for (const day of days) {
      const folded = fold(
        day,
        undefined,
        [...this.#visits.values()].filter((visit) => visit.day === day),
      );
      if (folded) closed.days += 1;
      for (const id of folded?.folded ?? []) this.#visits.delete(id);
    }
    return [...this.#visits.values()].some(({ day }) => day < before);
  }

  /** No day is without its sum. */
  async sumUpDays() {}

  async makeSpans() {}

  async delete() {}

  async writeNote() {
    throw new Error('The core failed on an event, or was full.');
  }

  /** @param {string} reason */
  refuse(reason) {
    throw new Error(reason);
  }
}
