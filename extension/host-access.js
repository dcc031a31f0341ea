// Owns whether the browser lets Tiers see the requests of all sites: its user can take that back, in both browsers.

import { api } from './browser.js';

/** @type {chrome.permissions.Permissions} */
const ALL_SITES = { origins: ['<all_urls>'] };

/** @returns {Promise<boolean>} */
export function hasAllSites() {
  return api.permissions.contains(ALL_SITES);
}

/**
 * Asks the user for it. Only while a click is handled, and nothing may be waited for before: browsers refuse it otherwise.
 *
 * @returns {Promise<boolean>} Whether it was granted.
 */
export function requestAllSites() {
  return api.permissions.request(ALL_SITES);
}

/**
 * Calls back whenever that may have changed.
 *
 * @param {() => void} listener
 */
export function onAccessChanged(listener) {
  api.permissions.onAdded.addListener(listener);
  api.permissions.onRemoved.addListener(listener);
}
