// Proves that keys alone do what a mouse does in the dashboard's choices, tables and questions, with the focus never lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { ask } from '../situations/situation.js';
import { declareDemo, DEMO_URLS } from '../web/demo-web.js';
import { DashboardScreen, NEWS_MS } from './dashboard-screen.js';
import { focusOf, press, tabTo, untilFocus } from './keys.js';
import { Stage } from './stage.js';

/** @typedef {import('puppeteer-core').Page} Page */

/** @type {Stage} */
let stage;
/** @type {DashboardScreen} */
let dashboard;
before(async () => {
  stage = await Stage.open({ otherExtensions: ['blocker'] }, declareDemo);
  for (const url of [DEMO_URLS.zero, DEMO_URLS.five, DEMO_URLS.crowd]) {
    const { page, tabId } = await stage.visit(url);
    await stage.counted(tabId);
    await page.close();
  }
});
after(() => stage?.close());

/** The dashboard in front. @param {string} address */
async function dashboardInFront(address) {
  dashboard ??= await DashboardScreen.open(stage);
  await dashboard.page.bringToFront();
  await dashboard.open(address);
  return dashboard.page;
}

test('a_period_of_two_dates_is_chosen_and_typed_by_keys', async () => {
  const page = await dashboardInFront('');
  await page.focus('#period');
  await press(page, 'End');
  await page.waitForSelector('#dates:not([hidden])');
  await untilFocus(page, 'period');
  await press(page, 'Tab');
  await untilFocus(page, 'from');
  // Month, day, year, as an American reader types them.
  await page.keyboard.type('01022020');
  await until('the first day in the address', async () => (await dashboard.address()).includes('from=2020-01-02'));
  await untilFocus(page, 'from');
  await tabTo(page, 'to');
  await page.keyboard.type('02032020');
  await until('both days in the address', async () => (await dashboard.address()).includes('to=2020-02-03'));
  assert.match(await dashboard.address(), /from=2020-01-02/);
  await until('that nothing was counted then', async () => (await dashboard.words('#since')) !== '');
  assert.match(await page.evaluate(() => document.body.innerText), /Nothing in this period/);
  // The field in focus follows the way back, and what is typed next begins there.
  const dates = () => page.$$eval('.dates input', (fields) => fields.map((field) => Reflect.get(field, 'value')));
  const [from, to] = await dates();
  await page.evaluate(() => history.back());
  await until('the period before', async () => !(await dashboard.address()).includes('to=2020-02-03'));
  await until('the fields to say so', async () => (await dates())[1] !== to);
  assert.equal((await dates())[0], from);
  await untilFocus(page, 'to');
  await page.focus('#period');
  await press(page, 'Home');
  await until('all of it again', async () => !(await dashboard.address()).includes('from='));
});

test('a_table_is_sorted_and_its_pages_are_turned_by_keys_and_the_focus_stays', async () => {
  const page = await dashboardInFront('?view=third-parties');
  const names = async () => (await dashboard.lines('third-party-row')).map(({ name }) => name);
  const sortedBy = () => page.$$eval('[aria-sort]', (heads) => heads.map((head) => head.getAttribute('aria-sort')));
  await page.focus('[data-testid="sort-third-party"]');
  await press(page, 'Enter');
  await until('the order of names', async () => (await dashboard.address()).includes('sort=third-party'));
  const byName = await names();
  assert.deepEqual(await sortedBy(), ['ascending']);
  await untilFocus(page, 'sort-third-party');
  await press(page, ' ');
  await until('the other way', async () => (await dashboard.address()).includes('order=back'));
  assert.deepEqual(await sortedBy(), ['descending']);
  assert.notDeepEqual(await names(), byName);
  const first = await names();
  await page.focus('[data-testid="page-after"]');
  await press(page, 'Enter');
  await until('the second page', async () => (await dashboard.address()).includes('page=2'));
  await untilFocus(page, 'page-after');
  const at = await page.$eval('[data-testid="page"]', (words) => [words.getAttribute('role'), words.textContent]);
  assert.match(at.join(': '), /^status: Page 2 of \d+$/);
  const second = await names();
  assert.ok(second.every((name) => !first.includes(name)));
  await press(page, 'Enter', 'Enter', 'Enter', 'Enter');
  // The last page: the link leads nowhere any more, and keeps the focus.
  await until('the last page', () =>
    page.$eval('[data-testid="page-after"]', (link) => link.getAttribute('aria-disabled') === 'true'),
  );
  await untilFocus(page, 'page-after');
  // A search is typed where it stands.
  await page.focus('[data-testid="search"]');
  await page.keyboard.type('fontes');
  await dashboard.untilNames('third-party-row', ['fontes.test']);
});

test('the_dashboard_s_question_has_the_focus_and_gives_it_back_and_who_deletes_a_row_is_not_lost', async () => {
  /** @type {Page | undefined} */
  let page;
  for (const view of ['?view=visits&group=site&search=zero', '?view=sites&search=zero']) {
    page = await dashboardInFront(view);
    const button = '[data-name="zero.test"] [data-testid="delete-site"]';
    await page.waitForSelector(button);
    await page.focus(button);
    await press(page, 'Enter');
    await untilFocus(page, 'confirm-no');
    await press(page, 'Escape');
    assert.equal((await untilFocus(page, 'delete-site')).row, 'zero.test');
    assert.equal((await dashboard.lines('site-row')).length, 1);
  }
  assert.ok(page);
  await press(page, 'Enter');
  await untilFocus(page, 'confirm-no');
  await page.keyboard.down('Shift');
  await press(page, 'Tab');
  await page.keyboard.up('Shift');
  await untilFocus(page, 'confirm-yes');
  await press(page, 'Enter');
  await until('the row to be gone', async () => (await dashboard.lines('site-row')).length === 0);
  await untilFocus(page, 'title');
  assert.equal(await dashboard.words('[data-testid="action-status"]'), 'Deleted.');
});

test('who_reads_a_visit_that_goes_on_stays_at_a_third_party_that_is_open_at_its_link_and_at_the_site', async () => {
  const opened = await stage.visit('https://goes-on.test/', {
    requests: ['b', 'c'].map((name) => ({ kind: 'image', url: `https://img.${name}-third.test/1.gif` })),
  });
  await stage.counted(opened.tabId);
  const page = await dashboardInFront('?view=visits&name=goes-on.test');
  await page.waitForSelector('[data-testid="open-visit"]');
  await dashboard.click('[data-testid="open-visit"]');
  const lines = (/** @type {string[]} */ ...names) => dashboard.untilNames('visit-domain', names);
  await lines('b-third.test', 'c-third.test');

  await page.focus('[data-domain="c-third.test"] summary');
  await press(page, 'Enter');
  const hosts = '[data-domain="c-third.test"] [data-testid="host-row"]';
  await page.waitForSelector(hosts);
  // Another one comes, and this one comes before the first.
  await ask(
    opened,
    'https://img.c-third.test/2.gif',
    'https://api.c-third.test/3.gif',
    'https://img.a-third.test/1.gif',
  );
  await lines('c-third.test', 'a-third.test', 'b-third.test');
  const { on, of } = await focusOf(page);
  assert.deepEqual([on, of], ['SUMMARY', 'c-third.test']);
  await until('its hosts', async () => (await page.$$(hosts)).length === 2, NEWS_MS);

  for (const [place, name] of /** @type {const} */ ([
    ['[data-domain="c-third.test"] .facts a', 'd'],
    ['.ways a', 'e'],
    ['[data-testid="visit-site"]', 'f'],
  ])) {
    await page.focus(place);
    const url = `https://img.${name}-third.test/1.gif`;
    await ask(opened, 'https://img.c-third.test/more.gif', url);
    await page.waitForSelector(`[data-domain="${name}-third.test"]`, { timeout: NEWS_MS });
    assert.ok(await page.evaluate((one) => document.activeElement?.matches(one), place), place);
  }
  await opened.page.close();
});

test('a_third_party_that_is_contacted_only_now_keeps_the_focus_where_it_stands_then', async () => {
  const opened = await stage.visit('https://contacts.test/', {
    requests: [{ kind: 'image', url: 'https://blocked.late-third.test/1.gif' }],
  });
  await stage.counted(opened.tabId);
  const page = await dashboardInFront('?view=visits&name=contacts.test');
  await page.waitForSelector('[data-testid="open-visit"]');
  await dashboard.click('[data-testid="open-visit"]');
  await page.waitForSelector('[data-testid="visit-not-contacted"] summary');
  await page.focus('[data-testid="visit-not-contacted"] summary');
  await press(page, 'Enter');
  await ask(opened, 'https://img.late-third.test/2.gif');
  await page.waitForSelector('[data-testid="visit-contacted"] details[open]', { timeout: NEWS_MS });
  const { on, of } = await focusOf(page);
  assert.deepEqual([on, of], ['SUMMARY', 'late-third.test']);
  await opened.page.close();
});

test('a_question_of_a_visit_gives_the_focus_back_where_the_list_has_changed_and_to_the_title_where_the_visit_is_gone', async () => {
  const opened = await stage.visit('https://asked-of.test/', {});
  await stage.counted(opened.tabId);
  const page = await dashboardInFront('?view=visits&search=asked-of');
  const button = '[data-name="asked-of.test"] [data-testid="delete-visit"]';
  await page.waitForSelector(button);
  const open = async () => {
    await page.focus(button);
    await press(page, 'Enter');
    await untilFocus(page, 'confirm-no');
  };
  await open();
  await ask(opened, 'https://img.a-third.test/1.gif');
  const isCounted = async () => {
    const [line] = await dashboard.lines('visit-row');
    return line?.figures['visit-domains'] === 1;
  };
  await until('the third party to be counted', isCounted, NEWS_MS);
  await untilFocus(page, 'confirm-no');
  await press(page, 'Escape');
  assert.equal((await untilFocus(page, 'delete-visit')).row, 'asked-of.test');

  await open();
  await stage.driver.asExtension((request) => chrome.runtime.sendMessage(request), {
    kind: 'deleteSite',
    site: 'asked-of.test',
  });
  await until('the visit to be gone', async () => (await dashboard.lines('visit-row')).length === 0, NEWS_MS);
  await press(page, 'Escape');
  await untilFocus(page, 'title');
  await opened.page.close();
});

test('a_question_that_takes_the_place_of_another_scrolls_nowhere_and_gives_the_focus_back_to_what_opened_it', async () => {
  const page = await dashboardInFront('?view=sites');
  const button = (/** @type {string} */ site) => `[data-name="${site}"] [data-testid="delete-site"]`;
  for (const site of ['five.test', 'crowd.test']) {
    await page.waitForSelector(button(site));
    await page.focus(button(site));
    await press(page, 'Enter');
    await untilFocus(page, 'confirm-no');
  }
  assert.match(await dashboard.words('[data-testid="confirmation"]'), /crowd\.test/);
  const focused = await page.evaluate(() => {
    /** @type {string[]} */
    const rows = [];
    addEventListener('focusin', ({ target }) => {
      const row = target instanceof Element ? target.closest('[data-name]') : null;
      rows.push(row?.getAttribute('data-name') ?? '');
    });
    Object.assign(window, { rows });
    return rows;
  });
  assert.deepEqual(focused, []);
  await press(page, 'Escape');
  assert.equal((await untilFocus(page, 'delete-site')).row, 'crowd.test');
  // Nor was the row of the one before passed on the way.
  await page.focus(button('five.test'));
  await press(page, 'Enter');
  await untilFocus(page, 'confirm-no');
  await page.focus(button('crowd.test'));
  await page.evaluate(() => Reflect.get(window, 'rows').splice(0));
  await press(page, 'Enter');
  await untilFocus(page, 'confirm-no');
  assert.deepEqual(await page.evaluate(() => Reflect.get(window, 'rows')), ['']);
  await press(page, 'Escape');
});
