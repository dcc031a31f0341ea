// Owns one third-party domain's row: its name, its number, its marks, and the detail that it discloses.
import { detailOf, percent, plural, text } from '../extension/i18n.js';
import { drawHostName, drawMeasure, drawNumeral, drawText, hostName, make, measure } from './element.js';
import { shortChain } from './origin-chain.js';
import { bySiteMark, outcomeMarks } from './outcome-marks.js';

/** @typedef {import('../extension/core/types.js').DomainView} DomainView */
/** @typedef {import('../extension/core/types.js').PageView} PageView */

/**
 * What a row draws: the domain, and what it stands in.
 * @typedef {object} DomainItem
 * @property {DomainView} domain
 * @property {PageView} page
 * @property {import('./origin-chain.js').WrittenNames} names
 * @property {number} largest The most requests that any domain of the page had.
 */

/** @typedef {[name: HTMLElement, bar: HTMLElement, count: HTMLElement, spoken: HTMLElement, notes: HTMLElement]} RowParts */

/** Every row is a copy of this one: a long list is copied in a third of the time in which it is made. */
const BLANK_ROW = make(
  'button',
  { type: 'button', class: 'row', 'aria-expanded': 'false', tabindex: -1, 'data-testid': 'domain-toggle' },
  hostName('', ''),
  measure(),
  make('span', { 'data-testid': 'domain-requests', class: 'row-count', 'aria-hidden': 'true' }),
  make('span', { class: 'visually-hidden' }),
  make('span', { class: 'row-notes' }),
);

let lastId = 0;

export class DomainRow {
  #id = `detail-${++lastId}`;
  #bar;
  #count;
  #spoken;
  #notes;
  /** @type {import('./domain-detail.js').DomainDetail | undefined} */
  #detail;
  /** Stands in the detail's place where that could not be loaded. @type {HTMLElement | undefined} */
  #failure;
  #item;
  #tabId;
  #drawn = '';

  /**
   * @param {DomainItem} item
   * @param {number} tabId
   */
  constructor(item, tabId) {
    const { domain } = item;
    this.#item = item;
    this.#tabId = tabId;
    this.button = /** @type {HTMLButtonElement} */ (BLANK_ROW.cloneNode(true));
    const parts = /** @type {RowParts} */ (/** @type {unknown} */ ([...this.button.children]));
    const [name, bar, count, spoken, notes] = parts;
    drawHostName(name, domain.text, domain.domain);
    this.#bar = bar;
    this.#count = count;
    this.#spoken = spoken;
    this.#notes = notes;
    this.#count.addEventListener('pointerenter', () => this.#explainCount());
    this.button.addEventListener('click', () => this.toggle(!this.isOpen));
    this.element = make('li', { 'data-testid': 'domain-row', 'data-domain': domain.domain }, this.button);
  }

  get isOpen() {
    return this.button.getAttribute('aria-expanded') === 'true';
  }

  /** @param {boolean} stop */
  set isTabStop(stop) {
    const index = stop ? 0 : -1;
    if (this.button.tabIndex !== index) this.button.tabIndex = index;
  }

  get isContacted() {
    return this.#item.domain.contacted;
  }

  /**
   * Called for every row at every change of the page, so that it does nothing where the row's own domain is as it was.
   * @param {DomainItem} item
   */
  draw(item) {
    const { domain, page, names, largest } = item;
    this.#item = item;
    if (domain.contacted) drawMeasure(this.#bar, domain.requests / largest);
    const state = JSON.stringify(domain);
    if (state === this.#drawn) return;
    this.#drawn = state;
    this.element.setAttribute('data-contacted', String(domain.contacted));
    this.#bar.hidden = !domain.contacted;
    this.#count.hidden = !domain.contacted;
    drawNumeral(this.#count, domain.requests);
    drawText(this.#spoken, domain.contacted ? plural('requestCount', domain.requests) : '');
    this.#drawNotes(item);
    if (this.isOpen) this.#detail?.draw(domain, page, names);
  }

  /** @param {boolean} open */
  toggle(open) {
    this.button.setAttribute('aria-expanded', String(open));
    if (this.#detail) this.#detail.element.hidden = !open;
    this.#failure?.remove();
    if (open) void this.#drawDetail();
  }

  async #drawDetail() {
    let detail;
    try {
      // Loaded by the click: whoever opens the popup waits for every file that is loaded before.
      detail = await import('./domain-detail.js');
    } catch (error) {
      if (this.#isAwaited) this.#sayFailure(error);
      return;
    }
    if (!this.#isAwaited) return;
    const { domain, page, names } = this.#item;
    if (!this.#detail) {
      this.#detail = new detail.DomainDetail(this.#id, this.#tabId, domain.domain);
      this.element.append(this.#detail.element);
      this.button.setAttribute('aria-controls', this.#id);
    }
    this.#detail.draw(domain, page, names);
  }

  /** The reader may have closed the row meanwhile, or the tab may show another page. */
  get #isAwaited() {
    return this.isOpen && this.element.isConnected;
  }

  /** @param {unknown} error */
  #sayFailure(error) {
    console.error('domain-row: the detail could not be loaded.', error);
    const words = text('detailFailed', detailOf(error));
    this.#failure?.remove();
    this.#failure = make('p', { class: 'detail', role: 'alert', 'data-testid': 'detail-failed' }, words);
    this.element.append(this.#failure);
  }

  /**
   * @param {string} query In lower case.
   * @returns {boolean} Whether the domain or one of its hosts has it in its name.
   */
  matches(query) {
    const { domain } = this.#item;
    const names = [domain.domain, domain.text, ...domain.hosts.flatMap((host) => [host.host, host.text])];
    return names.some((name) => name.toLowerCase().includes(query));
  }

  /** The share changes with every request of the page: it is worked out when somebody points at the number. */
  #explainCount() {
    const { domain, page } = this.#item;
    const share = percent(domain.requests / Math.max(1, page.totals.requests));
    this.#count.title = text('shareOfRequests', plural('requestCount', domain.requests), share);
  }

  /** @param {DomainItem} item */
  #drawNotes({ domain, names }) {
    const notes = [
      ...(domain.broughtBy.length > 0 ? [shortChain(domain.broughtBy, names)] : []),
      ...(domain.bySite ? [bySiteMark()] : []),
      ...outcomeMarks(domain.outcomes),
    ];
    this.#notes.replaceChildren(...notes);
    this.#notes.hidden = notes.length === 0;
  }
}
