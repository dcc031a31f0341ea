// Proves the comparison of two sites and of two periods against known visits: each side's figures, what both have, what only one has.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { DashboardScreen } from './dashboard-screen.js';
import { untilVisible } from './drawn.js';
import { putEarlierDays } from './earlier-days.js';
import { Stage } from './stage.js';

/** @type {Stage} */
let stage;
/** @type {DashboardScreen} */
let screen;

/** The shop is of yesterday, too, as it is today; the news are of today alone. */
before(async () => {
  stage = await Stage.open();
  await visit('shop', { ads: 1, stats: 2, mate: 1 });
  await stage.quiet();
  await putEarlierDays(stage.driver, [{ ago: 1, sites: ['shop-site.test'] }]);
  await visit('news', { ads: 3, stats: 1, fonts: 1 });
  await visit('news', { ads: 1 });
  await stage.quiet();
  screen = await DashboardScreen.open(stage);
});
after(() => stage?.close());

let visits = 0;

/**
 * @param {string} site
 * @param {Record<string, number>} asked How many requests to each third party.
 */
async function visit(site, asked) {
  // Another address each time: what was asked before is not answered from the cache.
  visits += 1;
  const urls = Object.entries(asked).flatMap(([name, times]) =>
    Array.from({ length: times }, (_, at) => `https://cdn.${name}-third.test/${visits}-${at}.gif`),
  );
  const requests = urls.map((url) => ({ kind: /** @type {const} */ ('image'), url }));
  const opened = await stage.visit(`https://www.${site}-site.test/${visits}`, { requests });
  await stage.counted(opened.tabId);
  await opened.page.close();
}

/** The totals of both sides and their difference, as they are written. */
async function totals() {
  const lines = await screen.page.$$eval('[data-testid="compare-totals"] tbody tr', (rows) =>
    rows
      .filter((row) => row.checkVisibility())
      .map((row) => [
        row.getAttribute('data-testid')?.replace('compare-', '') ?? '',
        [...row.querySelectorAll('td')].map((cell) => cell.textContent).join(' | '),
      ]),
  );
  return Object.fromEntries(lines);
}

/** How many third parties each link to a part names. */
function parts() {
  return screen.page.$$eval('[data-testid$="-count"].part-count', (counts) =>
    counts.map((count) => Number(count.getAttribute('data-value'))),
  );
}

/** Each third party: its share on both sides, its requests there, and how far they lie apart. */
async function compared() {
  const rows = await screen.lines('compared-row');
  return rows.map(({ name, figures }) => [
    name.replace('-third.test', ''),
    ...['a', 'b', 'difference', 'a-requests', 'b-requests'].map((one) => figures[`compared-${one}`]),
  ]);
}

const TODAY = 'period=today';
const NEWS_AND_SHOP = `?view=compare&one=news-site.test&other=shop-site.test&${TODAY}`;

test('two_sites_stand_side_by_side_with_their_totals_and_each_third_party', async () => {
  await screen.open(NEWS_AND_SHOP);
  assert.deepEqual(await totals(), {
    visits: '2 | 1 | +1',
    domains: '3 | 3 | 0',
    requests: '6 | 4 | +2',
    mean: '2 | 3 | -1',
    days: '1 of 1 | 1 of 1 | 0',
    incomplete: '0 | 0 | 0',
  });
  assert.deepEqual(await parts(), [2, 1, 1, 4]);
  assert.deepEqual(await compared(), [
    ['mate', 0, 1, -100, 0, 1],
    ['fonts', 0.5, 0, 50, 1, 0],
    ['stats', 0.5, 1, -50, 1, 2],
    ['ads', 1, 1, 0, 4, 1],
  ]);
  const [, fonts] = await screen.lines('compared-row');
  assert.match(fonts?.words ?? '', /50%\s+1 of 2 visits\s+–\s+\+50 pp\s+1\s+0/);
});

test('each_of_the_three_numbers_shows_its_third_parties_and_is_part_of_the_address', async () => {
  await screen.open(NEWS_AND_SHOP);
  await screen.click('[data-testid="part-both"]');
  await screen.untilNames('compared-row', ['stats-third.test', 'ads-third.test']);
  assert.match(await screen.address(), /part=both/);
  await screen.reload();
  await screen.untilNames('compared-row', ['stats-third.test', 'ads-third.test']);
  await screen.click('[data-testid="part-one"]');
  await screen.untilNames('compared-row', ['fonts-third.test']);
  await screen.click('[data-testid="part-other"]');
  await screen.untilNames('compared-row', ['mate-third.test']);
  await screen.click('[data-testid="part-all"]');
  await screen.click('[data-testid="sort-a-requests"]');
  await screen.untilNames(
    'compared-row',
    ['ads', 'fonts', 'stats', 'mate'].map((name) => `${name}-third.test`),
  );
  await screen.type('search', 'stat');
  await screen.untilNames('compared-row', ['stats-third.test']);
});

/** Each third party with the change of its reach, as it is written. */
async function changes() {
  const rows = await screen.page.$$eval('[data-testid="third-party-row"]', (lines) =>
    lines.map((line) => [
      line.getAttribute('data-name')?.replace('-third.test', ''),
      line.querySelector('[data-testid="third-party-change"]')?.checkVisibility()
        ? line.querySelector('[data-testid="third-party-change"]')?.textContent
        : null,
    ]),
  );
  return rows;
}

test('a_third_party_says_how_its_reach_changed_since_the_days_before_where_all_of_them_are_kept', async () => {
  // Of the shop and the news today, of the shop alone yesterday.
  const changed = { ads: '0 pp', stats: '0 pp', fonts: 'new', mate: '-50 pp' };
  await screen.open(`?view=third-parties&${TODAY}`);
  assert.deepEqual(Object.fromEntries(await changes()), changed);
  assert.match(await screen.words('[data-testid="reach-change"]'), /since the day before \(\w+, \w+ \d+, \d{4}\)/);
  await screen.click('[data-testid="sort-change"]');
  await screen.untilNames(
    'third-party-row',
    ['fonts', 'ads', 'stats', 'mate'].map((name) => `${name}-third.test`),
  );
  await screen.open(`?${TODAY}`);
  await until('the change on the overview', async () => Object.fromEntries(await changes())['mate'] === '-50 pp');
  assert.match(await screen.words('[data-testid="change-measure"]'), /share of the sites.* since the day before/);
  assert.deepEqual(Object.fromEntries(await changes()), changed);
  for (const [address, why] of /** @type {const} */ ([
    ['&period=7&sort=change', /of the days before \(.+\) not all are kept\. The first day that is kept is/],
    ['', /Choose a period that has days before it/],
  ])) {
    await screen.open(`?view=third-parties${address}`);
    assert.deepEqual(new Set((await changes()).map(([, change]) => change)), new Set([null]), address);
    assert.match(await screen.words('[data-testid="reach-change"]'), why);
  }
});

test('a_site_is_chosen_by_a_part_of_its_name_from_those_of_the_period', async () => {
  await screen.open('?view=sites');
  await screen.click('[data-name="news-site.test"] [data-testid="compare-site"]');
  await until('the choice', async () => (await screen.words('[data-testid="compare-choose"]')) !== '');
  await screen.page.focus('[data-testid="compare-other"]');
  const suggested = await screen.page.$$eval('[data-testid="compare-other"] + datalist option', (options) =>
    options.map((option) => option.getAttribute('value')),
  );
  assert.deepEqual(suggested, ['news-site.test', 'shop-site.test']);
  await screen.type('compare-other', 'SHO');
  // Of all that is stored: the shop was visited yesterday, too.
  await screen.untilNames(
    'compared-row',
    ['mate', 'stats', 'fonts', 'ads'].map((name) => `${name}-third.test`),
  );
  assert.match(await screen.address(), /one=news-site\.test.*other=shop-site\.test/);
  await screen.type('compare-other', 'nobody.test');
  await until('the word that there is nothing', async () =>
    (await screen.words('[data-testid="compare-warnings"]')).includes('B: nothing of nobody.test in this period.'),
  );
});

test('two_periods_stand_side_by_side_and_the_change_of_reach_is_that_between_them', async () => {
  await screen.open(`?view=third-parties&${TODAY}`);
  await screen.click('[data-testid="compare-before-way"]');
  await until('the comparison', async () => (await compared()).length === 4);
  assert.deepEqual(await totals(), {
    visits: '3 | 1 | +2',
    sites: '2 | 1 | +1',
    domains: '4 | 3 | +1',
    requests: '10 | 4 | +6',
    mean: '2.3 | 3 | -0.7',
    days: '1 of 1 | 1 of 1 | 0',
    incomplete: '0 | 0 | 0',
  });
  assert.deepEqual(await parts(), [3, 1, 0, 4]);
  assert.deepEqual(await compared(), [
    ['fonts', 0.5, 0, 50, 1, 0],
    ['mate', 0.5, 1, -50, 1, 1],
    ['ads', 1, 1, 0, 5, 1],
    ['stats', 1, 1, 0, 3, 2],
  ]);
  const warnings = await screen.words('[data-testid="compare-warnings"]');
  assert.match(warnings, /A has today in it, which is not over\./);
  assert.doesNotMatch(warnings, /B/);
});

test('a_period_that_begins_before_the_first_stored_day_or_has_nothing_says_so', async () => {
  await screen.open('?view=compare&compare=periods&period=7');
  const before = await screen.words('[data-testid="compare-warnings"]');
  assert.match(before, /A begins before \w+, \w+ \d+, \d+, the first day that is stored/);
  assert.match(before, /B: nothing is stored of this period\./);
  assert.equal((await totals())['days'], '2 of 7 | 0 of 7 | –');
  // Of all that is stored there is nothing before.
  await screen.open('?view=compare&compare=periods');
  assert.match(await screen.words('[data-testid="compare-choose"]'), /Before all that is stored there is nothing/);
  await screen.page.select('[data-testid="compare-second"]', 'dates');
  await untilVisible(screen.page, '[data-testid="compare-from"]');
  await screen.type('compare-from', '2020-01-01');
  await until('the other dates', async () => (await screen.address()).includes('from2=2020-01-01'));
});

test('what_is_typed_is_kept_by_the_links_of_the_rest_of_the_screen', async () => {
  await screen.open(NEWS_AND_SHOP);
  await screen.type('search', 'ads');
  await screen.click('[data-testid="part-both"]');
  assert.match(await screen.address(), /search=ads/);
  assert.match(await screen.address(), /part=both/);
  // Also where the reader does not follow them at once.
  await screen.type('search', 'stats');
  const leadsTo = () => screen.page.$eval('[data-testid="part-one"]', (link) => link.getAttribute('href') ?? '');
  await until('the link to keep it', async () => /search=stats/.test(await leadsTo()));
});

test('who_goes_from_a_comparison_to_another_view_takes_nothing_of_it_along', async () => {
  await screen.open(`${NEWS_AND_SHOP}&part=both&search=a`);
  await screen.click('[data-view="sites"]');
  assert.equal(await screen.address(), '?view=sites&period=today');
});
