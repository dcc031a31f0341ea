// Owns the browser's own events of a trial, as another listener hears them: to find why a count is wrong, and what Firefox
// itself takes for third-party.

/**
 * @typedef {object} Seen
 * @property {string} event
 * @property {Record<string, unknown>} details
 */

export class Observer {
  #driver;

  /** @param {import('../drive/driver.js').Driver} driver */
  constructor(driver) {
    this.#driver = driver;
  }

  /** @param {import('../drive/driver.js').Driver} driver */
  static async start(driver) {
    const observer = new Observer(driver);
    await observer.again();
    return observer;
  }

  /** Listens, also after the browser was started again. */
  async again() {
    await this.#driver.asExtension(listen);
  }

  /** @returns {Promise<Seen[]>} since the start, or the last one */
  stop() {
    return this.#driver.asExtension(() => {
      const kept = /** @type {{ seen?: Seen[] }} */ (globalThis);
      const all = kept.seen ?? [];
      kept.seen = [];
      return all;
    });
  }
}

/** Runs in a page of the extension. */
function listen() {
  const kept = /** @type {{ seen?: Seen[] }} */ (globalThis);
  if (kept.seen) {
    kept.seen = [];
    return;
  }
  kept.seen = [];
  const hear = (/** @type {string} */ event) => (/** @type {Record<string, unknown>} */ details) => {
    const { requestHeaders: _, responseHeaders: __, ...rest } = details;
    kept.seen?.push({ event, details: rest });
  };
  const filter = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] };
  const { webRequest, webNavigation } = /** @type {any} The types differ by event; all are heard alike. */ (chrome);
  for (const event of ['onBeforeRequest', 'onBeforeRedirect', 'onResponseStarted', 'onErrorOccurred']) {
    webRequest[event].addListener(hear(event), filter);
  }
  webNavigation.onCommitted.addListener(hear('onCommitted'));
}
