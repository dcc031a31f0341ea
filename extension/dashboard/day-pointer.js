// Owns which bar of the daily chart the reader is at: by pointer, by touch and by keyboard; and the way from it to its days.
import { make } from '../../popup/element.js';
import { text } from '../i18n.js';
import { draw } from './svg.js';

/**
 * @typedef {object} Pointed
 * @property {import('./day-drawing.js').Drawing} drawing
 * @property {string} label The chart's title.
 * @property {{ words: string, address: string }[]} bars What is said of each, and where it leads.
 */

/** How far each key goes; the ends are further than any chart is long. @type {ReadonlyMap<string, number>} */
const STEPS = new Map([
  ['ArrowLeft', -1],
  ['ArrowDown', -1],
  ['ArrowRight', 1],
  ['ArrowUp', 1],
  ['PageDown', -7],
  ['PageUp', 7],
  ['Home', -Infinity],
  ['End', Infinity],
]);

/**
 * The pointer: one stop of the tab key, a slider over the bars, which screen readers know and say the words of. Over it lies a link to the
 * days of the bar, so that a click is what it is on every link, in a new tab too.
 */
export class DayPointer {
  #onMove;
  /** @type {Pointed | null} */
  #pointed = null;
  /** The bar that the reader is at. @type {number | undefined} */
  #at;
  /** The first touch shows a bar, the second follows it. */
  #isShownByTouch = false;
  #slider = make('div', {
    class: 'day-slider',
    role: 'slider',
    tabindex: 0,
    'aria-orientation': 'horizontal',
    'aria-valuemin': 1,
    'aria-description': text('chartKeys'),
    'data-testid': 'day-slider',
  });
  #link = make('a', { class: 'day-link', tabindex: -1, 'aria-hidden': 'true', 'data-testid': 'day-link' });
  /** Behind the bar. */
  #band = draw('rect', { class: 'day-band' });

  /** @param {(at: number | undefined) => void} onMove Called when the reader is at another bar, or at none. */
  constructor(onMove) {
    this.#onMove = onMove;
    this.#slider.addEventListener('keydown', (event) => this.#typed(event));
    this.#slider.addEventListener('focus', () => this.#goTo(this.#at ?? this.#last));
    this.#slider.addEventListener('blur', () => this.#goTo(undefined));
    this.#link.addEventListener('pointermove', (event) => this.#goTo(this.#barAt(event)));
    this.#link.addEventListener('pointerdown', (event) => {
      const at = this.#barAt(event);
      this.#isShownByTouch = event.pointerType === 'touch' && at !== this.#at;
      this.#goTo(at);
    });
    this.#link.addEventListener('click', (event) => {
      if (this.#isShownByTouch) event.preventDefault();
    });
    // What is hidden from screen readers takes no focus.
    this.#link.addEventListener('mousedown', (event) => event.preventDefault());
    this.#link.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType !== 'touch' && document.activeElement !== this.#slider) this.#goTo(undefined);
    });
  }

  /** What lies over the drawing. */
  get elements() {
    return [this.#slider, this.#link];
  }

  get #last() {
    return (this.#pointed?.bars.length ?? 1) - 1;
  }

  /** @param {Pointed} pointed */
  draw(pointed) {
    this.#pointed = pointed;
    pointed.drawing.svg.prepend(this.#band);
    this.#slider.setAttribute('aria-label', pointed.label);
    this.#slider.setAttribute('aria-valuemax', String(pointed.bars.length));
    this.#goTo(this.#at === undefined ? undefined : Math.min(this.#at, this.#last));
  }

  /** @param {number} at */
  wordsOf(at) {
    return this.#pointed?.bars[at]?.words;
  }

  /** @param {KeyboardEvent} event */
  #typed(event) {
    if (event.key === 'Enter') {
      event.preventDefault();
      this.#isShownByTouch = false;
      this.#link.click();
      return;
    }
    const step = STEPS.get(event.key);
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#goTo(Math.min(this.#last, Math.max(0, (this.#at ?? this.#last) + step)));
  }

  /** @param {number | undefined} at */
  #goTo(at) {
    this.#at = at;
    if (!this.#pointed) return;
    const { drawing, bars } = this.#pointed;
    drawing.svg.querySelector('.is-pointed')?.classList.remove('is-pointed');
    this.#band.toggleAttribute('hidden', at === undefined);
    if (at !== undefined) {
      const { x, width } = drawing.slot(at);
      for (const [name, value] of Object.entries({ x, y: 0, width: Math.max(width, 1), height: '100%' }))
        this.#band.setAttribute(name, String(value));
      drawing.svg.querySelectorAll('.day-bar')[at]?.classList.add('is-pointed');
    }
    const said = at ?? this.#last;
    this.#slider.setAttribute('aria-valuenow', String(said + 1));
    this.#slider.setAttribute('aria-valuetext', bars[said]?.words ?? '');
    this.#link.href = bars[said]?.address ?? '';
    this.#onMove(at);
  }

  /**
   * The bar that is nearest.
   *
   * @param {MouseEvent} event
   */
  #barAt({ clientX }) {
    if (!this.#pointed) return undefined;
    const { drawing } = this.#pointed;
    const x = clientX - this.#link.getBoundingClientRect().left;
    let [nearest, least] = [0, Infinity];
    for (let place = 0; place <= this.#last; place += 1) {
      const slot = drawing.slot(place);
      const distance = Math.max(slot.x - x, x - slot.x - slot.width, 0);
      if (distance < least) [nearest, least] = [place, distance];
    }
    return nearest;
  }
}
