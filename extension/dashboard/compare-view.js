// Owns the comparison of two sites of a period, or of two periods of all sites. What is compared is the address.
import { drawCurrent, drawText, make } from '../../popup/element.js';
import { text } from '../i18n.js';
import { CompareParts } from './compare-parts.js';
import { CompareSides } from './compare-sides.js';
import { CompareTable } from './compare-table.js';
import { PeriodPair } from './period-pair.js';
import { SitePair } from './site-pair.js';

/**
 * @typedef {import('../core/types.js').Comparison} Comparison
 * @typedef {import('../core/types.js').ComparisonQuery} ComparisonQuery
 * @typedef {import('./compare-sides.js').SideName} SideName
 * @typedef {import('./view.js').Shown} Shown
 *
 * @typedef {object} Compared Two sides that were chosen.
 * @property {boolean} isSites Else they are periods.
 * @property {[SideName, SideName]} sides
 * @property {(query: ComparisonQuery) => Comparison} ask
 */

/** Of the whole, no row: its numbers alone. @type {ComparisonQuery} */
const NO_ROWS = { part: 'all', search: '', sort: 'name', back: false, offset: 0, limit: 0 };

export class CompareView {
  #place;
  #sitesWay = make('a', { 'data-testid': 'compare-sites' }, text('compareTwoSites'));
  #periodsWay = make('a', { 'data-testid': 'compare-periods' }, text('compareTwoPeriods'));
  #sites;
  #periods;
  #choose = make('p', { class: 'soft', 'data-testid': 'compare-choose' });
  #sides = new CompareSides();
  #parts;
  #what = make('p', { class: 'soft' });
  #table;
  #found;

  /** @param {import('./place.js').Place} place */
  constructor(place) {
    this.#place = place;
    this.#sites = new SitePair(place);
    this.#periods = new PeriodPair(place);
    this.#parts = new CompareParts(place);
    this.#table = new CompareTable(place);
    const ways = make('nav', { class: 'switch-links', 'aria-label': text('compareWhat') });
    ways.append(this.#sitesWay, this.#periodsWay);
    this.#found = make(
      'div',
      { 'data-testid': 'compared' },
      this.#sides.element,
      this.#parts.element,
      this.#what,
      this.#table.element,
    );
    this.element = make('div', {}, ways, this.#sites.element, this.#periods.element, this.#choose, this.#found);
  }

  /**
   * @param {Shown} shown
   * @returns {import('./view.js').Heading}
   */
  draw(shown) {
    const isSites = this.#place.part('compare') !== 'periods';
    this.#drawWays(isSites);
    // Where nothing is stored there is nothing to choose from, not even a period.
    const isNothing = shown.summary.daysWith(undefined, undefined, '').length === 0;
    this.#sites.element.hidden = isNothing || !isSites;
    this.#periods.element.hidden = isNothing || isSites;
    (isSites ? this.#sites : this.#periods).draw(shown);
    const compared = isSites ? this.#twoSites(shown) : this.#twoPeriods(shown);
    this.#choose.hidden = compared !== null || isNothing;
    drawText(this.#choose, text(isSites ? 'compareChooseSites' : 'compareChoosePeriod'));
    this.#found.hidden = compared === null;
    if (compared) this.#draw(compared);
    return { words: text('compareTitle') };
  }

  /** @param {Compared} compared */
  #draw({ isSites, sides, ask }) {
    const whole = ask(NO_ROWS);
    this.#sides.draw(whole, sides, isSites);
    this.#parts.draw(whole);
    drawText(this.#what, text(isSites ? 'compareShareOfVisits' : 'compareReach'));
    const { one, other } = whole;
    /** @type {[number, number]} */
    const all = isSites ? [one.visits, other.visits] : [one.sites, other.sites];
    const part = this.#parts.part;
    this.#table.draw({ isSites, all }, (query) => ask({ ...query, part }).page);
  }

  /**
   * @param {Shown} shown
   * @returns {Compared | null}
   */
  #twoSites(shown) {
    const [one, other] = this.#sites.sites;
    if (one === '' || other === '') return null;
    const ask = (/** @type {ComparisonQuery} */ query) => shown.summary.compareSites(one, other, query);
    return { isSites: true, sides: this.#sites.names(shown), ask };
  }

  /**
   * @param {Shown} shown
   * @returns {Compared | null}
   */
  #twoPeriods(shown) {
    const second = this.#periods.second(shown);
    if (!second) return null;
    shown.summary.chooseOther(second.from, second.to);
    const ask = (/** @type {ComparisonQuery} */ query) => shown.summary.comparePeriods(query);
    return { isSites: false, sides: this.#periods.names(shown, second), ask };
  }

  /** @param {boolean} isSites */
  #drawWays(isSites) {
    const kept = { part: '', page: '', sort: '', order: '' };
    this.#sitesWay.href = this.#place.with({ ...kept, compare: '' });
    this.#periodsWay.href = this.#place.with({ ...kept, compare: 'periods' });
    drawCurrent(this.#sitesWay, isSites);
    drawCurrent(this.#periodsWay, !isSites);
  }
}
