// Owns the orders in which the history can be read, each by the name that it has in the address.
import { compareNames } from '../i18n.js';

/**
 * @typedef {import('../core/types.js').VisitRow} VisitRow
 *
 * @typedef {object} VisitOrder
 * @property {string} name
 * @property {string} label The key of the column's heading.
 * @property {'number' | 'when' | ''} look Of the column's cells.
 * @property {'ascending' | 'descending'} first In which order it is read first.
 * @property {(one: VisitRow, other: VisitRow) => number} [compare] What is read first stands first; none: as the visits follow each other.
 */

/** The order of time, in which no more is read than is shown. @type {VisitOrder} */
const BY_TIME = { name: 'time', label: 'columnTime', look: 'when', first: 'descending' };

/** As the columns stand. @type {VisitOrder[]} */
export const ORDERS = [
  BY_TIME,
  {
    name: 'site',
    label: 'columnSite',
    look: '',
    first: 'ascending',
    compare: (one, other) => compareNames(one.text, other.text),
  },
  {
    name: 'domains',
    label: 'columnDomains',
    look: 'number',
    first: 'descending',
    compare: (one, other) => other.domains - one.domains,
  },
  {
    name: 'requests',
    label: 'columnRequests',
    look: 'number',
    first: 'descending',
    compare: (one, other) => other.requests - one.requests,
  },
  {
    name: 'duration',
    label: 'columnDuration',
    look: 'number',
    first: 'descending',
    compare: (one, other) => durationOf(other) - durationOf(one),
  },
];

/**
 * The order that the address names.
 *
 * @param {import('./place.js').Place} place
 * @returns {{ order: VisitOrder, back: boolean }}
 */
export function visitOrder(place) {
  const named = place.part('sort');
  return { order: ORDERS.find(({ name }) => name === named) ?? BY_TIME, back: place.part('order') === 'back' };
}

/**
 * What an order compares by; turned around, what is equal stays as it is.
 *
 * @param {NonNullable<VisitOrder['compare']>} compare
 * @param {boolean} back
 * @returns {NonNullable<VisitOrder['compare']>}
 */
export function turned(compare, back) {
  return back ? (one, other) => compare(other, one) : compare;
}

/**
 * How long a visit lasted, in milliseconds; one that goes on has not lasted yet.
 *
 * @param {VisitRow} row
 */
function durationOf({ startedAtMs, endedAtMs }) {
  return endedAtMs === null ? -1 : endedAtMs - startedAtMs;
}
