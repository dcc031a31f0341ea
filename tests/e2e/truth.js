// Owns the truth that the popup is held against: what the server's log says of a page's third parties.
import assert from 'node:assert/strict';
import { getDomain } from 'tldts';
import { until } from '../drive/condition.js';
import { popupView } from '../drive/popup-view.js';

/** @typedef {import('../web/request-log.js').LoggedRequest} LoggedRequest */

/**
 * @typedef {object} Truth
 * @property {Record<string, number>} domains requests by third-party domain
 * @property {Record<string, number>} hosts requests by third-party host
 * @property {number} requests
 */

/**
 * The registrable domain by another implementation than the product's; the host itself where there is none.
 * @param {string} host
 */
export function siteOf(host) {
  return getDomain(host, { allowPrivateDomains: true, validateHostname: false }) ?? host;
}

/**
 * What no page's third party is: a navigation's request, whose hops are no contacts; the script of a service worker, which is
 * always of its own site. A browser looks for a newer script in its own time (Firefox 153 a second after a page of the worker
 * was opened), which can be while the log is kept for the next page, of another site.
 */
const NOBODYS_THIRD_PARTY = ['document', 'serviceworker'];

/**
 * What the log says of a page: all but its own site's requests, and {@link NOBODYS_THIRD_PARTY}.
 * @param {readonly LoggedRequest[]} entries of this page alone
 * @param {string} site
 * @returns {Truth}
 */
export function truthOf(entries, site) {
  const thirds = entries.filter(
    (entry) => !NOBODYS_THIRD_PARTY.includes(entry.secFetchDest) && siteOf(entry.host) !== site,
  );
  return {
    domains: tally(thirds.map((entry) => siteOf(entry.host))),
    hosts: tally(thirds.map((entry) => entry.host)),
    requests: thirds.length,
  };
}

/** @param {string[]} names @returns {Record<string, number>} sorted by name */
export function tally(names) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of [...names].sort()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/**
 * Holds the popup, each of its numbers, and the badge against the log.
 * @param {import('./stage.js').Stage} stage
 * @param {{ tabId: number, mark: number }} opened
 * @param {string} site
 * @returns {Promise<{ popup: import('./popup.js').Popup, shown: import('./popup.js').Shown, truth: Truth }>}
 */
export async function assertPopupEqualsLog(stage, { tabId, mark }, site) {
  const popup = await stage.popup(tabId);
  await untilHeard(stage, { tabId, mark }, site);
  const shown = await popup.settled();
  const truth = truthOf(stage.web.log.since(mark), site);
  assert.equal(shown.site, site);
  assert.deepEqual(contactedOf(shown), truth.domains, 'domains and their requests, popup against log');
  assert.equal(shown.domains, Object.keys(truth.domains).length, 'number of domains');
  assert.equal(shown.hosts, Object.keys(truth.hosts).length, 'number of hosts');
  assert.equal(shown.requests, truth.requests, 'number of requests');
  assert.equal(sum(Object.values(shown.types)), truth.requests, 'requests by type, summed');
  await assertBadge(stage, tabId, String(shown.domains));
  return { popup, shown, truth };
}

/**
 * Waits until the background has heard of as many requests as the log has: on a busy machine the last events come late, and a popup that
 * stands still meanwhile stands still too early. In vain it waits where some are missing: the comparison says which.
 * @param {import('./stage.js').Stage} stage
 * @param {{ tabId: number, mark: number }} opened
 * @param {string} site
 */
async function untilHeard(stage, { tabId, mark }, site) {
  let heard = 0;
  const isHeard = async () => {
    ({ requestCount: heard } = await popupView(stage.driver, tabId));
    return heard >= truthOf(stage.web.log.since(mark), site).requests;
  };
  await until('the requests of the log to be heard of', isHeard).catch((error) => {
    console.warn(`${site}: ${heard} requests were heard of.`, error);
  });
}

/**
 * @param {import('./stage.js').Stage} stage
 * @param {number} tabId
 * @param {string} expected
 */
export async function assertBadge(stage, tabId, expected) {
  let badge = '';
  await until(`the badge ${JSON.stringify(expected)}`, async () => {
    badge = await stage.driver.badge(tabId);
    if (badge === expected) return true;
    throw new Error(`it shows ${JSON.stringify(badge)}`);
  });
}

/**
 * The rows that count, with their requests.
 * @param {import('./popup.js').Shown} shown
 * @returns {Record<string, number>} sorted by name
 */
export function contactedOf(shown) {
  const rows = shown.rows.filter((row) => row.contacted).sort((a, b) => (a.domain < b.domain ? -1 : 1));
  return Object.fromEntries(rows.map((row) => [row.domain, row.requests]));
}

/** @param {number[]} numbers */
export function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
