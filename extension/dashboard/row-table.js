// Owns a table of rows that the core gives: its columns and their order, the search, the page of it that is drawn.
import { drawText, make, symbol } from '../../popup/element.js';
import { matchRows, placeChildren } from '../../popup/keyed-rows.js';
import { plural, text } from '../i18n.js';
import { Pager } from './pager.js';
import { tableParts } from './place.js';
import { SearchField } from './search-field.js';

/**
 * @typedef {import('../core/types.js').SortKey} SortKey
 */

/**
 * Which rows are asked for; the core has its keys for each kind of table.
 *
 * @template {string} [Key=SortKey]
 * @typedef {{ search: string, sort: Key, back: boolean, offset: number, limit: number }} RowQuery
 */

/**
 * @template Row
 * @template {string} [Key=SortKey]
 * @typedef {object} Column
 * @property {string} name
 * @property {string} label The key of its heading; empty: it holds buttons.
 * @property {'name' | 'number' | 'when' | 'row-actions'} [look] Of its cells; none: the row's name.
 * @property {Key} [sort] What it is sorted by, if it can be.
 * @property {() => boolean} [isShown] Whether there is anything to be said in it; else it is not shown.
 * @property {() => string} [hint] What it says, in full.
 * @property {'ascending' | 'descending'} [first] In which order it is read first: names from A, numbers and times from the greatest.
 * @property {(row: Row) => import('./cell.js').Cell<Row>} cell
 */

/**
 * @template Row
 * @template {string} [Key=SortKey]
 * @typedef {object} RowTableParts
 * @property {string} name Of a row and of the table, in `data-testid`.
 * @property {string} title The key of its heading.
 * @property {boolean} [isAlone] Its view shows nothing else, and says its heading already.
 * @property {string} counted The key of how many rows there are, by their number.
 * @property {string} [search] The key of what can be searched in it; none: it has no search.
 * @property {string} [none] The key of what is said where nothing holds what is searched for.
 * @property {string} sorted The column by which it is sorted at first; empty: in the order in which the rows are given.
 * @property {Column<Row, Key>[]} columns
 * @property {(row: Row) => string} key
 * @property {import('./place.js').Beside} [beside] Which one it is, where its view is of another table.
 * @property {number} [limit] It shows so many rows and leads to all of them.
 * @property {import('./place.js').ViewName} [all] Where they are.
 * @property {() => string} [allName] The site or the third party that they are of, if they are of one.
 * @property {import('./place.js').Place} place
 */

/**
 * Gives the rows that are asked for.
 *
 * @template Row
 * @template {string} [Key=SortKey]
 * @typedef {(query: RowQuery<Key>) => { total: number, rows: Row[] }} Ask
 */

/** Rows on a page. */
const PAGE = 50;
/** More pages than any table has; an address can name any. */
const MOST_PAGES = 1_000_000;

let lastId = 0;

/**
 * A table. What is searched for, the order and the page are parts of the address, but for a table that shows only the first rows.
 *
 * @template Row
 * @template {string} [Key=SortKey]
 */
export class RowTable {
  /** @type {Map<string, Line<Row>>} */
  #lines = new Map();
  #parts;
  /** @type {Ask<Row, Key> | null} */
  #ask = null;
  /** @type {Map<string, HTMLTableCellElement>} */
  #heads = new Map();
  #body = make('tbody');
  /** @type {SearchField | undefined} */
  #search;
  #count = make('span', { class: 'soft' });
  #none = make('p', { class: 'none-found soft', 'data-testid': 'search-none' });
  /** Gone where there is no row: heads above nothing are read for nothing. */
  #frame;
  #pager;
  /** Of the address. */
  #named;
  /** Leads from the first rows to all of them. */
  #whole = make('a', { class: 'whole' }, text('showAll'));

  /** @param {RowTableParts<Row, Key>} parts */
  constructor(parts) {
    this.#parts = parts;
    const { name, title, isAlone, search, columns, limit, beside, place } = parts;
    this.#named = tableParts(beside);
    this.#pager = new Pager(place, this.#named.page);
    for (const column of columns) this.#heads.set(column.name, this.#head(column));
    const id = `table-${++lastId}`;
    this.#count.setAttribute('data-testid', `${name}-count`);
    if (search) this.#search = new SearchField(search, place, beside, () => this.#arrange());
    // Of several tables none is to speak while the reader is elsewhere: all of them are drawn anew whenever something is counted.
    if (isAlone) this.#count.setAttribute('role', 'status');
    else if (this.#search) speakWhile(this.#search.element, this.#count);
    const heads = [...this.#heads.values()];
    const table = make('table', { 'aria-labelledby': id, 'data-testid': `${name}-table` });
    table.append(make('thead', {}, make('tr', {}, ...heads)), this.#body);
    this.#frame = make('div', { class: 'table-frame' }, table);
    this.element = make(
      'section',
      { class: limit === undefined ? 'rows' : 'rows first-rows', 'aria-labelledby': id },
      make(
        'div',
        { class: 'section-head' },
        make('h2', { id, class: isAlone ? 'visually-hidden' : undefined }, text(title)),
        this.#count,
        ...(this.#search ? [this.#search.element] : []),
      ),
      this.#frame,
      this.#none,
      limit === undefined ? this.#pager.element : this.#whole,
    );
  }

  /** @param {Ask<Row, Key>} ask */
  draw(ask) {
    this.#ask = ask;
    this.#search?.draw();
    this.#arrange();
  }

  #arrange() {
    if (!this.#ask) return;
    const { columns, key, counted, none, limit, sorted, place } = this.#parts;
    const isWhole = limit === undefined;
    const shown = columns.filter(({ isShown }) => isShown?.() ?? true);
    const asked = shown.find(({ name, sort }) => isWhole && sort && name === place.part(this.#named.sort));
    const column = asked ?? columns.find(({ name }) => name === sorted);
    const back = isWhole && place.part(this.#named.order) === 'back';
    const words = this.#search?.value ?? '';
    const { total, rows, page, last } = this.#rowsOf(this.#ask, {
      search: words,
      // Rows that come in an order of their own have no key.
      sort: column?.sort ?? /** @type {Key} */ ('name'),
      back,
      limit: limit ?? PAGE,
    });
    const lines = matchRows(this.#lines, rows, key, (row) => new Line(row, this.#parts));
    placeChildren(
      this.#body,
      lines.map((line) => line.element),
    );
    this.#count.setAttribute('data-value', String(total));
    drawText(this.#count, plural(counted, total));
    this.#frame.hidden = total === 0;
    this.#none.hidden = total > 0 || !none || words === '';
    drawText(this.#none, this.#none.hidden ? '' : text(none ?? '', words.trim()));
    this.#drawHeads(columns, shown);
    drawOrder(this.#heads, column, back);
    this.#drawEnd(page, last, total);
  }

  /**
   * The rows of the page that the address names, or of the last one where there are not so many.
   *
   * @param {Ask<Row, Key>} ask
   * @param {Omit<RowQuery<Key>, 'offset'>} query
   */
  #rowsOf(ask, query) {
    const named = Math.trunc(Number(this.#parts.place.part(this.#named.page))) || 1;
    const page = this.#parts.limit === undefined ? Math.min(Math.max(1, named), MOST_PAGES) : 1;
    const found = ask({ ...query, offset: (page - 1) * PAGE });
    const last = Math.max(1, Math.ceil(found.total / PAGE));
    if (page <= last) return { ...found, page, last };
    return { ...ask({ ...query, offset: (last - 1) * PAGE }), page: last, last };
  }

  /**
   * @param {Column<Row, Key>} column
   * @returns {HTMLTableCellElement}
   */
  #head({ name, label, look, sort }) {
    const words = make('span', { class: label === '' ? 'visually-hidden' : '' }, text(label || 'columnActions'));
    const head = make('th', { scope: 'col', class: look });
    const isSorted = sort && this.#parts.limit === undefined;
    head.append(isSorted ? this.#sorter(name, words) : words);
    return head;
  }

  /**
   * @param {string} name
   * @param {HTMLElement} words
   */
  #sorter(name, words) {
    const { place, sorted, beside } = this.#parts;
    const { sort, order, page } = this.#named;
    const testid = beside ? `${beside}-sort-${name}` : `sort-${name}`;
    const button = make('button', { type: 'button', 'data-testid': testid }, words);
    button.addEventListener('click', () => {
      const isSame = (place.part(sort) || sorted) === name;
      const isBack = isSame && place.part(order) !== 'back';
      place.go(place.with({ [sort]: name === sorted ? '' : name, [order]: isBack ? 'back' : '', [page]: '' }));
    });
    return button;
  }

  /**
   * @param {Column<Row, Key>[]} columns
   * @param {Column<Row, Key>[]} shown
   */
  #drawHeads(columns, shown) {
    for (const column of columns) {
      const head = this.#heads.get(column.name);
      if (!head) continue;
      head.hidden = !shown.includes(column);
      if (column.hint) head.title = column.hint();
    }
  }

  /**
   * @param {number} page
   * @param {number} last
   * @param {number} total
   */
  #drawEnd(page, last, total) {
    const { limit, all, allName, place } = this.#parts;
    if (limit === undefined) {
      this.#pager.draw(page, last);
      return;
    }
    this.#whole.hidden = !all || total <= limit;
    if (all) this.#whole.href = place.of(all, allName?.());
  }
}

/**
 * Says on a table's heads by which column it is sorted, and in which direction.
 *
 * @param {ReadonlyMap<string, HTMLElement>} heads By the names of their columns.
 * @param {Pick<Column<unknown>, 'name' | 'first'> | undefined} sorted
 * @param {boolean} back Last to first.
 */
export function drawOrder(heads, sorted, back) {
  for (const [name, head] of heads) {
    head.querySelector('svg')?.remove();
    head.removeAttribute('aria-sort');
    if (name !== sorted?.name || !sorted.first) continue;
    const other = sorted.first === 'ascending' ? 'descending' : 'ascending';
    const direction = back ? other : sorted.first;
    head.setAttribute('aria-sort', direction);
    head.querySelector('button')?.append(symbol(direction));
  }
}

/**
 * What changes in an element is read aloud while a field has the focus.
 *
 * @param {HTMLElement} field
 * @param {HTMLElement} element
 */
function speakWhile(field, element) {
  field.addEventListener('focus', () => element.setAttribute('role', 'status'));
  field.addEventListener('blur', () => element.removeAttribute('role'));
}

/**
 * @template Row
 */
class Line {
  #cells;

  /**
   * @param {Row} row
   * @param {Pick<RowTableParts<Row, string>, 'name' | 'key' | 'columns'>} parts
   */
  constructor(row, { name, key, columns }) {
    this.element = make('tr', { 'data-testid': `${name}-row`, 'data-name': key(row) });
    this.#cells = columns.map(({ look, isShown, cell }) => {
      const { content, draw } = cell(row);
      const element = look ? make('td', { class: look }, ...content) : make('th', { scope: 'row' }, ...content);
      this.element.append(element);
      return { element, isShown, draw };
    });
  }

  /** @param {Row} row */
  draw(row) {
    for (const { element, isShown, draw } of this.#cells) {
      element.hidden = isShown?.() === false;
      draw?.(row);
    }
  }
}
