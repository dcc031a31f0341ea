// Owns which period the dashboard shows: the choice, and the days that it means by the user's calendar.

import { part } from '../../popup/element.js';
import { dayOf, today } from '../calendar.js';
import { DateRange } from './date-range.js';
import { FIRST_PAGES } from './place.js';

/** How many days each choice has, today among them. */
const LENGTHS = new Map([
  ['today', 1],
  ['7', 7],
  ['30', 30],
]);

/** The choice of any two dates. */
const DATES = 'dates';

/** The choice of a period. It is part of the page's address. */
export class PeriodChoice {
  #place;
  #field = part('period', HTMLSelectElement);
  #dates = part('dates', HTMLElement);
  #range = new DateRange('', (from, to) => this.#goToDates(from, to));

  /** @param {import('./place.js').Place} place */
  constructor(place) {
    this.#place = place;
    this.#field.addEventListener('change', () => this.#chosen());
    this.#dates.append(this.#range.element);
  }

  /** The first day of the period, in days since 1970; undefined: from the beginning on. @returns {number | undefined} */
  get from() {
    const length = LENGTHS.get(this.#place.part('period'));
    return length === undefined ? dayOf(this.#place.part('from')) : today() - length + 1;
  }

  /** Its last day; undefined: to the end. @returns {number | undefined} */
  get to() {
    return LENGTHS.has(this.#place.part('period')) ? today() : dayOf(this.#place.part('to'));
  }

  /**
   * Shows the period of the address.
   *
   * @param {readonly [number, number] | null} stored The first and the last day on which there is something.
   */
  draw(stored) {
    const { from, to } = this;
    const named = this.#place.part('period');
    const isDates = !LENGTHS.has(named) && (from !== undefined || to !== undefined);
    this.#field.value = isDates ? DATES : LENGTHS.has(named) ? named : 'all';
    this.#dates.hidden = !isDates;
    this.#range.draw(from ?? stored?.[0], to ?? stored?.[1]);
  }

  #chosen() {
    const { value } = this.#field;
    // Two dates begin as those of what was shown: those in the fields can be turned.
    const { from, to } = this.#range.restore();
    if (value === DATES) this.#goToDates(from, to);
    else
      this.#place.go(this.#place.with({ period: LENGTHS.has(value) ? value : '', from: '', to: '', ...FIRST_PAGES }));
  }

  /** @param {string} from @param {string} to */
  #goToDates(from, to) {
    this.#place.go(this.#place.with({ period: '', from, to, ...FIRST_PAGES }));
  }
}
