// Owns the reading of what the popup shows for a tab: asked from the background, checked, and waited for.
import { until } from './condition.js';

/** @typedef {Record<string, number>} OutcomeCounts by outcome: sent, cached, blocked, failed, unknown, pending */

/**
 * @typedef {object} ShownDomain
 * @property {string} domain
 * @property {number} requests
 * @property {string[]} hosts
 * @property {string[]} contacted those of the hosts that at least one request reached, or is on its way to
 * @property {OutcomeCounts} outcomes
 */

/**
 * @typedef {object} ShownPage
 * @property {string} site
 * @property {number} domainCount
 * @property {number} hostCount
 * @property {number} requestCount
 * @property {OutcomeCounts} outcomes
 * @property {ShownDomain[]} domains
 */

/**
 * Asks the background for the popup's view of the tab until it stands still: events cross several processes, and the
 * last ones arrive after the page says that it is done.
 * @param {import('./driver.js').Driver} driver
 * @param {number} tabId
 * @returns {Promise<ShownPage>}
 */
export async function settledPopup(driver, tabId) {
  let before = '';
  let same = 0;
  let since = 0;
  return until('the popup to stand still', async () => {
    const page = await popupView(driver, tabId);
    const now = JSON.stringify(page);
    same = now === before ? same + 1 : 0;
    if (same === 0) since = Date.now();
    before = now;
    const isStill = same >= STILL_ANSWERS && (!page.outcomes['pending'] || Date.now() - since > STILL_WITH_PENDING_MS);
    return isStill ? page : null;
  });
}

/** With the wait between two askings: a third of a second without a change, and longer on a busy machine. */
const STILL_ANSWERS = 12;
/** So long where an answer may still come; none does where it came while the background was stopped. */
const STILL_WITH_PENDING_MS = 3_500;

/**
 * @param {import('./driver.js').Driver} driver
 * @param {number} tabId
 * @returns {Promise<ShownPage>}
 */
export async function popupView(driver, tabId) {
  const { page, said } = await driver.asExtension(viewOf, tabId, '/extension/popup-instance.js');
  if (at(page, 'kind') !== 'page') {
    throw new Error(`The background shows no page for tab ${tabId}: it answered ${said}.`);
  }
  const domains = list(at(page, 'domains')).map(shownDomain);
  return {
    site: text(at(page, 'site')),
    domainCount: count(at(page, 'totals', 'domains')),
    hostCount: count(at(page, 'totals', 'hosts')),
    requestCount: count(at(page, 'totals', 'requests')),
    outcomes: counts(at(page, 'outcomes')),
    domains,
  };
}

/**
 * Runs in a page of the extension.
 * @param {number} tabId
 * @param {string} popupInstance the file that makes the popup's view
 * @returns {Promise<{ page: unknown, said: string }>}
 */
async function viewOf(tabId, popupInstance) {
  const said = await chrome.runtime.sendMessage({ kind: 'popup', tabId });
  const { response } = JSON.parse(said);
  if (!response) return { page: null, said };
  const { popupView: read } = await import(popupInstance);
  const { page } = read(response);
  return { page, said: page.kind === 'page' ? said : JSON.stringify(page) };
}

/**
 * @param {unknown} row
 * @returns {ShownDomain}
 */
function shownDomain(row) {
  const hosts = list(at(row, 'hosts')).map((host) => (typeof host === 'string' ? { host } : host));
  return {
    domain: text(at(row, 'domain')),
    requests: count(at(row, 'requests')),
    hosts: hosts.map((host) => text(at(host, 'host'))),
    contacted: hosts.filter((host) => isContacted(host, row)).map((host) => text(at(host, 'host'))),
    outcomes: counts(at(row, 'outcomes')),
  };
}

/**
 * The host's own word where it has one, else its domain's.
 * @param {unknown} host
 * @param {unknown} domain
 */
function isContacted(host, domain) {
  const said = [at(host, 'contacted'), at(domain, 'contacted')].find((word) => typeof word === 'boolean');
  const own = at(host, 'outcomes');
  if (own === undefined) return said ?? true;
  const { sent = 0, pending = 0 } = counts(own);
  return sent + pending > 0;
}

/** @param {unknown} value @param {string[]} names @returns {unknown} */
function at(value, ...names) {
  return names.reduce(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
}

/** @param {unknown} value @returns {unknown[]} */
function list(value) {
  return Array.isArray(value) ? value : [];
}

/** @param {unknown} value */
function text(value) {
  return typeof value === 'string' ? value : '';
}

/** @param {unknown} value */
function count(value) {
  return typeof value === 'number' ? value : 0;
}

/** @param {unknown} value @returns {OutcomeCounts} */
function counts(value) {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, number]) => typeof number === 'number'));
}
