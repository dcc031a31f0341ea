// Owns the URLs of the benchmarks: 50 pages of 100 requests, over about 400 hosts of 150 sites, the same in every run.

import { Lots } from './lots.js';

// Generated, for nobody's browsing history belongs in a repository. The shapes are those of real ones: a few third parties
// that everybody contacts, a long tail of others, 60 to 250 characters, identifiers in paths and queries.

/**
 * @typedef {object} PlannedRequest
 * @property {string} url
 * @property {string} type webRequest's word
 * @property {boolean} inFrame made by the page's one frame, not by the page
 *
 * @typedef {PlannedRequest[]} PlannedPage its own request first; the frame's request is the only one of type `sub_frame`
 */

const PAGES = 50;
const REQUESTS_PER_PAGE = 100;
/** Some are contacted by none of the pages. */
const HOSTS = 455;
const SITES = 165;
/** Sites that are read; the others are those that they contact. */
const PUBLISHERS = 40;
/** Hosts that one page contacts, its own among them. */
const HOSTS_PER_PAGE = 28;
const FRAME_AT = 20;

const SUFFIXES = ['com', 'com', 'com', 'com', 'net', 'net', 'org', 'io', 'fr', 'de', 'co.uk', 'com.au', 'co.jp', 'nl'];
const SYLLABLES = ['ad', 'data', 'pixel', 'me', 'tri', 'syn', 'cast', 'lo', 'gra', 'ver', 'ti', 'no', 'sphere', 'web'];
const HOST_LABELS = ['www', 'cdn', 'static', 'api', 'img', 'tags', 'collect', 'sync.eu-west-1', 'a1742', 'pagead2'];
const PATH_WORDS = [
  'assets',
  'v2',
  'js',
  'collect',
  'track',
  'article',
  'images',
  'player',
  'embed',
  'pixel',
  'bundle',
];
const QUERY_KEYS = ['id', 'cb', 'v', 'ref', 'uid', 'gdpr_consent', 'ts', 'sid', 'page', 'w'];
const TYPES = ['image', 'image', 'image', 'script', 'script', 'script', 'xmlhttprequest', 'stylesheet', 'font', 'ping'];
/** @type {Record<string, string>} */
const ENDINGS = { image: '.gif', script: '.min.js', stylesheet: '.css', font: '.woff2' };

/**
 * @param {number} [seed]
 * @returns {PlannedPage[]}
 */
export function plannedPages(seed = 20260601) {
  const lots = new Lots(seed);
  const { publishers, others } = hostsBySite(lots);
  return Array.from({ length: PAGES }, () => {
    const own = lots.of(publishers);
    const hosts = [...own];
    while (hosts.length < HOSTS_PER_PAGE) hosts.push(lots.mostlyFirstOf(others));
    return pageOf(lots, hosts);
  });
}

/**
 * @param {Lots} lots
 * @param {string[]} hosts the page's own first
 * @returns {PlannedPage}
 */
function pageOf(lots, hosts) {
  const [own = ''] = hosts;
  return Array.from({ length: REQUESTS_PER_PAGE }, (_, at) => {
    if (at === 0)
      return { url: `https://${own}/${lots.token(8)}/${lots.token(40)}`, type: 'main_frame', inFrame: false };
    const type = at === FRAME_AT ? 'sub_frame' : lots.of(TYPES);
    return { url: urlOn(lots, lots.of(hosts), type), type, inFrame: at > FRAME_AT && at % 6 === 0 };
  });
}

/**
 * @param {Lots} lots
 * @param {string} host
 * @param {string} type
 */
function urlOn(lots, host, type) {
  const words = Array.from({ length: 1 + lots.below(3) }, () => lots.of(PATH_WORDS));
  const start = `https://${host}/${words.join('/')}/${lots.token(8 + lots.below(16))}${ENDINGS[type] ?? ''}`;
  const length = 60 + Math.floor(190 * lots.next() ** 2);
  const query = [];
  for (let rest = length - start.length; rest > 4; rest -= query.at(-1)?.length ?? rest) {
    const key = lots.of(QUERY_KEYS);
    query.push(`${query.length === 0 ? '?' : '&'}${key}=${lots.token(Math.max(1, Math.min(rest - key.length, 36)))}`);
  }
  return start + query.join('');
}

/**
 * @param {Lots} lots
 * @returns {{ publishers: string[][], others: string[] }} the hosts of each site that is read; all hosts of the others
 */
function hostsBySite(lots) {
  /** @type {Set<string>} */
  const sites = new Set();
  while (sites.size < SITES) {
    const name = Array.from({ length: 2 + lots.below(2) }, () => lots.of(SYLLABLES)).join('');
    sites.add(`${name}${lots.below(10) === 0 ? '-' + lots.below(100) : ''}.${lots.of(SUFFIXES)}`);
  }
  const bySite = [...sites].map((site) => new Set([`www.${site}`]));
  for (let hosts = SITES; hosts < HOSTS;) {
    const at = lots.below(SITES);
    const site = [...sites][at] ?? '';
    const set = /** @type {Set<string>} */ (bySite[at]);
    const before = set.size;
    set.add(`${lots.of(HOST_LABELS)}.${site}`);
    hosts += set.size - before;
  }
  return {
    publishers: bySite.slice(0, PUBLISHERS).map((set) => [...set]),
    others: bySite.slice(PUBLISHERS).flatMap((set) => [...set]),
  };
}
