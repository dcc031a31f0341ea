// Proves the count of what a service worker asks for, by itself and for its pages: popup and export against the log.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { untilControlled } from '../drive/controlled-page.js';
import { DashboardScreen } from './dashboard-screen.js';
import { sentOf, visitsOf } from './saved-export.js';
import { Stage } from './stage.js';
import { assertPopupEqualsLog } from './truth.js';

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());
/** What the test that runs has opened. @type {import('puppeteer-core').Page[]} */
const openPages = [];
// A page that stays open is stored again for whatever its worker asks, also where another test has deleted it.
afterEach(async () => {
  for (const page of openPages.splice(0)) if (!page.isClosed()) await page.close();
});

/** @type {Stage['visit']} */
async function visit(url, spec) {
  const opened = await stage.visit(url, spec);
  openPages.push(opened.page);
  return opened;
}

/**
 * Declares a site whose service worker asks for something as it is activated, and passes its pages' requests through.
 * @param {string} name
 */
function declareSite(name) {
  stage.web.script(
    `https://www.${name}.test/worker.js`,
    `addEventListener('install', () => skipWaiting());
     addEventListener('activate', (event) => event.waitUntil(
       fetch('https://api.${name}-own.test/config.json', { mode: 'no-cors' }).then(() => clients.claim())));
     addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));
     addEventListener('message', (event) => event.waitUntil(fetch(event.data, { mode: 'no-cors' })));`,
  );
  stage.web.page(`https://www.${name}.test/`, {
    requests: [
      { kind: 'script', url: `https://cdn.${name}-page.test/lib.js` },
      { kind: 'service-worker', url: `https://www.${name}.test/worker.js` },
    ],
  });
}

test('what_a_service_worker_asks_for_by_itself_and_for_its_page_equals_the_log_and_is_marked', async () => {
  declareSite('worked');
  const opened = await visit('https://www.worked.test/');
  await untilControlled(opened.page);
  await opened.page.evaluate(async () => {
    await fetch('https://api.worked-passed.test/data.json', { mode: 'no-cors' });
    await fetch('https://api.worked-passed.test/more.json', { mode: 'no-cors' });
    const { controller } = navigator.serviceWorker;
    controller?.postMessage('https://push.worked-told.test/sync');
  });
  await stage.web.log.until((entry) => entry.host === 'push.worked-told.test', { since: opened.mark });
  const { shown, truth } = await assertPopupEqualsLog(stage, opened, 'worked.test');
  assert.deepEqual(truth.domains, {
    'worked-own.test': 1,
    'worked-page.test': 1,
    'worked-passed.test': 2,
    'worked-told.test': 1,
  });
  assert.deepEqual(
    shown.rows
      .filter((row) => row.bySite)
      .map((row) => row.domain)
      .sort(),
    ['worked-own.test', 'worked-passed.test', 'worked-told.test'],
  );
});

test('a_page_that_its_service_worker_serves_from_the_first_request_on_equals_the_log', async () => {
  declareSite('served');
  const { page } = await visit('https://www.served.test/');
  await untilControlled(page);
  stage.web.page('https://www.served.test/article', {
    requests: [
      { kind: 'script', url: 'https://cdn.served-a.test/lib.js' },
      { kind: 'image', url: 'https://img.served-b.test/1.gif' },
      { kind: 'image', url: 'https://img.served-b.test/2.gif' },
      { kind: 'xhr', url: 'https://api.served-c.test/data.json' },
      { kind: 'frame', url: 'https://embed.served-d.test/widget' },
      { kind: 'websocket', url: 'wss://live.served-e.test/socket' },
    ],
  });
  const opened = await visit('https://www.served.test/article');
  const { truth } = await assertPopupEqualsLog(stage, opened, 'served.test');
  assert.deepEqual(truth.domains, {
    'served-a.test': 1,
    'served-b.test': 2,
    'served-c.test': 1,
    'served-d.test': 1,
    'served-e.test': 1,
  });
});

test('redirects_that_a_service_worker_follows_are_requests_of_their_own', async () => {
  declareSite('followed');
  stage.web.redirects([
    'https://a.followed-a.test/go',
    'https://b.followed-b.test/go',
    'https://c.followed-c.test/end',
  ]);
  const opened = await visit('https://www.followed.test/');
  await untilControlled(opened.page);
  await opened.page.evaluate(() => {
    navigator.serviceWorker.controller?.postMessage('https://a.followed-a.test/go');
  });
  await stage.web.log.until((entry) => entry.host === 'c.followed-c.test', { since: opened.mark });
  const { truth } = await assertPopupEqualsLog(stage, opened, 'followed.test');
  assert.equal(truth.domains['followed-a.test'], 1);
  assert.equal(truth.domains['followed-b.test'], 1);
});

test('a_service_worker_s_requests_are_a_record_of_their_own_in_the_export', async () => {
  declareSite('recorded');
  const { page } = await visit('https://www.recorded.test/');
  await untilControlled(page);
  const { saved } = await stage.exportAll();
  const backgrounds = visitsOf(saved, 'recorded.test', 'background');
  assert.equal(backgrounds.length, 1);
  assert.deepEqual(sentOf(saved, backgrounds[0]?.visit_id ?? ''), { 'api.recorded-own.test': 1 });
  const pages = visitsOf(saved, 'recorded.test');
  assert.deepEqual(
    pages.map((visit) => sentOf(saved, visit.visit_id)),
    [{ 'cdn.recorded-page.test': 1 }],
  );
  const rows = saved.contacts.filter((row) => row.host === 'api.recorded-own.test');
  assert.deepEqual(
    rows.map((row) => row.attribution),
    ['site'],
  );
});

test('two_open_pages_of_a_site_both_show_their_worker_s_request_and_the_export_has_it_once', async () => {
  const told = 'https://push.shared-told.test/sync';
  stage.web.script(
    'https://www.shared.test/worker.js',
    `addEventListener('install', () => skipWaiting());
     addEventListener('activate', (event) => event.waitUntil(clients.claim()));
     addEventListener('message', (event) => event.waitUntil(fetch(event.data, { mode: 'no-cors' })));`,
  );
  const first = await visit('https://www.shared.test/', {
    requests: [{ kind: 'service-worker', url: 'https://www.shared.test/worker.js' }],
  });
  await untilControlled(first.page);
  const second = await visit('https://www.shared.test/');
  await untilControlled(second.page);
  const other = await visit('https://shares-nothing.test/', {});
  await second.page.evaluate((url) => navigator.serviceWorker.controller?.postMessage(url), told);
  await stage.web.log.until(({ url }) => url === told, { since: other.mark });
  for (const opened of [first, second]) {
    const { shown, truth } = await assertPopupEqualsLog(stage, opened, 'shared.test');
    assert.deepEqual(truth.domains, { 'shared-told.test': 1 });
    assert.deepEqual(
      shown.rows.map(({ domain, bySite }) => ({ domain, bySite })),
      [{ domain: 'shared-told.test', bySite: true }],
    );
  }
  assert.deepEqual((await (await stage.popup(other.tabId)).settled()).rows, []);
  const { saved } = await stage.exportAll();
  const rows = saved.contacts.filter(({ host }) => host === 'push.shared-told.test');
  assert.deepEqual(
    rows.map(({ requests, sent }) => ({ requests, sent })),
    [{ requests: 1, sent: 1 }],
  );
  const backgrounds = visitsOf(saved, 'shared.test', 'background').map((visit) => visit.visit_id);
  assert.ok(backgrounds.includes(rows[0]?.visit_id ?? ''), 'it is of no page, but of the site');
});

test('where_only_workers_asked_the_overview_shows_the_sites_and_third_parties_that_its_totals_count', async () => {
  declareSite('alone');
  const { page } = await visit('https://www.alone.test/');
  await untilControlled(page);
  await page.close();
  await stage.quiet();
  const tell = (/** @type {Record<string, unknown>} */ request) =>
    stage.driver.asExtension((asked) => chrome.runtime.sendMessage(asked), request);
  for (const { site } of await stage.stored()) if (site !== 'alone.test') await tell({ kind: 'deleteSite', site });
  const { saved } = await stage.exportAll();
  const pages = new Set(visitsOf(saved, 'alone.test').map((visit) => visit.visit_id));
  for (const { id, day } of await stage.records('visits')) {
    if (pages.has(id)) await tell({ kind: 'deleteVisit', visitId: id, day });
  }
  const screen = await DashboardScreen.open(stage);
  const totals = await screen.page.$$eval('[data-testid^="total-"]', (all) =>
    all.map((one) => [one.getAttribute('data-testid'), one.getAttribute('data-value')]),
  );
  assert.deepEqual(Object.fromEntries(totals), {
    'total-domains': '1',
    'total-sites': '0',
    'total-visits': '0',
    'total-requests': '1',
  });
  await screen.untilNames('site-row', ['alone.test']);
  await screen.untilNames('third-party-row', ['alone-own.test']);
  // A mean of no visit is none.
  assert.equal(await screen.words('[data-testid="spread"]'), '');
});
