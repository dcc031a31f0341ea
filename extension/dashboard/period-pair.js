// Owns the choice of a second period to compare the one of the heading with, and what each of them is.
import { drawText, make } from '../../popup/element.js';
import { dateOf, dayOf, today } from '../calendar.js';
import { calendarDay, text } from '../i18n.js';
import { DateRange } from './date-range.js';
import { daysBefore } from './period-days.js';
import { pairLine } from './site-pair.js';

/**
 * @typedef {import('./compare-sides.js').SideName} SideName
 * @typedef {import('./view.js').Shown} Shown
 * @typedef {{ from: number, to: number }} Days
 */

export class PeriodPair {
  #place;
  #first = make('span', { 'data-testid': 'compare-first' });
  #which = make('select', {
    class: 'field',
    'aria-label': text('compareSecondPeriod'),
    'data-testid': 'compare-second',
  });
  #dates = new DateRange('compare-', (from, to) => this.#goToDates(from, to));
  #before = make('span', { class: 'soft', 'data-testid': 'compare-before' });
  /** @type {Shown | null} */
  #shown = null;

  /** @param {import('./place.js').Place} place */
  constructor(place) {
    this.#place = place;
    this.#which.append(
      make('option', { value: 'before' }, text('compareDaysBefore')),
      make('option', { value: 'dates' }, text('periodDates')),
    );
    this.#which.addEventListener('change', () => this.#chosen());
    const second = make('span', { class: 'second-period' }, this.#which, this.#dates.element, this.#before);
    this.element = make(
      'div',
      { class: 'pair' },
      ...pairLine(text('compareSideA'), this.#first),
      ...pairLine(text('compareSideB'), second),
    );
  }

  /** The first period, from its first to its last day. @param {Shown} shown @returns {Days} */
  first({ totals, from, to }) {
    const last = to ?? today();
    return { from: from ?? Math.min(totals.days?.[0] ?? last, last), to: last };
  }

  /** The second; null: there is none before the first. @param {Shown} shown @returns {Days | null} */
  second({ from, to }) {
    return this.#named() ?? daysBefore(from, to);
  }

  /** @param {Shown} shown */
  draw(shown) {
    this.#shown = shown;
    const named = this.#named();
    const second = this.second(shown);
    drawText(this.#first, text('compareFirstPeriod', words(this.first(shown))));
    this.#which.value = named ? 'dates' : 'before';
    this.#dates.element.hidden = named === null;
    this.#before.hidden = named !== null;
    drawText(this.#before, second ? words(second) : '');
    this.#dates.draw(second?.from, second?.to);
  }

  /**
   * What is to be said of each.
   *
   * @param {Shown} shown
   * @param {Days} second
   * @returns {[SideName, SideName]}
   */
  names(shown, second) {
    const { summary } = shown;
    const first = this.first(shown);
    const lengths = [first, second].map(({ from, to }) => to - from + 1);
    const stored = summary.daysWith(undefined, undefined, '').at(-1);
    // Said once, of the second.
    const ofBoth = [
      ...(lengths[0] !== lengths[1] ? [text('compareLengths')] : []),
      ...(first.from <= second.to && second.from <= first.to ? [text('compareOverlap')] : []),
    ];
    const side = (
      /** @type {string} */ letter,
      /** @type {Days} */ { from, to },
      /** @type {string[]} */ further = [],
    ) => {
      const metDays = summary.daysWith(from, to, '').length;
      const warnings = [
        ...(metDays === 0 ? [text('comparePeriodNothing', letter)] : []),
        ...(metDays > 0 && stored !== undefined && from < stored
          ? [text('compareBeforeStored', letter, calendarDay(stored))]
          : []),
        ...(from <= today() && today() <= to ? [text('compareToday', letter)] : []),
        ...further,
      ];
      return {
        written: words({ from, to }),
        address: this.#place.of('overview', '', { period: '', from: dateOf(from), to: dateOf(to) }),
        metDays,
        allDays: to - from + 1,
        ...(warnings.length > 0 && { warning: warnings.join(' ') }),
      };
    };
    return [side(text('compareSideA'), first), side(text('compareSideB'), second, ofBoth)];
  }

  /** The two dates of the address, if it has them. @returns {Days | null} */
  #named() {
    const [from, to] = [dayOf(this.#place.part('from2')), dayOf(this.#place.part('to2'))];
    return from === undefined || to === undefined || to < from ? null : { from, to };
  }

  #chosen() {
    if (this.#which.value === 'before') {
      this.#place.go(this.#place.with({ from2: '', to2: '', page: '' }));
      return;
    }
    const second = this.#shown && (this.second(this.#shown) ?? this.first(this.#shown));
    if (second) this.#goToDates(dateOf(second.from), dateOf(second.to));
  }

  /** @param {string} from @param {string} to */
  #goToDates(from, to) {
    this.#place.go(this.#place.with({ from2: from, to2: to, page: '' }));
  }
}

/** @param {Days} days */
function words({ from, to }) {
  return from === to ? calendarDay(from) : text('compareDates', calendarDay(from), calendarDay(to));
}
