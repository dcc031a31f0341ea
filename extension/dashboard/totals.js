// Owns a line of totals: each a number, what it counts, and by which formula.
import { drawNumeral, drawText, make } from '../../popup/element.js';
import { plural, text } from '../i18n.js';

/**
 * @typedef {object} Total
 * @property {string} name In `data-testid`, behind `total-`.
 * @property {string} label The key of what it counts, by the number.
 * @property {string} formula The key of how it comes about.
 */

/** Totals. */
export class Totals {
  /** @type {Map<string, { total: Total, number: HTMLElement, label: HTMLElement }>} */
  #drawn = new Map();

  /**
   * @param {Total[]} totals
   * @param {string[]} [others] The keys of other formulas to be said with theirs.
   */
  constructor(totals, others = []) {
    const list = make('dl', { class: 'totals' });
    for (const total of totals) {
      const label = make('dt');
      const number = make('dd', { 'data-testid': `total-${total.name}` });
      list.append(make('div', { title: text(total.formula) }, label, number));
      this.#drawn.set(total.name, { total, number, label });
    }
    const formulas = [...totals.map(({ formula }) => formula), ...others].map((key) => make('li', {}, text(key)));
    const legend = make('details', { class: 'legend small soft', 'data-testid': 'formulas' });
    legend.append(make('summary', {}, text('formulasTitle')), make('ul', { class: 'formulas' }, ...formulas));
    this.element = make('div', {}, list, legend);
  }

  /** @param {Record<string, number>} numbers By the names of the totals. */
  draw(numbers) {
    for (const [name, { total, number, label }] of this.#drawn) {
      const count = numbers[name] ?? 0;
      drawNumeral(number, count);
      drawText(label, plural(total.label, count));
    }
  }
}

/** Those of a period. */
export const THIRD_PARTIES = { name: 'domains', label: 'totalThirdParties', formula: 'hintThirdParties' };
export const SITES = { name: 'sites', label: 'totalSites', formula: 'hintSites' };
export const VISITS = { name: 'visits', label: 'totalVisits', formula: 'hintVisits' };
export const REQUESTS = { name: 'requests', label: 'totalRequests', formula: 'hintRequests' };
