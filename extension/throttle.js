// Owns the pace of what follows a change: at once or as late as needed, never faster than the screen can be read.

/** Runs an action after it was asked for, at most once an interval; what is asked meanwhile is one more run at its end. */
export class Throttle {
  /** @type {() => void} */
  #action;
  #intervalMs;
  #isDue = false;

  /**
   * @param {() => void} action
   * @param {number} intervalMs
   */
  constructor(action, intervalMs) {
    this.#action = action;
    this.#intervalMs = intervalMs;
  }

  /** Asks for a run. Cheap: it is called for every event. */
  request() {
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      this.#action();
    }, this.#intervalMs);
  }
}
