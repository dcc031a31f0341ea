// Owns which period the dashboard shows: the choice, and the days that it means by the user's calendar.

import { part } from '../../popup/element.js';

const DAY_MS = 86_400_000;

/** How many days each choice has, today among them. @type {Record<string, number>} */
const LENGTHS = { today: 1, 7: 7, 30: 30 };

/** By what the address of the page names the period. */
const PARAMETER = 'period';

/** The choice of a period. It is part of the page's address, so that a bookmark shows the same. */
export class PeriodChoice {
  #field = part('period', HTMLSelectElement);

  /** @param {() => void} onChange */
  constructor(onChange) {
    const asked = new URLSearchParams(location.search).get(PARAMETER) ?? '';
    if (asked in LENGTHS) this.#field.value = asked;
    this.#field.addEventListener('change', () => {
      const address = new URL(location.href);
      if (this.#field.value in LENGTHS) address.searchParams.set(PARAMETER, this.#field.value);
      else address.searchParams.delete(PARAMETER);
      history.replaceState(null, '', address);
      onChange();
    });
  }

  /**
   * The first day of the period, in days since 1970; undefined: from the beginning on.
   *
   * @returns {number | undefined}
   */
  get from() {
    const length = LENGTHS[this.#field.value];
    return length === undefined ? undefined : dayOf(new Date()) - length + 1;
  }

  /**
   * Its last day: today; undefined: to the end.
   *
   * @returns {number | undefined}
   */
  get to() {
    return this.#field.value in LENGTHS ? dayOf(new Date()) : undefined;
  }
}

/**
 * The date on the wall, in days since 1970.
 *
 * @param {Date} moment
 * @returns {number}
 */
function dayOf(moment) {
  return Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()) / DAY_MS;
}
