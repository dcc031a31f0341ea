// Owns the table of sites: its columns and their order, the search, the rows that are drawn.
import { drawNumeral, drawText, hostName, make, numeral, part, symbol } from '../../popup/element.js';
import { matchRows, placeChildren } from '../../popup/keyed-rows.js';
import { moment, plural, text } from '../i18n.js';
import { readPreference, writePreference } from '../preferences.js';

/** @typedef {import('../core/types.js').SiteRow} SiteRow */
/** @typedef {import('../core/types.js').SortKey} SortKey */

/**
 * @typedef {object} Column
 * @property {string} label
 * @property {SortKey} sort What the column is sorted by.
 * @property {'ascending' | 'descending'} first In which order it is read first: names from A, numbers and times from the greatest.
 */

/** @type {Map<string, Column>} */
const COLUMNS = new Map([
  ['site', { label: 'columnSite', sort: 'name', first: 'ascending' }],
  ['domains', { label: 'columnDomains', sort: 'domains', first: 'descending' }],
  ['requests', { label: 'columnRequests', sort: 'requests', first: 'descending' }],
  ['visits', { label: 'columnVisits', sort: 'visits', first: 'descending' }],
  ['last', { label: 'columnLast', sort: 'last', first: 'descending' }],
]);

const SORT = 'dashboard.sort';
const SORT_BACK = 'dashboard.sortBack';

/** Rows drawn at a time: thousands of sites are reached by the search, not by scrolling. */
const PAGE = 100;

export class SiteTable {
  /** @type {Map<string, SiteLine>} */
  #lines = new Map();
  /** Of the period that is shown. @type {Pick<import('../core/reader.js').Summary, 'sites'> | null} */
  #summary = null;
  #shown = PAGE;
  #sort = 'last';
  #back = false;
  /** @type {Map<string, HTMLTableCellElement>} */
  #heads = new Map();
  #body = part('rows', HTMLElement);
  #search = part('search', HTMLInputElement);
  #count = part('site-count', HTMLElement);
  #none = part('search-none', HTMLElement);
  #more = part('more', HTMLButtonElement);
  #remove;

  /** @param {(row: SiteRow) => void} remove The reader wants a site's data gone. */
  constructor(remove) {
    this.#remove = remove;
    const kept = readPreference(SORT);
    if (kept !== undefined && COLUMNS.has(kept)) this.#sort = kept;
    this.#back = readPreference(SORT_BACK) === 'true';
    for (const [name, column] of COLUMNS) this.#heads.set(name, this.#head(name, column));
    part('columns', HTMLElement).replaceChildren(
      ...this.#heads.values(),
      make('th', { scope: 'col' }, make('span', { class: 'visually-hidden' }, text('columnActions'))),
    );
    this.#search.addEventListener('input', () => {
      this.#shown = PAGE;
      this.#arrange();
    });
    this.#more.addEventListener('click', () => {
      this.#shown += PAGE;
      this.#arrange();
    });
    this.#drawSort();
  }

  /** @param {Pick<import('../core/reader.js').Summary, 'sites'>} summary */
  draw(summary) {
    this.#summary = summary;
    this.#arrange();
  }

  #arrange() {
    const column = COLUMNS.get(this.#sort);
    if (!column || !this.#summary) return;
    const { total, rows } = this.#summary.sites({
      search: this.#search.value,
      sort: column.sort,
      back: this.#back,
      offset: 0,
      limit: this.#shown,
    });
    const lines = matchRows(
      this.#lines,
      rows,
      (row) => row.site,
      (row) => new SiteLine(row, this.#remove),
    );
    placeChildren(
      this.#body,
      lines.map((line) => line.element),
    );
    this.#count.setAttribute('data-value', String(total));
    drawText(this.#count, plural('siteCount', total));
    this.#none.hidden = total > 0;
    this.#none.textContent = total > 0 ? '' : text('searchNone', this.#search.value.trim());
    const rest = Math.min(PAGE, total - this.#shown);
    this.#more.hidden = rest <= 0;
    if (rest > 0) this.#more.textContent = plural('showMore', rest);
  }

  /**
   * @param {string} name
   * @param {Column} column
   * @returns {HTMLTableCellElement}
   */
  #head(name, column) {
    const button = make(
      'button',
      { type: 'button', 'data-testid': `sort-${name}` },
      make('span', {}, text(column.label)),
    );
    button.addEventListener('click', () => {
      this.#back = this.#sort === name && !this.#back;
      this.#sort = name;
      writePreference(SORT, name);
      writePreference(SORT_BACK, String(this.#back));
      this.#drawSort();
      this.#arrange();
    });
    return make('th', { scope: 'col', class: `column-${name}` }, button);
  }

  #drawSort() {
    for (const [name, head] of this.#heads) {
      head.querySelector('svg')?.remove();
      head.removeAttribute('aria-sort');
      const column = COLUMNS.get(name);
      if (name !== this.#sort || !column) continue;
      const other = column.first === 'ascending' ? 'descending' : 'ascending';
      const direction = this.#back ? other : column.first;
      head.setAttribute('aria-sort', direction);
      head.querySelector('button')?.append(symbol(direction));
    }
  }
}

class SiteLine {
  #domains = numeral('site-domains', 0);
  #requests = numeral('site-requests', 0);
  #visits = numeral('site-visits', 0);
  #last = make('time', { 'data-testid': 'site-last' });

  /**
   * @param {SiteRow} row
   * @param {(row: SiteRow) => void} remove
   */
  constructor(row, remove) {
    const name = text('deleteRowOf', row.text);
    const button = make(
      'button',
      { type: 'button', class: 'button', 'data-testid': 'delete-site', 'aria-label': name },
      text('deleteRow'),
    );
    button.addEventListener('click', () => remove(row));
    this.element = make(
      'tr',
      { 'data-testid': 'site-row', 'data-site': row.site },
      make('th', { scope: 'row' }, hostName(row.text, row.site)),
      make('td', { class: 'number' }, this.#domains),
      make('td', { class: 'number' }, this.#requests),
      make('td', { class: 'number' }, this.#visits),
      make('td', { class: 'when' }, this.#last),
      make('td', { class: 'row-actions' }, button),
    );
  }

  /** @param {SiteRow} row */
  draw(row) {
    drawNumeral(this.#domains, row.domains);
    drawNumeral(this.#requests, row.requests);
    drawNumeral(this.#visits, row.visits);
    this.#last.dateTime = new Date(row.lastAtMs).toISOString();
    this.#last.setAttribute('data-value', String(row.lastAtMs));
    drawText(this.#last, moment(row.lastAtMs));
  }
}
