// Owns the situations of a tab that goes from page to page: reloads, redirects, what is sent as a page is left.
import { until } from '../drive/condition.js';
import { BROKEN_OFF, answered, byFrameInFirefox, declareHtml, follow, held, reached, withImage } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */

/** A file that is not shown but saved. @param {import('../web/web.js').TestWeb} web @param {string} url */
function declareFile(web, url) {
  web.answer(url, {
    headers: { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename="f.bin"' },
    body: 'file',
  });
}

/** @type {Situation[]} */
export const NAVIGATION = [
  {
    name: 'a_reload_begins_a_visit_of_its_own',
    declare: (web) => web.page('https://reload.test/', withImage('img.reload-third.test')),
    async walk(stage) {
      const { page } = await stage.visit('https://reload.test/');
      await stage.driver.reload(page);
    },
    visits: () => [
      { site: 'reload.test', end: 'navigated', third: { 'img.reload-third.test': 1 } },
      { site: 'reload.test', end: null, third: { 'img.reload-third.test': 1 } },
    ],
  },
  {
    name: 'a_reload_in_the_middle_of_a_load_leaves_what_was_asked_for_with_the_page_that_was_left',
    declare(web) {
      let times = 0;
      web.serve('slow.midway-third.test', () => (times++ === 0 ? { hang: true } : null));
      web.page('https://midway.test/', {
        requests: [
          { kind: 'image', url: 'https://img.midway-third.test/1.gif' },
          { kind: 'image', url: 'https://slow.midway-third.test/1.gif' },
        ],
      });
    },
    async walk(stage) {
      const { page } = await stage.begin('https://midway.test/');
      await reached(stage, 'slow.midway-third.test');
      await answered(page, 'img.midway-third.test');
      await stage.driver.reload(page);
    },
    visits: () => [
      {
        site: 'midway.test',
        end: 'navigated',
        third: { 'img.midway-third.test': 1, 'slow.midway-third.test': BROKEN_OFF },
      },
      { site: 'midway.test', end: null, third: { 'img.midway-third.test': 1, 'slow.midway-third.test': 1 } },
    ],
  },
  {
    // Chromium 156 told of the first script 10 ms before the commit of its document.
    name: 'what_a_reloaded_page_asks_for_at_once_belongs_to_it_and_not_to_the_page_before',
    declare(web) {
      let times = 0;
      web.serve('at-once.test', () => {
        times += 1;
        return {
          headers: { 'content-type': 'text/html' },
          body:
            `<!doctype html><title>${times}</title><link rel="icon" href="data:,">` +
            `<script src="https://cdn${times}.at-once-third.test/lib.js"></script>`,
        };
      });
    },
    async walk(stage) {
      const { page } = await stage.visit('https://at-once.test/');
      await stage.driver.reload(page);
      await stage.driver.reload(page);
    },
    visits: () => [1, 2, 3].map((time) => ({ site: 'at-once.test', third: { [`cdn${time}.at-once-third.test`]: 1 } })),
  },
  {
    name: 'the_redirects_of_a_navigation_are_hops_and_nobodys_third_parties',
    declare(web) {
      web.redirects([
        'https://t.hop-a.test/x1',
        'https://go.hop-b.test/y2',
        'https://hopped.test/old',
        'https://www.hopped.test/',
      ]);
      web.page('https://hop-from.test/', withImage('img.hop-from-third.test'));
      web.page('https://www.hopped.test/', withImage('img.hopped-third.test'));
    },
    async walk(stage) {
      const { page } = await stage.visit('https://hop-from.test/');
      await follow(page, 'https://t.hop-a.test/x1');
      await reached(stage, 'img.hopped-third.test');
    },
    visits: () => [
      { site: 'hop-from.test', end: 'navigated', third: { 'img.hop-from-third.test': 1 } },
      {
        site: 'hopped.test',
        end: null,
        hops: ['t.hop-a.test', 'go.hop-b.test', 'hopped.test'],
        third: { 'img.hopped-third.test': 1 },
      },
    ],
  },
  {
    name: 'a_page_that_sends_on_by_a_refresh_is_a_visit_and_no_hop',
    declare(web) {
      declareHtml(
        web,
        'https://refresher.test/',
        '<meta http-equiv="refresh" content="0;url=https://refreshed.test/"><script src="https://cdn.refresher-third.test/a.js"></script>',
      );
      web.page('https://refreshed.test/', withImage('img.refreshed-third.test'));
    },
    async walk(stage) {
      await stage.begin('https://refresher.test/');
      await reached(stage, 'img.refreshed-third.test');
    },
    visits: () => [
      { site: 'refreshed.test', end: null, third: { 'img.refreshed-third.test': 1 } },
      { site: 'refresher.test', end: 'navigated', third: { 'cdn.refresher-third.test': 1 } },
    ],
  },
  {
    name: 'a_beacon_belongs_to_the_page_that_sent_it',
    declare(web) {
      web.page('https://beacon-from.test/', {
        requests: [{ kind: 'unload-beacon', url: 'https://log.beacon-third.test/bye' }],
      });
      web.page('https://beacon-to.test/', withImage('img.beacon-to-third.test'));
    },
    async walk(stage) {
      const { page } = await stage.visit('https://beacon-from.test/');
      await stage.driver.goto(page, 'https://beacon-to.test/');
    },
    visits: () => [
      { site: 'beacon-from.test', end: 'navigated', third: { 'log.beacon-third.test': 1 } },
      { site: 'beacon-to.test', end: null, third: { 'img.beacon-to-third.test': 1 } },
    ],
  },
  {
    name: 'a_keepalive_fetch_as_the_page_is_left_belongs_to_it',
    declare(web) {
      // An answer after the next page's first requests: its end is told when the page that asked is long gone.
      const { after, release } = held();
      web.serve('log.keepalive-third.test', () => ({ after }));
      web.serve('img.keepalive-to-third.test', () => void release());
      declareHtml(
        web,
        'https://keepalive-from.test/',
        `<script>addEventListener('pagehide', () => {
          fetch('https://log.keepalive-third.test/bye', { method: 'POST', mode: 'no-cors', keepalive: true, body: 'x' });
        });</script>`,
      );
      web.page('https://keepalive-to.test/', withImage('img.keepalive-to-third.test'));
    },
    async walk(stage) {
      const { page } = await stage.visit('https://keepalive-from.test/');
      await stage.driver.goto(page, 'https://keepalive-to.test/');
    },
    visits: (browser) => [
      {
        site: 'keepalive-from.test',
        end: 'navigated',
        third: { 'log.keepalive-third.test': 1 },
        ...byFrameInFirefox(browser, 'log.keepalive-third.test'),
      },
      { site: 'keepalive-to.test', end: null, third: { 'img.keepalive-to-third.test': 1 } },
    ],
  },
  {
    // Firefox 153 heeds `ping` only where its user has asked for it (browser.send_pings).
    name: 'whom_a_link_tells_that_it_was_followed_is_a_contact_of_the_page_with_the_link',
    declare(web) {
      declareHtml(
        web,
        'https://pinger.test/',
        `<a id="link" ping="https://log.ping-third.test/followed" href="https://pinged.test/">on</a>
        <script>onload = () => setTimeout(() => link.click());</script>`,
      );
      web.page('https://pinged.test/', withImage('img.pinged-third.test'));
    },
    async walk(stage) {
      await stage.visit('https://pinger.test/');
      await reached(stage, 'img.pinged-third.test');
    },
    visits: (browser) => [
      { site: 'pinged.test', end: null, third: { 'img.pinged-third.test': 1 } },
      { site: 'pinger.test', end: 'navigated', third: browser === 'chromium' ? { 'log.ping-third.test': 1 } : {} },
    ],
  },
  {
    name: 'going_on_inside_a_document_is_no_new_visit',
    declare: (web) => web.page('https://within.test/', withImage('img.within-third.test')),
    async walk(stage) {
      const { page } = await stage.visit('https://within.test/');
      await page.evaluate(async () => {
        history.pushState({}, '', '/two');
        await fetch('https://pushed.within-third.test/', { mode: 'no-cors' });
        history.replaceState({}, '', '/three');
        await fetch('https://replaced.within-third.test/', { mode: 'no-cors' });
        location.hash = 'four';
        await fetch('https://hash.within-third.test/', { mode: 'no-cors' });
        history.back();
        await new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
        await fetch('https://popped.within-third.test/', { mode: 'no-cors' });
      });
    },
    visits: () => [
      {
        site: 'within.test',
        end: null,
        third: {
          'img.within-third.test': 1,
          'pushed.within-third.test': 1,
          'replaced.within-third.test': 1,
          'hash.within-third.test': 1,
          'popped.within-third.test': 1,
        },
      },
    ],
  },
  {
    name: 'a_navigation_that_becomes_a_download_leaves_the_page_as_it_is',
    declare(web) {
      web.page('https://downloader.test/', withImage('img.downloader-third.test'));
      web.redirects(['https://get.download-hop.test/file', 'https://files.download-third.test/file']);
      declareFile(web, 'https://files.download-third.test/file');
    },
    async walk(stage) {
      const { page } = await stage.visit('https://downloader.test/');
      await follow(page, 'https://get.download-hop.test/file');
      await reached(stage, 'files.download-third.test');
      await stage.downloaded();
      await page.evaluate(() => fetch('https://api.downloader-third.test/after', { mode: 'no-cors' }));
    },
    visits: () => [
      { site: 'downloader.test', end: null, third: { 'img.downloader-third.test': 1, 'api.downloader-third.test': 1 } },
    ],
    // Where a navigation leads nowhere, there is no page to charge it to: the page before did not ask, its user did.
    uncounted: () => ({ 'get.download-hop.test': 1, 'files.download-third.test': 1 }),
  },
  {
    name: 'what_a_link_has_downloaded_leaves_the_page_as_it_is',
    declare(web) {
      declareHtml(
        web,
        'https://saver.test/',
        `<a id="link" download="f.bin" href="https://saver.test/file">save</a>
        <script>onload = () => setTimeout(() => link.click());</script>`,
      );
      web.redirects(['https://saver.test/file', 'https://files.saved-third.test/file']);
      declareFile(web, 'https://files.saved-third.test/file');
    },
    async walk(stage) {
      const { page } = await stage.visit('https://saver.test/');
      await stage.downloaded();
      await page.evaluate(() => fetch('https://api.saver-third.test/after', { mode: 'no-cors' }));
    },
    visits: () => [{ site: 'saver.test', end: null, third: { 'api.saver-third.test': 1 } }],
    uncounted: () => ({ 'files.saved-third.test': 1 }),
  },
  {
    name: 'a_navigation_that_is_answered_with_no_content_leaves_the_page_as_it_is_and_its_hops_to_nobody',
    declare(web) {
      web.page('https://stays.test/', withImage('img.stays-third.test'));
      web.page('https://stays-next.test/', withImage('img.stays-next-third.test'));
      web.redirects(['https://go.no-content-hop.test/', 'https://empty.no-content-third.test/']);
      web.answer('https://empty.no-content-third.test/', { status: 204 });
    },
    async walk(stage) {
      const { page } = await stage.visit('https://stays.test/');
      await follow(page, 'https://go.no-content-hop.test/');
      await reached(stage, 'empty.no-content-third.test');
      await page.evaluate(() => fetch('https://api.stays-third.test/after', { mode: 'no-cors' }));
      await stage.driver.goto(page, 'https://stays-next.test/');
    },
    visits: () => [
      { site: 'stays-next.test', end: null, third: { 'img.stays-next-third.test': 1 } },
      { site: 'stays.test', end: 'navigated', third: { 'img.stays-third.test': 1, 'api.stays-third.test': 1 } },
    ],
    uncounted: () => ({ 'go.no-content-hop.test': 1, 'empty.no-content-third.test': 1 }),
  },
  {
    name: 'a_navigation_that_is_given_up_for_another_leaves_no_trace',
    declare(web) {
      const { after, release } = held();
      web.serve('given-up.test', () => {
        release();
        return { hang: true };
      });
      web.serve('signal.undecided.test', () => ({ after }));
      // All by the page itself: Chromium 156 lets nobody speak to it while a navigation is under way.
      declareHtml(
        web,
        'https://undecided.test/',
        `<img src="https://img.undecided-third.test/1.gif"><script>
          onload = () => {
            location.href = 'https://given-up.test/';
            fetch('https://signal.undecided.test/', { mode: 'no-cors' }).then(() => { location.href = 'https://decided.test/'; });
          };
        </script>`,
      );
      web.page('https://decided.test/', withImage('img.decided-third.test'));
    },
    walk: async (stage) => void (await stage.begin('https://undecided.test/')),
    visits: () => [
      { site: 'decided.test', end: null, third: { 'img.decided-third.test': 1 } },
      { site: 'undecided.test', end: 'navigated', third: { 'img.undecided-third.test': 1 } },
    ],
    uncounted: () => ({ 'given-up.test': 1 }),
  },
  {
    name: 'a_page_that_cannot_be_reached_is_no_visit',
    declare: (web) => web.page('https://reachable.test/', withImage('img.reachable-third.test')),
    async walk(stage) {
      const { page } = await stage.visit('https://reachable.test/');
      await follow(page, 'https://gone.unreachable.invalid/');
      await until('the error page', () => page.evaluate(() => /^(chrome-error|about):/.test(document.documentURI)));
    },
    visits: () => [{ site: 'reachable.test', end: 'navigated', third: { 'img.reachable-third.test': 1 } }],
  },
];
