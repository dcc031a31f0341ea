// Proves the dashboard's views against known visits: what each shows, that its address is its state, and what can be deleted in it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { untilDrawn, untilVisible } from './drawn.js';
import { Stage } from './stage.js';

/** Whom each site's page contacts, with how many requests to each. @type {Record<string, Record<string, number>>} */
const SITES = {
  news: { ads: 3, stats: 1, fonts: 1 },
  shop: { ads: 1, stats: 2 },
  blog: { fonts: 1 },
  quiet: {},
};
/** One more site, with more third parties than a page of a table has rows. */
const CROWD = 60;

/** @type {Stage} */
let stage;
/** @type {import('puppeteer-core').Page} */
let page;

before(async () => {
  stage = await Stage.open();
  for (const [site, asked] of Object.entries(SITES)) {
    const hosts = Object.entries(asked).flatMap(([name, times]) =>
      Array.from({ length: times }, (_, at) => [name, at]),
    );
    await visit(
      site,
      hosts.map(([name, at]) => `https://cdn.${name}-third.test/${at}.gif`),
    );
  }
  await visit(
    'crowd',
    Array.from({ length: CROWD }, (_, at) => `https://n${String(at).padStart(2, '0')}.test/1.gif`),
  );
  await stage.quiet();
  page = await stage.driver.openExtensionPage('extension/dashboard/dashboard.html');
  await drawn();
});
after(() => stage?.close());

/**
 * @param {string} site
 * @param {string[]} urls
 */
async function visit(site, urls) {
  const requests = urls.map((url) => ({ kind: /** @type {const} */ ('image'), url }));
  const opened = await stage.visit(`https://www.${site}-site.test/`, { requests });
  await stage.counted(opened.tabId);
  await opened.page.close();
}

async function drawn() {
  await untilDrawn(page);
}

/**
 * The screen as a reader has it: its heading, its totals, the rows of a table.
 * @param {string} [row] The rows' `data-testid`.
 */
function screen(row = 'site-row') {
  return page.evaluate((testid) => {
    const value = (/** @type {Element} */ element) => Number(element.getAttribute('data-value'));
    const rows = [...document.querySelectorAll(`[data-testid="${testid}"]`)].map((line) => {
      const figures = [...line.querySelectorAll('td [data-value]')];
      return {
        name: line.getAttribute('data-name') ?? '',
        /** @type {Record<string, number>} */
        figures: Object.fromEntries(
          figures.map((figure) => [figure.getAttribute('data-testid')?.replace(/.*-/, '') ?? '', value(figure)]),
        ),
      };
    });
    const totals = [...document.querySelectorAll('[data-testid^="total-"][data-value]')];
    return {
      title: document.getElementById('title')?.textContent ?? '',
      current: document.querySelector('#views [aria-current]')?.getAttribute('data-view') ?? null,
      totals: Object.fromEntries(
        totals.map((total) => [total.getAttribute('data-testid')?.slice('total-'.length) ?? '', value(total)]),
      ),
      rows,
      words: document.body.innerText,
      search: location.search,
    };
  }, row);
}

/**
 * Each row's name and some of its figures.
 * @param {{ name: string, figures: Record<string, number> }[]} rows
 * @param {...string} names
 */
function figuresOf(rows, ...names) {
  return rows.map(({ name, figures }) => [name, ...names.map((one) => figures[one])]);
}

/** @param {string} selector */
async function click(selector) {
  await untilVisible(page, selector);
  await page.evaluate((one) => {
    const element = document.querySelector(one);
    if (element instanceof HTMLElement) element.click();
  }, selector);
  // A view's files may only come now.
  await drawn();
}

/** @param {string} address As in the page's address, from `?` on. */
async function open(address) {
  await stage.driver.goto(page, stage.driver.extensionUrl(`extension/dashboard/dashboard.html${address}`));
  await drawn();
}

/**
 * @param {string} what
 * @param {string} text
 */
async function type(what, text) {
  await page.evaluate(
    (testid, words) => {
      const field = document.querySelector(`[data-testid="${testid}"]`);
      if (!(field instanceof HTMLInputElement)) throw new Error(`no field ${testid}`);
      field.value = words;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    },
    what,
    text,
  );
}

test('the_overview_says_how_much_and_who_stands_out', async () => {
  const { totals, rows, words, current } = await screen();
  assert.equal(current, 'overview');
  assert.deepEqual(totals, { domains: 3 + CROWD, sites: 5, visits: 5, requests: 9 + CROWD });
  assert.deepEqual(
    rows.map(({ name }) => name),
    ['crowd-site.test', 'news-site.test', 'shop-site.test', 'blog-site.test', 'quiet-site.test'],
  );
  // 66 contacts in five visits, of which the middle one has two.
  const spread = 'third parties: 13.2 on average (median 2); with requests: 13.8 on average (median 3)';
  assert.ok(words.includes(spread), words);
  const { rows: met } = await screen('third-party-row');
  assert.deepEqual(
    met.slice(0, 3).map(({ name }) => name),
    ['ads-third.test', 'fonts-third.test', 'stats-third.test'],
  );
  assert.equal(met.length, 8);
  const { rows: days } = await screen('day-row');
  assert.equal(days.length, 1);
});

test('the_table_of_sites_has_each_site_with_its_figures_in_any_order', async () => {
  await click('[data-view="sites"]');
  const { rows, title, search } = await screen();
  assert.deepEqual([title, search], ['Sites', '?view=sites']);
  assert.deepEqual(figuresOf(rows, 'domains', 'requests', 'visits'), [
    ['crowd-site.test', CROWD, CROWD, 1],
    ['quiet-site.test', 0, 0, 1],
    ['blog-site.test', 1, 1, 1],
    ['shop-site.test', 2, 3, 1],
    ['news-site.test', 3, 5, 1],
  ]);
  await click('[data-testid="sort-site"]');
  const byName = await screen();
  assert.deepEqual(
    byName.rows.map(({ name }) => name),
    ['blog-site.test', 'crowd-site.test', 'news-site.test', 'quiet-site.test', 'shop-site.test'],
  );
  await click('[data-testid="sort-site"]');
  assert.match((await screen()).search, /order=back/);
  assert.equal((await screen()).rows[0]?.name, 'shop-site.test');
});

test('a_reload_shows_the_same_screen_and_the_way_back_leads_to_the_one_before', async () => {
  await open('?view=sites&sort=site&order=back&search=s');
  const shown = await screen();
  await stage.driver.reload(page);
  await drawn();
  const again = await screen();
  assert.deepEqual([again.rows, again.title, again.search], [shown.rows, shown.title, shown.search]);
  await click('[data-name="shop-site.test"] a');
  await until('the page of the site', async () => (await screen()).title === 'shop-site.test');
  await page.evaluate(() => history.back());
  await until('the table to be back', async () => (await screen()).title === 'Sites');
  assert.deepEqual((await screen()).rows, shown.rows);
});

test('a_third_party_has_its_reach_and_the_sites_that_contacted_it', async () => {
  await open('?view=third-parties&search=third');
  const { rows } = await screen('third-party-row');
  assert.deepEqual(figuresOf(rows, 'sites', 'requests', 'visits'), [
    ['ads-third.test', 2, 4, 2],
    ['fonts-third.test', 2, 2, 2],
    ['stats-third.test', 2, 3, 2],
  ]);
  await click('[data-name="ads-third.test"] a');
  // The page may be loaded only now.
  await drawn();
  const shown = await screen('met-row');
  assert.equal(shown.title, 'ads-third.test');
  assert.deepEqual(shown.totals, { sites: 2, visits: 2, requests: 4, 'own-visits': 0 });
  assert.match(shown.words, /Met on 40% of the 5 sites visited\. Met on \w+, \w+ \d+, \d+ only\./);
  assert.deepEqual(figuresOf(shown.rows, 'requests', 'visits'), [
    ['news-site.test', 3, 1],
    ['shop-site.test', 1, 1],
  ]);
});

test('a_table_longer_than_a_page_is_turned_page_by_page', async () => {
  await open('?view=site&name=crowd-site.test&sort=name');
  const first = await screen('contact-row');
  assert.deepEqual([first.rows.length, first.rows[0]?.name], [50, 'n00.test']);
  await click('[data-testid="page-after"]');
  const second = await screen('contact-row');
  assert.deepEqual([second.rows.length, second.rows[0]?.name], [CROWD - 50, 'n50.test']);
  assert.match(second.search, /page=2/);
  // A page that is not there is the last one.
  for (const beyond of ['9', '1e12', '-3']) {
    await open(`?view=site&name=crowd-site.test&sort=name&page=${beyond}`);
    const shown = await screen('contact-row');
    assert.equal(shown.rows.length, beyond === '-3' ? 50 : CROWD - 50, beyond);
  }
  await type('search', 'n07');
  const found = await screen('contact-row');
  assert.deepEqual(
    found.rows.map(({ name }) => name),
    ['n07.test'],
  );
  await type('search', 'nobody');
  assert.match((await screen()).words, /No third party matches “nobody”/);
});

test('a_period_of_two_dates_holds_what_lies_in_it_and_nothing_else', async () => {
  await open('');
  const today = await page.evaluate(() => {
    const now = new Date();
    const of = (/** @type {number} */ days) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 12);
    return [of(-2), of(0)].map((day) => day.toLocaleDateString('sv'));
  });
  await page.select('[data-testid="period"]', 'dates');
  await untilVisible(page, '[data-testid="from"]');
  await type('from', today[0] ?? '');
  const held = await screen();
  assert.equal(held.totals['visits'], 5);
  assert.match(held.search, new RegExp(`from=${today[0]}`));
  await open('?from=2020-01-01&to=2020-01-31');
  const empty = await screen();
  assert.deepEqual([empty.totals['visits'], empty.rows.length], [0, 0]);
  assert.match(empty.words, /Nothing in this period/);
});

test('a_period_is_moved_from_either_of_its_dates_and_two_dates_that_are_none_wait_for_the_other_one', async () => {
  const between = (/** @type {string} */ from, /** @type {string} */ to) => `from=${from}&to=${to}`;
  const said = () => page.$eval('[data-testid="dates-turned"]', (element) => element.textContent);
  const shown = () => page.$$eval('#dates input', (fields) => fields.map((field) => field.value));
  const search = () => page.evaluate(() => location.search);
  await open(`?${between('2020-05-01', '2020-05-07')}`);
  await type('from', '2020-05-20');
  assert.deepEqual(
    [await search(), await said()],
    [`?${between('2020-05-01', '2020-05-07')}`, 'The last day is before the first.'],
  );
  // What is drawn meanwhile leaves it to the reader.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  assert.deepEqual(await shown(), ['2020-05-20', '2020-05-07']);
  await type('to', '2020-05-30');
  assert.deepEqual([await search(), await said()], [`?${between('2020-05-20', '2020-05-30')}`, '']);
  await type('to', '2020-04-07');
  assert.match(await search(), /to=2020-05-30/);
  await type('from', '2020-04-01');
  assert.deepEqual([await search(), await said()], [`?${between('2020-04-01', '2020-04-07')}`, '']);
});

test('the_history_has_each_visit_and_finds_those_that_contacted_a_third_party', async () => {
  await open('?view=visits');
  const listed = (/** @type {number} */ count) =>
    until(`${count} visits`, async () => {
      const { rows } = await screen('visit-row');
      return rows.length === count ? rows : null;
    });
  assert.deepEqual(figuresOf(await listed(5), 'requests'), [
    ['crowd-site.test', CROWD],
    ['quiet-site.test', 0],
    ['blog-site.test', 1],
    ['shop-site.test', 3],
    ['news-site.test', 5],
  ]);
  await type('search', 'stats');
  assert.deepEqual(
    (await listed(2)).map(({ name }) => name),
    ['shop-site.test', 'news-site.test'],
  );
  assert.match((await screen()).search, /search=stats/);
});

test('what_is_searched_for_is_what_the_address_says_also_after_the_way_back', async () => {
  await open('?view=sites');
  await type('search', 'shop');
  await page.select('[data-testid="period"]', '7');
  await type('search', 'news');
  await page.evaluate(() => history.back());
  await until('the search before', async () => {
    const { rows, search } = await screen();
    return search.includes('search=shop') && rows.length === 1 && rows[0]?.name === 'shop-site.test';
  });
});

test('a_host_or_an_address_in_full_finds_its_site_its_domain_and_the_visits_that_contacted_it', async () => {
  const found = async (/** @type {string} */ address, /** @type {string} */ row) => {
    await open(address);
    return (
      await until('rows', async () => {
        const { rows } = await screen(row);
        return rows.length > 0 ? rows : null;
      })
    ).map(({ name }) => name);
  };
  const site = encodeURIComponent('https://www.news-site.test/page?a=b');
  assert.deepEqual(await found(`?view=sites&search=${site}`, 'site-row'), ['news-site.test']);
  assert.deepEqual(await found('?view=third-parties&search=cdn.stats-third.test', 'third-party-row'), [
    'stats-third.test',
  ]);
  const visits = ['shop-site.test', 'news-site.test'];
  assert.deepEqual(await found('?view=visits&search=cdn.stats-third.test', 'visit-row'), visits);
  await open('?view=visits&search=other.stats-third.test');
  await until('that nothing is found', async () =>
    (await screen()).words.includes('No visit of this period has “other.stats-third.test”'),
  );
});

test('the_page_of_a_site_leads_back_to_the_table_as_it_was_left', async () => {
  await open('?view=sites&sort=requests');
  await type('search', 'site');
  await click('[data-name="shop-site.test"] a');
  await until('its page', async () => (await screen()).search.includes('view=site&'));
  await click('.way-back');
  const { search } = await screen();
  assert.match(search, /view=sites/);
  assert.match(search, /sort=requests/);
  assert.match(search, /search=site/);
});

test('a_visit_that_is_deleted_in_the_history_is_gone_and_the_others_stay', async () => {
  await open('?view=visits&search=shop');
  await click('[data-name="shop-site.test"] [data-testid="delete-visit"]');
  await click('[data-testid="confirm-no"]');
  assert.equal((await stage.stored()).length, 5);
  await click('[data-name="shop-site.test"] [data-testid="delete-visit"]');
  await click('[data-testid="confirm-yes"]');
  await until('the visit to be gone', async () => (await screen('visit-row')).rows.length === 0);
  const left = await stage.stored();
  assert.deepEqual(left.map(({ site }) => site).sort(), [
    'blog-site.test',
    'crowd-site.test',
    'news-site.test',
    'quiet-site.test',
  ]);
});

test('a_site_that_is_deleted_on_its_page_is_gone_and_the_page_says_so', async () => {
  await open('?view=site&name=crowd-site.test');
  await click('[data-testid="delete-this-site"]');
  await click('[data-testid="confirm-yes"]');
  await until('the page to say that there is nothing', async () =>
    page.evaluate(() => document.querySelector('[data-testid="nothing"]:not([hidden])') !== null),
  );
  assert.ok((await stage.stored()).every(({ site }) => site !== 'crowd-site.test'));
  await click('[data-view="overview"]');
  assert.deepEqual((await screen()).totals, { domains: 3, sites: 3, visits: 3, requests: 6 });
});

test('the_history_shows_fifty_visits_at_a_time_and_what_was_shown_stays', async () => {
  const opened = await stage.visit('https://often.test/', {});
  // Fifty-five with the one that opened the tab.
  for (let again = 1; again < 55; again += 1) await stage.driver.reload(opened.page);
  await opened.page.close();
  await stage.quiet();
  await open('?view=visits&search=often');
  const shown = (/** @type {number} */ count) =>
    until(`${count} visits`, async () => (await screen('visit-row')).rows.length === count);
  await shown(50);
  assert.match((await screen()).words, /The last 50 visits of those found/);
  const [first] = (await screen('visit-row')).rows;
  await click('[data-testid="show-more"]');
  await shown(55);
  assert.deepEqual((await screen('visit-row')).rows[0], first);
  assert.match((await screen()).words, /55 visits/);
  // Something changes meanwhile: what the reader has before the eyes is not folded up.
  await visit('later', ['https://cdn.later-third.test/1.gif']);
  await stage.quiet();
  await page.bringToFront();
  await shown(55);
  // Nor by a reload, or who opens a bookmark of it.
  await open((await screen()).search);
  await shown(55);
});
