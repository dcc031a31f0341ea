// Owns what stands above the graph: what its shapes mean, on how many sites a third party must have been met, the search.
import { drawText, make } from '../../../popup/element.js';
import { number, plural, text } from '../../i18n.js';
import { draw } from '../svg.js';

/** Of the filter: everything is shown. */
export const NO_FILTER = 1;

/**
 * @typedef {object} GraphControlsParts
 * @property {() => void} onFilter Another filter is in the address.
 * @property {(words: string) => string[]} onFind The keys of the nodes that match.
 * @property {(key: string) => void} onFound The one that the reader is led to; empty: none.
 */

export class GraphControls {
  #place;
  #parts;
  #least = make('input', {
    id: 'graph-least',
    class: 'field',
    type: 'number',
    min: NO_FILTER,
    step: 1,
    inputmode: 'numeric',
    title: text('graphLeastHint'),
    'data-testid': 'graph-least',
  });
  #find = make('input', {
    class: 'field',
    type: 'search',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: text('graphFind'),
    'aria-label': text('graphFind'),
    'data-testid': 'graph-find',
  });
  #status = make('span', { class: 'soft small', role: 'status', 'data-testid': 'graph-found' });
  /** The keys of what was found. @type {string[]} */
  #found = [];
  #at = 0;
  /** On how many sites a third party that is drawn was met at least. */
  #drawn = NO_FILTER;

  /**
   * @param {import('../place.js').Place} place
   * @param {GraphControlsParts} parts
   */
  constructor(place, parts) {
    this.#place = place;
    this.#parts = parts;
    this.#least.addEventListener('input', () => this.#filter());
    // What was typed and means nothing is not what is drawn.
    this.#least.addEventListener('change', () => (this.#least.value = String(this.#drawn)));
    this.#find.addEventListener('input', () => this.#search());
    this.#find.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') this.#next();
    });
    this.element = make(
      'div',
      { class: 'graph-controls' },
      make(
        'ul',
        { class: 'graph-legend' },
        legend('graph-site', 'graphSites'),
        legend('graph-third-party', 'graphThirdParties'),
      ),
      make('label', { for: 'graph-least' }, text('graphLeast')),
      this.#least,
      this.#find,
      this.#status,
    );
  }

  /** On how many sites a third party must have been met, by the address; nothing where that leaves it open. */
  get chosen() {
    const named = Math.trunc(Number(this.#place.part('min')));
    return named >= NO_FILTER && named < 1e9 ? named : undefined;
  }

  /**
   * Shows what is asked for; a number that is being typed is left to the reader. The graph can be another one: what was found is sought in it anew.
   *
   * @param {number} least
   */
  draw(least) {
    this.#drawn = least;
    if (this.#least !== document.activeElement) this.#least.value = String(least);
    const now = this.#found[this.#at] ?? '';
    this.#found = this.#parts.onFind(this.#find.value.trim());
    this.#at = Math.max(0, this.#found.indexOf(now));
    this.#say();
  }

  #filter() {
    if (!this.#least.checkValidity() || this.#least.value === '') return;
    const least = Number(this.#least.value);
    this.#place.note({ min: String(least), page: '' });
    this.#parts.onFilter();
  }

  #search() {
    this.#found = this.#parts.onFind(this.#find.value.trim());
    this.#at = 0;
    this.#lead();
    this.#say();
  }

  #next() {
    if (this.#found.length === 0) return;
    this.#at = (this.#at + 1) % this.#found.length;
    this.#lead();
    this.#say();
  }

  #lead() {
    this.#parts.onFound(this.#found[this.#at] ?? '');
  }

  #say() {
    const words = this.#find.value.trim();
    if (words === '') drawText(this.#status, '');
    else if (this.#found.length === 0) drawText(this.#status, text('graphFoundNone', words));
    else drawText(this.#status, plural('graphFound', this.#found.length, number(this.#at + 1)));
  }
}

/**
 * @param {string} name The class of the shape.
 * @param {string} label
 */
function legend(name, label) {
  const shape =
    name === 'graph-site'
      ? draw('rect', { class: name, x: 2, y: 2, width: 12, height: 12 })
      : draw('circle', { class: name, cx: 8, cy: 8, r: 6.5 });
  return make('li', {}, draw('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, shape), text(label));
}
