// Owns the situations of tabs: two with one address, closed, moved, discarded.
import { until } from '../drive/condition.js';
import { BROKEN_OFF, answered, byFrameInFirefox, declareHtml, reached, withImage } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */

/** @type {Situation[]} */
export const TABS = [
  {
    name: 'the_same_address_in_three_tabs_is_three_visits_that_do_not_mix',
    declare: (web) => web.page('https://same.test/', withImage('img.same-third.test')),
    async walk(stage) {
      await stage.visit('https://same.test/');
      const second = await stage.visit('https://same.test/');
      const third = await stage.visit('https://same.test/');
      await second.page.evaluate(() => fetch('https://two.same-third.test/', { mode: 'no-cors' }));
      await third.page.evaluate(() => fetch('https://three.same-third.test/', { mode: 'no-cors' }));
    },
    visits: () => [
      { site: 'same.test', end: null, third: { 'img.same-third.test': 1 } },
      { site: 'same.test', end: null, third: { 'img.same-third.test': 1, 'two.same-third.test': 1 } },
      { site: 'same.test', end: null, third: { 'img.same-third.test': 1, 'three.same-third.test': 1 } },
    ],
  },
  {
    name: 'a_tab_that_is_closed_in_the_middle_of_a_load_keeps_what_it_had_asked_for',
    declare(web) {
      web.serve('slow.shut-third.test', () => ({ hang: true }));
      web.page('https://shut.test/', {
        requests: [
          { kind: 'image', url: 'https://img.shut-third.test/1.gif' },
          { kind: 'image', url: 'https://slow.shut-third.test/1.gif' },
        ],
      });
    },
    async walk(stage) {
      const { page, tabId } = await stage.begin('https://shut.test/');
      await reached(stage, 'slow.shut-third.test');
      await answered(page, 'img.shut-third.test');
      await stage.driver.asExtension((id) => chrome.tabs.remove(id), tabId);
    },
    visits: () => [
      {
        site: 'shut.test',
        end: 'tab_closed',
        third: {
          'img.shut-third.test': 1,
          'slow.shut-third.test': BROKEN_OFF,
        },
      },
    ],
  },
  {
    name: 'a_beacon_of_a_tab_that_is_closed_belongs_to_the_page_that_it_showed',
    declare: (web) =>
      web.page('https://last-word.test/', {
        requests: [{ kind: 'unload-beacon', url: 'https://log.last-word-third.test/bye' }],
      }),
    async walk(stage) {
      const { tabId } = await stage.visit('https://last-word.test/');
      await stage.driver.asExtension((id) => chrome.tabs.remove(id), tabId);
      await reached(stage, 'log.last-word-third.test');
    },
    visits: () => [{ site: 'last-word.test', end: 'tab_closed', third: { 'log.last-word-third.test': 1 } }],
  },
  {
    name: 'a_tab_that_is_closed_before_its_page_came_is_no_visit',
    declare: (web) => web.serve('never-came.test', () => ({ hang: true })),
    async walk(stage) {
      const { tabId } = await stage.begin('https://never-came.test/');
      await reached(stage, 'never-came.test');
      await stage.driver.asExtension((id) => chrome.tabs.remove(id), tabId);
    },
    visits: () => [],
    uncounted: () => ({ 'never-came.test': 1 }),
  },
  {
    name: 'a_page_that_was_open_before_the_counting_says_so_and_counts_from_then_on_with_its_frames',
    declare(web) {
      web.script('https://early.test/worker.js', 'onmessage = ({ data }) => fetch(data, { mode: "no-cors" });');
      declareHtml(
        web,
        'https://early.test/',
        `<body><img src="https://img.early-third.test/1.gif"><iframe src="https://embed.early-frame.test/"></iframe>
        <script>Object.assign(window, { worker: new Worker('/worker.js') });</script>`,
      );
      declareHtml(
        web,
        'https://embed.early-frame.test/',
        `<script>onmessage = ({ data }) => fetch(data, { mode: 'no-cors' });</script>`,
      );
    },
    before: async (stage) => void (await stage.visit('https://early.test/')),
    async walk(stage) {
      const page = await until('the page that was open', async () => {
        const pages = await stage.driver.browser.pages();
        return pages.find((one) => one.url() === 'https://early.test/');
      });
      await page.evaluate(() => {
        Reflect.get(window, 'worker').postMessage('https://worker.early-later.test/');
        frames[0]?.postMessage('https://frame.early-later.test/', '*');
        return fetch('https://page.early-later.test/', { mode: 'no-cors' });
      });
    },
    visits: (browser) => [
      {
        site: 'early.test',
        end: null,
        gaps: ['opened_before'],
        third: { 'worker.early-later.test': 1, 'frame.early-later.test': 1, 'page.early-later.test': 1 },
        ...byFrameInFirefox(browser, 'worker.early-later.test'),
        broughtBy: { 'frame.early-later.test': 'frame embed.early-frame.test', 'page.early-later.test': '' },
      },
    ],
  },
  {
    name: 'a_tab_that_moves_to_another_window_goes_on_with_its_visit',
    declare: (web) => web.page('https://mover.test/', withImage('img.mover-third.test')),
    async walk(stage) {
      const { page, tabId } = await stage.visit('https://mover.test/');
      await stage.driver.asExtension((id) => chrome.windows.create({ tabId: id }), tabId);
      await page.evaluate(() => fetch('https://away.mover-third.test/', { mode: 'no-cors' }));
      await stage.driver.asExtension(async (id) => {
        const { windowId } = await chrome.tabs.getCurrent().then((tab) => tab ?? chrome.tabs.get(id));
        await chrome.tabs.move(id, { windowId, index: -1 });
      }, tabId);
      await page.evaluate(() => fetch('https://back.mover-third.test/', { mode: 'no-cors' }));
    },
    visits: () => [
      {
        site: 'mover.test',
        end: null,
        third: { 'img.mover-third.test': 1, 'away.mover-third.test': 1, 'back.mover-third.test': 1 },
      },
    ],
  },
  {
    name: 'a_discarded_tab_that_is_brought_back_begins_a_visit_of_its_own',
    declare: (web) => web.page('https://discarded.test/', withImage('img.discarded-third.test')),
    async walk(stage) {
      const { tabId } = await stage.visit('https://discarded.test/');
      // What is in front is not discarded.
      await stage.driver.newPage();
      const now = await stage.driver.asExtension(async (id) => {
        const tab = await chrome.tabs.discard(id);
        return tab?.id ?? id;
      }, tabId);
      await until('the tab to be discarded', () =>
        stage.driver.asExtension(async (id) => (await chrome.tabs.get(id)).discarded, now),
      );
      await stage.driver.asExtension((id) => chrome.tabs.update(id, { active: true }), now);
      await reached(stage, 'img.discarded-third.test', 2);
    },
    // Chromium 156 gives the tab another number as it discards it, Firefox 153 blanks it.
    visits: (browser) => [
      {
        site: 'discarded.test',
        end: browser === 'chromium' ? 'tab_closed' : 'navigated',
        third: { 'img.discarded-third.test': 1 },
      },
      { site: 'discarded.test', end: null, third: { 'img.discarded-third.test': 1 } },
    ],
  },
];
