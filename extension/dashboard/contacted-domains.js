// Owns the third-party domains of one visit: each with what is known of it behind a click, those that were not contacted apart.
import { domainFacts } from '../../popup/domain-facts.js';
import { drawNumeral, drawText, hostName, make, numeral } from '../../popup/element.js';
import { keepingFocus, matchRows, placeChildren } from '../../popup/keyed-rows.js';
import { shortChain } from '../../popup/origin-chain.js';
import { outcomeMarks } from '../../popup/outcome-marks.js';
import { plural, text } from '../i18n.js';

/**
 * @typedef {import('../core/types.js').DomainView} DomainView
 * @typedef {import('../core/types.js').PageView} PageView
 *
 * @typedef {object} Manner How the page is told.
 * @property {import('../../popup/origin-chain.js').WrittenNames} names
 * @property {(ms: number) => string} at A moment inside a sentence.
 *
 * @typedef {Manner & { domain: DomainView, page: PageView }} DomainItem What a line shows.
 */

export class ContactedDomains {
  #place;
  /** @type {Map<string, DomainLine>} */
  #lines = new Map();
  #contacted = group('thirdPartiesTitle', 'visit-contacted');
  #apart = group('notContactedTitle', 'visit-not-contacted');

  /** @param {import('./view.js').Place} place */
  constructor(place) {
    this.#place = place;
    this.element = make('div', {}, this.#contacted.element, this.#apart.element);
  }

  /**
   * Draws only what is another than before: what is open stays so, and the focus stays where it is.
   *
   * @param {PageView} page
   * @param {Manner} manner
   */
  draw(page, manner) {
    const lines = matchRows(
      this.#lines,
      page.domains.map((domain) => ({ ...manner, domain, page })),
      // Nothing of another visit's lines is kept.
      ({ domain }) => `${page.visitId} ${domain.domain}`,
      (item) => new DomainLine(item, this.#place),
    );
    keepingFocus(() => {
      for (const [{ element, list }, isContacted] of /** @type {const} */ ([
        [this.#contacted, true],
        [this.#apart, false],
      ])) {
        const own = lines.filter((line) => line.isContacted === isContacted);
        element.hidden = own.length === 0;
        placeChildren(
          list,
          own.map((line) => line.element),
        );
      }
    });
  }
}

/** One of them. */
class DomainLine {
  #item;
  #place;
  #marks = make('span', { class: 'marks' });
  #count = numeral('visit-domain-requests', 0, 'number');
  #spoken = make('span', { class: 'visually-hidden' });
  #details;
  #facts = make('div', { class: 'facts' });
  #link = make('a', {}, text('thirdPartyWay'));
  #way = make('p', {}, this.#link);
  #drawn = '';
  /** What the facts are of. */
  #told = '';

  /**
   * @param {DomainItem} item
   * @param {import('./view.js').Place} place
   */
  constructor(item, place) {
    this.#item = item;
    this.#place = place;
    const { domain, text: written } = item.domain;
    this.#count.setAttribute('aria-hidden', 'true');
    const summary = make('summary', {}, hostName(written, domain), this.#marks, this.#count, this.#spoken);
    this.#details = make(
      'details',
      { class: 'visit-domain', 'data-testid': 'visit-domain', 'data-domain': domain },
      summary,
      this.#facts,
    );
    this.#details.addEventListener('toggle', () => this.#drawFacts());
    this.element = make('li', {}, this.#details);
  }

  get isContacted() {
    return this.#item.domain.contacted;
  }

  /** @param {DomainItem} item */
  draw(item) {
    const { domain, names } = item;
    this.#item = item;
    this.#link.href = this.#place.of('third-party', domain.domain);
    const state = JSON.stringify(domain);
    if (state === this.#drawn) return;
    this.#drawn = state;
    const chain = domain.broughtBy.length > 0 ? [shortChain(domain.broughtBy, names)] : [];
    this.#marks.replaceChildren(...chain, ...outcomeMarks(domain.outcomes));
    this.#count.hidden = this.#spoken.hidden = !domain.contacted;
    drawNumeral(this.#count, domain.requests);
    drawText(this.#spoken, plural('requestCount', domain.requests));
    this.#drawFacts();
  }

  /** Drawn when they are looked at: a visit can have hundreds. */
  #drawFacts() {
    if (!this.#details.open || this.#told === this.#drawn) return;
    this.#told = this.#drawn;
    const { domain, page, names, at } = this.#item;
    placeChildren(this.#facts, [...domainFacts(domain, page, names, at), this.#way]);
  }
}

/**
 * @param {string} title The key of its heading.
 * @param {string} testid
 */
function group(title, testid) {
  const list = make('ul', { class: 'visit-domains', 'data-testid': testid });
  return { list, element: make('section', { class: 'rows' }, make('h2', {}, text(title)), list) };
}
