// Owns one visit as it is planned: what its page asks for, when, and what becomes of it. No core is told of it here.
import { weighted } from './host-names.js';
import {
  ABORTED_SHARE,
  ASKED_ONCE_SHARE,
  CACHED_SHARE,
  ENDLESS_SHARE,
  FRESH_HOST_SHARE,
  IN_FRAME_SHARE,
  LATE_SHARE,
  LOAD_MEDIAN_MS,
  LOAD_SIGMA,
  REDIRECT_SHARE,
  THIRD_PARTY_SHARE,
  WORKER_SHARE,
} from './proportions.js';

/**
 * @typedef {import('../bench/lots.js').Lots} Lots
 * @typedef {import('./web.js').Host} Host
 * @typedef {import('./web.js').Site} Site
 *
 * @typedef {'answered' | 'cached' | 'redirected' | 'blocked' | 'failed' | 'aborted' | 'never'} End
 *
 * @typedef {object} PlannedRequest
 * @property {Host} host
 * @property {string} type webRequest's word
 * @property {number} atMs
 * @property {number} document which of the visit's documents asks
 * @property {End} end
 * @property {number} follows the request whose redirect led here; -1: none
 * @property {number} opens which document it brings, where it is a frame's; -1: none
 *
 * @typedef {object} PlannedDocument
 * @property {string} host
 * @property {number} parent -1: it is the page
 *
 * @typedef {object} PlannedVisit
 * @property {Site} site
 * @property {number} startMs
 * @property {number} endMs
 * @property {'navigated' | 'closed' | 'left'} ends another page comes, its tab is closed, or it is there as the browser ends
 * @property {number} tabId
 * @property {boolean} isBroughtBack it is there as the browser starts
 * @property {string[]} hops hosts that redirected to the page
 * @property {PlannedDocument[]} documents the page's first
 * @property {PlannedRequest[]} requests but for the page's own, in the order of time
 * @property {PlannedRequest[]} workers what the site's service worker asks for
 */

/** What the browser keeps copies of. */
const KEPT_TYPES = new Set(['image', 'script', 'stylesheet', 'font']);
/** A tab that nobody looks at any more asks for little. */
const READ_FOR_MS = 600_000;
/** What follows a redirect is among the next few. */
const REDIRECTS_WITHIN = 4;

/**
 * Plans what a visit asks for.
 * @param {Lots} lots
 * @param {PlannedVisit} visit with its times; it is filled
 * @param {number} count its requests, the page's own among them
 */
export function planRequests(lots, visit, count) {
  const { site } = visit;
  const third = Math.round((count - 1) * THIRD_PARTY_SHARE);
  place(lots, visit, site.own, count - 1 - third, 0);
  place(lots, visit, thirdParties(lots, site), third, ASKED_ONCE_SHARE);
  visit.requests.sort((one, other) => one.atMs - other.atMs);
  lead(lots, visit);
  for (const request of visit.requests) if (request.end !== 'redirected') request.end = endOf(lots, request);
  if (site.hasWorker && lots.chance(WORKER_SHARE)) planWorker(lots, visit);
}

/** @param {Lots} lots @param {Site} site @returns {Host[]} those that are asked most first */
function thirdParties(lots, site) {
  const met = site.stable.filter(() => lots.chance(0.93));
  /** @type {Set<Host>} */
  const rotating = new Set();
  const most = site.rotatingAVisit * lots.factor(0.3);
  for (let draws = 0; draws < most; draws += 1) rotating.add(lots.of(site.rotating));
  met.push(...rotating);
  if (site.freshDomain && lots.chance(FRESH_HOST_SHARE)) {
    const name = `${lots.token(26)}.${site.freshDomain}`;
    met.push({ name, role: 'advertiser', state: 'there', types: [['sub_frame', 1]] });
  }
  return met;
}

/**
 * Gives requests to hosts, to the first ones most.
 * @param {Lots} lots
 * @param {PlannedVisit} visit
 * @param {Host[]} hosts
 * @param {number} count
 * @param {number} onceShare of the hosts, the last ones, that are asked once
 */
function place(lots, visit, hosts, count, onceShare) {
  const asked = hosts.slice(0, count);
  const often = Math.max(1, Math.round(asked.length * (1 - onceShare)));
  let more = count - asked.length;
  let weights = 0;
  for (let at = 0; at < often; at += 1) weights += 1 / (at + 1.2);
  const share = more / weights;
  for (const [at, host] of asked.entries()) {
    let times = 1;
    if (at < often) {
      // The rest goes to the last of them.
      const again = at === often - 1 ? more : Math.min(more, Math.round(share / (at + 1.2)));
      more -= again;
      times += again;
    }
    for (; times > 0; times -= 1) visit.requests.push(requestTo(lots, visit, host));
  }
}

/** @param {Lots} lots @param {PlannedVisit} visit @param {Host} host @returns {PlannedRequest} */
function requestTo(lots, { site, startMs, endMs }, host) {
  const type =
    host.types.length === 1 ? /** @type {[string, number]} */ (host.types[0])[0] : weighted(lots, host.types);
  const last = Math.min(endMs, startMs + READ_FOR_MS);
  const isLate = lots.chance(site.lateShare * LATE_SHARE);
  const atMs = isLate
    ? startMs + lots.below(Math.max(1, last - startMs))
    : Math.min(last, startMs + 30 + Math.floor(LOAD_MEDIAN_MS * lots.factor(LOAD_SIGMA)));
  return { host, type, atMs, document: 0, end: 'answered', follows: -1, opens: -1 };
}

/** Lets frames ask, and redirects lead on. @param {Lots} lots @param {PlannedVisit} visit */
function lead(lots, { documents, requests }) {
  for (const [at, request] of requests.entries()) {
    const { host, type } = request;
    if (host.role !== 'tracker' && host.role !== 'advertiser') continue;
    if (request.follows === -1 && documents.length > 1 && lots.chance(IN_FRAME_SHARE)) {
      request.document = 1 + lots.below(documents.length - 1);
    }
    if (type === 'sub_frame') {
      if (host.state !== 'there') continue;
      request.opens = documents.length;
      documents.push({ host: host.name, parent: request.document });
    } else if (host.state === 'there' && lots.chance(REDIRECT_SHARE)) {
      const next = following(requests, at);
      if (!next) continue;
      request.end = 'redirected';
      next.follows = at;
      next.type = type;
      next.document = request.document;
    }
  }
}

/** @param {PlannedRequest[]} requests @param {number} at @returns {PlannedRequest | undefined} a later one, to another host */
function following(requests, at) {
  const { host } = /** @type {PlannedRequest} */ (requests[at]);
  return requests
    .slice(at + 1, at + 1 + REDIRECTS_WITHIN)
    .find((next) => next.follows === -1 && next.type !== 'sub_frame' && next.host.role !== 'own' && next.host !== host);
}

/** @param {Lots} lots @param {PlannedRequest} request @returns {End} */
function endOf(lots, { host, type, follows }) {
  if (host.state === 'blocked') return 'blocked';
  if (host.state === 'dead') return 'failed';
  if (lots.chance(ABORTED_SHARE)) return 'aborted';
  if (lots.chance(ENDLESS_SHARE)) return 'never';
  return follows === -1 && KEPT_TYPES.has(type) && lots.chance(CACHED_SHARE) ? 'cached' : 'answered';
}

/** @param {Lots} lots @param {PlannedVisit} visit */
function planWorker(lots, visit) {
  const { site, startMs, endMs } = visit;
  const hosts = [...site.own, ...site.stable.slice(0, 3)];
  const requests = Array.from({ length: 1 + lots.below(5) }, () => {
    const atMs = Math.min(endMs, startMs + 500 + lots.below(8_000));
    const request = { host: lots.of(hosts), type: 'xmlhttprequest', atMs, document: -1, follows: -1, opens: -1 };
    return /** @type {PlannedRequest} */ ({ ...request, end: endOf(lots, { ...request, end: 'answered' }) });
  });
  visit.workers = requests.sort((one, other) => one.atMs - other.atMs);
}
