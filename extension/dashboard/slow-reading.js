// Owns what is shown of a reading that takes long: how far it is, the way to end it, and when it may be done again.
import { drawText, make } from '../../popup/element.js';
import { SLOW_MS } from '../../popup/order.js';
import { number, text } from '../i18n.js';

/** Where all has to be read anew, so much of the time goes into it at most. */
const READING_SHARE = 0.05;

/**
 * For how long what took long is not to be done again.
 *
 * @param {number} tookMs
 */
export function pauseAfter(tookMs) {
  return tookMs / READING_SHARE;
}

/** Why a reading ended: the reader had it stopped. */
const STOPPED = new DOMException('stopped by the reader', 'AbortError');

/** Or is elsewhere by now: years would be read for nobody. */
const LEFT = new DOMException('left by the reader', 'AbortError');

/** One reading at a time. */
export class SlowReading {
  #bar = make('progress', { 'aria-label': text('readingVisits'), 'data-testid': 'visits-reading' });
  #words = make('span', { class: 'soft' });
  #stop = make('button', { type: 'button', class: 'button button-outlined', 'data-testid': 'stop-reading' });
  #controller = new AbortController();
  #isGoingOn = false;
  #beganMs = 0;
  #endedMs = 0;

  constructor() {
    this.#stop.textContent = text('stopReading');
    this.#stop.addEventListener('click', () => this.#controller.abort(STOPPED));
    this.element = make('div', { class: 'slow-reading', hidden: '' }, this.#bar, this.#words, this.#stop);
  }

  /** Whether one is not over yet. */
  get isGoingOn() {
    return this.#isGoingOn;
  }

  /** For how long the same is not to be read again, in milliseconds; none: it may be. */
  get restMs() {
    return Math.max(0, this.#endedMs + pauseAfter(this.#endedMs - this.#beganMs) - performance.now());
  }

  /**
   * Runs another; the one before is given up.
   *
   * @param {(reading: import('../day-reading.js').Reading) => Promise<void>} read
   * @returns {Promise<'over' | 'stopped' | 'left' | 'givenUp'>} How it ended: by itself, by the reader, as the reader went elsewhere, or for
   *   another one. Rejects with what went wrong in it.
   */
  async run(read) {
    this.#controller.abort(new DOMException('another reading began', 'AbortError'));
    const { signal } = (this.#controller = new AbortController());
    this.element.hidden = true;
    this.#isGoingOn = true;
    this.#beganMs = performance.now();
    this.#bar.removeAttribute('value');
    drawText(this.#words, '');
    // One day alone can take long, which tells nothing meanwhile.
    const slow = setTimeout(() => this.#appear(signal), SLOW_MS);
    try {
      await read({ signal, onProgress: (done, all) => this.#show(signal, done, all) });
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      clearTimeout(slow);
      if (signal === this.#controller.signal) this.#end();
    }
    if (!signal.aborted) return 'over';
    if (signal.reason === LEFT) return 'left';
    return signal.reason === STOPPED ? 'stopped' : 'givenUp';
  }

  /** @param {AbortSignal} signal */
  #appear(signal) {
    if (!signal.aborted && this.element.isConnected) this.element.hidden = false;
  }

  /**
   * @param {AbortSignal} signal
   * @param {number} read
   * @param {number} all
   */
  #show(signal, read, all) {
    // What is read for the one before is not told any more.
    if (signal.aborted) return;
    if (!this.element.isConnected) {
      this.#controller.abort(LEFT);
      return;
    }
    this.element.hidden = performance.now() - this.#beganMs < SLOW_MS;
    this.#bar.max = Math.max(all, 1);
    this.#bar.value = read;
    drawText(this.#words, text('readingDays', number(read), number(all)));
  }

  #end() {
    this.element.hidden = true;
    this.#isGoingOn = false;
    this.#endedMs = performance.now();
  }
}
