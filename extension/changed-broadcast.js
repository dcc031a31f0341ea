// Owns the word to open pages that there is something new to ask for.

import { api } from './browser.js';
import { CHANGED } from './reply.js';
import { Throttle } from './throttle.js';

const INTERVAL_MS = 250;

/**
 * The broadcast. No connection is kept: one would end with Chromium's worker, and a page that restored it would keep the
 * worker alive for ever. Whether a page is open is known by its questions, and by the browser, which rejects a message that
 * nobody listens to: after one such message there is silence until a page asks again.
 */
export class ChangedBroadcast {
  // Unknown: the pages of an earlier background may still be open.
  #isHeard = true;
  /** How often pages asked. */
  #asked = 0;
  #throttle = new Throttle(() => this.#send(), INTERVAL_MS);

  /** A page asked something, so it is open. */
  pageAsked() {
    this.#isHeard = true;
    this.#asked += 1;
  }

  /** Something changed. Cheap: it is called for every event. */
  changed() {
    if (this.#isHeard) this.#throttle.request();
  }

  #send() {
    const asked = this.#asked;
    api.runtime.sendMessage({ kind: CHANGED }).catch(() => {
      // A page that asked meanwhile is open all the same.
      if (asked === this.#asked) this.#isHeard = false;
    });
  }
}
