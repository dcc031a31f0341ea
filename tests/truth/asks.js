// Owns what a case's documents ask for: the addresses, and how they stand in a page, as markup or as a script's requests.
import { inText } from '../web/page-html.js';
import { askedAddress, keptAddress } from './asked-address.js';
import { hostIn } from './case.js';

/**
 * @typedef {import('./case.js').Ask} Ask
 * @typedef {import('./asked-address.js').Asked} Asked
 *
 * @typedef {object} Asker
 * @property {number} run
 * @property {number} load the number that the server gave to the page's document
 * @property {string[]} frames hosts of the frames that hold it, outermost first, its own last
 * @property {string} self its own host
 * @property {number} [serial] of a frame's document: the so many-th that the server gave
 */

/**
 * The host that a page asks first of all, different for each load: by it a visit of the export finds its load.
 *
 * @param {number} load
 * @param {number} run
 */
export function markOf(load, run) {
  return `m${load}.marks-${run}.com`;
}

/** @param {Asker} from */
export function markAddress(from) {
  return askedAddress('https', markOf(from.load, from.run), asking('image', 0, from));
}

/**
 * What a worker's script asks for.
 *
 * @param {string} host
 * @param {Asker} from
 */
export function workersAddress(host, from) {
  return askedAddress('https', host, asking('fetch', 0, from));
}

/**
 * @param {Ask} ask
 * @param {number} number what tells it from what the same document asks for beside it
 * @param {Asker} from
 */
export function addressOf(ask, number, from) {
  const host = (/** @type {string} */ pattern) => (pattern === 'self' ? from.self : hostIn(pattern, from.run));
  const scheme = ask.kind === 'websocket' ? ask.scheme.replace('http', 'ws') : ask.scheme;
  if (ask.fate === 'keep') return keptAddress(scheme, host(ask.host), ask.kind);
  const hosts = [...ask.via, ask.host].map(host);
  const [first = '', ...to] = ask.kind === 'worker' ? [from.self] : hosts;
  const more = {
    f: ask.fate,
    to,
    // Two frames that show the same ask for the same; what is asked for once more must be told from that.
    ...(ask.fate === 'drop' && from.serial !== undefined && { s: from.serial }),
    ...(ask.frame !== undefined && { fr: ask.frame }),
    ...(ask.kind === 'worker' && { in: host(ask.host) }),
  };
  return askedAddress(scheme, first, { ...asking(ask.kind, number, from), ...more });
}

/**
 * What a document's script asks for.
 *
 * @param {Ask[]} asks
 * @param {Asker} from
 * @returns {import('../web/page-requests.js').PageRequest[]}
 */
export function scriptedRequests(asks, from) {
  return asks.flatMap((ask, place) => {
    const { kind } = ask;
    if (kind === 'preload' || kind === 'prefetch' || isMarkup(ask)) return [];
    const url = addressOf(ask, place + 1, from);
    return [kind === 'post' ? { kind: 'fetch', method: 'POST', url } : { kind, url }];
  });
}

/**
 * What a document's markup asks for, as HTML.
 *
 * @param {Ask[]} asks
 * @param {Asker} from
 */
export function markupOf(asks, from) {
  const tag = (/** @type {Ask} */ ask, /** @type {number} */ place) =>
    isMarkup(ask) ? markup(ask.kind, inText(addressOf(ask, place + 1, from))) : '';
  return asks.map(tag).join('');
}

/** What the parser itself finds and fetches ahead; an address that says nothing needs the script before it. @param {Ask} ask */
function isMarkup({ kind, by, fate }) {
  if (kind === 'preload' || kind === 'prefetch') return true;
  return by === 'markup' && fate !== 'keep' && ['image', 'script', 'stylesheet', 'frame'].includes(kind);
}

/**
 * @param {import('./case.js').AskKind} kind
 * @param {string} address in markup
 */
function markup(kind, address) {
  if (kind === 'image') return `<img src="${address}" alt="">`;
  if (kind === 'script') return `<script src="${address}"></script>`;
  if (kind === 'stylesheet') return `<link rel="stylesheet" href="${address}">`;
  if (kind === 'frame') return `<iframe src="${address}"></iframe>`;
  if (kind === 'preload') return `<link rel="preload" as="script" href="${address}">`;
  return `<link rel="prefetch" href="${address}">`;
}

/**
 * @param {import('./case.js').AskKind} kind
 * @param {number} number
 * @param {Asker} from
 * @returns {Asked}
 */
function asking(kind, number, { load, frames }) {
  return { l: load, n: number, k: kind, f: 'ok', i: frames, v: [], to: [] };
}
