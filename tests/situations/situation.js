// Owns what a situation is: something that pages and users do, and what Tiers is to tell of it, written by hand.
import { until } from '../drive/condition.js';

/** @typedef {import('../drive/browser-binary.js').BrowserName} BrowserName */

/** @typedef {Partial<Record<'sent' | 'cached' | 'blocked' | 'failed' | 'unknown' | 'pending', number>>} Outcomes */

/**
 * One visit as it is to be told. What is left out of `end`, `own` and `broughtBy` is not the point and not compared; all else is.
 * @typedef {object} ExpectedVisit
 * @property {string} site
 * @property {'page' | 'background'} [kind] `page` by default
 * @property {string | null} [end] the reason; null where the visit goes on
 * @property {string[]} [gaps] why it may be incomplete; none by default
 * @property {string[]} [hops] hosts of the redirects that led to it; none by default
 * @property {Record<string, number | Outcomes | undefined>} third by third-party host; a number: so many were sent, and nothing else
 * @property {Record<string, number | Outcomes | undefined>} [own] by host of its own site, its own request among them
 * @property {Record<string, string>} [tied] how the browser tied a host's requests to the visit, where that is not by the document
 *   that asked; by default so nowhere in a page, and by the site in what belongs to none
 * @property {Record<string, string>} [broughtBy] the way to a host, e.g. `frame a.test, redirect b.test`
 */

/**
 * Hosts are a situation's own: by them its visits and its part of the log are known.
 * @typedef {object} Situation
 * @property {string} name the sentence that it proves
 * @property {{ browser: BrowserName, why: string }} [only] the one browser in which it can be made
 * @property {string[]} [elsewhere] hosts that the browser is to ask without the web's proxy
 * @property {(web: import('../web/web.js').TestWeb) => void | Promise<void>} declare
 * @property {(stage: import('../e2e/stage.js').Stage) => Promise<void>} [before] what is there before the counting begins
 * @property {(stage: import('../e2e/stage.js').Stage) => Promise<void>} walk
 * @property {(browser: BrowserName) => ExpectedVisit[]} visits by site, and of one site in the order in which they began
 * @property {(browser: BrowserName) => Record<string, number>} [uncounted] requests in the log that are rightly nobody's
 *   contact, by host
 */

/**
 * A page of one image of a third party.
 * @param {string} host
 * @returns {import('../web/page-html.js').PageSpec}
 */
export const withImage = (host) => ({ requests: [{ kind: 'image', url: `https://${host}/1.gif` }] });

/**
 * Waits until the web was asked by or for this host so many times.
 * @param {import('../e2e/stage.js').Stage} stage
 * @param {string} host
 * @param {number} [times]
 */
export async function reached(stage, host, times = 1) {
  const { log } = stage.web;
  const isThere = () => log.entries.filter((entry) => entry.host === host).length >= times;
  await log.until(isThere, { what: `${host} (${times} times)` });
}

/**
 * Waits until a page has a host's answer: the server has sent it some time before.
 * @param {import('puppeteer-core').Page} page
 * @param {string} host
 */
export const answered = (page, host) =>
  until(`the answer of ${host} to be there`, () =>
    page.evaluate(
      (name) => performance.getEntriesByType('resource').some((entry) => new URL(entry.name).hostname === name),
      host,
    ),
  );

/**
 * Has the page itself go elsewhere, as a click on a link does, and does not wait.
 * @param {import('puppeteer-core').Page} page
 * @param {string} url
 */
export const follow = (page, url) =>
  // A turn later: a document that goes away at once would not answer this call (Chromium 156).
  page.evaluate((to) => void setTimeout(() => void (location.href = to)), url);

/** Has a page ask for something. @param {{ page: import('puppeteer-core').Page }} opened @param {...string} urls */
export function ask({ page }, ...urls) {
  return page.evaluate(async (all) => {
    for (const url of all) await fetch(url, { mode: 'no-cors' });
  }, urls);
}

/** A request that is broken off before its answer: neither browser tells whether it had left. @type {Outcomes} */
export const BROKEN_OFF = { unknown: 1 };

/**
 * How an expected visit's requests to these hosts are tied to it: Firefox 153 names no document where a worker asks, a hint, a report
 * or a fetch that outlives its page.
 * @param {BrowserName} browser
 * @param {string[]} hosts
 * @returns {Pick<ExpectedVisit, 'tied'>}
 */
export const byFrameInFirefox = (browser, ...hosts) =>
  browser === 'firefox' ? { tied: Object.fromEntries(hosts.map((host) => [host, 'frame'])) } : {};

/** An answer that is held until somebody lets go. */
export function held() {
  /** @type {() => void} */
  let release = () => {};
  const after = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  return { after, release: () => release() };
}

/**
 * A page that is written out, where what its parser does is the point.
 * @param {import('../web/web.js').TestWeb} web
 * @param {string} url
 * @param {string} html after the title and the icon
 * @param {Record<string, string>} [headers]
 */
export function declareHtml(web, url, html, headers = {}) {
  web.answer(url, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', ...headers },
    body: `<!doctype html><html lang="en"><title>page</title><link rel="icon" href="data:,">${html}</html>`,
  });
}
