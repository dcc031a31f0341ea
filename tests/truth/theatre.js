// Owns the browser that cases are tried in: one for some cases in a row, then a fresh one.
import { Stage } from '../e2e/stage.js';
import { attempt } from './trial.js';

/** A profile that has seen so many cases is left: exports grow with it. */
const MOST_RUNS = 25;

/** What cases need of the browsers beside the usual. */
const OPTIONS = {
  otherExtensions: ['blocker'],
  // Firefox 153 otherwise cuts the referrer of what goes to another site, by which an address that says nothing is told.
  prefs: { 'network.http.referer.disallowCrossSiteRelaxingDefault': false },
};

export class Theatre {
  /** @type {Stage | null} */
  #stage = null;
  #runs = 0;

  /**
   * Tries a case, under a run's number that no other one of this browser has.
   *
   * @param {import('./case.js').Case} tried
   * @returns {Promise<import('./trial.js').Outcome>}
   */
  async try(tried) {
    if (this.#runs === MOST_RUNS) await this.close();
    this.#stage ??= await Stage.open(OPTIONS);
    this.#runs += 1;
    try {
      return await attempt(this.#stage, tried, this.#runs);
    } catch (error) {
      // Whatever state it is in, the next case must not meet it.
      await this.close();
      throw error;
    }
  }

  async close() {
    const stage = this.#stage;
    this.#stage = null;
    this.#runs = 0;
    await stage?.close();
  }
}
