// Owns the translation of the browsers' events into calls of the core.

import { hostOf, isWebScheme, schemeOf } from './address.js';
import { wakeTimings } from './wake-timings.js';

/**
 * @typedef {import('./core/counter.js').Core} Core
 * @typedef {import('./core/types.js').Request} Request
 */

/**
 * What an event is translated for: one core, and what the shell keeps beside it.
 *
 * @typedef {object} Target
 * @property {Core} core
 * @property {import('./core-keys.js').CoreKeys} keys
 * @property {import('./recent-urls.js').RecentUrls} urls
 * @property {import('./private-tabs.js').PrivateTabs} privateTabs
 */

/**
 * One kind of event, applied to a core. Kept beside the event until it is stored, so that it can be applied again.
 *
 * @template Details
 * @typedef {(target: Target, details: Details) => void} Step
 */

// What is read of the browsers' events. Firefox 153 sets some absent fields to null, Chromium 156 leaves them out.
/**
 * @typedef {object} RequestDetails
 * @property {string} requestId A decimal number, in both browsers.
 * @property {string} url
 * @property {string} type
 * @property {number} tabId -1 where the request is no tab's.
 * @property {number} timeStamp Milliseconds since 1970.
 * @property {string | null} [documentId]
 * @property {string | null} [parentDocumentId]
 * @property {string} [documentLifecycle] Chromium.
 * @property {string | null} [initiator] Chromium: the origin that asks, or `null`.
 * @property {string | null} [documentUrl] Firefox: the URL of the document or the worker that asks.
 * @property {boolean} [incognito] Firefox.
 *
 * @typedef {RequestDetails & { fromCache: boolean, ip?: string | null }} EndDetails
 * @typedef {EndDetails & { statusCode: number }} AnswerDetails
 * @typedef {EndDetails & { error: string }} ErrorDetails
 *
 * @typedef {object} CommitDetails
 * @property {string} url
 * @property {number} tabId
 * @property {number} timeStamp
 * @property {number} parentFrameId -1 where the frame is outermost.
 * @property {string | null} [documentId]
 * @property {string | null} [parentDocumentId]
 * @property {string} [documentLifecycle] Chromium.
 *
 * @typedef {object} OpenDocument
 * @property {string} documentId
 * @property {string} parentDocumentId Empty where the frame is outermost.
 * @property {number} tabId
 * @property {boolean} isPrivate
 * @property {string} url
 * @property {number} atMs
 */

/** What the core returns in place of a request's number where it has forgotten the document meanwhile. */
const UNKNOWN_DOCUMENT = 0xffff_ffff;

/**
 * A document asks for something.
 *
 * @param {Target} target
 * @param {RequestDetails} details
 * @param {string} documentId
 * @param {string} parentId
 * @param {boolean} isPrivate
 * @returns {number} The request's number; 0 where it is not counted.
 */
function documentAsks(target, details, documentId, parentId, isPrivate) {
  const { core, keys } = target;
  const { timeStamp } = details;
  const requestId = Number(details.requestId);
  const host = keys.host(details.url);
  const type = keys.type(details.type);
  const document = keys.document(documentId, parentId, isPrivate, timeStamp);
  const number = core.requestStarted(requestId, host, document, type, timeStamp);
  if (number !== UNKNOWN_DOCUMENT) return number;
  const anew = keys.newDocument(documentId, parentId, isPrivate, timeStamp);
  const again = core.requestStarted(requestId, host, anew, type, timeStamp);
  return again === UNKNOWN_DOCUMENT ? 0 : again;
}

/**
 * `webRequest.onBeforeRequest`
 *
 * @type {Step<RequestDetails>}
 */
export function requestStarted(target, details) {
  const { core } = target;
  const { url, type, timeStamp } = details;
  const isPrivate = details.incognito === true || target.privateTabs.all;
  let number;
  if (details.documentId) {
    // Also a `main_frame` that Chromium 156 reports with the document that asks for it: the fetch for a prerender.
    number = documentAsks(target, details, details.documentId, details.parentDocumentId ?? '', isPrivate);
  } else if (type === 'main_frame') {
    // Chromium 156 reports a prerender's request twice, here once more as the new page's own; the server sees one.
    if (details.documentLifecycle === 'prerender') return;
    number = core.navigationStarted(Number(details.requestId), hostOf(url), details.tabId, isPrivate, timeStamp);
  } else if (details.parentDocumentId) {
    // A frame's own request: the document that holds the frame asks for it.
    number = documentAsks(target, details, details.parentDocumentId, '', isPrivate);
  } else {
    // A service worker's, or the browser's own. Firefox 153 names the worker's script, Chromium 156 its origin.
    const initiator = details.initiator ?? details.documentUrl ?? '';
    const initiatorHost = isWebScheme(schemeOf(initiator)) ? hostOf(initiator) : '';
    const requestId = Number(details.requestId);
    number = core.workerRequestStarted(
      requestId,
      hostOf(url),
      initiatorHost,
      target.keys.type(type),
      isPrivate,
      timeStamp,
    );
  }
  if (number === 0) return;
  target.urls.keep(number, url);
  if (wakeTimings.firstRequestCountedMs === 0) wakeTimings.firstRequestCountedMs = performance.now();
}

/**
 * Whether the answer came from the cache, and no server was asked. With a copy that a server has found to be still good (304)
 * Firefox 153 names the server's address. Chromium 156 names an address with every copy, the one from which it came, and does
 * not tell a copy that a server was asked about.
 *
 * @param {EndDetails} details
 */
function isFromCacheAlone(details) {
  const isFirefox = details.incognito !== undefined;
  return details.fromCache === true && !(isFirefox && details.ip);
}

/**
 * `webRequest.onResponseStarted`: the answer came. Both browsers fire it for every request that completes, WebSocket upgrades
 * and cached answers included.
 *
 * @type {Step<AnswerDetails>}
 */
export function requestAnswered(target, details) {
  // Firefox 153 fires it, without a status, for a redirect that it does not follow (the page's policy, a port that is barred).
  if (details.statusCode === 0) return;
  const requestId = Number(details.requestId);
  const fromCache = isFromCacheAlone(details);
  if (target.core.requestAnswered(requestId, fromCache)) return;
  // Its start was lost with a background that the browser killed, and the event carries all that the start did.
  requestStarted(target, details);
  target.core.requestAnswered(requestId, fromCache);
}

/**
 * `webRequest.onBeforeRedirect`. A redirect that the browser makes up itself (HSTS, Firefox's way to a service worker) has no
 * address of a server.
 *
 * @type {Step<EndDetails>}
 */
export function requestRedirected(target, details) {
  const { core, keys } = target;
  const requestId = Number(details.requestId);
  const host = keys.host(details.url);
  const fromCache = isFromCacheAlone(details);
  const fromNetwork = Boolean(details.ip);
  if (core.requestRedirected(requestId, host, fromCache, fromNetwork)) return;
  requestStarted(target, details);
  core.requestRedirected(requestId, host, fromCache, fromNetwork);
}

/**
 * `webRequest.onErrorOccurred`. An error of an unknown request is mostly an abort after the answer: nothing to count.
 *
 * @type {Step<ErrorDetails>}
 */
export function requestFailed(target, details) {
  const requestId = Number(details.requestId);
  // An answer from the cache that was refused (Firefox 153 tells, by a page's policy on embedding for one) is still one.
  if (isFromCacheAlone(details) && target.core.requestAnswered(requestId, true)) return;
  target.core.requestFailed(requestId, details.error, Boolean(details.ip));
}

/**
 * `webNavigation.onCommitted`
 *
 * @type {Step<CommitDetails>}
 */
export function documentCommitted(target, details) {
  const { url, tabId } = details;
  target.core.documentCommitted(
    details.documentId ?? '',
    details.parentDocumentId ?? '',
    tabId,
    details.parentFrameId === -1,
    // Only Chromium says so: Firefox 153 has no prerender.
    (details.documentLifecycle ?? 'active') === 'active',
    target.privateTabs.has(tabId),
    schemeOf(url),
    hostOf(url),
    details.timeStamp,
  );
}

/**
 * A document that was there before the counting began.
 *
 * @type {Step<OpenDocument>}
 */
export function documentAdopted(target, details) {
  const { documentId, parentDocumentId, tabId, isPrivate, url, atMs } = details;
  const outermost = parentDocumentId === '';
  target.core.documentAdopted(
    documentId,
    parentDocumentId,
    tabId,
    outermost,
    isPrivate,
    schemeOf(url),
    hostOf(url),
    atMs,
  );
}

/**
 * `tabs.onRemoved`
 *
 * @type {Step<{ tabId: number, atMs: number }>}
 */
export function tabRemoved(target, { tabId, atMs }) {
  target.core.tabRemoved(tabId, atMs);
}

/**
 * A page's request that changes something: kept like an event, so that a failure of the core does not undo it.
 *
 * @type {Step<{ request: Request, atMs: number }>}
 */
export function changeAsked(target, { request, atMs }) {
  target.core.answer(request, atMs);
}
