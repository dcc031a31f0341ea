// Owns how the two browsers are told apart, where one source does not fit both.

import { api } from './browser.js';

/** Whether this is Firefox. */
export function isFirefox() {
  return api.runtime.getURL('').startsWith('moz-extension:');
}

/**
 * Whether Firefox tells of a request: it marks each as private or not, Chromium none.
 *
 * @param {{ incognito?: boolean }} details
 * @returns {boolean}
 */
export function isOfFirefox({ incognito }) {
  return incognito !== undefined;
}

/**
 * The event by which the browser tells that an answer came, whatever becomes of it, from a cache too.
 *
 * Firefox 153 fires `onResponseStarted` for an answer that somebody waits for: not for a script that is missing, nor for an image
 * that is none. Chromium 156 fires it for each, and `onHeadersReceived` for none from its cache.
 *
 * @returns {typeof chrome.webRequest.onResponseStarted}
 */
export function answerEvent() {
  const { webRequest } = api;
  // What is read of the details is in both.
  return /** @type {any} */ (isFirefox() ? webRequest.onHeadersReceived : webRequest.onResponseStarted);
}
