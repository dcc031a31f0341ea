// Proves that what the dashboard does for long never holds the background up. In a copy of the extension each step of that work takes long, so that
// the work is certainly under way as a page is visited.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { removeFolder } from '../drive/remove-folder.js';
import { untilDrawn } from './drawn.js';
import { putEarlierDays } from './earlier-days.js';
import { builtExtension, Stage } from './stage.js';

const DASHBOARD = 'extension/dashboard/dashboard.html';

/** Longer than any test waits: whoever waits for it waits in vain. */
const EXPORT_MS = 90_000;
/**
 * Each of so many days: in Firefox, where all pages of an extension share one thread, longer steps would leave the popup none of it. Together they
 * take longer than a page and its popup do on a busy machine, of whose pace their time knows nothing.
 */
const [DAY_MS, DAYS] = [10, 5_000];
/** Within which a page that is visited meanwhile is counted and shown. */
const SHOWN_MS = 60_000;

/** @type {Stage} */
let stage;
/** @type {string} */
let slow;
/** @type {import('puppeteer-core').Page | undefined} */
let dashboard;
before(async () => {
  slow = await mkdtemp(path.join(os.tmpdir(), 'tiers-slow-'));
  await cp(builtExtension(), slow, { recursive: true });
  await standStill('intoDigest() {', EXPORT_MS);
  await standStill('addRollup(day, stored, visits) {', DAY_MS);
  stage = await Stage.open({ extensionPath: slow });
});
afterEach(async () => {
  if (!dashboard?.isClosed()) await dashboard?.close();
});
after(async () => {
  await stage?.close();
  await removeFolder(slow);
});

/**
 * Has a step of the reader's core take so long, and do nothing else meanwhile.
 * @param {string} step its beginning in the glue
 * @param {number} ms
 */
async function standStill(step, ms) {
  const file = path.join(slow, 'extension', 'core', 'reader.js');
  const code = await readFile(file, 'utf8');
  const wait = `for (const since = performance.now(); performance.now() - since < ${ms}; );`;
  const longer = code.replace(step, `${step} ${wait}`);
  assert.notEqual(longer, code, step);
  await writeFile(file, longer);
}

/**
 * A page that is visited now is counted whole, and shown.
 * @param {string} name
 * @returns {Promise<import('puppeteer-core').Page>} it
 */
async function assertCountedMeanwhile(name) {
  const opened = await stage.visit(`https://www.${name}.test/`, {
    requests: Array.from({ length: 30 }, (_, at) => ({
      kind: 'image',
      url: `https://img${at}.${name}-third.test/1.gif`,
    })),
  });
  const popup = await stage.popup(opened.tabId);
  await popup.until('all that the page asked for', ({ hosts, requests }) => hosts === 30 && requests === 30, SHOWN_MS);
  return opened.page;
}

/** @param {string} site */
async function assertStored(site) {
  assert.ok((await stage.stored()).some((visit) => visit.site === site));
}

test('while_an_export_is_made_the_background_counts_stores_and_answers', async () => {
  dashboard = await stage.driver.openExtensionPage(DASHBOARD);
  await untilDrawn(dashboard);
  const workers = () => dashboard?.workers().length ?? 0;
  await dashboard.$eval('[data-testid="export-json"]', (button) => /** @type {HTMLElement} */ (button).click());
  await until('the export to be under way', async () => workers() > 0);
  await (await assertCountedMeanwhile('during-export')).close();
  await assertStored('during-export.test');
  // The dashboard itself is no slower for it.
  await dashboard.$eval('[data-view="sites"]', (link) => /** @type {HTMLElement} */ (link).click());
  assert.equal(await dashboard.$eval('#title', (title) => title.textContent), 'Sites');
  assert.equal(workers(), 1, 'the export still goes on');
  assert.equal(await dashboard.$eval('#action-status', (status) => status.textContent), '');
});

test('while_a_long_history_is_read_the_background_counts_and_answers', async () => {
  const earlier = Array.from({ length: DAYS }, (_, at) => ({ ago: at + 1, sites: ['during-export.test'] }));
  await putEarlierDays(stage.driver, earlier);
  dashboard = await stage.driver.newPage();
  const page = dashboard;
  const file = stage.driver.extensionUrl(DASHBOARD);
  page.goto(file, { waitUntil: [], timeout: 0 }).catch(() => {});
  const reading = () =>
    page.evaluate(() => {
      const bar = document.querySelector('[data-testid="reading"]');
      const { hidden = true, value = 0, max = 0 } = /** @type {HTMLProgressElement | null} */ (bar) ?? {};
      return { isShown: !hidden, value, max };
    });
  await until('the reading to be under way', async () => (await reading()).value > 0);
  const counted = await assertCountedMeanwhile('during-reading');
  const { isShown, value, max } = await reading();
  assert.ok(isShown && value < max, `${value} of ${max} days are read`);
  // What is read is read in one transaction, for which the commit waits.
  await page.close();
  await counted.close();
  await assertStored('during-reading.test');
});
