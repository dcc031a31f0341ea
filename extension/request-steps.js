// Owns the translation of the browsers' events of requests into calls of the core.

import { hostOf, isWebScheme, schemeOf } from './address.js';
import { isOfFirefox } from './firefox.js';
import { numberOf } from './request-id.js';
import { wakeTimings } from './wake-timings.js';

/**
 * @typedef {import('./step.js').RequestDetails} RequestDetails
 * @typedef {import('./step.js').EndDetails} EndDetails
 * @typedef {import('./step.js').AnswerDetails} AnswerDetails
 * @typedef {import('./step.js').ErrorDetails} ErrorDetails
 * @typedef {import('./step.js').Target} Target
 */

/**
 * @template Details
 * @typedef {import('./step.js').Step<Details>} Step
 */

/** What the core returns in place of a request's number where it has forgotten the document meanwhile. */
const UNKNOWN_DOCUMENT = 0xffff_ffff;

/**
 * A document asks for something.
 *
 * @param {Target} target
 * @param {RequestDetails} details
 * @param {number} host The key of whom it asks.
 * @param {string} documentId
 * @param {string} parentId
 * @param {{ tabId: number, frameId: number }} frame In which the document is.
 * @param {boolean} isPrivate
 * @returns {number} The request's number; 0 where it is not counted.
 */
function documentAsks({ core, keys }, details, host, documentId, parentId, frame, isPrivate) {
  const { timeStamp } = details;
  const requestId = numberOf(details.requestId);
  const type = keys.type(details.type);
  // A document can ask before its commit tells where it is; the event tells, Firefox 153 by its URL, Chromium 156 by its origin.
  const url = details.documentUrl ?? details.initiator ?? '';
  const document = keys.document(documentId, parentId, url, frame, isPrivate, timeStamp);
  const number = core.requestStarted(requestId, host, document, type, timeStamp);
  if (number !== UNKNOWN_DOCUMENT) return number;
  const anew = keys.newDocument(documentId, parentId, url, frame, isPrivate, timeStamp);
  const again = core.requestStarted(requestId, host, anew, type, timeStamp);
  return again === UNKNOWN_DOCUMENT ? 0 : again;
}

/**
 * A tab asks for a page: the one that it goes to, or one that Chromium 156 prepares behind the one that it shows.
 *
 * @param {Target} target
 * @param {RequestDetails} details
 * @param {boolean} isPrivate
 * @param {boolean} isLate
 * @returns {number} The request's number; 0 where it is not counted.
 */
function pageAsked({ core, nextPages }, details, isPrivate, isLate) {
  const { requestId, url, tabId, timeStamp } = details;
  if (details.documentLifecycle === 'prerender') {
    const asker = webHostOf(details.initiator);
    return core.prerenderStarted(numberOf(requestId), hostOf(url), asker, tabId, isPrivate, timeStamp);
  }
  nextPages.note(details);
  return core.navigationStarted(numberOf(requestId), hostOf(url), tabId, isPrivate, isLate, timeStamp);
}

/**
 * Something asks whose document the browser does not name: the worker of a page, which has a frame; one that belongs to no page;
 * or, under the name of a blank window's document, the page that has filled it. Firefox 153 names the address of who asks,
 * Chromium 156 its origin.
 *
 * @param {Target} target
 * @param {RequestDetails} details
 * @param {boolean} isPrivate
 * @returns {number} The request's number; 0 where it is not counted.
 */
function unnamedAsks({ core, keys, nextPages, clock }, details, isPrivate) {
  const { requestId, url, type, tabId, frameId, timeStamp } = details;
  // What a site does with no page named begins a record of its own.
  clock.tell(timeStamp);
  return core.unnamedRequestStarted(
    numberOf(requestId),
    hostOf(url),
    details.documentId ?? '',
    tabId,
    frameId,
    // A worker that a page wrote itself has the page's origin behind `blob:`.
    webHostOf((details.initiator ?? details.documentUrl)?.replace(/^blob:/, '')),
    nextPages.isOfOne(details),
    keys.type(type),
    isPrivate,
    timeStamp,
  );
}

/**
 * @param {string | null | undefined} url
 * @returns {string} Empty where it is not on the web.
 */
function webHostOf(url) {
  return url && isWebScheme(schemeOf(url)) ? hostOf(url) : '';
}

/**
 * `webRequest.onBeforeRequest`
 *
 * @type {Step<RequestDetails>}
 */
export function requestStarted(target, details) {
  begin(target, details, false);
}

/**
 * @param {Target} target
 * @param {RequestDetails} details
 * @param {boolean} isLate Its start was lost with a background that the browser killed: these are the details of another event, which
 *   carries all that the start did, but for the hosts that redirected before.
 */
function begin(target, details, isLate) {
  const { url, type } = details;
  const isPrivate = details.incognito === true || target.privateTabs.all;
  let number;
  if (details.documentId) {
    const host = target.keys.host(url);
    if (target.askedInVain.isAskedAgain(details, host)) return;
    // Also a `main_frame` that Chromium 156 reports with the document that asks for it: the fetch for a prerender.
    const { documentId, parentDocumentId } = details;
    number = documentAsks(target, details, host, documentId, parentDocumentId ?? '', details, isPrivate);
    // Asked last: for most requests the question would cost as much as the counting.
    if (number === 0 && webHostOf(details.documentUrl) !== '') number = unnamedAsks(target, details, isPrivate);
  } else if (type === 'main_frame') {
    number = pageAsked(target, details, isPrivate, isLate);
  } else if (details.parentDocumentId) {
    // A frame's own request: the document that holds the frame asks for it.
    const { tabId, parentFrameId: frameId = details.frameId } = details;
    number = documentAsks(
      target,
      details,
      target.keys.host(url),
      details.parentDocumentId,
      '',
      { tabId, frameId },
      isPrivate,
    );
  } else {
    number = unnamedAsks(target, details, isPrivate);
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
  return details.fromCache === true && !(isOfFirefox(details) && details.ip);
}

/** The statuses of answers that may lead on. */
const REDIRECTS = new Set([300, 301, 302, 303, 307, 308]);

/**
 * An answer came (`answerEvent` in `firefox.js`): of any request that completes, WebSocket upgrades and cached answers included. What
 * becomes of it is its page's business.
 *
 * @type {Step<AnswerDetails>}
 */
export function requestAnswered(target, details) {
  if (isOfFirefox(details) && REDIRECTS.has(details.statusCode)) {
    redirected(target, details);
    return;
  }
  const requestId = numberOf(details.requestId);
  const fromCache = isFromCacheAlone(details);
  if (target.core.requestAnswered(requestId, fromCache)) return;
  begin(target, details, true);
  target.core.requestAnswered(requestId, fromCache);
}

/**
 * `webRequest.onBeforeRedirect`. Firefox 153 tells of it by the answer's headers too, which need not name where it leads: a background
 * that it wakes hears of requests, of headers and of this in any order, and of two alone the count is the same in each.
 *
 * @type {Step<EndDetails>}
 */
export function requestRedirected(target, details) {
  const isToldByHeaders = isOfFirefox(details) && (details.ip || details.fromCache);
  if (!isToldByHeaders) redirected(target, details);
}

/**
 * A redirect that the browser makes up itself (HSTS, Firefox's way to a service worker) has no address of a server.
 *
 * @type {Step<EndDetails>}
 */
function redirected(target, details) {
  const { core, keys } = target;
  const requestId = numberOf(details.requestId);
  const host = keys.host(details.url);
  const fromCache = isFromCacheAlone(details);
  const fromNetwork = Boolean(details.ip);
  if (core.requestRedirected(requestId, host, fromCache, fromNetwork)) return;
  begin(target, details, true);
  core.requestRedirected(requestId, host, fromCache, fromNetwork);
}

/**
 * `webRequest.onErrorOccurred`. An error of an unknown request is mostly an abort after the answer: nothing to count.
 *
 * @type {Step<ErrorDetails>}
 */
export function requestFailed(target, details) {
  const { core } = target;
  const { error, ip } = details;
  const requestId = numberOf(details.requestId);
  // A copy that the page may not use was still one.
  if (isFromCacheAlone(details) && core.requestAnswered(requestId, true)) return;
  if (isWebTransport(details)) core.requestFailed(requestId, error.startsWith('NS_ERROR_NET_') ? '' : error, false);
  else if (core.requestFailed(requestId, error, Boolean(ip))) target.askedInVain.note(details, target.keys);
}

/**
 * Whether a request opens a WebTransport. Firefox 153 gives it no type and no tab of its own, and where it fails names the address
 * to which it sent datagrams and says `NS_ERROR_NET_RESET`, also where nobody is there: both prove nothing.
 *
 * @param {RequestDetails} details
 * @returns {boolean}
 */
function isWebTransport({ type, tabId, documentUrl }) {
  return type === 'webtransport' || (type === 'other' && tabId === -1 && Boolean(documentUrl));
}
