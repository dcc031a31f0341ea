// Owns how far the user's clock is ahead of UTC, as one core knows it: of which day a visit is follows from it.

/** The clock on the wall. Another core has another. */
export class WallClock {
  #core;
  /** What the core was told last. */
  #minutes = 0;

  /** @param {Pick<import('./core/counter.js').Core, 'setUtcOffset'>} core A new one: for it the clock shows UTC. */
  constructor(core) {
    this.#core = core;
  }

  /**
   * Tells the core where the clock stands at a moment, where that has changed: in spring and autumn, and on travels.
   *
   * @param {number} atMs
   */
  tell(atMs) {
    const minutes = -new Date(atMs).getTimezoneOffset();
    // No moment at all has no offset.
    if (minutes === this.#minutes || Number.isNaN(minutes)) return;
    this.#minutes = minutes;
    this.#core.setUtcOffset(minutes);
  }
}
