// Owns the browsers as the benchmarks start them: both, headless, with clocks that are not blunted.
import puppeteer from 'puppeteer-core';
import { launch } from '../drive/launch.js';

/** @typedef {import('../drive/browser-binary.js').BrowserName} BrowserName */

/** @type {BrowserName[]} */
export const BROWSERS = ['chromium', 'firefox'];

// Puppeteer has itself told of every request, which costs the browser more than an extension that listens. It can be told not to,
// and the driver, whose tests need not, has no option for it.
const launchTold = puppeteer.launch;
puppeteer.launch = (options) => launchTold({ ...options, networkEnabled: false });

/**
 * @param {BrowserName} browser
 * @param {string} extensionPath
 * @param {import('../web/web.js').TestWeb} web
 * @param {{ showsFirstSteps?: boolean }} [extension] whether it has the background that opens that page
 * @returns {Promise<import('../drive/driver.js').Driver>}
 */
export function launchForBench(browser, extensionPath, web, { showsFirstSteps = true } = {}) {
  // Firefox rounds all times to a millisecond, so that no page can tell what it does by its times.
  const prefs = { 'privacy.reduceTimerPrecision': false };
  return launch({ browser, extensionPath, web, prefs, keepsFirstSteps: !showsFirstSteps });
}

/**
 * Lets what a measurement left behind (timers, garbage, the end of a page) come to rest before the next.
 * @param {number} ms
 */
export function rest(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
