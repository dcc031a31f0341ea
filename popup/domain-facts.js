// Owns what is known of one third-party domain of a page: who brought it, when, its hosts and what became of their requests, its types.
import { atMoment, number, sentence, text } from '../extension/i18n.js';
import { hostName, make, numeral } from './element.js';
import { wholeChain } from './origin-chain.js';
import { outcomeMarks } from './outcome-marks.js';
import { groupLabel, groupTypes, isOther } from './type-group.js';

/** @typedef {import('../extension/core/types.js').DomainView} DomainView */
/** @typedef {import('../extension/core/types.js').PageView} PageView */

/**
 * @param {DomainView} domain
 * @param {PageView} page
 * @param {import('./origin-chain.js').WrittenNames} names
 * @param {(ms: number) => string} [at] A moment inside a sentence, by the clock that the page is told by.
 * @returns {HTMLElement[]}
 */
export function domainFacts(domain, page, names, at = atMoment) {
  return [
    ...origin(domain, page, names),
    make('p', { class: 'soft small', 'data-testid': 'contact-times' }, times(domain, at)),
    ...largerDomain(domain, names),
    make('h3', {}, text('hostsTitle')),
    make('ul', { class: 'hosts' }, ...domain.hosts.map(hostLine)),
    ...types(domain),
  ];
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
 * @param {(ms: number) => string} at
 * @returns {string}
 */
function times(domain, at) {
  const first = at(domain.firstAtMs);
  const last = at(domain.lastAtMs);
  return first === last ? text('contactTime', first) : text('contactTimes', first, last);
}

/**
 * @param {DomainView} domain
 * @param {import('./origin-chain.js').WrittenNames} names
 * @returns {HTMLElement[]}
 */
function largerDomain({ icannDomain }, names) {
  if (icannDomain === undefined) return [];
  const name = make('bdi', { dir: 'ltr' }, names.get(icannDomain) ?? icannDomain);
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
