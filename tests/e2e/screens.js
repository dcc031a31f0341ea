// Owns the screens that are pictured and checked for accessibility: each state of the popup and of the pages that fill a tab.
import { declareDemo, DEMO_URLS } from '../web/demo-web.js';

/** @typedef {import('./stage.js').Stage} Stage */

/**
 * @typedef {object} Screen
 * @property {string} name
 * @property {import('puppeteer-core').Page} page
 * @property {'popup' | 'dashboard'} kind
 */

/** In the order in which they are shown. */
export const SCREENS = [
  'dashboard-empty',
  'method',
  'popup-nothing',
  'popup-0',
  'popup-5',
  'popup-150',
  'popup-journal',
  'popup-opened-row',
  'dashboard-full',
  'popup-incomplete',
];

/**
 * Shows each screen in turn; it stays as it is until the next one is asked for.
 * @param {Stage} stage fresh: nothing visited yet
 * @returns {AsyncGenerator<Screen, void>}
 */
export async function* screens(stage) {
  const { driver } = stage;
  declareDemo(stage.web);
  yield* dashboard(stage, 'dashboard-empty');
  yield* dashboard(stage, 'method', 'extension/method/method.html');

  const blank = await driver.newPage();
  yield await popup(stage, 'popup-nothing', driver.tabIdOf(blank));
  await blank.close();

  for (const [name, url] of /** @type {const} */ ([
    ['popup-0', DEMO_URLS.zero],
    ['popup-5', DEMO_URLS.five],
    ['popup-150', DEMO_URLS.crowd],
  ])) {
    const { page, tabId } = await stage.visit(url);
    yield await popup(stage, name, tabId);
    await page.close();
  }

  const journal = await stage.visit(DEMO_URLS.journal);
  const opened = await stage.popup(journal.tabId);
  await opened.settled();
  yield { name: 'popup-journal', page: opened.page, kind: 'popup' };
  await opened.detail('encheres.test');
  await opened.page.evaluate(() => {
    document.querySelector('[data-domain="encheres.test"]')?.scrollIntoView({ block: 'start' });
  });
  yield { name: 'popup-opened-row', page: opened.page, kind: 'popup' };

  const article = await stage.visit(DEMO_URLS.article);
  await (await stage.popup(article.tabId)).settled();
  yield* dashboard(stage, 'dashboard-full');

  // As after an installation: a background to which this session is new, with the tab open already.
  await driver.asExtension(() => chrome.storage.session.clear());
  await driver.killBackground();
  const incomplete = await stage.popup(journal.tabId);
  await incomplete.until('the page as incomplete', ({ gaps }) => gaps.length > 0);
  await journal.page.evaluate(() => fetch('https://collecte.audience.test/visite', { mode: 'no-cors' }));
  await incomplete.until('a later request', ({ domains }) => domains === 1);
  await incomplete.settled();
  yield { name: 'popup-incomplete', page: incomplete.page, kind: 'popup' };
}

/**
 * @param {Stage} stage
 * @param {string} name
 * @param {number} tabId
 * @returns {Promise<Screen>}
 */
async function popup(stage, name, tabId) {
  const shown = await stage.popup(tabId);
  if (name === 'popup-nothing') await shown.until('that there is nothing', ({ state }) => state === 'nothing');
  else await shown.settled();
  return { name, page: shown.page, kind: 'popup' };
}

/**
 * @param {Stage} stage
 * @param {string} name
 * @param {string} [file] Of another page that fills a tab.
 * @returns {AsyncGenerator<Screen, void>}
 */
async function* dashboard(stage, name, file = 'extension/dashboard/dashboard.html') {
  const page = await stage.driver.openExtensionPage(file);
  await page.waitForFunction(() => document.documentElement.dataset['drawn'] === 'true', { timeout: 15_000 });
  yield { name, page, kind: 'dashboard' };
  await page.close();
}
