// Owns the recorded pages of a HAR file: which request is the navigation, which are its page's, which never left.
import path from 'node:path';
import { addressOf, isDocument, reasonNotSent, recordedKind, redirectTarget } from './har-request.js';
import { readHarShape } from './har-shape.js';

/**
 * How a replayed request comes about: as a hop of the navigation, by the page's own asking, or by following a redirect.
 * @typedef {'navigation' | 'request' | 'redirected'} HarRole
 */

/**
 * A recorded request that is replayed.
 * @typedef {object} HarEntry
 * @property {number} index in the file's `log.entries`
 * @property {string} url without the fragment
 * @property {string} host host name without port
 * @property {string} method
 * @property {number} status
 * @property {import('./page-requests.js').PageRequestKind} kind
 * @property {HarRole} role
 * @property {string | null} redirectTo the recorded redirect's target, where that was recorded too
 * @property {boolean} preflighted the recording browser asked for permission first (CORS preflight)
 */

/**
 * A recorded request that is not replayed.
 * @typedef {object} HarLeftOut
 * @property {number} index
 * @property {string} url
 * @property {string} host empty where the URL has none
 * @property {string} reason
 * @property {boolean} leftBrowser whether its host was contacted when it was recorded
 */

/**
 * @typedef {object} HarPage
 * @property {string} id
 * @property {string} title
 * @property {string} startUrl where the navigation starts
 * @property {string} url the final document
 * @property {HarEntry[]} entries in the recorded order
 * @property {HarLeftOut[]} leftOut
 * @property {string[]} hosts every host that a request of the page left the browser for, sorted
 */

/**
 * @typedef {object} Har
 * @property {string} file the file's name, without its folder
 * @property {HarPage[]} pages
 */

/**
 * @param {string} file
 * @returns {Promise<Har>}
 * @throws {import('./har-error.js').HarError} where the file is no HAR: it names the file, the place and the reason
 */
export async function readHar(file) {
  const { pages, entries } = await readHarShape(file);
  /** @type {Map<string, { id: string, title: string, indexes: number[] }>} */
  const byPage = new Map(pages.map(({ id, title }) => [id, { id, title, indexes: [] }]));
  for (const [index, { pageref }] of entries.entries()) {
    // HAR 1.2 lets an entry name no page; with one page in the file it can only be that page's.
    const id = pageref || (pages.length === 1 ? (pages[0]?.id ?? '') : '');
    const page = byPage.get(id) ?? { id, title: '', indexes: [] };
    byPage.set(id, page);
    page.indexes.push(index);
  }
  const recorded = [...byPage.values()].filter((page) => page.indexes.length > 0);
  return {
    file: path.basename(file),
    pages: recorded.map(({ id, title, indexes }) => recordedPage(id, title, entries, indexes)),
  };
}

/**
 * @param {string} id
 * @param {string} title
 * @param {import('./har-shape.js').RawEntry[]} raw
 * @param {number[]} indexes
 * @returns {HarPage}
 */
function recordedPage(id, title, raw, indexes) {
  /** @type {HarLeftOut[]} */
  const leftOut = [];
  /** @type {(HarEntry & { target: string | null, isDocument: boolean })[]} */
  const entries = [];
  /** Addresses whose preflight was recorded: the replaying browser sends its own. @type {Set<string>} */
  const preflights = new Set();
  const inOrder = indexes.toSorted((a, b) => at(raw, a).at - at(raw, b).at || a - b);
  for (const index of inOrder) {
    const entry = at(raw, index);
    const url = URL.canParse(entry.url) ? new URL(entry.url) : null;
    const network = url !== null && /^(https?|wss?):$/.test(url.protocol);
    const unsent = network ? reasonNotSent(entry) : url ? `not a network request (${url.protocol})` : 'not a URL';
    const unreplayable = unsent ? null : reasonNotReplayable(entry);
    if (!network || unsent || unreplayable) {
      const host = network ? url.hostname : '';
      leftOut.push({ index, url: entry.url, host, reason: unsent ?? unreplayable ?? '', leftBrowser: !unsent });
      if (network && unreplayable === PREFLIGHT) preflights.add(addressOf(url));
      continue;
    }
    entries.push({
      index,
      url: addressOf(url),
      host: url.hostname,
      method: entry.method,
      status: entry.status,
      kind: recordedKind(entry, url),
      role: 'request',
      redirectTo: null,
      preflighted: false,
      target: redirectTarget(entry, url),
      isDocument: isDocument(entry),
    });
  }
  followRedirects(entries);
  for (const entry of entries) {
    entry.preflighted = entry.kind !== 'beacon' && entry.method !== 'GET' && preflights.has(entry.url);
  }
  const chain = navigation(entries);
  const hosts = [...entries, ...leftOut.filter((entry) => entry.leftBrowser)].map((entry) => entry.host);
  const first = entries[0]?.url ?? '';
  return {
    id,
    title,
    startUrl: chain[0]?.url ?? (first && new URL('/', first).href),
    url: chain.at(-1)?.url ?? (first && new URL('/', first).href),
    entries: entries.map(({ target: _target, isDocument: _isDocument, ...entry }) => entry),
    leftOut,
    hosts: [...new Set(hosts)].sort(),
  };
}

const PREFLIGHT = 'a CORS preflight: the browser sends its own before the request that needs it';

/**
 * Why no page can make this request, or null where one can.
 * @param {import('./har-shape.js').RawEntry} entry
 */
function reasonNotReplayable(entry) {
  if (entry.method === 'OPTIONS' || entry.resourceType === 'preflight') return PREFLIGHT;
  if (['CONNECT', 'TRACE', 'TRACK'].includes(entry.method)) return `pages may not send ${entry.method}`;
  return null;
}

/**
 * Ties each recorded redirect to the request that followed it: the first later one of that address that nothing else
 * led to. A redirect whose target was not recorded is answered without one, so that no host is contacted that was not.
 * @param {(HarEntry & { target: string | null })[]} entries
 */
function followRedirects(entries) {
  for (const [place, entry] of entries.entries()) {
    if (!entry.target) continue;
    const next = entries.find(
      (other, otherPlace) => otherPlace > place && other.role === 'request' && other.url === entry.target,
    );
    if (!next) continue;
    next.role = 'redirected';
    entry.redirectTo = next.url;
  }
}

/**
 * Finds the navigation: the first document and the redirects that it followed.
 * @param {(HarEntry & { isDocument: boolean })[]} entries
 * @returns {HarEntry[]}
 */
function navigation(entries) {
  // A redirect's answer has often no type of its own; as the page's first request it can be nothing else.
  const opens = (/** @type {HarEntry & { isDocument: boolean }} */ entry) =>
    entry.isDocument || entry.redirectTo !== null;
  const start = entries.findIndex((entry) => entry.role === 'request' && entry.method === 'GET' && opens(entry));
  const chain = [];
  for (let entry = entries[start]; entry;) {
    const { redirectTo, index } = entry;
    entry.role = 'navigation';
    chain.push(entry);
    entry = redirectTo === null ? undefined : entries.find((next) => follows(next, redirectTo, index));
  }
  return chain;
}

/**
 * @param {HarEntry} entry
 * @param {string} url
 * @param {number} afterIndex
 */
function follows(entry, url, afterIndex) {
  return entry.role === 'redirected' && entry.url === url && entry.index > afterIndex;
}

/**
 * @template T
 * @param {T[]} list
 * @param {number} index of an item that is known to be there
 * @returns {T}
 */
function at(list, index) {
  return /** @type {T} */ (list[index]);
}
