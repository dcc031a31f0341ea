// Owns the watch over whether the browser lets Tiers see all sites: where it does not, the counts are marked, and the pages say so.

import { hasAllSites, onAccessChanged } from './host-access.js';

/**
 * The browser lets Tiers see all sites, or does not.
 *
 * @type {import('./step.js').Step<{ isToAllSites: boolean, atMs: number }>}
 */
export function accessTold(target, { isToAllSites, atMs }) {
  target.core.setAccess(isToAllSites, atMs);
}

export class AccessWatch {
  #counting;
  #problems;
  #now;
  /** Whether it was missing when it was last told. */
  #isMissing = false;

  /**
   * @param {Pick<import('./counting.js').Counting, 'observe'>} counting
   * @param {import('./problems.js').Problems} problems
   * @param {() => number} now
   */
  constructor(counting, problems, now) {
    this.#counting = counting;
    this.#problems = problems;
    this.#now = now;
  }

  /** To be called in the background's first turn. */
  listen() {
    onAccessChanged(() => void this.tell());
  }

  /**
   * Tells the counting. A core takes it that all sites are seen, so that nothing is told where that has always been so.
   *
   * @returns {Promise<void>} Never rejects.
   */
  async tell() {
    try {
      const isToAllSites = await hasAllSites();
      if (isToAllSites && !this.#isMissing) return;
      this.#isMissing = !isToAllSites;
      this.#counting.observe(accessTold, { isToAllSites, atMs: this.#now() });
      if (isToAllSites) this.#problems.clear('accessMissing');
      else this.#problems.note('accessMissing', '');
    } catch (cause) {
      console.error('access-watch: the browser does not say whether all sites may be seen.', cause);
    }
  }
}
