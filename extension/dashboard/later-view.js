// Owns a view whose files are loaded when it is first shown: whoever opens the overview waits for none of them.
import { make } from '../../popup/element.js';
import { FailedReading } from './failed-reading.js';
import { SlowWord } from './slow-word.js';
import { stylesheet } from './stylesheet.js';

/**
 * @typedef {import('./view.js').Heading} Heading
 * @typedef {import('./view.js').Shown} Shown
 * @typedef {import('./view.js').View} View
 *
 * @typedef {object} LaterParts
 * @property {() => Heading} heading Until it is there.
 * @property {() => Promise<View>} load
 * @property {string[]} [sheets] The stylesheets of it alone.
 * @property {() => Promise<unknown> | undefined} redraw Has the page draw the view that is shown; gives when that has shown what it reads for itself.
 */

/** The view, or the place where it will be. */
export class LaterView {
  #parts;
  /** @type {View | null} */
  #view = null;
  /** @type {Promise<void> | null} */
  #loading = null;
  #failed = new FailedReading(() => void this.#load());
  #word = new SlowWord();
  element = make('div', { 'data-testid': 'later-view' }, this.#word.element, this.#failed.element);

  /** @param {LaterParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {Shown} shown
   * @returns {Heading}
   */
  draw(shown) {
    if (this.#view) return this.#view.draw(shown);
    return { ...this.#parts.heading(), isLoading: true, settled: this.#load() };
  }

  /** Once at a time. */
  #load() {
    return (this.#loading ??= this.#begin());
  }

  /** Never rejects: a failure is said, and the next drawing tries again, or the reader. */
  async #begin() {
    const { load, sheets = [], redraw } = this.#parts;
    this.element.setAttribute('data-loading', 'true');
    try {
      const [view] = await this.#word.during(Promise.all([load(), ...sheets.map(stylesheet)]));
      this.#failed.clear();
      this.element.replaceChildren(view.element);
      this.element.removeAttribute('data-loading');
      this.#view = view;
      // The reader may be elsewhere by now.
      if (this.element.isConnected) await redraw();
    } catch (error) {
      console.error('later-view: the view could not be shown.', error);
      if (!this.element.contains(this.#failed.element)) {
        this.element.replaceChildren(this.#word.element, this.#failed.element);
      }
      this.#failed.say(error);
      this.element.removeAttribute('data-loading');
      this.#view = null;
      this.#loading = null;
    }
  }
}

/**
 * A part of a page whose files are loaded when the page is first shown: what is read for it alone is read once the rest is there.
 *
 * @param {() => Promise<View>} load
 * @returns {{ element: HTMLElement, draw: (shown: Shown) => Promise<unknown> | undefined }} Its drawing settles when all is shown.
 */
export function laterPart(load) {
  /** What there is to see by now. @type {Shown | null} */
  let last = null;
  /** @type {LaterView} */
  const view = new LaterView({
    // It heads no page.
    heading: () => ({ words: '' }),
    load,
    redraw: () => (last ? view.draw(last).settled : undefined),
  });
  return {
    element: view.element,
    draw: (shown) => {
      last = shown;
      return view.draw(shown).settled;
    },
  };
}
