// Owns what an export says of the browser in which it was made.

import { api } from './browser.js';

/**
 * @typedef {import('./core/types.js').Environment} Environment
 */

/**
 * The browser, its system and the extension.
 *
 * @returns {Promise<Environment>}
 */
export async function readEnvironment() {
  const { os } = await api.runtime.getPlatformInfo();
  const { name, version } = await readBrowser();
  return {
    browser_name: name,
    browser_version: version,
    os,
    language: navigator.language,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    extension_version: api.runtime.getManifest().version,
  };
}

/**
 * @typedef {{ brand: string, version: string }} Brand
 *
 * @typedef {object} BrowserInterfaces What only one of the browsers has, and TypeScript's types lack.
 * @property {() => Promise<{ name: string, version: string }>} [getBrowserInfo] Firefox, on `runtime`.
 * @property {{ getHighEntropyValues: (hints: string[]) => Promise<{ fullVersionList?: Brand[] }> }} [userAgentData] Chromium, on
 * `navigator`.
 */

/** @returns {Promise<{ name: string, version: string }>} */
async function readBrowser() {
  const { getBrowserInfo } = /** @type {BrowserInterfaces} */ (/** @type {unknown} */ (api.runtime));
  if (getBrowserInfo) return getBrowserInfo();
  const { userAgentData } = /** @type {BrowserInterfaces} */ (/** @type {unknown} */ (navigator));
  const hints = await userAgentData?.getHighEntropyValues(['fullVersionList']);
  return nameOf(hints?.fullVersionList ?? []);
}

/**
 * The browser among the brands that it gives: Chromium 156 adds its engine, and one made-up name so that nobody relies on
 * the list's form.
 *
 * @param {Brand[]} brands
 * @returns {{ name: string, version: string }}
 */
export function nameOf(brands) {
  const real = brands.filter(({ brand }) => !/^\W*not\W/i.test(brand));
  const own = real.find(({ brand }) => brand !== 'Chromium') ?? real[0];
  return own ? { name: own.brand, version: own.version } : { name: 'unknown', version: '' };
}
