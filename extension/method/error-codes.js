// Owns the browsers' error codes: each under what it is taken for and under its browser, and the search among them.
import { drawText, make } from '../../popup/element.js';
import { keyOf, plural, text } from '../i18n.js';

/** @typedef {import('../core/types.js').ErrorCode} ErrorCode */
/** @typedef {import('../core/types.js').Outcome} Outcome */

/** @type {readonly import('../core/types.js').Browser[]} */
const BROWSERS = ['chromium', 'firefox'];

/**
 * @typedef {object} Line
 * @property {ErrorCode} row
 * @property {HTMLElement} element
 */

export class ErrorCodes {
  /** @type {Line[]} */
  #lines = [];
  /** What is hidden when none of its lines is found. @type {Map<HTMLElement, Line[]>} */
  #groups = new Map();
  #search = make('input', {
    class: 'field',
    type: 'search',
    autocomplete: 'off',
    spellcheck: 'false',
    'data-testid': 'code-search',
    placeholder: text('methodSearch'),
    'aria-label': text('methodSearch'),
  });
  #count = make('span', { class: 'soft', role: 'status', 'data-testid': 'code-count' });
  #none = make('p', { class: 'soft', 'data-testid': 'code-none' });

  /**
   * @param {readonly ErrorCode[]} rows
   * @param {readonly Outcome[]} outcomes In the order in which they stand.
   */
  constructor(rows, outcomes) {
    const groups = [...outcomes, null]
      .map((outcome) => ({ outcome, own: rows.filter((row) => row.outcome === outcome) }))
      .filter(({ own }) => own.length > 0);
    this.elements = [
      make('div', { class: 'search-bar' }, this.#search, this.#count),
      this.#none,
      ...groups.map(({ outcome, own }) => this.#group(outcome, own)),
    ];
    this.#search.addEventListener('input', () => this.#find());
    this.#find();
  }

  /**
   * @param {Outcome | null} outcome
   * @param {readonly ErrorCode[]} rows
   */
  #group(outcome, rows) {
    const browsers = BROWSERS.map((browser) => ({ browser, own: rows.filter((row) => row.browser === browser) }));
    const lists = browsers.filter(({ own }) => own.length > 0).map(({ browser, own }) => this.#list(browser, own));
    const element = make(
      'section',
      { class: 'code-group' },
      make('h3', {}, outcome ? text(keyOf('outcome', outcome)) : text('methodNoRequest')),
      make('p', {}, outcome ? text(keyOf('outcome', outcome, 'Hint')) : text('methodNoRequestText')),
      make('div', { class: 'code-lists' }, ...lists.map((list) => list.element)),
    );
    this.#groups.set(
      element,
      lists.flatMap((list) => list.lines),
    );
    return element;
  }

  /**
   * @param {import('../core/types.js').Browser} browser
   * @param {readonly ErrorCode[]} rows
   */
  #list(browser, rows) {
    const lines = rows.map((row) => ({ row, element: codeLine(row) }));
    const title = make('h4', {}, text(keyOf('methodBrowser', browser)));
    const list = make('ul', {}, ...lines.map((line) => line.element));
    const element = make('div', {}, title, list);
    this.#lines.push(...lines);
    this.#groups.set(element, lines);
    return { element, lines };
  }

  #find() {
    const query = this.#search.value.trim();
    for (const { row, element } of this.#lines) element.hidden = !isFound(row, query.toLowerCase());
    for (const [group, lines] of this.#groups) group.hidden = lines.every(({ element }) => element.hidden);
    const found = this.#lines.filter(({ element }) => !element.hidden).length;
    this.#count.setAttribute('data-value', String(found));
    drawText(this.#count, plural('methodCodes', found));
    this.#none.hidden = found > 0;
    drawText(this.#none, found > 0 ? '' : text('methodSearchNone', query));
  }
}

/**
 * Whether a code has the text in it, or stands for one that has.
 * @param {ErrorCode} row
 * @param {string} query In lower case.
 */
function isFound({ code, family }, query) {
  const own = code.toLowerCase();
  return own.includes(query) || (family && query.startsWith(own));
}

/** @param {ErrorCode} row */
function codeLine({ outcome, browser, code, family }) {
  const attributes = {
    'data-testid': 'error-code',
    'data-code': code,
    'data-outcome': outcome ?? 'none',
    'data-browser': browser,
    'data-family': String(family),
  };
  return make('li', attributes, make('code', {}, family ? `${code}…` : code));
}
