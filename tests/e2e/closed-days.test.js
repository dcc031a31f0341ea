// Proves, in the browsers, that a day that is over is closed with nothing lost, and that what is deleted then is gone. The days are real: the
// browser is started again where it is tomorrow.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { DashboardScreen } from './dashboard-screen.js';
import { rawStore } from './raw-store.js';
import { saveExport } from './saved-export.js';
import { Stage } from './stage.js';

/**
 * 25 hours lie between them: whatever the moment, it is another day there. At 10 and at 11 by UTC a midnight comes in one of them, which in these
 * tests would be one day too many; the others are 24 hours apart, and have theirs at 12.
 */
const [TODAY_ZONE, TOMORROW_ZONE] = [9, 10].includes(new Date().getUTCHours())
  ? ['Etc/GMT+12', 'Etc/GMT-12']
  : ['Pacific/Pago_Pago', 'Pacific/Kiritimati'];

/** @type {Stage} */
let stage;
const zone = process.env['TZ'];
before(async () => {
  process.env['TZ'] = TODAY_ZONE;
  stage = await Stage.open();
});
after(async () => {
  await stage?.close();
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

/** @param {string} name */
async function visit(name) {
  const { page, tabId } = await stage.visit(`https://www.${name}.test/`, {
    requests: [{ kind: 'image', url: `https://img.${name}-third.test/1.gif` }],
  });
  await stage.counted(tabId);
  await page.close();
}

/** How many visits are stored beside their days, and what each day holds. */
async function recordsIn() {
  const [visits, days] = [await stage.records('visits'), await stage.records('days')];
  return { visits: visits.length, days: days.map((day) => day.visits) };
}

/** An export's rows, of whatever moment and name it is. */
async function exported() {
  const { saved } = await stage.exportAll();
  const { visits, contacts, contact_types: types, totals } = saved;
  return { visits, contacts, types, totals };
}

test('where_it_is_tomorrow_the_day_before_is_closed_and_the_export_is_the_same', async () => {
  for (const name of ['news', 'shop', 'secret']) await visit(name);
  await stage.quiet();
  assert.deepEqual(await recordsIn(), { visits: 3, days: [] });

  process.env['TZ'] = TOMORROW_ZONE;
  await stage.restart();
  const ended = await exported();
  assert.equal(ended.visits.length, 3);
  await visit('next');
  // A visit that is not settled yet keeps its day open for one of its own.
  const isClosed = async () => {
    await stage.stored();
    const records = await recordsIn();
    assert.deepEqual(records, { visits: 1, days: [3] });
    return true;
  };
  await until('the day before to be closed, and today to be beside it', isClosed, 30_000);

  const closed = await exported();
  const ofBefore = (/** @type {{ visit_id: string }} */ { visit_id: id }) =>
    ended.visits.some((visit) => visit.visit_id === id);
  assert.deepEqual(closed.visits.filter(ofBefore), ended.visits);
  assert.deepEqual(closed.contacts.filter(ofBefore), ended.contacts);
  assert.deepEqual(closed.types.filter(ofBefore), ended.types);
  assert.equal(closed.visits.length, 4);
});

const DASHBOARD = 'extension/dashboard/dashboard.html';

/**
 * What the page of a third party tells from the visits: its hosts, and of how much that is.
 * @param {import('puppeteer-core').Page} dashboard
 */
async function detailIn(dashboard) {
  await dashboard.waitForSelector('[data-testid="detail"]:not([hidden])');
  return dashboard.evaluate(() => {
    const words = (/** @type {string} */ testid) => {
      const element = document.querySelector(`[data-testid="${testid}"]`);
      return element?.checkVisibility() ? (element.textContent ?? '') : '';
    };
    const rows = [...document.querySelectorAll('[data-testid="met-host-row"]')].filter((row) => row.checkVisibility());
    const hosts = rows.map((row) => row.getAttribute('data-name'));
    return { hosts, whole: words('detail-whole'), part: words('detail-part') };
  });
}

/**
 * @param {string} domain
 * @param {string} [period] A part of the address.
 */
async function detailOf(domain, period = '') {
  const address = `${DASHBOARD}?view=third-party&name=${domain}${period}`;
  const dashboard = await stage.driver.openExtensionPage(address);
  const told = await detailIn(dashboard);
  await dashboard.close();
  return told;
}

test('the_page_of_a_third_party_tells_from_the_visits_of_a_closed_day_as_of_an_open_one', async () => {
  const whole = 'From the visits of the one day on which it was contacted.';
  for (const name of ['news', 'next']) {
    const expected = { hosts: [`img.${name}-third.test`], whole, part: '' };
    assert.deepEqual(await detailOf(`${name}-third.test`), expected);
  }
});

test('what_a_visit_asked_for_is_told_by_the_clock_of_the_visit_wherever_its_reader_is_by_now', async () => {
  const { visits, contacts } = await exported();
  const news = visits.find(({ site }) => site === 'news.test');
  const contact = contacts.find(({ visit_id: id, third_party: isThird }) => id === news?.visit_id && isThird);
  assert.ok(news && contact);
  const there = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: TODAY_ZONE });
  const [, hour, rest] = /(\d+)(:\d+:\d+)/.exec(there.format(contact.first_ms)) ?? [];
  const screen = await DashboardScreen.open(stage, '?view=visits&name=news.test');
  await screen.click('[data-testid="open-visit"]');
  await screen.click('[data-testid="visit-domain"] summary');
  const times = await until('the moment', () => screen.words('[data-testid="contact-times"]'));
  assert.ok(times.includes(`at ${Number(hour) % 12 || 12}${rest}`), `${times}, where it was ${hour}${rest}`);
  await screen.page.close();
});

test('what_is_deleted_of_a_closed_day_is_found_nowhere_in_the_store', async () => {
  const raw = await stage.driver.asExtension(rawStore);
  assert.ok(raw.includes('secret') && raw.includes('news'));
  await stage.driver.asExtension(() => chrome.runtime.sendMessage({ kind: 'deleteSite', site: 'secret.test' }));
  const left = await stage.driver.asExtension(rawStore);
  assert.ok(!left.includes('secret') && left.includes('news'));
  const { visits } = await exported();
  assert.deepEqual(visits.map(({ site }) => site).sort(), ['news.test', 'next.test', 'shop.test']);
});

test('the_export_of_a_site_holds_its_visits_of_closed_days', async () => {
  const { page, tabId } = await stage.visit('https://www.news.test/');
  const popup = await stage.popup(tabId);
  const { saved } = await saveExport(popup.page, stage.downloads);
  assert.deepEqual(
    saved.visits.map(({ site }) => site),
    ['news.test', 'news.test'],
  );
  await page.close();
});

test('a_background_that_is_killed_and_woken_goes_on_beside_closed_days', async () => {
  await stage.driver.killBackground();
  await visit('after');
  const { visits, totals } = await exported();
  assert.equal(visits.length, 5);
  assert.equal(totals.third_party_domains, 4);
});

test('a_visit_that_is_deleted_is_found_nowhere_in_the_store_closed_or_open', async () => {
  const { visits } = await exported();
  const [closed] = await stage.records('days');
  const [open] = await stage.records('visits');
  const ofShop = visits.find(({ site }) => site === 'shop.test');
  assert.ok(ofShop);
  await tell({ kind: 'deleteVisit', visitId: ofShop.visit_id, day: closed.day });
  await tell({ kind: 'deleteVisit', visitId: open.id, day: open.day });
  const left = await stage.driver.asExtension(rawStore);
  assert.ok(!left.includes('shop') && !left.includes(open.id) && left.includes('news'));
  assert.equal((await exported()).visits.length, visits.length - 2);
});

test('the_reading_of_a_third_party_is_stopped_after_a_day_and_goes_on_from_there', async () => {
  const { page, tabId } = await stage.visit('https://www.news.test/late', {
    requests: [{ kind: 'image', url: 'https://img.news-third.test/late.gif' }],
  });
  await stage.counted(tabId);
  await page.close();
  await stage.quiet();
  const dashboard = await stage.driver.openExtensionPage(`${DASHBOARD}?view=third-parties`);
  await dashboard.waitForSelector('[data-name="news-third.test"] a');
  await dashboard.evaluate(() => {
    // A reader as quick as that: whoever sees that one day was read stops it.
    const value = Object.getOwnPropertyDescriptor(HTMLProgressElement.prototype, 'value');
    Object.defineProperty(HTMLProgressElement.prototype, 'value', {
      set(read) {
        value?.set?.call(this, read);
        if (read === 1) this.parentElement.querySelector('[data-testid="stop-reading"]')?.click();
      },
    });
    const [link] = document.querySelectorAll('[data-name="news-third.test"] a');
    if (link instanceof HTMLElement) link.click();
  });
  const hosts = ['img.news-third.test'];
  const stopped = 'From 1 of 2 visits (1 of 2 requests): these numbers are too low. Stopped after 1 of 2 days.';
  assert.deepEqual(await detailIn(dashboard), { hosts, whole: '', part: stopped });
  await dashboard.$eval('[data-testid="read-on"]', (button) => /** @type {HTMLElement} */ (button).click());
  await until('the rest to be read', async () => (await detailIn(dashboard)).whole !== '');
  const whole = 'From the visits of the 2 days on which it was contacted.';
  assert.deepEqual(await detailIn(dashboard), { hosts, whole, part: '' });
  await dashboard.close();
});

test('of_days_whose_visits_are_kept_no_longer_the_sums_stay_until_they_are_deleted_too', async () => {
  await stage.quiet();
  const [closed] = await stage.records('days');
  await tell({ kind: 'setRetention', visitsDays: 0, sumsDays: null });
  await until('the visits of closed days to be gone', async () => (await stage.records('days')).length === 0);
  assert.equal((await stage.records('rollups')).length, 1);
  const dashboard = await stage.driver.openExtensionPage(DASHBOARD);
  await dashboard.waitForSelector('html[data-drawn]');
  const sites = await dashboard.$$eval('[data-testid="site-row"]', (rows) =>
    rows.map((row) => row.getAttribute('data-name')),
  );
  assert.ok(sites.includes('news.test'));
  await dashboard.close();
  const alone = 'Of 1 day the sum alone is kept: its visits are kept no longer.';
  assert.deepEqual(await detailOf('news-third.test'), {
    hosts: ['img.news-third.test'],
    whole: '',
    part: `From 1 of 2 visits (1 of 2 requests): these numbers are too low. ${alone}`,
  });
  const thatDay = new Date(closed.day * 86_400_000).toISOString().slice(0, 10);
  assert.deepEqual(await detailOf('news-third.test', `&to=${thatDay}`), {
    hosts: [],
    whole: '',
    part: `None of the visits in which it was contacted was read: its hosts and who brought it are not known. ${alone}`,
  });
  await tell({ kind: 'deleteDays', from: 0, to: closed.day });
  assert.deepEqual(await stage.records('rollups'), []);
  await tell({ kind: 'deleteDays', from: 0, to: closed.day + 1 });
  const left = await stage.driver.asExtension(rawStore);
  assert.ok(!/news|next|after/.test(left), left);
});

/** @param {object} request */
function tell(request) {
  return stage.driver.asExtension((message) => chrome.runtime.sendMessage(message), request);
}
