// Proves that the popup and the dashboard say of each store that cannot be used what it is and what to do, and that the way out is one.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { holdDatabase, makeLater, takeTablesAway } from '../faults/store-damage.js';
import { untilDrawn } from './drawn.js';
import { Stage } from './stage.js';

const DASHBOARD = 'extension/dashboard/dashboard.html';

/** @type {Stage} */
let stage;
/** @type {import('./stage.js').Opened} */
let opened;
before(async () => {
  stage = await Stage.open();
  opened = await stage.visit('https://bad-store.test/', {
    requests: [{ kind: 'image', url: 'https://img.bad-store-third.test/1.gif' }],
  });
  await stage.counted(opened.tabId);
  await stage.stored();
});
after(() => stage?.close());

/** What is said of a problem, in English. @param {string} kind @param {string[]} parts */
async function wordsOf(kind, parts = ['Title', 'Text', 'Advice']) {
  const file = path.join(import.meta.dirname, '..', '..', '_locales', 'en', 'messages.json');
  const messages = JSON.parse(await readFile(file, 'utf8'));
  return parts.map((part) => messages[`${kind}${part}`].message);
}

/** Something to be stored: the background finds out how the store is. */
function count() {
  return opened.page.evaluate(() => fetch('https://api.bad-store-third.test/x', { mode: 'no-cors' }));
}

/** @param {string} kind */
async function assertPopupSays(kind) {
  await count();
  void stage.driver.asExtension(() => chrome.runtime.sendMessage({ kind: 'flush' }));
  const popup = await stage.popup(opened.tabId);
  const shown = await popup.until(kind, ({ problems }) => problems.some((problem) => problem.kind === kind), 30_000);
  assert.deepEqual(
    shown.problems.map((problem) => problem.kind),
    [kind],
  );
  for (const words of await wordsOf(kind)) assert.ok(shown.words.includes(words), `“${words}” in ${shown.words}`);
  assert.equal(shown.site, 'bad-store.test', 'what is counted is shown all the same');
}

/** @param {string} kind */
async function dashboardThatSays(kind) {
  const page = await stage.driver.openExtensionPage(DASHBOARD);
  const problem = `[data-testid="problem"][data-kind="${kind}"]`;
  await page.waitForSelector(problem);
  const said = await page.$eval(problem, (element) => element.textContent ?? '');
  for (const words of await wordsOf(kind)) assert.ok(said.includes(words), `“${words}” in ${said}`);
  assert.equal(await page.$eval('#stored', (element) => /** @type {HTMLElement} */ (element).hidden), true);
  return page;
}

/** @param {import('puppeteer-core').Page} page @param {string} testid */
function click(page, testid) {
  return page.$eval(`[data-testid="${testid}"]`, (control) => /** @type {HTMLElement} */ (control).click());
}

/** @param {import('puppeteer-core').Page} page */
function untilShown(page) {
  return untilDrawn(page, 30_000);
}

test('a_store_that_another_page_holds_is_said_to_be_held_and_read_once_it_is_let_go', async () => {
  const release = await holdDatabase(stage);
  await assertPopupSays('storeBlocked');
  const page = await dashboardThatSays('storeBlocked');
  await release();
  await until('the store to take what was counted', async () => (await stage.stored()).length > 0);
  // The page tries again by itself, too, as soon as something is stored.
  await page.evaluate(() => {
    const retry = document.querySelector('[data-testid="retry"]');
    if (retry instanceof HTMLElement) retry.click();
  });
  await untilShown(page);
  assert.equal(await page.$eval('[data-testid="total-visits"]', (total) => total.getAttribute('data-value')), '1');
  await page.close();
});

test('a_store_without_its_tables_is_said_to_be_damaged_and_begun_anew_by_its_reader_alone', async () => {
  await takeTablesAway(stage);
  await assertPopupSays('storeDamaged');
  const page = await dashboardThatSays('storeDamaged');
  await click(page, 'begin-anew');
  await click(page, 'confirm-no');
  assert.equal((await page.$$('[data-testid="problem"]')).length, 1);
  await click(page, 'begin-anew');
  await click(page, 'confirm-yes');
  await untilShown(page);
  await page.close();
  await count();
  await until('what is counted to be stored again', async () => (await stage.stored()).length > 0);
  const popup = await stage.popup(opened.tabId);
  await popup.until('no problem', ({ problems }) => problems.length === 0);
});

test('a_store_of_a_later_version_is_said_to_be_one_and_left_as_it_is', async () => {
  await makeLater(stage);
  await assertPopupSays('storeFromFuture');
  const page = await dashboardThatSays('storeFromFuture');
  assert.equal((await page.$$('[data-testid="begin-anew"]')).length, 0);
  await page.close();
  const version = await stage.driver.asExtension(async () => {
    const [database] = (await indexedDB.databases()).filter(({ name }) => name === 'tiers');
    return database?.version;
  });
  assert.equal(version, 1_000);
});
