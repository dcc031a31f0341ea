// Owns the screens that are pictured and checked for accessibility: each state of the popup and of the pages that fill a tab.
import { holdDatabase, makeLater, takeTablesAway } from '../faults/store-damage.js';
import { declareDemo, DEMO_URLS } from '../web/demo-web.js';
import { decidedScreens } from './decided-screens.js';
import { untilDrawn } from './drawn.js';
import { putEarlierDays } from './earlier-days.js';

/** @typedef {import('./stage.js').Stage} Stage */

/**
 * @typedef {object} Screen
 * @property {string} name
 * @property {import('puppeteer-core').Page} page
 * @property {'popup' | 'dashboard'} kind
 */

/** In the order in which they are shown. */
export const SCREENS = [
  'dashboard-empty',
  'method',
  'welcome',
  'popup-nothing',
  'popup-0',
  'popup-5',
  'popup-150',
  'popup-journal',
  'popup-opened-row',
  'popup-confirmation',
  'dashboard-full',
  'dashboard-sites',
  'dashboard-third-parties',
  'dashboard-new',
  'dashboard-days',
  'dashboard-weeks',
  'dashboard-graph',
  'dashboard-graph-chosen',
  'dashboard-graph-filtered',
  'dashboard-visits',
  'dashboard-visits-sorted',
  'dashboard-visits-by-site',
  'dashboard-visits-of-site',
  'dashboard-compare',
  'dashboard-compare-sites',
  'dashboard-compare-periods',
  'dashboard-kept',
  'dashboard-site',
  'dashboard-third-party',
  'dashboard-no-such-site',
  'dashboard-nothing-found',
  'dashboard-empty-period',
  'dashboard-no-such-visit',
  'dashboard-visit',
  'dashboard-confirmation',
  'popup-incomplete',
  'popup-paused',
  'popup-excluded',
  'popup-uncounted',
  'popup-unseen',
  'popup-access-missing',
  'popup-private',
  'popup-no-answer',
  'popup-store-held',
  'dashboard-store-held',
  'popup-store-damaged',
  'dashboard-store-damaged',
  'popup-store-later',
  'dashboard-store-later',
];

/**
 * The screen of a view of the dashboard, as it mostly is.
 * @param {import('../../extension/dashboard/place.js').ViewName} view
 */
export function screenOfView(view) {
  return view === 'overview' ? 'dashboard-full' : `dashboard-${view}`;
}

const DASHBOARD = 'extension/dashboard/dashboard.html';
const CHART = '.day-chart[data-drawn]';

/** What was visited on the days before today, the last first; then the same again. */
const SITES_BY_DAY = [
  ['lejournal.test', 'five.test'],
  ['zero.test', 'five.test'],
  ['lejournal.test'],
  [],
  ['lejournal.test', 'five.test', 'zero.test'],
  ['five.test'],
  [],
  ['zero.test'],
  ['lejournal.test', 'zero.test'],
];
const EARLIER = Array.from({ length: 27 }, (_, at) => ({
  ago: at + 1,
  sites: SITES_BY_DAY[at % SITES_BY_DAY.length] ?? [],
})).filter(({ sites }) => sites.length > 0);

/** The dashboard's views, each by its address, and what comes last in it where that is read for itself. @type {[string, string, string?][]} */
const VIEWS = [
  ['dashboard-sites', '?view=sites'],
  ['dashboard-third-parties', '?view=third-parties&period=7'],
  ['dashboard-new', '?view=new'],
  ['dashboard-days', '?view=days', CHART],
  ['dashboard-weeks', '?view=days&figure=requests&from=2023-01-01', CHART],
  ['dashboard-graph', '?view=graph', '[data-settled="true"]'],
  ['dashboard-graph-chosen', '?view=graph&node=third-party:fontes.test', '[data-settled="true"]'],
  ['dashboard-graph-filtered', '?view=graph&min=99', '[data-testid="graph-none"]:not([hidden])'],
  ['dashboard-visits', '?view=visits', '[data-testid="visit-row"]'],
  ['dashboard-visits-sorted', '?view=visits&sort=requests', '[data-testid="visit-row"]'],
  ['dashboard-visits-by-site', '?view=visits&group=site', '[data-testid="site-row"]'],
  ['dashboard-visits-of-site', '?view=visits&name=lejournal.test', '[data-testid="visit-row"]'],
  ['dashboard-compare', '?view=compare', '[data-testid="compare-choose"]'],
  ['dashboard-compare-sites', '?view=compare&one=lejournal.test&other=five.test', '[data-testid="compared-row"]'],
  ['dashboard-compare-periods', '?view=compare&compare=periods&period=7', '[data-testid="compared-row"]'],
  ['dashboard-kept', '?view=kept', '.kept[data-drawn]'],
  ['dashboard-site', '?view=site&name=lejournal.test', `main:has(${CHART}) [data-testid="type-row"]`],
  ['dashboard-third-party', '?view=third-party&name=audience.test', `${CHART} ~ div [data-testid="way-row"]`],
  ['dashboard-no-such-site', '?view=site&name=nobody.test'],
  ['dashboard-nothing-found', '?view=third-parties&search=nobody'],
  ['dashboard-empty-period', '?from=2020-01-01&to=2020-01-31'],
  ['dashboard-no-such-visit', '?view=visit&name=nobody&day=20000', '[data-testid="nothing"]:not([hidden])'],
];

/**
 * Shows each screen in turn; it stays as it is until the next one is asked for.
 * @param {Stage} stage fresh: nothing visited yet
 * @returns {AsyncGenerator<Screen, void>}
 */
export async function* screens(stage) {
  const { driver } = stage;
  declareDemo(stage.web);
  yield* dashboard(stage, 'dashboard-empty');
  yield* dashboard(stage, 'method', 'extension/method/method.html');
  yield* dashboard(stage, 'welcome', 'extension/welcome/welcome.html');

  const blank = await driver.newPage();
  yield await popup(stage, 'popup-nothing', driver.tabIdOf(blank));
  await blank.close();

  for (const [name, url] of /** @type {const} */ ([
    ['popup-0', DEMO_URLS.zero],
    ['popup-5', DEMO_URLS.five],
    ['popup-150', DEMO_URLS.crowd],
  ])) {
    const { page, tabId } = await stage.visit(url);
    yield await popup(stage, name, tabId);
    await page.close();
  }

  const article = await stage.visit(DEMO_URLS.article);
  await (await stage.popup(article.tabId)).settled();
  await article.page.close();
  // Of visits that are over: in a day that is closed, one that goes on would be one of which something may be missing.
  await putEarlierDays(driver, EARLIER);
  const journal = await stage.visit(DEMO_URLS.journal);
  const opened = await stage.popup(journal.tabId);
  await opened.settled();
  yield { name: 'popup-journal', page: opened.page, kind: 'popup' };
  await opened.detail('encheres.test');
  await opened.page.evaluate(() => {
    document.querySelector('[data-domain="encheres.test"]')?.scrollIntoView({ block: 'start' });
  });
  yield { name: 'popup-opened-row', page: opened.page, kind: 'popup' };
  await opened.click('delete-site');
  await opened.page.waitForSelector('[data-testid="confirmation"]');
  yield { name: 'popup-confirmation', page: opened.page, kind: 'popup' };
  await opened.click('confirm-no');

  yield* dashboard(stage, 'dashboard-full', DASHBOARD, CHART);
  for (const [name, address, last] of VIEWS) yield* dashboard(stage, name, `${DASHBOARD}${address}`, last);
  yield* visit(stage, 'dashboard-visit');

  yield* confirmation(stage, 'dashboard-confirmation');

  // As after an installation: a background to which this session is new, with the tab open already.
  await driver.asExtension(() => chrome.storage.session.clear());
  await driver.killBackground();
  const incomplete = await stage.popup(journal.tabId);
  await incomplete.until('the page as incomplete', ({ gaps }) => gaps.length > 0);
  await journal.page.evaluate(() => fetch('https://collecte.audience.test/visite', { mode: 'no-cors' }));
  await incomplete.until('a later request', ({ domains }) => domains === 1);
  await incomplete.settled();
  yield { name: 'popup-incomplete', page: incomplete.page, kind: 'popup' };
  yield* decidedScreens(stage);

  // Each of another page, whose count is whole.
  const five = await stage.visit(DEMO_URLS.five);
  await (await stage.popup(five.tabId)).settled();
  const release = await holdDatabase(stage);
  yield* badStore(stage, 'store-held', five, 'storeBlocked');
  await release();
  await stage.stored();
  await takeTablesAway(stage);
  yield* badStore(stage, 'store-damaged', five, 'storeDamaged');
  await makeLater(stage);
  yield* badStore(stage, 'store-later', five, 'storeFromFuture');
}

/**
 * The popup and the dashboard over a store that cannot be used.
 *
 * @param {Stage} stage
 * @param {string} name
 * @param {import('./stage.js').Opened} opened
 * @param {string} problem
 * @returns {AsyncGenerator<Screen, void>}
 */
async function* badStore(stage, name, { page, tabId }, problem) {
  // Something to be stored: the background finds out.
  await page.evaluate(() => fetch('https://collecte.audience.test/visite', { mode: 'no-cors' }));
  const shown = await stage.popup(tabId);
  await shown.until(problem, ({ problems }) => problems.some(({ kind }) => kind === problem), 30_000);
  yield { name: `popup-${name}`, page: shown.page, kind: 'popup' };
  const failed = await stage.driver.openExtensionPage(DASHBOARD);
  await failed.waitForSelector(`[data-testid="problem"][data-kind="${problem}"]`);
  yield { name: `dashboard-${name}`, page: failed, kind: 'dashboard' };
  await failed.close();
}

/**
 * @param {Stage} stage
 * @param {string} name
 * @param {number} tabId
 * @returns {Promise<Screen>}
 */
async function popup(stage, name, tabId) {
  const shown = await stage.popup(tabId);
  if (name === 'popup-nothing') await shown.until('that there is nothing', ({ state }) => state === 'nothing');
  else await shown.settled();
  return { name, page: shown.page, kind: 'popup' };
}

/**
 * @param {Stage} stage
 * @param {string} name
 * @param {string} [file] Of another page that fills a tab.
 * @param {string} [last] What comes last in it.
 * @returns {AsyncGenerator<Screen, void>}
 */
async function* dashboard(stage, name, file = DASHBOARD, last = 'html') {
  const page = await stage.driver.openExtensionPage(file);
  await untilDrawn(page);
  await page.waitForSelector(last);
  yield { name, page, kind: 'dashboard' };
  await page.close();
}

/**
 * The question before something is deleted.
 * @param {Stage} stage
 * @param {string} name
 * @returns {AsyncGenerator<Screen, void>}
 */
async function* confirmation(stage, name) {
  for await (const { page, kind } of dashboard(stage, name, `${DASHBOARD}?view=sites`)) {
    await page.$eval('[data-testid="delete-all"]', (button) => /** @type {HTMLElement} */ (button).click());
    await page.waitForSelector('[data-testid="confirmation"]');
    yield { name, page, kind };
  }
}

/**
 * One visit, which the history leads to, with what is known of one of its third parties.
 * @param {Stage} stage
 * @param {string} name
 * @returns {AsyncGenerator<Screen, void>}
 */
async function* visit(stage, name) {
  const history = `${DASHBOARD}?view=visits&name=lejournal.test`;
  for await (const { page, kind } of dashboard(stage, name, history, '[data-testid="open-visit"]')) {
    await page.evaluate(() => {
      const [first] = document.querySelectorAll('[data-testid="open-visit"]');
      if (first instanceof HTMLElement) first.click();
    });
    await page.waitForSelector('[data-testid="visit-domain"]');
    await page.evaluate(() => {
      const one = document.querySelector('[data-domain="encheres.test"]');
      if (one instanceof HTMLDetailsElement) one.open = true;
    });
    await page.waitForSelector('[data-testid="chain"]');
    yield { name, page, kind };
  }
}
