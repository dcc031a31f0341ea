// Owns the situations of workers: a page's own, one that pages share, and service workers.
import { untilControlled } from '../drive/controlled-page.js';
import { byFrameInFirefox, declareHtml, reached } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */

/** @param {string} url */
const asks = (url) => `fetch('${url}', { mode: 'no-cors' })`;

/**
 * A site with a service worker, which takes its page over at once.
 * @param {import('../web/web.js').TestWeb} web
 * @param {string} name
 * @param {string} listeners what the worker listens to beside that
 * @param {string} [html] of its page
 */
function declareWorker(web, name, listeners, html = '') {
  web.script(
    `https://${name}.test/worker.js`,
    `addEventListener('install', () => skipWaiting());
     addEventListener('activate', (event) => event.waitUntil(clients.claim()));
     ${listeners}`,
  );
  declareHtml(web, `https://${name}.test/`, `${html}<script>navigator.serviceWorker.register('/worker.js');</script>`);
}

/**
 * A site whose service worker passes its pages' requests through, and fetches what it is told to.
 * @param {import('../web/web.js').TestWeb} web
 * @param {string} name
 * @param {string} html of its page
 */
function declareServed(web, name, html) {
  declareWorker(
    web,
    name,
    `addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));
     addEventListener('message', (event) => event.waitUntil(fetch(event.data, { mode: 'no-cors' })));`,
    html,
  );
}

/** @type {Situation[]} */
export const WORKERS = [
  {
    // Of the script of a worker's own worker Chromium 156 names neither document nor tab, only the origin: it is the site's alone.
    name: 'what_a_dedicated_worker_and_its_own_worker_ask_for_belongs_to_the_page',
    declare(web) {
      declareHtml(web, 'https://toiler.test/', `<script>new Worker('/outer.js');</script>`);
      web.script(
        'https://toiler.test/outer.js',
        `importScripts('https://cdn.toiler-third.test/lib.js'); ${asks('https://api.toiler-third.test/')};
         new Worker('/inner.js');`,
      );
      web.script('https://toiler.test/inner.js', asks('https://inner.toiler-third.test/'));
    },
    walk: async (stage) => void (await stage.visit('https://toiler.test/')),
    visits: (browser) => [
      {
        site: 'toiler.test',
        own: { 'toiler.test': browser === 'chromium' ? 2 : 3 },
        third: { 'cdn.toiler-third.test': 1, 'api.toiler-third.test': 1, 'inner.toiler-third.test': 1 },
        ...byFrameInFirefox(browser, 'cdn.toiler-third.test', 'api.toiler-third.test', 'inner.toiler-third.test'),
      },
      ...(browser === 'chromium'
        ? [{ site: 'toiler.test', kind: /** @type {const} */ ('background'), own: { 'toiler.test': 1 }, third: {} }]
        : []),
    ],
  },
  {
    name: 'what_a_worker_of_a_frame_asks_for_belongs_to_the_page_around_the_frame',
    declare(web) {
      declareHtml(web, 'https://hirer.test/', '<body><iframe src="https://embed.hired-frame.test/"></iframe>');
      declareHtml(
        web,
        'https://embed.hired-frame.test/',
        `<script>new Worker(URL.createObjectURL(new Blob([${JSON.stringify(asks('https://api.hired-third.test/'))}])));</script>`,
      );
    },
    walk: async (stage) => void (await stage.visit('https://hirer.test/')),
    visits: (browser) => [
      {
        site: 'hirer.test',
        own: { 'hirer.test': 1 },
        third: { 'embed.hired-frame.test': 1, 'api.hired-third.test': 1 },
        ...byFrameInFirefox(browser, 'api.hired-third.test'),
        broughtBy: { 'api.hired-third.test': 'frame embed.hired-frame.test' },
      },
    ],
  },
  {
    name: 'what_a_worker_that_two_tabs_share_asks_for_is_charged_once_and_to_neither_falsely',
    declare(web) {
      declareHtml(
        web,
        'https://sharer.test/one',
        `<img src="https://img.sharer-one.test/1.gif"><script>
        Object.assign(window, { shared: new SharedWorker('/shared.js') }); shared.port.start();</script>`,
      );
      declareHtml(
        web,
        'https://sharer.test/two',
        `<img src="https://img.sharer-two.test/1.gif"><script>
        Object.assign(window, { shared: new SharedWorker('/shared.js') }); shared.port.start();
        shared.port.postMessage('https://told.sharer-third.test/');</script>`,
      );
      web.script(
        'https://sharer.test/shared.js',
        `${asks('https://own.sharer-third.test/')};
         onconnect = ({ ports: [port] }) => { port.onmessage = ({ data }) => fetch(data, { mode: 'no-cors' }); };`,
      );
    },
    async walk(stage) {
      await stage.visit('https://sharer.test/one');
      await reached(stage, 'own.sharer-third.test');
      await stage.visit('https://sharer.test/two');
    },
    visits: () => [
      { site: 'sharer.test', third: { 'img.sharer-one.test': 1 } },
      { site: 'sharer.test', kind: 'background', third: { 'own.sharer-third.test': 1 } },
      { site: 'sharer.test', third: { 'img.sharer-two.test': 1 } },
      { site: 'sharer.test', kind: 'background', third: { 'told.sharer-third.test': 1 } },
    ],
  },
  {
    name: 'what_a_service_worker_asks_for_is_a_record_of_the_site_and_charged_to_none_of_its_tabs',
    declare: (web) => declareServed(web, 'servant', '<img src="https://img.servant-third.test/1.gif">'),
    async walk(stage) {
      const one = await stage.visit('https://servant.test/');
      await untilControlled(one.page);
      const two = await stage.visit('https://servant.test/');
      await untilControlled(two.page);
      await one.page.evaluate(() =>
        navigator.serviceWorker.controller?.postMessage('https://told.servant-third.test/'),
      );
      await reached(stage, 'told.servant-third.test');
    },
    visits: () => [
      { site: 'servant.test', third: { 'img.servant-third.test': 1 } },
      { site: 'servant.test', third: {} },
      {
        site: 'servant.test',
        kind: 'background',
        third: { 'img.servant-third.test': 1, 'told.servant-third.test': 1 },
      },
    ],
  },
  {
    name: 'what_a_service_worker_answers_from_its_own_store_is_no_contact',
    declare(web) {
      declareWorker(
        web,
        'hoarder',
        `addEventListener('fetch', (event) => {
           if (event.request.url.includes('made-up')) event.respondWith(new Response('made up'));
         });`,
      );
    },
    async walk(stage) {
      const { page } = await stage.visit('https://hoarder.test/');
      await untilControlled(page);
      await page.evaluate(async () => {
        await fetch('https://made-up.hoarder-third.test/', { mode: 'no-cors' });
        await fetch('https://real.hoarder-third.test/', { mode: 'no-cors' });
      });
    },
    visits: () => [{ site: 'hoarder.test', third: { 'real.hoarder-third.test': 1 } }],
  },
  {
    name: 'the_redirects_that_lead_to_a_page_that_a_service_worker_makes_up_are_its_hops',
    declare(web) {
      declareWorker(
        web,
        'maker',
        `addEventListener('fetch', (event) => {
           if (!event.request.url.includes('made-up')) return;
           const html = '<!doctype html><title>made up</title><link rel="icon" href="data:,"><img src="https://img.made-third.test/1.gif">';
           event.respondWith(new Response(html, { headers: { 'content-type': 'text/html' } }));
         });`,
      );
      web.redirects(['https://go.made-hop.test/', 'https://maker.test/made-up']);
    },
    async walk(stage) {
      const { page } = await stage.visit('https://maker.test/');
      await untilControlled(page);
      await stage.driver.goto(page, 'https://go.made-hop.test/');
      await reached(stage, 'img.made-third.test');
    },
    visits: () => [
      { site: 'maker.test', end: 'navigated', third: {} },
      { site: 'maker.test', end: null, hops: ['go.made-hop.test'], third: { 'img.made-third.test': 1 } },
    ],
  },
];
