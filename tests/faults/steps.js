// Owns what a test does with a background's steps: asks for them, has the background stop at one, and ends it there.
import { until } from '../drive/condition.js';

/** @typedef {import('../drive/driver.js').Driver} Driver */

export class Steps {
  #driver;

  /** @param {Driver} driver of a browser with the hindered extension */
  constructor(driver) {
    this.#driver = driver;
  }

  /**
   * The steps since the last asking, from the first of this name on.
   *
   * @param {string} from
   * @returns {Promise<string[]>}
   */
  async taken(from) {
    const steps = await this.#driver.asExtension(
      () => /** @type {Promise<string[]>} */ (chrome.runtime.sendMessage({ fault: 'steps' })),
    );
    return steps.slice(steps.indexOf(from));
  }

  /**
   * Has the background stand still at a step.
   *
   * @param {string} from the name of the first that counts
   * @param {number} after so many, the first included
   */
  async stopAt(from, after) {
    await this.#driver.asExtension(
      async (stop) => {
        await chrome.storage.session.remove('stoppedAt');
        await chrome.runtime.sendMessage(stop);
      },
      { fault: 'stop', from, after },
    );
  }

  /**
   * Waits until the background stands still, and ends it there.
   *
   * @param {() => Promise<unknown>} [meanwhile] what is to happen before it ends
   * @returns {Promise<string>} the step
   */
  async killAtStop(meanwhile = () => Promise.resolve()) {
    const step = await until('the background to stand still', () => this.#driver.inSessionStorage('stoppedAt'));
    await meanwhile();
    await this.#driver.killStandingBackground();
    return String(step);
  }
}

/**
 * Sets the clock of the background. On the browser's own it is about noon (`tests/e2e/noon.js`), so that no midnight comes while a test runs.
 *
 * @param {Driver} driver of a browser with the hindered extension
 * @param {number} aheadMs of the browser's own
 */
export async function setClock(driver, aheadMs) {
  const message = { fault: 'clock', aheadMs };
  await driver.asExtension((sent) => chrome.runtime.sendMessage(sent), message);
}
