// Owns what an opened row shows of a domain: who brought it, its hosts and types, its last requests.
import { atMoment, number, sentence, text } from '../extension/i18n.js';
import { hostName, make, numeral } from './element.js';
import { wholeChain } from './origin-chain.js';
import { outcomeMarks } from './outcome-marks.js';
import { RequestList } from './request-list.js';
import { groupLabel, groupTypes, isOther } from './type-group.js';

/** @typedef {import('../extension/core/types.js').DomainView} DomainView */
/** @typedef {import('../extension/core/types.js').PageView} PageView */

export class DomainDetail {
  #facts = make('div', { class: 'facts' });
  #requests;
  #drawn = '';

  /**
   * @param {string} id Of the element, for the row's button to name.
   * @param {number} tabId
   * @param {string} domain
   */
  constructor(id, tabId, domain) {
    this.#requests = new RequestList(tabId, domain);
    this.element = make(
      'div',
      { id, class: 'detail', 'data-testid': 'domain-detail' },
      this.#facts,
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
    this.#facts.replaceChildren(
      ...origin(domain, page, names),
      make('p', { class: 'soft small' }, times(domain)),
      ...asciiName(domain),
      ...largerDomain(domain),
      make('h3', {}, text('hostsTitle')),
      make('ul', { class: 'hosts' }, ...domain.hosts.map(hostLine)),
      ...types(domain),
    );
    void this.#requests.refresh();
  }
}

/**
 * @param {DomainView} domain
 * @param {PageView} page
 * @param {import('./origin-chain.js').WrittenNames} names
 * @returns {HTMLElement[]}
 */
function origin(domain, page, names) {
  const worker = domain.bySite ? [make('p', {}, text('serviceWorkerHint'))] : [];
  if (domain.broughtBy.length > 0) {
    return [
      make('h3', {}, text('broughtBy')),
      wholeChain(page, domain.broughtBy, hostName(domain.text, domain.domain), names),
      ...worker,
    ];
  }
  return worker.length > 0 ? worker : [make('p', { 'data-testid': 'chain' }, text('broughtByPage'))];
}

/**
 * @param {DomainView} domain
 * @returns {string}
 */
function times(domain) {
  const first = atMoment(domain.firstAtMs);
  const last = atMoment(domain.lastAtMs);
  return first === last ? text('contactTime', first) : text('contactTimes', first, last);
}

/**
 * @param {DomainView} domain
 * @returns {HTMLElement[]}
 */
function asciiName(domain) {
  if (domain.text === domain.domain) return [];
  return [make('p', { class: 'soft small' }, ...sentence('asciiForm', make('bdi', { dir: 'ltr' }, domain.domain)))];
}

/**
 * @param {DomainView} domain
 * @returns {HTMLElement[]}
 */
function largerDomain(domain) {
  if (domain.icannDomain === undefined) return [];
  const name = make('bdi', { dir: 'ltr' }, domain.icannDomain);
  return [make('p', { class: 'soft small', 'data-testid': 'icann-domain' }, ...sentence('icannDomain', name))];
}

/**
 * @param {import('../extension/core/types.js').HostView} host
 * @returns {HTMLElement}
 */
function hostLine(host) {
  return make(
    'li',
    { 'data-testid': 'host-row', 'data-host': host.host },
    hostName(host.text, host.host),
    make('span', { class: 'marks' }, ...outcomeMarks(host.outcomes)),
    numeral('host-requests', host.requests, 'host-count'),
  );
}

/**
 * @param {DomainView} domain
 * @returns {HTMLElement[]}
 */
function types(domain) {
  const groups = groupTypes(domain.types);
  if (groups.length === 0) return [];
  const words = groups.flatMap((group) =>
    isOther(group)
      ? group.members.map((member) => text('typeNamed', member.type, number(member.requests)))
      : [text('typeNamed', groupLabel(group), number(group.requests))],
  );
  return [
    make('h3', {}, text('typesOfDomain')),
    make('p', { 'data-testid': 'domain-types' }, words.join(text('listSeparator'))),
  ];
}
