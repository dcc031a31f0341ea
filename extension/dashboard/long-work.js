// Owns a button that begins work which takes long and ends it while it goes on, and how far it is, beside the button.
import { drawText, make } from '../../popup/element.js';
import { SLOW_MS } from '../../popup/order.js';
import { detailOf, text } from '../i18n.js';

/**
 * @typedef {object} Going
 * @property {AbortSignal} signal Aborted: it is to end as soon as it can, and to leave nothing half done.
 * @property {(done: number, all: number) => void} onProgress Once all is done, nobody knows how long the rest takes.
 *
 * @typedef {object} LongWorkParts
 * @property {HTMLButtonElement} button
 * @property {string} name Of the bar, in `data-testid`; and the key of what is done.
 * @property {string} stop The key of the button's words while it goes on.
 * @property {string} stopped The key of what is said where it was ended.
 * @property {(done: number, all: number) => string} [far] How far it is, in words.
 * @property {(going: Going) => Promise<string>} work Gives what is said of what was done. Rejects with the signal's reason where it was ended.
 * @property {(words: string) => void} say
 */

export class LongWork {
  #parts;
  #begin;
  #bar;
  #far = make('span', { class: 'soft' });
  /** While it goes on. @type {AbortController | null} */
  #ending = null;

  /** @param {LongWorkParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { button, name } = parts;
    this.#begin = button.textContent ?? '';
    this.#bar = make('progress', { 'aria-label': text(name), 'data-testid': name });
    this.element = make('span', { class: 'long-work', hidden: '' }, this.#bar, this.#far);
    button.addEventListener('click', () => {
      if (!this.#ending) void this.#start();
      // Before the button says so, nobody asked for its end.
      else if (!this.element.hidden) this.#ending.abort();
    });
  }

  async #start() {
    const { work, say, stopped } = this.#parts;
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    say('');
    this.#bar.removeAttribute('value');
    drawText(this.#far, '');
    const slow = setTimeout(() => this.#show(true), SLOW_MS);
    try {
      say(await work({ signal, onProgress: (done, all) => this.#drawProgress(done, all) }));
    } catch (error) {
      if (!signal.aborted) console.error(`long-work: “${this.#parts.name}” failed.`, error);
      say(signal.aborted ? text(stopped) : text('actionFailed', detailOf(error)));
    }
    clearTimeout(slow);
    this.#ending = null;
    this.#show(false);
  }

  /** @param {boolean} isShown */
  #show(isShown) {
    const { button, stop } = this.#parts;
    this.element.hidden = !isShown;
    button.textContent = isShown ? text(stop) : this.#begin;
  }

  /**
   * @param {number} done
   * @param {number} all
   */
  #drawProgress(done, all) {
    this.#bar.max = Math.max(all, 1);
    if (done < all) this.#bar.value = done;
    else this.#bar.removeAttribute('value');
    drawText(this.#far, this.#parts.far?.(done, all) ?? '');
  }
}
