// Owns the reading of the real popup: what stands in its document, and the waiting for it to stand still.
import { isDeepStrictEqual } from 'node:util';
import { until } from '../drive/condition.js';
import { settledPopup } from '../drive/popup-view.js';
import { clickOnceSeen } from './drawn.js';

/**
 * @typedef {object} ShownRow
 * @property {string} domain
 * @property {string} text
 * @property {boolean} contacted
 * @property {number} requests
 * @property {boolean} bySite
 * @property {Record<string, number>} marks by outcome
 */

/**
 * What the popup shows; of what is hidden, nothing.
 * @typedef {object} Shown
 * @property {boolean} drawn
 * @property {string} language
 * @property {string} title
 * @property {string} words all that can be read
 * @property {string | null} state `nothing`, `unseen`, `uncounted`, `excluded`; null where a page is shown
 * @property {string | null} scheme of a page with nothing to count
 * @property {string | null} site
 * @property {string | null} siteText
 * @property {number | null} domains
 * @property {number | null} hosts
 * @property {number | null} requests
 * @property {number | null} since when the visit began, milliseconds since 1970
 * @property {boolean} atLeast
 * @property {boolean} zero
 * @property {boolean} pleased that it is zero
 * @property {number | null} blocked
 * @property {boolean} paused
 * @property {{ reason: string, sinceMs: number }[]} gaps
 * @property {{ kind: string, words: string }[]} problems
 * @property {boolean} noAnswer
 * @property {string[]} hops
 * @property {Record<string, number>} types
 * @property {ShownRow[]} rows
 */

export class Popup {
  #driver;

  /**
   * @param {import('../drive/driver.js').Driver} driver
   * @param {import('puppeteer-core').Page} page in which the popup is shown
   * @param {number} tabId of which it speaks
   */
  constructor(driver, page, tabId) {
    this.#driver = driver;
    this.page = page;
    this.tabId = tabId;
  }

  /** @returns {Promise<Shown>} */
  read() {
    return this.page.evaluate(readPopup);
  }

  /**
   * @param {string} what
   * @param {(shown: Shown) => boolean} condition
   * @param {number} [timeoutMs]
   * @returns {Promise<Shown>}
   */
  until(what, condition, timeoutMs) {
    /** @type {Shown | undefined} */
    let last;
    return until(
      `the popup: ${what}`,
      async () => {
        last = await this.read();
        if (condition(last)) return last;
        throw new Error(`it showed ${JSON.stringify({ ...last, words: last.words.slice(0, 300) })}`);
      },
      timeoutMs,
    );
  }

  /** Waits until the background has nothing new to say of the page, and the document says the same. */
  async settled() {
    const view = await settledPopup(this.#driver, this.tabId);
    return this.until(
      `the numbers that the background told (${view.domainCount}, ${view.hostCount}, ${view.requestCount})`,
      ({ domains, hosts, requests, rows }) =>
        domains === view.domainCount &&
        hosts === view.hostCount &&
        requests === view.requestCount &&
        rows.every((row) => isMarked(row, view)),
    );
  }

  /**
   * Clicks a control, once it is to be seen.
   * @param {string} testid
   */
  async click(testid) {
    await clickOnceSeen(this.page, `[data-testid="${testid}"]`);
  }

  /**
   * Opens a domain's row, and gives what it discloses once its requests are there.
   * @param {string} domain
   */
  async detail(domain) {
    await this.page.evaluate((wanted) => {
      const row = [...document.querySelectorAll('[data-testid="domain-row"]')].find(
        (one) => one.getAttribute('data-domain') === wanted,
      );
      const toggle = row?.querySelector('[data-testid="domain-toggle"]');
      if (toggle?.getAttribute('aria-expanded') === 'false' && toggle instanceof HTMLElement) toggle.click();
    }, domain);
    return until(`the detail of ${domain}`, () => this.page.evaluate(readDetail, domain));
  }
}

/**
 * Whether a row says what became of its requests as the background told it last: what is blocked or comes to its end changes no total.
 * @param {ShownRow} row
 * @param {import('../drive/popup-view.js').ShownPage} view
 */
function isMarked({ domain, marks }, { domains }) {
  const { outcomes = {} } = domains.find((told) => told.domain === domain) ?? {};
  const told = Object.entries(outcomes).filter(([outcome, requests]) => outcome !== 'sent' && requests > 0);
  return isDeepStrictEqual(marks, Object.fromEntries(told));
}

/** Runs inside the popup. */
function readPopup() {
  const shown = (/** @type {Element | null} */ element) =>
    element instanceof HTMLElement && element.closest('[hidden]') === null ? element : null;
  const find = (/** @type {string} */ testid, /** @type {ParentNode} */ root = document) =>
    shown(root.querySelector(`[data-testid="${testid}"]`));
  const all = (/** @type {string} */ testid, /** @type {ParentNode} */ root = document) =>
    [...root.querySelectorAll(`[data-testid="${testid}"]`)].flatMap((element) => shown(element) ?? []);
  const value = (/** @type {HTMLElement | null} */ element) => Number(element?.dataset['value'] ?? NaN);
  const count = (/** @type {string} */ testid) => {
    const element = find(testid);
    return element ? value(element) : null;
  };
  const root = document.documentElement;
  const state = ['nothing', 'unseen', 'uncounted', 'excluded'].find((name) => find(`state-${name}`)) ?? null;
  return {
    drawn: root.dataset['drawn'] === 'true',
    language: root.lang,
    title: document.title,
    words: document.body.innerText,
    state,
    scheme: find('nothing-scheme')?.dataset['value'] ?? null,
    site: find('site')?.dataset['value'] ?? null,
    siteText: find('site')?.textContent ?? null,
    domains: count('total-domains'),
    hosts: count('total-hosts'),
    requests: count('total-requests'),
    since: count('since'),
    atLeast: shown(document.getElementById('at-least')) !== null,
    zero: find('zero') !== null,
    pleased: find('zero')?.matches('.zero-pleased') ?? false,
    blocked: count('blocked-note'),
    paused: find('paused') !== null,
    gaps: all('gap').map((gap) => ({ reason: gap.dataset['reason'] ?? '', sinceMs: value(gap) })),
    problems: all('problem').map((one) => ({ kind: one.dataset['kind'] ?? '', words: one.innerText })),
    noAnswer: find('no-answer') !== null,
    hops: all('hop').map((hop) => hop.dataset['host'] ?? ''),
    types: Object.fromEntries(
      all('type-row').map((row) => [row.dataset['type'] ?? '', value(find('type-requests', row))]),
    ),
    rows: all('domain-row').map((row) => ({
      domain: row.dataset['domain'] ?? '',
      text: row.querySelector('.host')?.textContent ?? '',
      contacted: row.dataset['contacted'] === 'true',
      requests: Number(row.querySelector('[data-testid="domain-requests"]')?.getAttribute('data-value')),
      bySite: find('mark-service-worker', row) !== null,
      marks: Object.fromEntries(
        ['blocked', 'cached', 'failed', 'unknown', 'pending'].flatMap((outcome) => {
          const mark = find(`mark-${outcome}`, row.querySelector('[data-testid="domain-toggle"]') ?? row);
          return mark ? [[outcome, value(mark)]] : [];
        }),
      ),
    })),
  };
}

/**
 * Runs inside the popup. None until the requests are listed, or said not to be.
 * @param {string} domain
 */
function readDetail(domain) {
  const row = [...document.querySelectorAll('[data-testid="domain-row"]')].find(
    (one) => one.getAttribute('data-domain') === domain,
  );
  const detail = row?.querySelector('[data-testid="domain-detail"]');
  if (!detail) return null;
  const requests = [...detail.querySelectorAll('[data-testid="request-row"]')];
  const note = detail.querySelector('[data-testid="request-note"]');
  if (requests.length === 0 && !note?.textContent) return null;
  const hosts = [...detail.querySelectorAll('[data-testid="host-row"]')].map((host) => [
    host.getAttribute('data-host'),
    Number(host.querySelector('[data-testid="host-requests"]')?.getAttribute('data-value')),
  ]);
  return {
    /** @type {Record<string, number>} */
    hosts: Object.fromEntries(hosts),
    chain: detail.querySelector('[data-testid="chain"]')?.textContent ?? '',
    urls: requests.map((request) => request.querySelector('[data-testid="request-url"]')?.textContent ?? ''),
    outcomes: requests.map(
      (request) => request.querySelector('[data-testid="request-outcome"]')?.getAttribute('data-value') ?? '',
    ),
    icannDomain: detail.querySelector('[data-testid="icann-domain"] bdi')?.textContent ?? null,
  };
}
