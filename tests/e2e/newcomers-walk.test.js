// Walks as a newcomer does: installs, browses five pages, opens the popup, finds the worst site, everything about one tracker, compares two
// sites, deletes one, exports. By the mouse and the keyboard alone, each step pictured; with TIERS_SCREENSHOTS=DIR for the docs, too.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { DEMO_URLS, declareDemo, JOURNAL_THIRD_PARTIES } from '../web/demo-web.js';
import { copyForDocs } from './docs-picture.js';
import { untilDrawn, untilIn } from './drawn.js';
import { rawStore } from './raw-store.js';
import { saveExport } from './saved-export.js';
import { BROWSER, Stage } from './stage.js';

const FOLDER = path.join(import.meta.dirname, '..', '..', 'artifacts', 'walk');
const DASHBOARD = { width: 1100, height: 800 };
const POPUP = { width: 400, height: 600 };

const DASHBOARD_PAGE = 'extension/dashboard/dashboard.html';
const JOURNAL = 'lejournal.test';
const FIVE = 'five.test';
const WORST = 'crowd.test';
const TRACKER = 'audience.test';

/** @type {Stage} */
let stage;
/** The dashboard. @type {import('puppeteer-core').Page} */
let page;
/** The journal's tab. */
let journal = 0;
let step = 0;

before(async () => {
  await mkdir(FOLDER, { recursive: true });
  stage = await Stage.open({}, declareDemo);
});
after(() => stage?.close());

/**
 * @param {import('puppeteer-core').Page} shown
 * @param {string} name
 * @param {{ width: number, height: number }} [size]
 */
async function picture(shown, name, size = DASHBOARD) {
  const title = `${(step += 1)}-${name}.png`;
  const file = path.join(FOLDER, `${BROWSER}-${title}`);
  await shown.bringToFront();
  await shown.setViewport({ ...size, deviceScaleFactor: 2 });
  await shown.screenshot({ path: file });
  await copyForDocs(file, `walk/${title}`);
}

/** A click of the mouse, where a reader sees what is clicked. @param {string} selector */
async function click(selector) {
  const element = await page.waitForSelector(selector, { visible: true });
  await page.bringToFront();
  await element?.click();
}

/** @param {string} view */
async function onView(view) {
  await page.waitForFunction((name) => new URLSearchParams(location.search).get('view') === name, {}, view);
  // A view's files may only come now.
  await untilDrawn(page);
}

/** @param {string} selector */
function value(selector) {
  return page.$eval(selector, (element) => Number(element.getAttribute('data-value')));
}

/** @param {string} row @returns {Promise<string[]>} The rows' names. */
function names(row) {
  return page.$$eval(`[data-testid="${row}"]`, (lines) => lines.map((line) => line.getAttribute('data-name') ?? ''));
}

/** @param {string} testid @param {string} words */
async function type(testid, words) {
  await click(`[data-testid="${testid}"]`);
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

test('first_the_extension_says_what_it_does_and_the_popup_of_a_page_says_a_number', async () => {
  const welcome = await stage.driver.openExtensionPage('extension/welcome/welcome.html');
  await welcome.waitForSelector('[data-testid="kept"]', { visible: true });
  await picture(welcome, 'first-steps');
  await welcome.close();
  for (const url of [DEMO_URLS.zero, DEMO_URLS.five, DEMO_URLS.crowd, DEMO_URLS.article, DEMO_URLS.journal]) {
    const { tabId } = await stage.visit(url);
    const shown = await (await stage.popup(tabId)).settled();
    if (url === DEMO_URLS.zero) assert.deepEqual([shown.domains, shown.zero], [0, true]);
    journal = tabId;
  }
  await stage.quiet();
  const popup = await stage.popup(journal);
  const shown = await popup.settled();
  assert.deepEqual([shown.site, shown.domains], [JOURNAL, JOURNAL_THIRD_PARTIES.length]);
  await picture(popup.page, 'popup', POPUP);
  // Who a domain is elsewhere is one click away, and so is the dashboard.
  await popup.detail(TRACKER);
  for (const [testid, leadsTo] of [
    ['domain-everywhere', `${DASHBOARD_PAGE}?view=third-party&name=${TRACKER}`],
    ['open-dashboard', DASHBOARD_PAGE],
  ]) {
    await popup.page.bringToFront();
    const button = await popup.page.waitForSelector(`[data-testid="${testid}"]`, { visible: true });
    // Away from the actions that stay at the popup's bottom.
    await button?.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await button?.click();
    const opened = await stage.driver.pageThatShows(stage.driver.extensionUrl(leadsTo ?? ''));
    await untilDrawn(opened);
    if (testid === 'open-dashboard') page = opened;
    else await opened.close();
  }
});

test('the_worst_site_stands_first_on_the_dashboard_and_one_click_tells_all_of_it', async () => {
  await page.waitForSelector('[data-testid="site-row"]', { visible: true });
  assert.equal((await names('site-row'))[0], WORST);
  await picture(page, 'dashboard');
  await click(`[data-testid="site-row"][data-name="${WORST}"] a`);
  await onView('site');
  assert.equal(await value('[data-testid="total-domains"]'), 150);
  await picture(page, 'worst-site');
});

test('one_tracker_says_on_which_sites_it_was_met_and_how_often', async () => {
  await click('#views [data-view="third-parties"]');
  await onView('third-parties');
  await type('search', TRACKER);
  await untilIn(
    page,
    'one third party',
    () => document.querySelectorAll('[data-testid="third-party-row"]').length === 1,
  );
  await click(`[data-testid="third-party-row"][data-name="${TRACKER}"] a`);
  await onView('third-party');
  const log = stage.web.log.entries.filter(({ host }) => host.endsWith(`.${TRACKER}`));
  assert.equal(await value('[data-testid="total-requests"]'), log.length, 'the server saw as many requests');
  assert.deepEqual((await names('met-row')).toSorted(), [FIVE, JOURNAL]);
  await picture(page, 'tracker');
});

test('two_sites_stand_side_by_side_with_what_both_have_and_what_only_one_has', async () => {
  await click(`[data-testid="met-row"][data-name="${JOURNAL}"] a`);
  await onView('site');
  await click('[data-testid="compare-this-site"]');
  await onView('compare');
  await type('compare-other', FIVE);
  await page.waitForSelector('[data-testid="compared-row"]', { visible: true });
  const [both, onlyOne, onlyOther] = await Promise.all(
    ['both', 'one', 'other'].map((part) => value(`[data-testid="part-${part}-count"]`)),
  );
  assert.deepEqual([both, onlyOne, onlyOther], [5, JOURNAL_THIRD_PARTIES.length - 5, 0]);
  await picture(page, 'comparison');
});

test('a_site_is_deleted_after_a_question_and_nothing_of_it_is_left', async () => {
  assert.match(await stage.driver.asExtension(rawStore), new RegExp(FIVE));
  // A page that is open would be counted on.
  for (const open of await stage.driver.browser.pages()) if (open.url() === DEMO_URLS.five) await open.close();
  await click('#views [data-view="sites"]');
  await onView('sites');
  await click(`[data-testid="site-row"][data-name="${FIVE}"] a`);
  await onView('site');
  await click('[data-testid="delete-this-site"]');
  await page.waitForSelector('[data-testid="confirmation"]', { visible: true });
  await picture(page, 'deletion');
  await click('[data-testid="confirm-yes"]');
  await page.waitForSelector('[data-testid="nothing"]', { visible: true });
  await until(
    'nothing of the site to be stored',
    async () => !(await stage.driver.asExtension(rawStore)).includes(FIVE),
  );
});

test('the_export_holds_what_the_dashboard_shows_and_nothing_of_what_was_deleted', async () => {
  await click('#views [data-view="overview"]');
  await page.waitForSelector('[data-testid="total-visits"]', { visible: true });
  const shown = Object.fromEntries(
    await Promise.all(
      ['visits', 'sites', 'domains', 'requests'].map(async (name) => [
        name,
        await value(`[data-testid="total-${name}"]`),
      ]),
    ),
  );
  const { saved, text } = await saveExport(page, stage.downloads);
  const { visits, sites, third_party_domains: domains, third_party_requests: requests } = saved.totals;
  assert.deepEqual({ visits, sites, domains, requests }, shown);
  assert.ok(!text.includes(FIVE));
  await picture(page, 'export');
});
