// Owns the choice of two sites to compare, and what each of them is in the period.
import { make } from '../../popup/element.js';
import { today } from '../calendar.js';
import { text } from '../i18n.js';
import { SiteField } from './site-field.js';

/**
 * @typedef {import('./compare-sides.js').SideName} SideName
 * @typedef {import('./view.js').Shown} Shown
 */

export class SitePair {
  #place;
  #fields;

  /** @param {import('./place.js').Place} place */
  constructor(place) {
    this.#place = place;
    const field = (/** @type {'one' | 'other'} */ part, /** @type {string} */ label) =>
      new SiteField(`compare-${part}`, label, (site) => place.go(place.with({ [part]: site, page: '' })));
    this.#fields = { one: field('one', 'compareFirstSite'), other: field('other', 'compareSecondSite') };
    this.element = make(
      'div',
      { class: 'pair' },
      ...pairLine(text('compareSideA'), this.#fields.one.element),
      ...pairLine(text('compareSideB'), this.#fields.other.element),
    );
  }

  /** The sites that the address names. @returns {[string, string]} Empty: none is chosen. */
  get sites() {
    return [this.#place.part('one'), this.#place.part('other')];
  }

  /** @param {Shown} shown */
  draw({ summary }) {
    const [one, other] = this.sites;
    this.#fields.one.draw(summary, one);
    this.#fields.other.draw(summary, other);
  }

  /**
   * What is to be said of each.
   *
   * @param {Shown} shown
   * @returns {[SideName, SideName]}
   */
  names({ summary, totals, from, to }) {
    const [first, last] = [from ?? totals.days?.[0] ?? today(), to ?? today()];
    const side = (/** @type {string} */ letter, /** @type {string} */ site) => {
      const row = summary.site(site);
      const written = row?.text ?? site;
      return {
        written,
        ascii: site,
        address: this.#place.of('site', site),
        metDays: summary.daysOfSite(site).length,
        allDays: Math.max(1, last - first + 1),
        ...(!row && { warning: text('compareSiteNothing', letter, written) }),
      };
    };
    const [one, other] = this.sites;
    return [side(text('compareSideA'), one), side(text('compareSideB'), other)];
  }
}

/**
 * One side of a choice, behind its letter.
 *
 * @param {string} letter
 * @param {...Node} choice
 */
export function pairLine(letter, ...choice) {
  return [make('span', { class: 'side-letter', 'aria-hidden': 'true' }, letter), make('span', {}, ...choice)];
}
