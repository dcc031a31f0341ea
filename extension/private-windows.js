// Owns whether the browser lets Tiers into private windows: only its user can say so, on the browser's own page of the extension.

import { api } from './browser.js';
import { isFirefox } from './firefox.js';

/** @returns {Promise<boolean>} */
export function isInPrivateWindows() {
  return api.extension.isAllowedIncognitoAccess();
}

/** @returns {string | null} The address of that page; null where no extension may open it, as `about:addons` in Firefox 153. */
export function pageOfThisExtension() {
  return isFirefox() ? null : `chrome://extensions/?id=${api.runtime.id}`;
}
