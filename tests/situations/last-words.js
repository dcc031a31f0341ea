// Owns the situations of what is asked for by those that go: frames as their tab is closed, prepared pages and prefetches as they are dropped.
import { BROKEN_OFF, declareHtml, held, reached, withImage } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */

/** @type {Situation[]} */
export const LAST_WORDS = [
  {
    // Chromium 156 names neither document nor tab then, but the origin of the frame; Firefox 153 the document.
    name: 'a_beacon_of_a_frame_whose_tab_is_closed_is_its_sites_where_the_browser_tells_no_more',
    declare(web) {
      declareHtml(web, 'https://holder.test/', '<body><iframe src="https://embed.held-frame.test/"></iframe>');
      web.page('https://embed.held-frame.test/', {
        requests: [{ kind: 'unload-beacon', url: 'https://log.held-third.test/bye' }],
      });
    },
    async walk(stage) {
      const { tabId } = await stage.visit('https://holder.test/');
      await stage.driver.asExtension((id) => chrome.tabs.remove(id), tabId);
      await reached(stage, 'log.held-third.test');
    },
    visits: (browser) =>
      browser === 'chromium'
        ? [
            { site: 'held-frame.test', kind: 'background', third: { 'log.held-third.test': 1 } },
            { site: 'holder.test', end: 'tab_closed', third: { 'embed.held-frame.test': 1 } },
          ]
        : [
            {
              site: 'holder.test',
              end: 'tab_closed',
              third: { 'embed.held-frame.test': 1, 'log.held-third.test': 1 },
              broughtBy: { 'log.held-third.test': 'frame embed.held-frame.test' },
            },
          ],
  },
  {
    name: 'a_prepared_page_that_is_dropped_in_the_middle_of_its_load_keeps_what_it_had_asked_for',
    only: { browser: 'chromium', why: 'Firefox 153 has no prerender' },
    declare(web) {
      declareHtml(
        web,
        'https://dropper.test/',
        `<script type="speculationrules">{"prerender":[{"source":"list","urls":["https://dropper.test/next"],"eagerness":"immediate"}]}</script>`,
      );
      web.serve('slow.dropped-third.test', () => ({ hang: true }));
      web.page('https://dropper.test/next', {
        requests: [
          { kind: 'image', url: 'https://img.dropped-third.test/1.gif' },
          { kind: 'image', url: 'https://slow.dropped-third.test/1.gif' },
        ],
      });
      web.page('https://after-dropper.test/', withImage('img.after-dropper-third.test'));
    },
    async walk(stage) {
      const { page } = await stage.visit('https://dropper.test/');
      await reached(stage, 'slow.dropped-third.test');
      await reached(stage, 'img.dropped-third.test');
      await stage.quiet();
      await stage.driver.goto(page, 'https://after-dropper.test/');
    },
    visits: () => [
      { site: 'after-dropper.test', end: null, third: { 'img.after-dropper-third.test': 1 } },
      { site: 'dropper.test', end: 'navigated', own: { 'dropper.test': 2 }, third: {} },
      {
        site: 'dropper.test',
        end: 'navigated',
        own: {},
        third: { 'img.dropped-third.test': 1, 'slow.dropped-third.test': BROKEN_OFF },
      },
    ],
  },
  {
    name: 'a_prefetch_that_is_put_off_for_something_else_may_have_left',
    only: { browser: 'firefox', why: 'Chromium 156 goes on with it' },
    declare(web) {
      const { after, release } = held();
      web.serve('next.putting-third.test', () => {
        release();
        return { hang: true };
      });
      web.serve('signal.putting.test', () => ({ after }));
      declareHtml(web, 'https://embed.putting-frame.test/', '<p>frame</p>');
      declareHtml(
        web,
        'https://putting.test/',
        `<body><link rel="prefetch" href="https://next.putting-third.test/a.js"><script>
          onload = () => fetch('https://signal.putting.test/', { mode: 'no-cors' }).then(() => {
            const frame = document.createElement('iframe');
            frame.src = 'https://embed.putting-frame.test/';
            document.body.append(frame);
          });
        </script>`,
      );
    },
    async walk(stage) {
      await stage.begin('https://putting.test/');
      await reached(stage, 'embed.putting-frame.test');
    },
    visits: () => [
      {
        site: 'putting.test',
        end: null,
        third: { 'embed.putting-frame.test': 1, 'next.putting-third.test': BROKEN_OFF },
      },
    ],
  },
];
