// Owns the three numbers of a comparison: how many third parties both sides have, only the first, only the second. Each shows its own.
import { drawCurrent, drawNumeral, make, numeral } from '../../popup/element.js';
import { text } from '../i18n.js';

/** @typedef {import('../core/types.js').ComparisonPart} ComparisonPart */

/** By their names in the address; all: none. @type {{ part: ComparisonPart, label: string }[]} */
const PARTS = [
  { part: 'both', label: 'compareBoth' },
  { part: 'one', label: 'compareOnlyA' },
  { part: 'other', label: 'compareOnlyB' },
  { part: 'all', label: 'compareAll' },
];

export class CompareParts {
  #place;
  /** @type {Map<ComparisonPart, { link: HTMLAnchorElement, count: HTMLElement }>} */
  #links = new Map();

  /** @param {import('./place.js').Place} place */
  constructor(place) {
    this.#place = place;
    this.element = make('nav', { class: 'parts', 'aria-label': text('compareParts') });
    for (const { part, label } of PARTS) {
      const count = numeral(`part-${part}-count`, 0, 'part-count');
      const link = make('a', { 'data-testid': `part-${part}` }, count, ' ', make('span', {}, text(label)));
      this.#links.set(part, { link, count });
      this.element.append(link);
    }
  }

  /** The one that the address names. @returns {ComparisonPart} */
  get part() {
    const named = this.#place.part('part');
    return PARTS.find(({ part }) => part === named)?.part ?? 'all';
  }

  /** @param {import('../core/types.js').Comparison} comparison */
  draw({ both, onlyOne, onlyOther }) {
    const counts = { both, one: onlyOne, other: onlyOther, all: both + onlyOne + onlyOther };
    for (const [part, { link, count }] of this.#links) {
      drawNumeral(count, counts[part]);
      link.href = this.#place.with({ part: part === 'all' ? '' : part, page: '' });
      drawCurrent(link, part === this.part);
    }
  }
}
