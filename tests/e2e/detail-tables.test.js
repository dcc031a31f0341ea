// Proves that the hosts of a third party, and who brought it, are sorted by any column, searched and turned page by page, each table by itself and
// as a part of the address.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { DashboardScreen } from './dashboard-screen.js';
import { Stage } from './stage.js';

/** Hosts that a redirect of a domain of its own leads to: more than a page of a table has. */
const LED = Array.from({ length: 55 }, (_, at) => String(at).padStart(2, '0'));
const PAGE = 50;
const ADDRESS = '?view=third-party&name=crowd-third.test';
const DIRECT = 'direct.crowd-third.test';

const HOSTS = LED.map((name) => `n${name}.crowd-third.test`);
const WAYS = LED.map((name) => `page redirect hop${name}-third.test`);
const ITSELF = 'page';

/** @type {Stage} */
let stage;
/** @type {DashboardScreen} */
let screen;
before(async () => {
  stage = await Stage.open();
  await visit('https://www.alpha.test/', [
    ...[1, 2, 3].map((at) => `https://${DIRECT}/${at}.gif`),
    ...LED.map(led('a')),
  ]);
  await visit('https://www.beta.test/', [`https://${DIRECT}/b.gif`, led('b')('30')]);
  screen = await DashboardScreen.open(stage);
});
after(() => stage?.close());

/** Gives what leads to a host by way of a redirect, and declares it. @param {string} of */
function led(of) {
  return (/** @type {string} */ name) => {
    const start = `https://go.hop${name}-third.test/${of}.gif`;
    stage.web.redirects([start, `https://n${name}.crowd-third.test/${of}.gif`]);
    return start;
  };
}

/** @param {string} url @param {string[]} images */
async function visit(url, images) {
  const requests = images.map((image) => ({ kind: /** @type {const} */ ('image'), url: image }));
  const { page, tabId } = await stage.visit(url, { requests });
  await stage.counted(tabId);
  await page.close();
  await stage.quiet();
}

/** By which column a table says that it is sorted, and how. @param {string} table */
function sorted(table) {
  return screen.page.$$eval(`[data-testid="${table}-table"] th[aria-sort]`, (heads) =>
    heads.map((head) => `${head.textContent} ${head.getAttribute('aria-sort')}`).join(),
  );
}

/** Where a table, its search and its pages are. @param {string} table */
const sectionOf = (table) => `section:has(> .table-frame [data-testid="${table}-table"])`;

/** What stands above and below the rows of a table. @param {string} table */
async function around(table) {
  const words = (/** @type {string} */ testid) => screen.words(`${sectionOf(table)} [data-testid="${testid}"]`);
  return { page: await words('page'), count: await words(`${table}-count`), none: await words('search-none') };
}

/** @param {string} table */
function turn(table) {
  return screen.click(`${sectionOf(table)} [data-testid="page-after"]`);
}

async function parts() {
  return Object.fromEntries(new URLSearchParams(await screen.address()));
}

test('the_hosts_come_in_the_order_of_any_column_first_or_last_first_by_pointer_and_by_keyboard', async () => {
  await screen.page.bringToFront();
  await screen.open(ADDRESS);
  const rest = HOSTS.filter((host) => host !== HOSTS[30]);
  const mostFirst = [DIRECT, HOSTS[30] ?? '', ...rest].slice(0, PAGE);
  await screen.untilNames('met-host-row', mostFirst);
  assert.equal(await sorted('met-host'), 'Requests descending');
  assert.deepEqual(await around('met-host'), { page: 'Page 1 of 2', count: '56 hosts', none: '' });

  await screen.click('[data-testid="hosts-sort-host"]');
  await screen.untilNames('met-host-row', [DIRECT, ...HOSTS].slice(0, PAGE));
  assert.equal(await sorted('met-host'), 'Host ascending');
  await screen.page.focus('[data-testid="hosts-sort-host"]');
  await screen.page.keyboard.press('Enter');
  const backwards = [DIRECT, ...HOSTS].reverse();
  await screen.untilNames('met-host-row', backwards.slice(0, PAGE));
  assert.equal(await sorted('met-host'), 'Host descending');
  const { hostsSort, hostsOrder, ...others } = await parts();
  assert.deepEqual([hostsSort, hostsOrder, others['sort'], others['order']], ['host', 'back', undefined, undefined]);
  await turn('met-host');
  await screen.untilNames('met-host-row', backwards.slice(PAGE));
  await screen.reload();
  await screen.untilNames('met-host-row', backwards.slice(PAGE));

  await screen.page.focus('[data-testid="hosts-sort-visits"]');
  await screen.page.keyboard.press('Enter');
  await screen.untilNames('met-host-row', mostFirst);
  assert.equal(await sorted('met-host'), 'Visits descending');
  assert.equal((await parts())['hostsPage'], undefined);
  const focused = await screen.page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  assert.equal(focused, 'hosts-sort-visits');
  const [first] = await screen.lines('met-host-row');
  assert.deepEqual(first?.figures, { 'met-host-requests': 4, 'met-host-visits': 2 });
  // The other tables of the page have orders of their own.
  assert.deepEqual([await sorted('met'), await sorted('way')], ['Requests descending', 'Visits descending']);
});

test('the_hosts_are_searched_as_a_part_of_the_address_and_no_other_table_with_them', async () => {
  await screen.open(`${ADDRESS}&hostsPage=2`);
  await screen.type('hosts-search', 'N3');
  const found = [HOSTS[30] ?? '', ...HOSTS.slice(31, 40)];
  await screen.untilNames('met-host-row', found);
  assert.deepEqual(await around('met-host'), { page: '', count: '10 hosts', none: '' });
  assert.equal((await screen.lines('met-row')).length, 2);
  assert.equal((await screen.lines('way-row')).length, PAGE);
  const { hostsSearch, hostsPage, search } = await parts();
  assert.deepEqual([hostsSearch, hostsPage, search], ['N3', undefined, undefined]);
  await screen.reload();
  await screen.untilNames('met-host-row', found);
  await screen.type('hosts-search', 'nobody');
  await screen.untilNames('met-host-row', []);
  assert.equal((await around('met-host')).none, 'No host matches “nobody”.');
  // The search of the sites is another.
  await screen.type('search', 'beta');
  await screen.untilNames('met-row', ['beta.test']);
  await screen.untilNames('met-host-row', []);
});

test('who_brought_it_comes_in_the_order_of_any_column_is_searched_and_turned_page_by_page', async () => {
  await screen.open(ADDRESS);
  const rest = WAYS.filter((way) => way !== WAYS[30]);
  const mostFirst = [ITSELF, WAYS[30] ?? '', ...rest];
  await screen.untilNames('way-row', mostFirst.slice(0, PAGE));
  assert.equal(await sorted('way'), 'Visits descending');
  await turn('way');
  await screen.untilNames('way-row', mostFirst.slice(PAGE));
  assert.equal((await parts())['chainsPage'], '2');

  await screen.click('[data-testid="chains-sort-way"]');
  await screen.untilNames('way-row', [ITSELF, ...WAYS].slice(0, PAGE));
  assert.equal(await sorted('way'), 'Brought by ascending');
  await screen.page.focus('[data-testid="chains-sort-way"]');
  await screen.page.keyboard.press('Enter');
  await screen.untilNames('way-row', [ITSELF, ...WAYS].reverse().slice(0, PAGE));
  await screen.click('[data-testid="chains-sort-sites"]');
  await screen.untilNames('way-row', mostFirst.slice(0, PAGE));
  assert.equal(await sorted('way'), 'Sites descending');
  const [, second] = await screen.lines('way-row');
  assert.deepEqual(second?.figures, { 'way-visits': 2, 'way-sites': 2 });
  await screen.click('[data-testid="chains-sort-sites"]');
  await screen.untilNames('way-row', rest.slice(0, PAGE));
  assert.equal((await screen.lines('met-host-row')).length, PAGE);

  await screen.type('chains-search', 'hop30');
  await screen.untilNames('way-row', [WAYS[30] ?? '']);
  assert.deepEqual(await around('way'), { page: '', count: '1 way', none: '' });
  await screen.reload();
  await screen.untilNames('way-row', [WAYS[30] ?? '']);
  await screen.type('chains-search', 'nobody');
  await screen.untilNames('way-row', []);
  assert.equal((await around('way')).none, 'No way leads through “nobody”.');
  assert.equal((await screen.lines('met-host-row')).length, PAGE);
});

test('another_third_party_and_another_view_begin_with_no_order_and_no_search_of_it', async () => {
  await screen.open(`${ADDRESS}&hostsSearch=n1&hostsSort=host&hostsOrder=back&chainsSearch=hop30&chainsSort=way`);
  await screen.untilNames('way-row', [WAYS[30] ?? '']);
  await screen.click('[data-testid="way-row"] a');
  await screen.untilNames('met-host-row', ['go.hop30-third.test']);
  await screen.untilNames('way-row', [ITSELF]);
  assert.deepEqual(await parts(), { view: 'third-party', name: 'hop30-third.test' });
  await screen.page.evaluate(() => history.back());
  await until('what was searched for', async () => (await screen.lines('met-host-row')).length === 10);
  const [first] = await screen.lines('met-host-row');
  assert.equal(first?.name, HOSTS[19]);
});
