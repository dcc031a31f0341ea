// Owns what an opened row shows of a domain: what is known of it, and its last requests.
import { text } from '../extension/i18n.js';
import { domainFacts } from './domain-facts.js';
import { make } from './element.js';
import { RequestList } from './request-list.js';
import { leaveFor, thirdPartyPage } from './tab.js';

/** @typedef {import('../extension/core/types.js').DomainView} DomainView */
/** @typedef {import('../extension/core/types.js').PageView} PageView */

export class DomainDetail {
  #facts = make('div', { class: 'facts' });
  #requests;
  /** Leads to what is stored of it, on all sites. */
  #everywhere;
  #drawn = '';

  /**
   * @param {string} id Of the element, for the row's button to name.
   * @param {number} tabId
   * @param {string} domain
   */
  constructor(id, tabId, domain) {
    this.#requests = new RequestList(tabId, domain);
    this.#everywhere = make(
      'button',
      { type: 'button', class: 'link', 'data-testid': 'domain-everywhere' },
      text('domainEverywhere'),
    );
    this.#everywhere.addEventListener('click', () => void leaveFor(thirdPartyPage(domain)));
    this.element = make(
      'div',
      { id, class: 'detail', 'data-testid': 'domain-detail' },
      this.#facts,
      this.#everywhere,
      this.#requests.element,
    );
  }

  /**
   * Draws only what changed since the last time, so that a selection in an unchanged detail survives.
   * @param {DomainView} domain
   * @param {PageView} page
   * @param {import('./origin-chain.js').WrittenNames} names
   */
  draw(domain, page, names) {
    const state = JSON.stringify(domain);
    if (state === this.#drawn) return;
    this.#drawn = state;
    // Nothing of a private window is stored.
    this.#everywhere.hidden = page.private;
    this.#facts.replaceChildren(...domainFacts(domain, page, names));
    void this.#requests.refresh();
  }
}
