// Proves the count of every kind of request: popup and badge against the server's log.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { declareDemo, DEMO_URLS, JOURNAL_THIRD_PARTIES } from '../web/demo-web.js';
import { BROWSER, Stage } from './stage.js';
import { assertBadge, assertPopupEqualsLog } from './truth.js';

/** @typedef {import('../web/page-requests.js').PageRequest} PageRequest */

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/** Each kind's request, and the group of types under which it is to be shown. */
const KINDS = /** @type {(PageRequest & { type: string })[]} */ ([
  { kind: 'script', type: 'script', url: 'https://cdn.script-kind.test/lib.js' },
  { kind: 'stylesheet', type: 'css', url: 'https://cdn.style-kind.test/site.css' },
  { kind: 'image', type: 'image', url: 'https://img.image-kind.test/photo.jpg' },
  { kind: 'font', type: 'font', url: 'https://static.font-kind.test/serif.woff2' },
  { kind: 'media', type: 'media', url: 'https://media.media-kind.test/jingle.wav' },
  { kind: 'fetch', type: 'xhr', url: 'https://api.fetch-kind.test/data.json' },
  { kind: 'fetch', type: 'xhr', url: 'https://api.post-kind.test/data.json', method: 'POST' },
  { kind: 'fetch', type: 'xhr', url: 'https://api.cors-kind.test/data.json', cors: true },
  { kind: 'xhr', type: 'xhr', url: 'https://api.xhr-kind.test/data.json' },
  { kind: 'eventsource', type: 'xhr', url: 'https://live.eventsource-kind.test/stream' },
  { kind: 'beacon', type: 'beacon', url: 'https://log.beacon-kind.test/seen' },
  { kind: 'websocket', type: 'websocket', url: 'wss://live.websocket-kind.test/socket' },
  { kind: 'frame', type: 'frame', url: 'https://embed.frame-kind.test/widget' },
  { kind: 'object', type: 'frame', url: 'https://embed.object-kind.test/thing.html' },
]);

test('every_kind_of_request_is_counted_once_under_its_domain_and_its_type', async () => {
  const opened = await stage.visit('https://www.kinds.test/', { requests: KINDS });
  const { shown } = await assertPopupEqualsLog(stage, opened, 'kinds.test');
  const log = stage.web.log.since(opened.mark);
  /** @type {Record<string, number>} */
  const types = {};
  for (const { url, type } of KINDS) {
    const seen = log.filter((entry) => entry.url === url).length;
    assert.ok(seen > 0, `${url} reached the server`);
    // Firefox calls what an object element loads an object, Chromium too, unless it makes a frame of it.
    types[type] = (types[type] ?? 0) + seen;
  }
  assert.deepEqual(shown.types, types);
  assert.deepEqual(shown.gaps, []);
  assert.equal(shown.zero, false);
});

test('a_font_that_loads_is_one_request_of_which_nothing_failed', async () => {
  const opened = await stage.visit('https://fonts.test/', {
    requests: [{ kind: 'font', url: 'https://static.fonts-third.test/serif.woff2' }],
  });
  const { shown } = await assertPopupEqualsLog(stage, opened, 'fonts.test');
  assert.deepEqual(
    shown.rows.map(({ requests, marks }) => ({ requests, marks })),
    [{ requests: 1, marks: {} }],
  );
});

test('requests_to_the_own_site_are_not_counted_whatever_their_host_and_port', async () => {
  const opened = await stage.visit('https://www.own.test/', {
    requests: [
      { kind: 'script', url: 'https://www.own.test/app.js' },
      { kind: 'image', url: 'https://static.own.test/logo.png' },
      { kind: 'xhr', url: 'https://api.eu.own.test:8443/data.json' },
      { kind: 'websocket', url: 'wss://live.own.test/socket' },
      { kind: 'frame', url: 'https://own.test/frame' },
    ],
  });
  const { shown, truth } = await assertPopupEqualsLog(stage, opened, 'own.test');
  assert.equal(truth.requests, 0);
  assert.equal(stage.web.log.since(opened.mark).length, 6);
  assert.equal(shown.zero, true);
  assert.deepEqual(shown.rows, []);
});

test('each_stop_of_a_redirected_image_is_a_request_of_its_own', async () => {
  const chain = ['first', 'second', 'third', 'last'].map((name) => `https://${name}.hop-${name}.test/pixel.gif`);
  stage.web.redirects(chain);
  const [start = ''] = chain;
  const opened = await stage.visit('https://hops.test/', { requests: [{ kind: 'image', url: start }] });
  const { popup, shown, truth } = await assertPopupEqualsLog(stage, opened, 'hops.test');
  assert.deepEqual(truth.domains, {
    'hop-first.test': 1,
    'hop-last.test': 1,
    'hop-second.test': 1,
    'hop-third.test': 1,
  });
  assert.deepEqual(shown.types, { image: 4 });
  const { chain: words } = await popup.detail('hop-third.test');
  assert.match(words, /hop-first\.test.*hop-second\.test/s);
});

test('what_frames_in_frames_ask_for_belongs_to_the_page_around_them', async () => {
  stage.web.page('https://outer.nest-a.test/frame', {
    requests: [
      { kind: 'frame', url: 'https://inner.nest-b.test/frame' },
      { kind: 'script', url: 'https://cdn.nest-c.test/outer.js' },
    ],
  });
  stage.web.page('https://inner.nest-b.test/frame', {
    requests: [
      { kind: 'frame', url: 'https://deep.nest-d.test/frame' },
      { kind: 'image', url: 'https://www.nest.test/own-of-the-page.gif' },
      { kind: 'image', url: 'https://inner.nest-b.test/own-of-the-frame.gif' },
    ],
  });
  stage.web.page('https://deep.nest-d.test/frame', {
    requests: [{ kind: 'xhr', url: 'https://api.nest-e.test/deep.json' }],
  });
  const opened = await stage.visit('https://www.nest.test/', {
    requests: [{ kind: 'frame', url: 'https://outer.nest-a.test/frame' }],
  });
  const { popup, truth } = await assertPopupEqualsLog(stage, opened, 'nest.test');
  assert.deepEqual(truth.domains, {
    'nest-a.test': 1,
    'nest-b.test': 2,
    'nest-c.test': 1,
    'nest-d.test': 1,
    'nest-e.test': 1,
  });
  const { chain } = await popup.detail('nest-e.test');
  assert.match(chain, /nest-a\.test.*nest-b\.test.*nest-d\.test/s);
});

test('a_sandboxed_frame_and_a_frame_without_an_address_are_judged_against_the_page', async () => {
  const script = (/** @type {string} */ url) => `<script>fetch('${url}', { mode: 'no-cors' })</script>`;
  stage.web.answer('https://sandbox.box-a.test/frame', {
    headers: { 'content-type': 'text/html' },
    body: script('https://api.box-b.test/from-the-sandbox'),
  });
  const opened = await stage.visit('https://box.test/', {
    body:
      `<iframe sandbox="allow-scripts" src="https://sandbox.box-a.test/frame"></iframe>` +
      `<iframe srcdoc="${script('https://api.box-c.test/from-srcdoc').replaceAll('"', '&quot;')}"></iframe>` +
      `<iframe srcdoc="${script('https://www.box.test/own').replaceAll('"', '&quot;')}"></iframe>`,
  });
  for (const host of ['api.box-b.test', 'api.box-c.test', 'www.box.test']) {
    await stage.web.log.until((entry) => entry.host === host, { since: opened.mark, what: host });
  }
  const { truth } = await assertPopupEqualsLog(stage, opened, 'box.test');
  assert.deepEqual(truth.domains, { 'box-a.test': 1, 'box-b.test': 1, 'box-c.test': 1 });
});

test('what_a_dedicated_worker_fetches_belongs_to_its_page', async () => {
  stage.web.script(
    'https://worker.test/worker.js',
    `importScripts('https://cdn.worker-a.test/lib.js');
     fetch('https://api.worker-b.test/data.json', { mode: 'no-cors' }).finally(() => postMessage('done'));`,
  );
  const opened = await stage.visit('https://worker.test/', {
    requests: [{ kind: 'worker', url: 'https://worker.test/worker.js' }],
  });
  await stage.web.log.until((entry) => entry.host === 'api.worker-b.test', { since: opened.mark });
  const { truth } = await assertPopupEqualsLog(stage, opened, 'worker.test');
  assert.deepEqual(truth.domains, { 'worker-a.test': 1, 'worker-b.test': 1 });
});

test('what_markup_and_style_sheets_name_is_counted', async () => {
  stage.web.answer('https://css.markup-a.test/site.css', {
    headers: { 'content-type': 'text/css' },
    body: `@import url(https://css.markup-b.test/more.css);
      @font-face { font-family: far; src: url(https://font.markup-c.test/far.woff2); }
      body { background: url(https://img.markup-d.test/back.png); font-family: far; }`,
  });
  const opened = await stage.visit('https://markup.test/', {
    head:
      '<link rel="stylesheet" href="https://css.markup-a.test/site.css">' +
      '<link rel="preload" as="script" href="https://cdn.markup-e.test/soon.js">' +
      '<link rel="modulepreload" href="https://cdn.markup-f.test/module.js">',
    body:
      '<p>words in a far font</p>' +
      '<picture><source srcset="https://img.markup-g.test/1.webp 1x"><img alt="" src="https://img.markup-g.test/2.gif">' +
      '</picture><video poster="https://img.markup-h.test/poster.jpg"></video>' +
      '<svg><image href="https://img.markup-i.test/in.svg"/></svg>',
  });
  await stage.web.log.until((entry) => entry.host === 'font.markup-c.test', { since: opened.mark });
  const { truth } = await assertPopupEqualsLog(stage, opened, 'markup.test');
  assert.equal(Object.keys(truth.domains).length, 9);
});

test('a_websocket_that_the_server_refuses_is_counted_or_shown_as_uncertain_never_left_out', async () => {
  stage.web.serve('no.refused.test', () => ({ status: 403 }));
  const { tabId } = await stage.visit('https://refuser.test/', {
    requests: [{ kind: 'websocket', url: 'wss://no.refused.test/socket' }],
  });
  // Chromium 156 says `net::ERR_FAILED` and no address, as it does where nobody was reached; Firefox 153 tells.
  const uncertain = { contacted: false, requests: 0, marks: { unknown: 1 } };
  const counted = { contacted: true, requests: 1, marks: {} };
  const expected = [{ domain: 'refused.test', ...(BROWSER === 'chromium' ? uncertain : counted) }];
  const told = (/** @type {import('./popup.js').Shown} */ { rows }) =>
    rows.map(({ domain, contacted, requests, marks }) => ({ domain, contacted, requests, marks }));
  const popup = await stage.popup(tabId);
  await popup.until('what became of it', (shown) => isDeepStrictEqual(told(shown), expected));
  assert.deepEqual(told(await popup.settled()), expected);
});

test('requests_that_a_page_makes_later_are_counted_while_the_popup_is_open', async () => {
  const opened = await stage.visit('https://later.test/', {
    requests: [{ kind: 'image', url: 'https://img.later-a.test/1.gif' }],
  });
  const { popup } = await assertPopupEqualsLog(stage, opened, 'later.test');
  await opened.page.evaluate(() => fetch('https://api.later-b.test/poll', { mode: 'no-cors' }));
  const shown = await popup.until('two domains', ({ domains }) => domains === 2);
  assert.deepEqual(shown.rows.map((row) => row.domain).sort(), ['later-a.test', 'later-b.test']);
  await assertBadge(stage, opened.tabId, '2');
});

test('the_demo_newspaper_shows_its_twelve_third_parties_and_the_name_that_no_longer_resolves_apart', async () => {
  declareDemo(stage.web);
  const opened = await stage.visit(DEMO_URLS.journal);
  const { shown } = await assertPopupEqualsLog(stage, opened, 'lejournal.test');
  assert.deepEqual(
    shown.rows
      .filter((row) => row.contacted)
      .map((row) => row.domain)
      .sort(),
    JOURNAL_THIRD_PARTIES,
  );
  const apart = shown.rows.filter((row) => !row.contacted);
  assert.deepEqual(
    apart.map(({ domain, marks }) => ({ domain, marks })),
    [{ domain: 'ancienne-regie.invalid', marks: { failed: 1 } }],
  );
});

test('a_crowd_of_150_third_parties_is_counted_to_the_last_one', async () => {
  declareDemo(stage.web);
  const opened = await stage.visit(DEMO_URLS.crowd);
  const { shown } = await assertPopupEqualsLog(stage, opened, 'crowd.test');
  assert.equal(shown.domains, 150);
  assert.equal(shown.rows.length, 150);
});
