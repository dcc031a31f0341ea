// Proves that each page fits every width from a small telephone's to a very wide screen's, and that a finger finds what it is to press.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { takeTablesAway } from '../faults/store-damage.js';
import { declareDemo, DEMO_URLS } from '../web/demo-web.js';
import { untilIn } from './drawn.js';
import { fingerFaults, widthFaults } from './fitting.js';
import { BROWSER, Stage } from './stage.js';

const DASHBOARD = 'extension/dashboard/dashboard.html';

/** @type {Stage} */
let stage;
/** @type {import('./stage.js').Opened} */
let journal;
/** @type {string[]} */
let pages;
before(async () => {
  // The pointer's coarseness is Firefox's own setting.
  stage = await Stage.open({ prefs: { 'ui.primaryPointerCapabilities': 1, 'ui.allPointerCapabilities': 1 } });
  declareDemo(stage.web);
  journal = await stage.visit(DEMO_URLS.journal);
  await (await stage.popup(journal.tabId)).settled();
  const [visit] = await stage.stored();
  const day = (await stage.records('visits')).find(({ id }) => id === visit?.id)?.day;
  pages = [
    `popup/popup.html?tab=${journal.tabId}`,
    ...[
      '',
      '?view=sites',
      '?view=third-parties',
      '?view=third-party&name=encheres.test',
      '?view=new',
      '?view=days',
      '?view=graph',
      '?view=graph&node=third-party:fontes.test',
      '?view=visits',
      '?view=visits&group=site',
      '?view=compare',
      '?view=compare&one=lejournal.test&other=five.test',
      '?view=compare&compare=periods&period=7',
      '?view=kept',
      '?view=site&name=lejournal.test',
      '?view=third-party&name=audience.test',
      `?view=visit&name=${visit?.id}&day=${day}`,
      '?view=visit&name=nobody&day=20000',
      '?view=site&name=nobody.test',
      '?from=2020-01-01&to=2020-01-31',
    ].map((view) => `${DASHBOARD}${view}`),
    'extension/method/method.html',
    'extension/welcome/welcome.html',
  ];
});
after(() => stage?.close());

/** @param {string} file */
async function opened(file) {
  const page = await stage.driver.openExtensionPage(file);
  await drawn(page);
  return page;
}

/** @param {import('puppeteer-core').Page} page */
async function drawn(page) {
  const isDrawn = () =>
    ['true', 'failed'].includes(document.documentElement.dataset['drawn'] ?? '') &&
    !document.querySelector('[data-loading]');
  await untilIn(page, 'the page to be drawn, or to say why not', isDrawn);
}

/** How a page fits, with a mouse and then with a finger. @param {string} file @returns {Promise<string[]>} */
async function faultsOf(file) {
  const page = await opened(file);
  const wide = await widthFaults(page);
  await page.setViewport({
    width: 412,
    height: 800,
    ...(BROWSER === 'chromium' && { hasTouch: true, isMobile: true }),
  });
  // Chromium loads a page anew that is to be touched.
  await drawn(page);
  const low = await fingerFaults(page);
  await page.close();
  return [...wide, ...low].map((fault) => `${file} ${fault}`);
}

test('no_page_is_wider_than_its_window_no_line_longer_than_can_be_read_and_what_is_pressed_as_high_as_a_finger_needs', async () => {
  const faults = [];
  for (const file of pages) faults.push(...(await faultsOf(file)));
  assert.deepEqual(faults, []);
});

test('names_in_tables_are_broken_behind_their_dots_and_hyphens_and_not_inside_a_word', async () => {
  const asked = ['cdn.synquantadservices.test', 'une-agence-publicitaire.test', 'x.xn--bcher-kva.test'];
  const { page: visited, tabId } = await stage.visit('https://revuespecialisee.test/', {
    requests: asked.map((host) => ({ kind: 'image', url: `https://${host}/1.gif` })),
  });
  await (await stage.popup(tabId)).settled();
  await visited.close();
  for (const view of [
    '',
    '?view=sites',
    '?view=third-parties&period=today',
    '?view=new',
    '?view=visits',
    '?view=graph',
  ]) {
    const page = await opened(`${DASHBOARD}${view}`);
    for (const width of [320, 800, 1280]) {
      await page.setViewport({ width, height: 800 });
      assert.deepEqual(await page.evaluate(wordsInTwo), [], `${view} at ${width} px`);
    }
    await page.close();
  }
});

/** Runs in the page. The words of the names in its tables that stand on several lines. */
function wordsInTwo() {
  const broken = [];
  for (const name of document.querySelectorAll('td .host, th .host')) {
    const walker = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const range = document.createRange();
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(/[^-.]+/g)) {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (range.getClientRects().length > 1) broken.push(word);
      }
    }
  }
  return broken;
}

test('the_screens_of_a_store_that_cannot_be_used_fit_too', async () => {
  await takeTablesAway(stage);
  // Something to be stored: the background finds out.
  await journal.page.evaluate(() => fetch('https://collecte.audience.test/visite', { mode: 'no-cors' }));
  const popup = await stage.popup(journal.tabId);
  await popup.until('the problem', ({ problems }) => problems.some(({ kind }) => kind === 'storeDamaged'), 30_000);
  assert.deepEqual(await widthFaults(popup.page), []);
  const faults = await faultsOf(DASHBOARD);
  assert.deepEqual(faults, []);
});
