// Owns the names of the year's domains and hosts: made up, over many public suffixes, as long as real ones.

/** How often each suffix is met. @type {[string, number][]} */
const SUFFIXES = [
  ['com', 500],
  ['net', 110],
  ['fr', 70],
  ['io', 55],
  ['org', 50],
  ['de', 35],
  ['co.uk', 20],
  ['eu', 15],
  ['tv', 12],
  ['co', 12],
  ['ai', 10],
  ['nl', 10],
  ['it', 10],
  ['com.au', 6],
  ['co.jp', 6],
  ['com.br', 6],
  ['ru', 6],
  ['app', 5],
  ['gouv.fr', 2],
];

/** Of companies whose customers are each a site of its own: what the list's private section says. @type {[string, number][]} */
const COMPANY_SUFFIXES = [
  ['cloudfront.net', 24],
  ['s3.amazonaws.com', 6],
  ['azureedge.net', 6],
  ['b-cdn.net', 4],
  ['herokuapp.com', 3],
  ['appspot.com', 3],
  ['web.app', 2],
  ['github.io', 2],
];
const COMPANY_SUFFIX_SHARE = 0.06;
const ADDRESS_SHARE = 0.003;

const STARTS = [
  'ad',
  'data',
  'pixel',
  'me',
  'tri',
  'syn',
  'cast',
  'lo',
  'gra',
  'ver',
  'ti',
  'no',
  'quant',
  'web',
  'op',
  'cri',
  'tag',
];
const ENDS = [
  'sphere',
  'ly',
  'metrics',
  'media',
  'lab',
  'sense',
  'ads',
  'cloud',
  'network',
  'ix',
  'press',
  'shop',
  'zon',
  'ware',
  'hub',
];
const LABELS = [
  'www',
  'cdn',
  'static',
  'api',
  'img',
  'tags',
  'collect',
  'sync',
  'pixel',
  'match',
  'events',
  'js',
  'assets',
  'secure',
];

/** Draws names, none twice. */
export class HostNames {
  #lots;
  /** @type {Set<string>} */
  #taken = new Set();

  /** @param {import('../bench/lots.js').Lots} lots */
  constructor(lots) {
    this.#lots = lots;
  }

  /** A site that is read. */
  site() {
    return this.#new(() => `${this.#word()}.${weighted(this.#lots, SUFFIXES)}`);
  }

  /** A domain that others contact; now and then an address. */
  domain() {
    const lots = this.#lots;
    if (lots.chance(ADDRESS_SHARE)) return this.#new(() => this.#address());
    if (lots.chance(COMPANY_SUFFIX_SHARE)) {
      return this.#new(() => `d${lots.token(12)}.${weighted(lots, COMPANY_SUFFIXES)}`);
    }
    return this.site();
  }

  /**
   * Hosts of a domain.
   * @param {string} domain
   * @param {number} count
   * @returns {string[]}
   */
  hosts(domain, count) {
    // An address has none, and what a company lends is mostly one host.
    if (!/[a-z]$/.test(domain) || /^d\w{12}\./.test(domain)) return [domain];
    const lots = this.#lots;
    /** @type {Set<string>} */
    const hosts = new Set();
    while (hosts.size < count) {
      const label = lots.of(LABELS);
      const numbered = hosts.size > 2 || lots.chance(0.2) ? `${label}${lots.below(60)}` : label;
      const region = lots.chance(0.08) ? `.${lots.of(['eu', 'us', 'eu-west-1', 'fra1'])}` : '';
      hosts.add(lots.chance(0.12) ? domain : `${numbered}${region}.${domain}`);
    }
    return [...hosts];
  }

  #address() {
    const lots = this.#lots;
    if (lots.chance(0.2)) return `[2001:db8::${lots.below(0xffff).toString(16)}]`;
    return `203.0.113.${lots.below(256)}`;
  }

  #word() {
    const lots = this.#lots;
    const middle = lots.chance(0.45) ? lots.of(STARTS) : '';
    const number = lots.chance(0.1) ? `-${lots.below(100)}` : '';
    return lots.of(STARTS) + middle + lots.of(ENDS) + number;
  }

  /** @param {() => string} draw */
  #new(draw) {
    let name = draw();
    // There are more domains than short words.
    for (let again = 0; this.#taken.has(name); again += 1)
      name = again < 3 ? draw() : `${this.#lots.token(4)}${draw()}`;
    this.#taken.add(name);
    return name;
  }
}

/**
 * One of some values, by their weights.
 * @template T
 * @param {import('../bench/lots.js').Lots} lots
 * @param {readonly [T, number][]} values
 * @returns {T}
 */
export function weighted(lots, values) {
  let drawn = lots.next() * values.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of values) {
    drawn -= weight;
    if (drawn < 0) return value;
  }
  return /** @type {[T, number]} */ (values.at(-1))[0];
}
