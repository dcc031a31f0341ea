// Owns the table of visits: its columns and their order, a heading a day where the visits stand in the order of their time.
import { drawNumeral, drawText, hostName, make, numeral } from '../../popup/element.js';
import { keepingFocus, matchRows, placeChildren } from '../../popup/keyed-rows.js';
import { calendarDay, clockThere, duration, text } from '../i18n.js';
import { drawOrder } from './row-table.js';
import { ORDERS, visitOrder } from './visit-order.js';

/**
 * @typedef {import('../core/types.js').VisitRow} VisitRow
 *
 * @typedef {object} VisitItem What a line shows.
 * @property {VisitRow} row
 * @property {boolean} byDay Its day is said above it.
 *
 * @typedef {object} DayItem
 * @property {number | null} day Null: the visits are of any.
 * @property {VisitLine[]} lines
 */

export class VisitTable {
  #place;
  #orders;
  /** @type {Map<string, HTMLTableCellElement>} */
  #heads = new Map();
  /** @type {Map<string, VisitLine>} */
  #lines = new Map();
  /** @type {Map<string, DayGroup>} */
  #days = new Map();
  #head;
  #table = make('table', { 'aria-label': text('visitsTitle'), 'data-testid': 'visit-table' });
  #told = '';

  /**
   * @param {import('./place.js').Place} place
   * @param {import('./view.js').Orders} orders
   */
  constructor(place, orders) {
    this.#place = place;
    this.#orders = orders;
    const heads = ORDERS.map((order) => this.#sorter(order));
    const actions = make('th', { scope: 'col', class: 'row-actions' });
    actions.append(make('span', { class: 'visually-hidden' }, text('columnActions')));
    this.#head = make('thead', {}, make('tr', {}, ...heads, actions));
    this.#table.append(this.#head);
    this.element = make('div', { class: 'table-frame', hidden: '' }, this.#table);
  }

  /**
   * Draws only what is another than before, and leaves the focus where it is.
   *
   * @param {VisitRow[]} rows
   */
  draw(rows) {
    this.element.hidden = rows.length === 0;
    const { order, back } = visitOrder(this.#place);
    drawOrder(this.#heads, order, back);
    const byDay = order.compare === undefined;
    // The links lead to the period of the address.
    const told = JSON.stringify([location.search, rows]);
    if (told === this.#told) return;
    this.#told = told;
    keepingFocus(() => {
      const days = matchRows(
        this.#days,
        this.#grouped(rows, byDay),
        ({ day }) => String(day),
        ({ day }) => new DayGroup(day),
      );
      placeChildren(this.#table, [this.#head, ...days.map(({ element }) => element)]);
    });
  }

  /**
   * The lines of each day, in their order.
   *
   * @param {VisitRow[]} rows
   * @param {boolean} byDay
   */
  #grouped(rows, byDay) {
    const items = rows.map((row) => ({ row, byDay }));
    const lines = matchRows(
      this.#lines,
      items,
      ({ row }) => row.id,
      ({ row }) => new VisitLine(row, this.#place, this.#orders),
    );
    /** @type {DayItem[]} */
    const days = [];
    lines.forEach((line, at) => {
      const day = byDay ? (rows[at]?.day ?? null) : null;
      if (days.at(-1)?.day !== day) days.push({ day, lines: [] });
      days.at(-1)?.lines.push(line);
    });
    return days;
  }

  /** @param {import('./visit-order.js').VisitOrder} order */
  #sorter({ name, label, look }) {
    const button = make('button', { type: 'button', 'data-testid': `sort-${name}` }, text(label));
    button.addEventListener('click', () => {
      const { order, back } = visitOrder(this.#place);
      const turns = order.name === name && !back;
      this.#place.go(this.#place.with({ sort: name === 'time' ? '' : name, order: turns ? 'back' : '', page: '' }));
    });
    const head = make('th', { scope: 'col', class: look }, button);
    this.#heads.set(name, head);
    return head;
  }
}

/** The visits of a day, below its name; or visits of any. */
class DayGroup {
  #title;
  element = make('tbody');

  /** @param {number | null} day */
  constructor(day) {
    this.#title = day === null ? [] : [dayTitle(day)];
  }

  /** @param {DayItem} item */
  draw({ lines }) {
    placeChildren(this.element, [...this.#title, ...lines.map(({ element }) => element)]);
  }
}

/** @param {number} day */
function dayTitle(day) {
  const title = make('th', { scope: 'rowgroup', colspan: ORDERS.length + 1, class: 'day-title' }, calendarDay(day));
  return make('tr', { class: 'day', 'data-testid': 'visit-day', 'data-value': day }, title);
}

/** One visit. */
class VisitLine {
  #place;
  #day = make('span');
  #opens = make('a', { 'data-testid': 'open-visit' }, this.#day);
  #site = make('a', { class: 'quiet-link' });
  #mark = make('span', { class: 'incomplete-mark', 'data-testid': 'visit-incomplete' }, text('visitIncomplete'));
  #domains = numeral('visit-domains', 0);
  #requests = numeral('visit-requests', 0);
  #lasted = make('span', { 'data-testid': 'visit-lasted' });

  /**
   * @param {VisitRow} row
   * @param {import('./place.js').Place} place
   * @param {import('./view.js').Orders} orders
   */
  constructor(row, place, orders) {
    this.#place = place;
    const { id, day, site, text: written, startedAtMs, utcOffset } = row;
    const begun = clockThere(startedAtMs, utcOffset);
    this.#opens.append(make('time', { datetime: new Date(startedAtMs).toISOString() }, begun));
    this.#opens.setAttribute('aria-label', text('visitOf', written, begun, calendarDay(day)));
    this.#site.append(hostName(written, site));
    const remove = make(
      'button',
      {
        type: 'button',
        class: 'button',
        'data-testid': 'delete-visit',
        'aria-label': text('deleteVisitOf', written, begun, calendarDay(day)),
      },
      text('deleteRow'),
    );
    remove.addEventListener('click', () => orders.visit(row));
    this.element = make(
      'tr',
      { 'data-testid': 'visit-row', 'data-name': site, 'data-id': id },
      make('td', { class: 'when' }, this.#opens),
      make('th', { scope: 'row' }, this.#site, this.#mark),
      make('td', { class: 'number' }, this.#domains),
      make('td', { class: 'number' }, this.#requests),
      make('td', { class: 'number' }, this.#lasted),
      make('td', { class: 'row-actions' }, remove),
    );
  }

  /** @param {VisitItem} item */
  draw({ row, byDay }) {
    const { id, day, site, startedAtMs, endedAtMs } = row;
    this.#opens.href = this.#place.of('visit', id, { day: String(day) });
    this.#site.href = this.#place.of('site', site);
    drawText(this.#day, byDay ? '' : `${calendarDay(day)} `);
    this.#mark.hidden = row.gaps.length === 0;
    drawNumeral(this.#domains, row.domains);
    drawNumeral(this.#requests, row.requests);
    const lastedMs = endedAtMs === null ? null : endedAtMs - startedAtMs;
    this.#lasted.setAttribute('data-value', String(lastedMs ?? ''));
    drawText(this.#lasted, lastedMs === null ? text('visitGoesOn') : duration(lastedMs));
  }
}
