// Owns the situations of what is asked for before, beside or after a page's own markup: hints, icons, reports.
import { until } from '../drive/condition.js';
import { byFrameInFirefox, declareHtml, held, reached, withImage } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */

/** @param {import('./situation.js').BrowserName} browser @returns {Record<string, number>} */
const reportedUnseen = (browser) => (browser === 'chromium' ? { 'to.reporting-third.test': 2 } : {});

/** @param {import('./situation.js').BrowserName} browser @returns {Record<string, number>} */
const hintedUnseen = (browser) =>
  browser === 'chromium' ? { 'cdn.hasty-third.test': 1, 'css.hasty-fourth.test': 1 } : {};

/** @param {import('./situation.js').BrowserName} browser @returns {Record<string, number>} */
const hintedUnseenWithin = (browser) => (browser === 'chromium' ? { 'cdn.within-hasty-third.test': 1 } : {});

/** @type {Situation[]} */
export const HINTS = [
  {
    name: 'what_is_preloaded_and_prefetched_was_contacted_and_what_is_only_connected_to_was_not',
    // Firefox 153 makes no connection to a proxy before there is a request for it.
    elsewhere: ['fonts.preconnect-third.test'],
    declare: (web) =>
      declareHtml(
        web,
        'https://hinter.test/',
        `<link rel="preload" as="script" href="https://cdn.preload-third.test/a.js">
         <link rel="modulepreload" crossorigin href="https://cdn.module-third.test/a.js">
         <link rel="prefetch" href="https://next.prefetch-third.test/a.js">
         <link rel="preconnect" href="https://fonts.preconnect-third.test:${web.httpsPort}">
         <link rel="dns-prefetch" href="https://names.dns-third.test">`,
      ),
    async walk(stage) {
      await stage.visit('https://hinter.test/');
      await reached(stage, 'next.prefetch-third.test');
      const { connected } = stage.web;
      await until('the connection without a request', () => connected.has('fonts.preconnect-third.test'));
    },
    visits: () => [
      {
        site: 'hinter.test',
        third: { 'cdn.preload-third.test': 1, 'cdn.module-third.test': 1, 'next.prefetch-third.test': 1 },
      },
    ],
  },
  {
    name: 'what_a_link_header_preloads_belongs_to_the_page_that_it_came_with',
    declare: (web) =>
      declareHtml(web, 'https://headed.test/', '<p>page</p>', {
        link: '<https://cdn.headed-third.test/a.js>; rel=preload; as=script',
      }),
    async walk(stage) {
      await stage.visit('https://headed.test/');
      await reached(stage, 'cdn.headed-third.test');
    },
    visits: () => [{ site: 'headed.test', third: { 'cdn.headed-third.test': 1 } }],
  },
  {
    // Both heed an answer 103 that comes over HTTP/2: the page's own answer waits for the requests that it makes. Chromium 156
    // makes them in the browser's own process and tells no extension of them, only of the page's script that it then has in its
    // cache. Firefox 153 tells of them before the page commits, with the tab and `documentUrl` and no document's id; and not again
    // of the script that the page takes from them.
    name: 'what_an_early_hint_preloads_is_counted_as_far_as_the_browser_tells_of_it',
    declare(web) {
      const hinted = new Set(['cdn.hasty-third.test', 'css.hasty-fourth.test']);
      const { after, release } = held();
      web.speakHttp2('hasty.test');
      for (const host of [...hinted]) {
        web.serve(host, () => {
          // A page that asks for what is still on its way to the browser may get it from there, or ask once more.
          const onSent = () => {
            hinted.delete(host);
            if (hinted.size === 0) release();
          };
          const type = host.startsWith('css') ? 'text/css' : 'text/javascript';
          return { onSent, headers: { 'content-type': type, 'cache-control': 'max-age=3600' } };
        });
      }
      web.answer('https://hasty.test/', {
        after,
        earlyHints: [
          '<https://cdn.hasty-third.test/a.js>; rel=preload; as=script',
          '<https://css.hasty-fourth.test/unused.css>; rel=preload; as=style',
          '<https://fonts.hasty-fifth.test>; rel=preconnect',
        ],
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<!doctype html><title>page</title><link rel="icon" href="data:,"><script src="https://cdn.hasty-third.test/a.js"></script>',
      });
    },
    async walk(stage) {
      await stage.visit('https://hasty.test/');
    },
    visits: (browser) =>
      browser === 'chromium'
        ? [{ site: 'hasty.test', third: { 'cdn.hasty-third.test': { cached: 1 } } }]
        : [
            {
              site: 'hasty.test',
              third: { 'cdn.hasty-third.test': 1, 'css.hasty-fourth.test': 1 },
              ...byFrameInFirefox(browser, 'cdn.hasty-third.test', 'css.hasty-fourth.test'),
            },
          ],
    uncounted: hintedUnseen,
  },
  {
    name: 'what_an_early_hint_of_the_next_page_of_a_site_preloads_is_that_pages',
    declare(web) {
      const { after, release } = held();
      web.speakHttp2('within-hasty.test');
      web.page('https://within-hasty.test/', withImage('img.within-hasty-third.test'));
      web.serve('cdn.within-hasty-third.test', () => ({
        onSent: release,
        headers: { 'content-type': 'text/javascript', 'cache-control': 'max-age=3600' },
      }));
      web.answer('https://within-hasty.test/next', {
        after,
        earlyHints: ['<https://cdn.within-hasty-third.test/a.js>; rel=preload; as=script'],
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<!doctype html><title>page</title><link rel="icon" href="data:,"><script src="https://cdn.within-hasty-third.test/a.js"></script>',
      });
    },
    async walk(stage) {
      const { page } = await stage.visit('https://within-hasty.test/');
      await stage.driver.goto(page, 'https://within-hasty.test/next');
    },
    visits: (browser) => [
      { site: 'within-hasty.test', end: 'navigated', third: { 'img.within-hasty-third.test': 1 } },
      browser === 'chromium'
        ? { site: 'within-hasty.test', end: null, third: { 'cdn.within-hasty-third.test': { cached: 1 } } }
        : {
            site: 'within-hasty.test',
            end: null,
            third: { 'cdn.within-hasty-third.test': 1 },
            ...byFrameInFirefox(browser, 'cdn.within-hasty-third.test'),
          },
    ],
    uncounted: hintedUnseenWithin,
  },
  {
    name: 'what_the_parser_fetched_ahead_of_a_script_that_wrote_it_away_was_contacted',
    declare(web) {
      const { after, release } = held();
      web.serve('cdn.ahead-third.test', () => void release());
      // Arrives when the parser has looked ahead; then it turns all that follows into a comment.
      web.serve('ahead.test', ({ path }) =>
        path === '/away.js'
          ? { after, headers: { 'content-type': 'text/javascript' }, body: 'document.write("<!--");' }
          : null,
      );
      declareHtml(
        web,
        'https://ahead.test/',
        '<script src="/away.js"></script><script src="https://cdn.ahead-third.test/a.js"></script><link rel="stylesheet" href="https://css.ahead-fourth.test/a.css"> -->',
      );
    },
    async walk(stage) {
      await stage.visit('https://ahead.test/');
      await reached(stage, 'cdn.ahead-third.test');
    },
    visits: () => [{ site: 'ahead.test', third: { 'cdn.ahead-third.test': 1, 'css.ahead-fourth.test': 1 } }],
  },
  {
    name: 'a_report_of_a_broken_policy_is_a_contact_of_the_page_that_broke_it',
    declare: (web) =>
      declareHtml(web, 'https://reporter.test/', '<img src="https://img.report-blocked.test/1.gif">', {
        'content-security-policy': 'img-src data:; report-uri https://csp.report-third.test/r',
      }),
    async walk(stage) {
      await stage.visit('https://reporter.test/');
      await reached(stage, 'csp.report-third.test');
    },
    visits: () => [{ site: 'reporter.test', third: { 'csp.report-third.test': 1 } }],
  },
  {
    // Chromium 156 sends such reports from its network service, a while later, and tells no extension of them.
    // Both ask first whether they may (CORS): two requests.
    name: 'a_report_of_the_reporting_interface_is_counted_where_the_browser_tells_of_it',
    declare: (web) =>
      declareHtml(web, 'https://reporting.test/', '<img src="https://img.reporting-blocked.test/1.gif">', {
        'content-security-policy': 'img-src data:; report-to csp',
        'reporting-endpoints': 'csp="https://to.reporting-third.test/r"',
      }),
    async walk(stage) {
      await stage.visit('https://reporting.test/');
      await reached(stage, 'to.reporting-third.test', 2);
    },
    visits: (browser) => [
      browser === 'chromium'
        ? { site: 'reporting.test', third: {} }
        : {
            site: 'reporting.test',
            third: { 'to.reporting-third.test': 2 },
            tied: { 'to.reporting-third.test': 'frame' },
          },
    ],
    uncounted: reportedUnseen,
  },
  {
    name: 'the_icon_of_a_page_is_counted_where_the_browser_tells_of_it',
    declare(web) {
      web.answer('https://iconic.test/', {
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><title>icon</title><link rel="icon" href="https://icons.icon-third.test/i.png"><img src="https://img.iconic-third.test/1.gif">',
      });
    },
    async walk(stage) {
      await stage.visit('https://iconic.test/');
      await reached(stage, 'img.iconic-third.test');
    },
    visits: () => [{ site: 'iconic.test', third: { 'icons.icon-third.test': 1, 'img.iconic-third.test': 1 } }],
  },
  {
    name: 'a_prefetch_by_rules_is_asked_for_by_the_page_that_has_the_rules',
    only: { browser: 'chromium', why: 'Firefox 153 has no speculation rules' },
    declare(web) {
      declareHtml(
        web,
        'https://ruler.test/',
        `<script type="speculationrules">{"prefetch":[{"source":"list","urls":["https://next.ruled-third.test/"],"eagerness":"immediate"}]}</script>`,
      );
      web.page('https://next.ruled-third.test/', withImage('img.ruled-fourth.test'));
    },
    async walk(stage) {
      await stage.visit('https://ruler.test/');
      await reached(stage, 'next.ruled-third.test');
    },
    visits: () => [{ site: 'ruler.test', third: { 'next.ruled-third.test': 1 } }],
  },
];
