// Owns the translation of the browsers' events of documents and tabs into calls of the core.

import { hostOf, schemeOf } from './address.js';

/**
 * @typedef {import('./step.js').CommitDetails} CommitDetails
 * @typedef {import('./step.js').OpenDocument} OpenDocument
 */

/**
 * @template Details
 * @typedef {import('./step.js').Step<Details>} Step
 */

/**
 * `webNavigation.onCommitted`
 *
 * @type {Step<CommitDetails>}
 */
export function documentCommitted(target, details) {
  const { url, tabId, frameId, timeStamp } = details;
  if (details.parentFrameId === -1 && isShown(details)) target.nextPages.noteShown(details);
  target.clock.tell(timeStamp);
  target.core.documentCommitted(
    details.documentId ?? '',
    details.parentDocumentId ?? '',
    tabId,
    frameId,
    details.parentFrameId === -1,
    details.documentLifecycle ?? '',
    target.privateTabs.has(tabId),
    schemeOf(url),
    hostOf(url),
    timeStamp,
  );
}

/** What `webNavigation.onErrorOccurred` says where the tab stays as it is: a download, no content, another navigation. */
const STAYS = new Set([
  'net::ERR_ABORTED',
  // NS_BINDING_ABORTED and NS_ERROR_ABORT.
  'Error code 2152398850',
  'Error code 2147500036',
]);

/** What Chromium 156 names where a navigation came to no document. */
const NO_DOCUMENT = '0'.repeat(32);

/**
 * `webNavigation.onErrorOccurred`. The browser's own page takes the place of one that did not come: Chromium 156 tells of it here
 * alone, Firefox 153 commits it a little later under the address of the page that did not come.
 *
 * @type {Step<CommitDetails & { error: string }>}
 */
export function navigationFailed(target, details) {
  const { tabId, url, timeStamp, parentFrameId, error, documentId } = details;
  if (parentFrameId !== -1) return;
  const isOfChromium = error.startsWith('net::');
  const stays = STAYS.has(error);
  // Of a document whose load is broken off Chromium says the same as of a navigation, and names it; Firefox where another process takes
  // a page over, right before its commit.
  const isOver = isOfChromium && isShown(details) && (!stays || documentId === NO_DOCUMENT);
  if (isOver) target.core.navigationStopped(tabId, hostOf(url), timeStamp);
  if (stays) return;
  if (isOfChromium) documentCommitted(target, { ...details, url: 'chrome-error://chromewebdata/' });
  else target.core.navigationFailed(tabId, hostOf(url), target.privateTabs.has(tabId), timeStamp);
}

/**
 * A document that is there as the background starts.
 *
 * @type {Step<OpenDocument>}
 */
export function documentAdopted(target, details) {
  const { documentId, parentDocumentId, tabId, frameId, isPrivate, url, atMs } = details;
  if (parentDocumentId === '') target.nextPages.noteFound({ tabId, url });
  target.clock.tell(atMs);
  target.core.documentAdopted(
    documentId,
    parentDocumentId,
    tabId,
    frameId,
    parentDocumentId === '',
    isPrivate,
    schemeOf(url),
    hostOf(url),
    atMs,
  );
}

/**
 * `tabs.onRemoved`; `tabs.onReplaced`, of the tab that is no longer there.
 *
 * @type {Step<{ tabId: number, atMs: number }>}
 */
export function tabRemoved(target, { tabId, atMs }) {
  target.core.tabRemoved(tabId, atMs);
}

/**
 * The tabs that are open as the background starts: one may have been closed while it was stopped, and what one of those that are loading asked
 * for may have been asked before anybody listened.
 *
 * @type {Step<{ tabIds: number[], loading: number[], atMs: number }>}
 */
export function tabsFound(target, { tabIds, loading, atMs }) {
  target.core.tabsFound(Int32Array.from(tabIds), Int32Array.from(loading), atMs);
}

/**
 * Whether it is what its tab shows. Chromium 156 tells of prerendered pages beside it, Firefox has none.
 *
 * @param {{ documentLifecycle?: string }} details
 * @returns {boolean}
 */
export function isShown({ documentLifecycle }) {
  return (documentLifecycle ?? 'active') === 'active';
}
