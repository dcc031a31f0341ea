// Owns the cancelling of requests to hosts whose name begins with the moment at which it is to be done.

const EVERYTHING = { urls: ['<all_urls>'] };

/**
 * @param {string} label
 * @returns {(details: { url: string }) => { cancel: boolean }}
 */
const cancelAt = (label) => (details) => ({ cancel: new URL(details.url).hostname.startsWith(`${label}.`) });

chrome.webRequest.onBeforeRequest.addListener(cancelAt('cancelled-first'), EVERYTHING, ['blocking']);
chrome.webRequest.onBeforeSendHeaders.addListener(cancelAt('cancelled-early'), EVERYTHING, ['blocking']);
chrome.webRequest.onHeadersReceived.addListener(cancelAt('cancelled-late'), EVERYTHING, ['blocking']);
