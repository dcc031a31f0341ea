// Owns the recorded pages of a HAR file: which request is the navigation, which are its page's, which never left.
import path from 'node:path';
import { HarError } from './har-error.js';
import { followRedirects, navigationOf, pageUrl } from './har-navigation.js';
import { addressOf, isDocument, reasonNotSent, recordedFate, recordedKind, redirectTarget } from './har-request.js';
import { readHarShape } from './har-shape.js';

/** @typedef {import('./har-navigation.js').RecordedRequest} RecordedRequest */
/** @typedef {import('./har-shape.js').RawEntry} RawEntry */

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
 * @property {string | null} redirectTo the next of the recorded redirect's way that was sent, or the page's document
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
 * @property {string} url the document; a front page where none was recorded
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
 * @throws {HarError} where the file is no HAR: it names the file, the place and the reason
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
  const recorded = [...byPage.values()].map(({ id, title, indexes }) => recordedPage(id, title, entries, indexes));
  const known = recorded.filter((page) => page !== null);
  if (known.length === 0) throw new HarError(file, 'log.entries', 'it holds no request over the network');
  return { file: path.basename(file), pages: known };
}

/**
 * None where no host was asked at all.
 * @param {string} id
 * @param {string} title
 * @param {RawEntry[]} raw
 * @param {number[]} indexes
 * @returns {HarPage | null}
 */
function recordedPage(id, title, raw, indexes) {
  const { requests, leftOut } = networkRequests(raw, indexes);
  if (requests.length === 0) return null;
  const next = followRedirects(requests);
  const navigation = navigationOf(requests, next);
  const url = pageUrl(requests, navigation, title);
  /** The replayed requests, by their places. @type {Map<number, HarEntry>} */
  const replayed = new Map();
  /** Addresses whose preflight was recorded: the replaying browser sends its own. @type {Set<string>} */
  const preflights = new Set();
  for (const [place, request] of requests.entries()) {
    const unsent = reasonNotSent(request.entry, request.fate);
    const reason = unsent ?? reasonNotReplayable(request);
    if (reason === null) {
      replayed.set(place, harEntry(request));
      continue;
    }
    const { index, address } = request;
    leftOut.push({ index, url: address, host: request.url.hostname, reason, leftBrowser: unsent === null });
    if (reason === PREFLIGHT) preflights.add(address);
  }
  for (const place of navigation) setRole(replayed.get(place), 'navigation');
  for (const [place, entry] of replayed) {
    entry.preflighted = entry.kind !== 'beacon' && entry.method !== 'GET' && preflights.has(entry.url);
    const led = nextReplayed(place, next, replayed);
    // A redirect whose target was not sent is answered without one, so that no host is contacted that was not: but the
    // page needs a document, though it came from a cache.
    const arrives = entry.role === 'navigation' && place !== navigation.at(-1) ? url : null;
    entry.redirectTo = led?.url ?? arrives;
    if (led?.role === 'request') led.role = 'redirected';
  }
  const entries = [...replayed.values()];
  const hosts = [...entries, ...leftOut.filter((entry) => entry.leftBrowser)].map((entry) => entry.host);
  return {
    id,
    title,
    startUrl: entries.find((entry) => entry.role === 'navigation')?.url ?? url,
    url,
    entries,
    leftOut: leftOut.toSorted((a, b) => at(raw, a.index).at - at(raw, b.index).at || a.index - b.index),
    hosts: [...new Set(hosts)].sort(),
  };
}

/**
 * @param {RawEntry[]} raw
 * @param {number[]} indexes
 * @returns {{ requests: RecordedRequest[], leftOut: HarLeftOut[] }} in the order in which they began
 */
function networkRequests(raw, indexes) {
  /** @type {RecordedRequest[]} */
  const requests = [];
  /** @type {HarLeftOut[]} */
  const leftOut = [];
  for (const index of indexes.toSorted((a, b) => at(raw, a).at - at(raw, b).at || a - b)) {
    const entry = at(raw, index);
    const url = URL.canParse(entry.url) ? new URL(entry.url) : null;
    if (url === null || !/^(https?|wss?):$/.test(url.protocol)) {
      const reason = url ? `not a network request (${url.protocol})` : 'not a URL';
      leftOut.push({ index, url: entry.url, host: '', reason, leftBrowser: false });
      continue;
    }
    const target = redirectTarget(entry, url);
    requests.push({
      index,
      url,
      address: addressOf(url),
      entry,
      target,
      fate: recordedFate(entry, target),
      isDocument: isDocument(entry),
      isPreflight: entry.method === 'OPTIONS' || entry.resourceType === 'preflight',
    });
  }
  return { requests, leftOut };
}

/**
 * @param {RecordedRequest} request
 * @returns {HarEntry}
 */
function harEntry({ index, url, address, entry }) {
  return {
    index,
    url: address,
    host: url.hostname,
    method: entry.method,
    status: entry.status,
    kind: recordedKind(entry, url),
    role: 'request',
    redirectTo: null,
    preflighted: false,
  };
}

const PREFLIGHT = 'a CORS preflight: the browser sends its own before the request that needs it';

/**
 * Why no page can make this request, or null where one can.
 * @param {RecordedRequest} request
 */
function reasonNotReplayable({ isPreflight, entry }) {
  if (isPreflight) return PREFLIGHT;
  if (['CONNECT', 'TRACE', 'TRACK'].includes(entry.method)) return `pages may not send ${entry.method}`;
  return null;
}

/**
 * The first request of a redirect's further way that is replayed: what a cache answered, or the browser by itself, is
 * passed over.
 * @param {number} place
 * @param {Map<number, number>} next
 * @param {Map<number, HarEntry>} replayed
 */
function nextReplayed(place, next, replayed) {
  let led = next.get(place);
  while (led !== undefined && !replayed.has(led)) led = next.get(led);
  return led === undefined ? undefined : replayed.get(led);
}

/**
 * @param {HarEntry | undefined} entry
 * @param {HarRole} role
 */
function setRole(entry, role) {
  if (entry) entry.role = role;
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
