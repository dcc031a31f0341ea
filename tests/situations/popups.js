// Owns the situations of pages that open windows.
import { declareHtml, reached, withImage } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */

/**
 * What a blank window asks for that a page opened: Chromium 156 names the document of that page, Firefox 153 the blank one, and
 * the address of that page. Which of the site's pages it was is not told then, and not guessed.
 * @param {import('./situation.js').BrowserName} browser
 * @param {string} site
 * @param {Record<string, number>} third
 * @returns {import('./situation.js').ExpectedVisit[]}
 */
const blankWindow = (browser, site, third) =>
  browser === 'chromium'
    ? [{ site, end: null, third }]
    : [
        { site, end: null, third: {} },
        { site, kind: 'background', third },
      ];

/** @type {Situation[]} */
export const POPUPS = [
  {
    name: 'a_window_that_a_page_opens_is_a_page_of_its_own',
    declare(web) {
      declareHtml(
        web,
        'https://opener.test/',
        `<img src="https://img.opener-third.test/1.gif"><script>onload = () => open('https://go.opened-hop.test/');</script>`,
      );
      web.redirects(['https://go.opened-hop.test/', 'https://opened.test/']);
      declareHtml(
        web,
        'https://opened.test/',
        `<img src="https://img.opened-third.test/1.gif">
        <script>onload = () => opener?.postMessage('loaded', '*');</script>`,
      );
    },
    walk: async (stage) => void (await stage.visit('https://opener.test/')),
    visits: () => [
      { site: 'opened.test', end: null, hops: ['go.opened-hop.test'], third: { 'img.opened-third.test': 1 } },
      { site: 'opener.test', end: null, third: { 'img.opener-third.test': 1 } },
    ],
  },
  {
    name: 'what_is_written_into_an_opened_blank_window_is_asked_for_by_the_page_that_opened_it',
    declare: (web) =>
      declareHtml(
        web,
        'https://writer.test/',
        `<script>
          onload = () => {
            const blank = open('about:blank');
            blank.document.write('<img src="https://img.writer-third.test/1.gif"><script src="https://cdn.writer-third.test/a.js"><' + '/script>');
            blank.document.close();
            blank.fetch('https://api.writer-third.test/', { mode: 'no-cors' });
          };
        </script>`,
      ),
    walk: async (stage) => void (await stage.visit('https://writer.test/')),
    visits: (browser) =>
      blankWindow(browser, 'writer.test', {
        'img.writer-third.test': 1,
        'cdn.writer-third.test': 1,
        'api.writer-third.test': 1,
      }),
  },
  {
    name: 'what_a_page_puts_into_a_blank_window_it_opened_is_asked_for_by_that_page',
    declare: (web) =>
      declareHtml(
        web,
        'https://filler.test/',
        `<script>
          onload = () => {
            const blank = open('');
            const image = blank.document.createElement('img');
            image.src = 'https://img.filler-third.test/1.gif';
            blank.document.body.append(image);
            blank.fetch('https://api.filler-third.test/', { mode: 'no-cors' });
          };
        </script>`,
      ),
    walk: async (stage) => void (await stage.visit('https://filler.test/')),
    visits: (browser) =>
      blankWindow(browser, 'filler.test', { 'img.filler-third.test': 1, 'api.filler-third.test': 1 }),
  },
  {
    name: 'a_link_that_opens_a_tab_without_an_opener_leads_to_a_page_of_its_own',
    declare(web) {
      declareHtml(
        web,
        'https://linker.test/',
        `<img src="https://img.linker-third.test/1.gif"><a id="link" target="_blank" rel="noopener" href="https://linked.test/">on</a>
        <script>onload = () => link.click();</script>`,
      );
      web.page('https://linked.test/', withImage('img.linked-third.test'));
    },
    async walk(stage) {
      await stage.visit('https://linker.test/');
      await reached(stage, 'img.linked-third.test');
    },
    visits: () => [
      { site: 'linked.test', end: null, third: { 'img.linked-third.test': 1 } },
      { site: 'linker.test', end: null, third: { 'img.linker-third.test': 1 } },
    ],
  },
];
