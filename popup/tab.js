// Owns the tab that the popup speaks of, and what the popup asks of the browser about it.
import { api } from '../extension/browser.js';

/**
 * The tab that `?tab=ID` names, else the one that the popup was opened over.
 * @returns {Promise<number>}
 * @throws {Error} Where there is none.
 */
export async function shownTab() {
  const named = new URLSearchParams(location.search).get('tab');
  if (named !== null) return Number(named);
  const [tab] = await api.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined) throw new Error('The browser names no active tab');
  return tab.id;
}

/** @returns {boolean} Whether this is the popup over a page, and not a page of its own. */
export function isPopup() {
  return !new URLSearchParams(location.search).has('tab');
}

/** @returns {boolean} Whether this is in a private window, from where Firefox 153 lets nobody read the store. */
export function isInPrivateWindow() {
  return api.extension.inIncognitoContext;
}

/**
 * @param {number} tabId
 * @returns {Promise<void>}
 */
export function reloadTab(tabId) {
  return api.tabs.reload(tabId);
}

/** The extension's own pages that fill a tab. */
export const DASHBOARD_PAGE = 'extension/dashboard/dashboard.html';
export const METHOD_PAGE = 'extension/method/method.html';
export const WELCOME_PAGE = 'extension/welcome/welcome.html';

/**
 * Opens a page of the extension in a new tab.
 * @param {string} path From the extension's root.
 * @returns {Promise<unknown>}
 */
export function openPage(path) {
  return openAddress(api.runtime.getURL(path));
}

/**
 * @param {string} address
 * @returns {Promise<unknown>}
 */
export function openAddress(address) {
  return api.tabs.create({ url: address });
}

/**
 * The dashboard's page of one third party.
 * @param {string} domain
 * @returns {string} From the extension's root.
 */
export function thirdPartyPage(domain) {
  return `${DASHBOARD_PAGE}?${new URLSearchParams({ view: 'third-party', name: domain })}`;
}

/**
 * Opens a page of the extension in the place of the popup, which not every browser closes by itself.
 * @param {string} path From the extension's root.
 */
export async function leaveFor(path) {
  await openPage(path);
  if (isPopup()) window.close();
}
