// Owns the situations of pages that open windows.
import { declareHtml, reached, withImage } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */

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
          };
        </script>`,
      ),
    walk: async (stage) => void (await stage.visit('https://writer.test/')),
    visits: () => [
      { site: 'writer.test', end: null, third: { 'img.writer-third.test': 1, 'cdn.writer-third.test': 1 } },
    ],
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
