// Proves what the dashboard says is new to a site, and how often a third party's own site was visited, against days that are known.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { untilDrawn, untilIn, untilVisible } from './drawn.js';
import { putEarlierDays } from './earlier-days.js';
import { Stage } from './stage.js';

/** @type {Stage} */
let stage;
/** @type {import('puppeteer-core').Page} */
let page;

before(async () => {
  stage = await Stage.open();
  await visit('news.test', ['old', 'steady']);
  await visit('shop.test', ['steady']);
  await visit('steady.test', []);
  // Of two days ago: the news and the shop as they are so far.
  await stage.quiet();
  await putEarlierDays(stage.driver, [{ ago: 2, sites: ['news.test', 'shop.test'] }]);
  // Today: the news have somebody new, the shop has nobody, and of the blog it is the first day.
  await visit('news.test', ['steady', 'fresh', 'fresher']);
  await visit('blog.test', ['fresh']);
  await stage.quiet();
  page = await stage.driver.openExtensionPage('extension/dashboard/dashboard.html');
  await shown();
});
after(() => stage?.close());

/**
 * @param {string} site
 * @param {string[]} third
 */
async function visit(site, third) {
  const requests = third.map((name) => ({
    kind: /** @type {const} */ ('image'),
    url: `https://cdn.${name}.test/1.gif`,
  }));
  const opened = await stage.visit(`https://www.${site}/`, { requests });
  await stage.counted(opened.tabId);
  await opened.page.close();
}

async function shown() {
  await untilDrawn(page);
  await untilIn(page, 'the title', () => !document.querySelector('[data-testid="title"]')?.closest('[hidden]'));
}

/** @param {string} address */
async function open(address) {
  await stage.driver.goto(page, stage.driver.extensionUrl(`extension/dashboard/dashboard.html${address}`));
  await shown();
}

/** @param {string} testid */
async function rows(testid) {
  await untilVisible(page, `[data-testid="${testid}"]`);
  return page.$$eval(`[data-testid="${testid}"]`, (lines) =>
    lines.filter((line) => line.checkVisibility()).map((line) => line.getAttribute('data-name') ?? ''),
  );
}

const NEW = ['news.test fresh.test', 'news.test fresher.test'];

test('the_overview_says_who_is_new_on_a_site_that_was_known_before_and_leads_to_all_of_them', async () => {
  assert.deepEqual(await rows('new-row'), NEW);
  await open('?view=new');
  assert.deepEqual(await rows('new-row'), NEW);
  const days = await page.$$eval('[data-testid="new-first"]', (cells) =>
    cells.map((cell) => cell.getAttribute('data-value')),
  );
  assert.equal(new Set(days).size, 1, 'both on the day of today');
});

test('the_page_of_a_site_says_who_is_new_there_and_of_a_site_on_its_first_day_nobody_is', async () => {
  await open('?view=site&name=news.test');
  assert.deepEqual(await rows('new-row'), NEW);
  const byDay = await page.$$eval('[data-testid="day-newDomains"]', (cells) =>
    cells.map((cell) => Number(cell.getAttribute('data-value'))),
  );
  assert.deepEqual(byDay, [2, 0], 'two are new today; on the first day nobody is');
  for (const site of ['blog.test', 'shop.test']) {
    await open(`?view=site&name=${site}`);
    await rows('contact-row');
    assert.equal(await page.$eval('[data-testid="new-table"]', (table) => table.checkVisibility()), false, site);
  }
  await open('?view=new&name=news.test');
  assert.deepEqual(await rows('new-row'), NEW);
  await page.$eval('[data-testid="new-all"]', (link) => link instanceof HTMLElement && link.click());
  await untilIn(page, 'an address without a name', () => !location.search.includes('name='));
  assert.deepEqual(await rows('new-row'), NEW);
});

test('what_is_searched_for_among_the_new_ones_is_in_the_site_or_in_the_third_party', async () => {
  await open('?view=new&search=fresher');
  assert.deepEqual(await rows('new-row'), NEW.slice(1));
  await open('?view=new&search=news');
  assert.deepEqual(await rows('new-row'), NEW);
  await open('?view=new&search=shop');
  assert.equal(await page.$eval('[data-testid="search-none"]', (none) => none.checkVisibility()), true);
  await open('?view=new&name=shop.test');
  assert.equal(await page.$eval('[data-testid="new-nothing"]', (nothing) => nothing.checkVisibility()), true);
});

test('a_third_party_that_was_visited_itself_says_how_often_and_leads_to_its_page_as_a_site', async () => {
  await open('?view=third-parties');
  const own = await page.$$eval('[data-testid="third-party-row"]', (lines) =>
    lines.map((line) => [
      line.getAttribute('data-name'),
      line.querySelector('[data-testid="third-party-own"]')?.getAttribute('data-value'),
    ]),
  );
  assert.deepEqual(Object.fromEntries(own), {
    'steady.test': '1',
    'old.test': '0',
    'fresh.test': '0',
    'fresher.test': '0',
  });
  await open('?view=third-party&name=steady.test');
  assert.equal(await page.$eval('[data-testid="total-own-visits"]', (total) => total.getAttribute('data-value')), '1');
  await page.$eval('[data-testid="as-site"]', (link) => link instanceof HTMLElement && link.click());
  await untilIn(page, 'the address of a site', () => location.search.includes('view=site'));
  await open('?view=third-party&name=fresh.test');
  await page.$eval('[data-testid="visits-with-it"]', (link) => link instanceof HTMLElement && link.click());
  assert.deepEqual((await rows('visit-row')).length, 2, 'one of the news, one of the blog');
  await open('?view=third-party&name=steady.test');
  await page.$eval('[data-testid="visits-with-it"]', (link) => link instanceof HTMLElement && link.click());
  await untilIn(page, 'the visits that contacted it', () => location.search.includes('with=steady.test'));
  const met = await rows('visit-row');
  assert.ok(met.length > 0 && !met.includes('steady.test'), `not met on its own site: ${met}`);
  assert.equal(await page.$eval('[data-testid="visits-with"] a', (link) => link.textContent), 'steady.test');
  await page.$eval('[data-testid="visits-all"]', (link) => link instanceof HTMLElement && link.click());
  await page.waitForSelector('[data-testid="visit-row"][data-name="steady.test"]');
  await open('?view=third-party&name=old.test');
  assert.equal(await page.$eval('[data-testid="as-site"]', (link) => link.checkVisibility()), false);
});
