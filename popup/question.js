// Owns the popup's question: asked before the rest of the popup is loaded, and again when its answer changed.

// The page loads this file for itself and first, so that the background works on the answer, or wakes up for it, while the browser
// still loads what is to draw it.
import { ask, onChanged } from '../extension/client.js';
import { shownTab } from './tab.js';

/** The least time between two answers: a loading page changes many times a second, a reader does not read that fast. */
const PAUSE_MS = 200;

/**
 * Who draws what comes.
 * @typedef {object} Listener
 * @property {(reply: import('../extension/reply.js').Reply) => void} answered What it throws is a failure too.
 * @property {(error: unknown) => void} failed
 */

class Question {
  /** The tab that is asked about. Rejects where there is none. */
  tab = shownTab();
  /** @type {(listener: Listener) => void} To be called once; an answer that came before waits for it. */
  listen = () => {};
  /** @type {Promise<Listener>} */
  #listener = new Promise((resolve) => {
    this.listen = resolve;
  });
  #asking = false;
  #stale = false;

  constructor() {
    onChanged(() => this.refresh());
    this.refresh();
  }

  /** Asks again; where an answer is still awaited, once more after it. */
  refresh() {
    if (this.#asking) this.#stale = true;
    else void this.#ask();
  }

  async #ask() {
    this.#asking = true;
    this.#stale = false;
    try {
      const reply = await ask({ kind: 'popup', tabId: await this.tab });
      (await this.#listener).answered(reply);
    } catch (error) {
      await this.#fail(error);
    } finally {
      setTimeout(() => {
        this.#asking = false;
        if (this.#stale) this.refresh();
      }, PAUSE_MS);
    }
  }

  /** @param {unknown} error */
  async #fail(error) {
    const listener = await this.#listener;
    try {
      listener.failed(error);
    } catch (cause) {
      // Nobody is left to tell; the next answer may be drawn again.
      console.error('question: a failure could not be shown.', cause, error);
    }
  }
}

export const question = new Question();
