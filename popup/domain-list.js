// Owns the list of third-party domains: two groups that are never mixed, their order, the filter, the keyboard.
import { compareNames, plural, text } from '../extension/i18n.js';
import { readPreference, writePreference } from '../extension/preferences.js';
import { DomainRow } from './domain-row.js';
import { drawNumeral, drawText, part } from './element.js';
import { keepingFocus, matchRows, placeChildren } from './keyed-rows.js';
import { writtenNames } from './origin-chain.js';

/** @typedef {import('../extension/core/types.js').DomainView} DomainView */
/** @typedef {import('../extension/core/types.js').PageView} PageView */
/** @typedef {(left: DomainView, right: DomainView) => number} Order */

const SORT = 'popup.sort';

/** From how many domains on a filter is of use. */
const FILTER_FROM = 13;

/** @type {Map<string, Order>} */
const ORDERS = new Map([
  ['requests', (left, right) => right.requests - left.requests || compareNames(left.text, right.text)],
  ['name', (left, right) => compareNames(left.text, right.text)],
  ['first', (left, right) => left.firstAtMs - right.firstAtMs || compareNames(left.text, right.text)],
]);

export class DomainList {
  /** @type {Map<string, DomainRow>} */
  #rows = new Map();
  /** @type {DomainRow[]} The rows in the order in which they stand. */
  #standing = [];
  /** @type {DomainRow[]} The rows that had the focus last, one a group. */
  #focused = [];
  /** @type {PageView | undefined} */
  #page;
  #tabId;
  #title = part('domains-title', HTMLElement);
  #section = part('domains', HTMLElement);
  #contacted = part('contacted', HTMLElement);
  #tools = part('list-tools', HTMLElement);
  #filter = part('filter', HTMLInputElement);
  #filterStatus = part('filter-status', HTMLElement);
  #filterNone = part('filter-none', HTMLElement);
  #sort = part('sort', HTMLSelectElement);
  #apart = part('not-contacted-section', HTMLDetailsElement);
  #notContacted = part('not-contacted', HTMLElement);
  #notContactedCount = part('not-contacted-count', HTMLElement);

  /** @param {number} tabId */
  constructor(tabId) {
    this.#tabId = tabId;
    this.#sort.value = readPreference(SORT) ?? 'requests';
    if (!this.#sort.value) this.#sort.value = 'requests';
    this.#sort.addEventListener('change', () => {
      writePreference(SORT, this.#sort.value);
      this.#arrange(true);
    });
    this.#filter.addEventListener('input', () => this.#applyFilter());
    for (const list of [this.#contacted, this.#notContacted]) {
      list.addEventListener('keydown', (event) => this.#onKey(event));
      list.addEventListener('focusin', (event) => this.#onFocus(event));
    }
    // Not of the whole page: who speaks to the browser has letters and signs typed anywhere.
    this.#section.addEventListener('keydown', (event) => this.#onFilterKey(event));
  }

  /** @param {PageView} page */
  draw(page) {
    if (this.#page?.visitId !== page.visitId) this.#forget();
    this.#page = page;
    const names = writtenNames(page);
    const largest = Math.max(1, ...page.domains.map((domain) => domain.requests));
    matchRows(
      this.#rows,
      page.domains.map((domain) => ({ domain, page, names, largest })),
      ({ domain }) => domain.domain,
      (item) => new DomainRow(item, this.#tabId),
    );
    this.#arrange(false);
    this.#tools.hidden = page.domains.length < (page.totals.domains > 0 ? 2 : FILTER_FROM);
    this.#filter.hidden = page.domains.length < FILTER_FROM && this.#filter.value === '';
    this.#section.hidden = page.domains.length === 0;
  }

  /** A new page in the tab: nothing of the last one's list is kept. */
  #forget() {
    this.#rows.clear();
    this.#standing = [];
    this.#focused = [];
    this.#filter.value = '';
  }

  /**
   * Puts the rows in order. While the reader is in the list, rows keep their places, as a row that moves away under
   * the pointer is clicked by mistake; new ones join at the end.
   * @param {boolean} asked The reader asked for another order.
   */
  #arrange(asked) {
    const page = this.#page;
    if (!page) return;
    const order = ORDERS.get(this.#sort.value);
    const sorted = order ? [...page.domains].sort(order) : page.domains;
    let rows = sorted.flatMap((domain) => this.#rows.get(domain.domain) ?? []);
    if (!asked && this.#isInUse()) {
      const wanted = new Set(rows);
      rows = [...new Set([...this.#standing.filter((row) => wanted.has(row)), ...rows])];
    }
    this.#standing = rows;
    const contacted = rows.filter((row) => row.isContacted).map((row) => row.element);
    const apart = rows.filter((row) => !row.isContacted).map((row) => row.element);
    keepingFocus(() => {
      placeChildren(this.#contacted, contacted);
      placeChildren(this.#notContacted, apart);
    });
    this.#contacted.hidden = contacted.length === 0;
    this.#title.hidden = contacted.length === 0;
    this.#apart.hidden = apart.length === 0;
    drawNumeral(this.#notContactedCount, apart.length);
    this.#applyFilter();
  }

  /** @returns {boolean} */
  #isInUse() {
    return (
      this.#standing.some((row) => row.isOpen || row.element.contains(document.activeElement)) ||
      this.#section.matches(':hover')
    );
  }

  #applyFilter() {
    const query = this.#filter.value.trim().toLowerCase();
    let shown = 0;
    for (const row of this.#standing) {
      row.element.hidden = query !== '' && !row.matches(query);
      if (!row.element.hidden) shown += 1;
    }
    // A loading page is drawn several times a second: what a screen reader heard is not to be heard again.
    drawText(this.#filterStatus, query === '' ? '' : plural('filterCount', shown));
    this.#filterNone.hidden = shown > 0 || query === '';
    if (shown === 0) drawText(this.#filterNone, text('filterNone', this.#filter.value.trim()));
    this.#keepTabStop();
  }

  /** @returns {HTMLButtonElement[]} The buttons of the rows that can be reached now, from the top. */
  #buttons() {
    const lists = this.#apart.open ? [this.#contacted, this.#notContacted] : [this.#contacted];
    const places = new Map(this.#standing.map((row) => [/** @type {Element} */ (row.element), row.button]));
    return lists
      .flatMap((list) => [...list.children])
      .filter((element) => element instanceof HTMLElement && !element.hidden)
      .flatMap((element) => places.get(element) ?? []);
  }

  /** Each group is one stop of the Tab key, at the row that had the focus last, so that 150 rows are not 150 stops. */
  #keepTabStop() {
    for (const list of [this.#contacted, this.#notContacted]) {
      const rows = this.#standing.filter((row) => row.element.parentElement === list);
      const shown = rows.filter((row) => !row.element.hidden);
      const stop = shown.find((row) => this.#focused.includes(row)) ?? shown[0];
      for (const row of rows) row.isTabStop = row === stop;
    }
  }

  /** @param {FocusEvent} event */
  #onFocus(event) {
    const focused = this.#standing.find((row) => row.button === event.target);
    if (!focused) return;
    const group = focused.element.parentElement;
    this.#focused = [focused, ...this.#focused.filter((row) => row.element.parentElement !== group)];
    this.#keepTabStop();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const target = event.target;
    if (event.key === 'Escape') {
      const row = this.#standing.find(({ element }) => target instanceof Node && element.contains(target));
      if (!row?.isOpen) return;
      row.toggle(false);
      row.button.focus();
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const buttons = this.#buttons();
    const at = buttons.findIndex((button) => button === target);
    if (at < 0) return;
    const next = new Map([
      ['ArrowDown', at + 1],
      ['ArrowUp', at - 1],
      ['Home', 0],
      ['End', buttons.length - 1],
    ]).get(event.key);
    if (next === undefined) return;
    event.preventDefault();
    buttons[Math.min(Math.max(next, 0), buttons.length - 1)]?.focus();
  }

  /** @param {KeyboardEvent} event */
  #onFilterKey(event) {
    if (event.key === '/' && !this.#filter.hidden && !(event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      this.#filter.focus();
      this.#filter.select();
    } else if (event.key === 'Escape' && event.target === this.#filter && this.#filter.value !== '') {
      event.preventDefault();
      this.#filter.value = '';
      this.#applyFilter();
    }
  }
}
