// Proves that the dashboard's tables can be used with a hundred thousand rows, and that each says so where it has none.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { freshCounter, freshDays } from '../wasm/core-module.js';
import { LOUDEST, manyRows, siteName, thirdPartyName } from '../wasm/many-rows.js';
import { DashboardScreen } from './dashboard-screen.js';
import { today } from './noon.js';
import { Stage } from './stage.js';

/** A hundred thousand: a million takes longer to be made than a test of each browser may. `tests/wasm` has the million. */
const [SITES, THIRD_PARTIES] = [100, 1_000];
const ALL = SITES * THIRD_PARTIES;
const PAGE = 50;

const VIEWS = [
  ...['', '?view=sites', '?view=third-parties', '?view=new', '?view=days', '?view=graph', '?view=visits'],
  ...['?view=visits&group=site', '?view=compare', '?view=compare&compare=periods&period=7'],
  '?view=compare&one=quiet.test&other=nobody.test',
  '?view=site&name=quiet.test',
  '?view=third-party&name=nobody.test',
];

/** @type {Stage} */
let stage;
/** @type {DashboardScreen} */
let dashboard;
before(async () => {
  stage = await Stage.open();
  dashboard = await DashboardScreen.open(stage);
});
after(() => stage?.close());

/** What a reader sees of the tables, and of what stands in their place. */
function tables() {
  return dashboard.page.evaluate(() => {
    const seen = (/** @type {Element | null} */ element) => element?.checkVisibility() ?? false;
    const all = [...document.querySelectorAll('main table')].filter((table) => seen(table));
    return {
      withoutRows: all
        .filter((table) => table.querySelectorAll('tbody tr').length === 0)
        .map((table) => table.getAttribute('data-testid')),
      words: document.querySelector('main')?.innerText ?? '',
      isEmpty: seen(document.getElementById('empty')),
      view: document.getElementById('view')?.innerText.trim() ?? '',
    };
  });
}

test('before_anything_is_counted_the_views_say_what_will_be_there', async () => {
  for (const view of ['', '?view=new', '?view=visits', '?view=compare']) {
    await dashboard.open(view);
    const { isEmpty, withoutRows } = await tables();
    assert.ok(isEmpty, view);
    assert.deepEqual(withoutRows, [], view);
  }
});

test('a_table_of_nothing_is_words_and_no_heads_above_nothing', async () => {
  const { page, tabId } = await stage.visit('https://www.quiet.test/', {});
  await stage.counted(tabId);
  await page.close();
  await stage.quiet();
  await dashboard.page.bringToFront();
  for (const period of ['', 'from=2020-01-01&to=2020-01-31']) {
    for (const view of VIEWS) {
      const address = `${view || '?'}${view && period ? '&' : ''}${period}`;
      await dashboard.open(address);
      const { withoutRows, view: words, isEmpty } = await tables();
      assert.deepEqual(withoutRows, [], address);
      assert.equal(isEmpty, false, address);
      assert.ok(words.length > 10, `${address} says “${words}”`);
    }
  }
});

/** Days with many rows, three days ago and two: made here, and put into the store as what their days left. */
async function putManyRows() {
  const firstDay = today() - 3;
  const rollups = manyRows(
    { counter: await freshCounter(), days: await freshDays() },
    { sites: SITES, thirdParties: THIRD_PARTIES, firstDay },
  );
  for (const { day, bytes } of rollups) {
    await stage.driver.asExtension(
      async (of, base64) => {
        const record = { day: of, bytes: Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)) };
        const open = indexedDB.open('tiers');
        await new Promise((resolve) => (open.onsuccess = resolve));
        const transaction = open.result.transaction('rollups', 'readwrite');
        transaction.objectStore('rollups').put(record);
        await new Promise((resolve) => (transaction.oncomplete = resolve));
        open.result.close();
      },
      day,
      Buffer.from(bytes).toString('base64'),
    );
  }
}

/** The lines, how many there are in all, and the words of the pager. */
async function newRows() {
  const lines = await dashboard.lines('new-row');
  const total = await dashboard.page.$eval('[data-testid="new-count"]', (count) => count.getAttribute('data-value'));
  return { lines, total: Number(total), pager: await dashboard.words('[data-testid="page"]') };
}

test('a_hundred_thousand_rows_are_sorted_searched_and_turned_page_by_page', async () => {
  await putManyRows();
  await dashboard.page.bringToFront();
  await dashboard.open('?view=new');
  const first = await newRows();
  assert.deepEqual([first.lines.length, first.total, first.pager], [PAGE, ALL, 'Page 1 of 2,000']);
  await dashboard.click('[data-testid="page-after"]');
  await until('the second page', async () => (await newRows()).pager === 'Page 2 of 2,000');
  const second = await newRows();
  assert.equal(second.lines.length, PAGE);
  assert.ok(second.lines.every(({ name }) => first.lines.every((line) => line.name !== name)));

  await dashboard.click('[data-testid="sort-requests"]');
  const loudest = LOUDEST.map(([site, thirdParty]) => `${siteName(site)} ${thirdPartyName(thirdParty)}`);
  await until('the loudest first', async () => {
    const names = (await newRows()).lines.map(({ name }) => name);
    return names.length === PAGE && loudest.every((name, at) => names[at] === name);
  });
  for (const beyond of ['2000', '999999']) {
    await dashboard.open(`?view=new&page=${beyond}`);
    const { lines, pager } = await newRows();
    assert.deepEqual([lines.length, pager], [PAGE, 'Page 2,000 of 2,000'], beyond);
  }
  await dashboard.type('search', thirdPartyName(123));
  await until('what is searched for', async () => (await newRows()).total === SITES);
  assert.equal((await newRows()).lines.length, PAGE);
  await dashboard.type('search', 'nobody');
  await until('that nothing matches', async () => (await tables()).words.includes('nobody'));
  assert.deepEqual((await tables()).withoutRows, []);
});

test('the_other_tables_of_so_much_have_a_page_of_rows_each', async () => {
  for (const [view, row, total] of /** @type {const} */ ([
    ['?view=third-parties', 'third-party', THIRD_PARTIES],
    ['?view=sites', 'site', SITES + 1],
    [`?view=site&name=${siteName(0)}`, 'contact', THIRD_PARTIES],
    [`?view=third-party&name=${thirdPartyName(0)}`, 'met', SITES],
    [`?view=compare&one=${siteName(0)}&other=${siteName(1)}`, 'compared', THIRD_PARTIES],
  ])) {
    await dashboard.open(view);
    await dashboard.page.waitForSelector(`[data-testid="${row}-row"]`);
    const count = await dashboard.page.$eval(`[data-testid="${row}-count"]`, (one) => one.getAttribute('data-value'));
    assert.deepEqual([(await dashboard.lines(`${row}-row`)).length, Number(count)], [PAGE, total], view);
  }
});
