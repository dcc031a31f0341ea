// Owns the web that is browsed for a year: the sites that the user knows, and the third parties that each of them has.
import { Lots } from '../bench/lots.js';
import { HostNames, weighted } from './host-names.js';
import {
  BLOCKED_DOMAINS_SHARE,
  DEAD_DOMAINS_SHARE,
  FRESH_HOST_SITES_SHARE,
  HOSTS_A_VISIT,
  ROLES,
  TYPES,
  WORKER_SITES_SHARE,
} from './proportions.js';
import { Ranks } from './ranks.js';

/**
 * @typedef {object} Host
 * @property {string} name
 * @property {import('./proportions.js').Role} role
 * @property {[string, number][]} types what it is asked for, with weights: few of what its role allows
 * @property {'there' | 'blocked' | 'dead'} state
 *
 * @typedef {object} Site
 * @property {Host[]} own the page's own host first
 * @property {Host[]} stable third parties of nearly each visit, those that are asked most first
 * @property {Host[]} rotating third parties of which each visit meets some
 * @property {number} rotatingAVisit how many
 * @property {number} size how many requests its pages make, against those of others
 * @property {number} lateShare of its requests, those that come while the page is read
 * @property {boolean} hasWorker
 * @property {string | null} freshDomain under which each visit has a host of its own
 */

const SITES = 3_000;
const DOMAINS = 4_000;
/** Domains that make a host for one visit. */
const FRESH_DOMAINS = 12;
const OWN_HOSTS = 2.4;

/** The web: always the same for a seed. */
export class Web {
  #lots;
  #names;
  /** The popularity of the sites; that of the third parties decides about who is on them. */
  #siteRanks = new Ranks(SITES, 1.02, 2);
  /** @type {Host[][]} */
  #domains;
  #domainRanks = new Ranks(DOMAINS, 0.92, 4);
  /** @type {string[]} */
  #freshDomains;

  /** @param {number} seed */
  constructor(seed) {
    this.#lots = new Lots(seed);
    this.#names = new HostNames(this.#lots);
    this.#domains = Array.from({ length: DOMAINS }, (_, rank) => this.#domain(rank));
    this.#freshDomains = Array.from({ length: FRESH_DOMAINS }, () => `frame.${this.#names.site()}`);
    /** The sites that the user knows, the most visited first. @type {Site[]} */
    this.sites = Array.from({ length: SITES }, () => this.#site());
  }

  /** A site, as often as it is visited. @param {Lots} lots @returns {Site} */
  site(lots) {
    return /** @type {Site} */ (this.sites[this.#siteRanks.draw(lots)]);
  }

  /** A host to which links are given that lead elsewhere. @param {Lots} lots @returns {Host} */
  hop(lots) {
    return lots.of(lots.of(this.#domains.slice(0, 40)));
  }

  /** @param {number} rank */
  #domain(rank) {
    const lots = this.#lots;
    const role = weighted(lots, ROLES);
    const domain = this.#names.domain();
    // The great ones have a dozen hosts.
    const count = 1 + Math.floor((rank < 60 ? 7 : 1.5) * lots.next() ** 1.5 * lots.factor(0.5));
    const state = lots.chance(BLOCKED_DOMAINS_SHARE) ? 'blocked' : lots.chance(DEAD_DOMAINS_SHARE) ? 'dead' : 'there';
    return this.#names.hosts(domain, Math.min(count, 14)).map((name) => this.#host(name, role, state));
  }

  /**
   * @param {string} name
   * @param {import('./proportions.js').Role} role
   * @param {Host['state']} state
   * @returns {Host}
   */
  #host(name, role, state) {
    const lots = this.#lots;
    if (role === 'own') return { name, role, state, types: TYPES.own };
    /** @type {Set<string>} */
    const kept = new Set();
    // Most hosts are for one thing.
    const count = 1 + Math.floor(2.2 * lots.next() ** 2);
    for (let draws = 0; draws < count; draws += 1) kept.add(weighted(lots, TYPES[role]));
    return { name, role, state, types: TYPES[role].filter(([type]) => kept.has(type)) };
  }

  /** @returns {Site} */
  #site() {
    const lots = this.#lots;
    const domain = this.#names.site();
    const ownHosts = Math.max(1, Math.min(6, Math.round(OWN_HOSTS * lots.factor(0.45))));
    const own = [`www.${domain}`, ...this.#names.hosts(domain, ownHosts).filter((name) => name !== `www.${domain}`)];
    // Some sites have hardly any third party, and newspapers sixty.
    const size = lots.factor(0.6);
    // Of stable and rotating hosts together a visit of few requests meets fewer.
    const hosts = Math.max(1, (HOSTS_A_VISIT - OWN_HOSTS) * 0.75 * size ** 0.9);
    const rotatingAVisit = Math.round(hosts * 0.3);
    return {
      own: own.slice(0, ownHosts).map((name) => this.#host(name, 'own', 'there')),
      stable: this.#thirdParties(Math.max(1, Math.round(hosts * 0.78))),
      rotating: this.#thirdParties(Math.round(rotatingAVisit * 4.5)),
      rotatingAVisit,
      size,
      lateShare: lots.next(),
      hasWorker: lots.chance(WORKER_SITES_SHARE),
      freshDomain: lots.chance(FRESH_HOST_SITES_SHARE) ? lots.of(this.#freshDomains) : null,
    };
  }

  /** @param {number} count @returns {Host[]} */
  #thirdParties(count) {
    const lots = this.#lots;
    /** @type {Set<Host>} */
    const found = new Set();
    while (found.size < count) {
      const hosts = this.#domains[this.#domainRanks.draw(lots)] ?? [];
      // Who has one host of a domain often has a second.
      found.add(lots.mostlyFirstOf(hosts));
      if (lots.chance(0.35)) found.add(lots.of(hosts));
    }
    return [...found].slice(0, count);
  }
}
