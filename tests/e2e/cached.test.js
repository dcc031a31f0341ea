// Proves what is told of answers that a cache gave: the memory's, the disk's, a service worker's, and one that a server renewed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { untilControlled } from '../drive/controlled-page.js';
import { assertOutcomes } from './assert-outcomes.js';
import { BROWSER, Stage } from './stage.js';
import { assertPopupEqualsLog } from './truth.js';

/** @typedef {import('../web/page-requests.js').PageRequest} PageRequest */

const IS_FIREFOX = BROWSER === 'firefox';
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/**
 * Declares a host whose answers are of one kind and may be kept.
 * @param {string} host
 * @param {string} type
 * @param {string | Uint8Array} [body]
 */
function keep(host, type, body = '') {
  stage.web.serve(host, () => ({ headers: { 'content-type': type, 'cache-control': 'max-age=600' }, body }));
}

/**
 * Declares a host that has every copy confirmed (304).
 * @param {string} host
 * @param {string} type
 */
function renew(host, type) {
  const headers = { 'content-type': type, etag: '"1"', 'cache-control': 'no-cache' };
  stage.web.serve(host, ({ headers: asked }) => (asked['if-none-match'] ? { status: 304, headers } : { headers }));
}

/** @param {PageRequest[]} requests */
const asking = (...requests) => ({ requests });

test('what_a_page_names_twice_is_one_request_and_what_it_still_has_later_none_that_left', async () => {
  keep('img.twice-third.test', 'image/gif', GIF);
  keep('css.twice-third.test', 'text/css', 'p { color: red }');
  const spec = {
    body:
      '<img src="https://img.twice-third.test/1.gif"><img src="https://img.twice-third.test/1.gif">' +
      '<link rel="stylesheet" href="https://css.twice-third.test/1.css">' +
      '<link rel="stylesheet" href="https://css.twice-third.test/1.css">',
  };
  const first = await stage.visit('https://names-twice.test/1', spec);
  await assertOutcomes(stage, first, 'names-twice.test', { 'twice-third.test': { sent: 2 } });
  const second = await stage.visit('https://names-twice.test/2', spec);
  await assertOutcomes(stage, second, 'names-twice.test', { 'twice-third.test': { cached: 2 } });
});

test('a_copy_that_the_server_found_to_be_still_good_was_sent_where_the_browser_tells', async () => {
  renew('cdn.renewed-script.test', 'text/javascript');
  renew('embed.renewed-frame.test', 'text/html');
  const spec = asking(
    { kind: 'script', url: 'https://cdn.renewed-script.test/lib.js' },
    { kind: 'frame', url: 'https://embed.renewed-frame.test/widget' },
  );
  const both = { 'renewed-frame.test': { sent: 1 }, 'renewed-script.test': { sent: 1 } };
  await assertOutcomes(stage, await stage.visit('https://renews.test/1', spec), 'renews.test', both);
  const again = await stage.visit('https://renews.test/2', spec);
  if (IS_FIREFOX) await assertOutcomes(stage, again, 'renews.test', both);
  // Chromium 156 says of a renewed copy what it says of one that nobody was asked about.
  else {
    const cached = { 'renewed-frame.test': { cached: 1 }, 'renewed-script.test': { cached: 1 } };
    const untold = { 'renewed-frame.test': 1, 'renewed-script.test': 1 };
    await assertOutcomes(stage, again, 'renews.test', cached, untold);
  }
});

test('a_stale_copy_that_is_used_while_it_is_renewed_is_one_from_the_cache_and_one_that_left', async () => {
  stage.web.serve('cdn.stale-third.test', () => ({
    headers: { 'content-type': 'text/javascript', 'cache-control': 'max-age=0, stale-while-revalidate=600' },
  }));
  const spec = asking({ kind: 'script', url: 'https://cdn.stale-third.test/lib.js' });
  await assertPopupEqualsLog(stage, await stage.visit('https://stale.test/1', spec), 'stale.test');
  const again = await stage.visit('https://stale.test/2', spec);
  await stage.web.log.until((entry) => entry.host === 'cdn.stale-third.test', { since: again.mark });
  await assertOutcomes(stage, again, 'stale.test', { 'stale-third.test': { cached: 1, sent: 1 } });
});

test('a_redirect_that_is_remembered_left_for_nobody_and_neither_did_its_target', async () => {
  stage.web.answer('https://go.remembered-a.test/lib.js', {
    status: 301,
    headers: { location: 'https://cdn.remembered-b.test/lib.js', 'cache-control': 'max-age=600' },
  });
  keep('cdn.remembered-b.test', 'text/javascript');
  const spec = asking({ kind: 'script', url: 'https://go.remembered-a.test/lib.js' });
  await assertPopupEqualsLog(stage, await stage.visit('https://remembers.test/1', spec), 'remembers.test');
  await assertOutcomes(stage, await stage.visit('https://remembers.test/2', spec), 'remembers.test', {
    'remembered-a.test': { cached: 1 },
    'remembered-b.test': { cached: 1 },
  });
});

test('what_was_fetched_ahead_left_once_and_is_used_from_the_cache', async () => {
  keep('cdn.ahead-third.test', 'text/javascript');
  const opened = await stage.visit('https://ahead.test/', {
    head: '<link rel="prefetch" href="https://cdn.ahead-third.test/next.js">',
  });
  await stage.web.log.until((entry) => entry.host === 'cdn.ahead-third.test', { since: opened.mark });
  await (await stage.popup(opened.tabId)).until('the prefetch', ({ requests }) => requests === 1);
  await opened.page.evaluate(async () => {
    const script = document.createElement('script');
    script.src = 'https://cdn.ahead-third.test/next.js';
    document.head.append(script);
    await new Promise((resolve) => script.addEventListener('load', resolve, { once: true }));
  });
  await assertOutcomes(stage, opened, 'ahead.test', { 'ahead-third.test': { cached: 1, sent: 1 } });
});

test('what_was_preloaded_and_never_used_left_too', async () => {
  const opened = await stage.visit('https://preloads.test/', {
    head:
      '<link rel="preload" as="script" href="https://cdn.preload-used.test/a.js">' +
      '<link rel="preload" as="script" href="https://cdn.preload-unused.test/b.js">',
    body: '<script src="https://cdn.preload-used.test/a.js"></script>',
  });
  await assertOutcomes(stage, opened, 'preloads.test', {
    'preload-unused.test': { sent: 1 },
    'preload-used.test': { sent: 1 },
  });
});

test('a_question_to_the_cache_alone_is_no_request_and_bypassing_the_cache_is_one', async () => {
  keep('cdn.modes-third.test', 'text/javascript');
  const opened = await stage.visit('https://modes.test/');
  await opened.page.evaluate(async () => {
    await fetch('/nowhere', { cache: 'only-if-cached', mode: 'same-origin' }).catch(() => {});
    for (const cache of /** @type {RequestCache[]} */ (['default', 'force-cache', 'reload'])) {
      await (await fetch('https://cdn.modes-third.test/lib.js', { cache })).text();
    }
  });
  await assertOutcomes(stage, opened, 'modes.test', { 'modes-third.test': { cached: 1, sent: 2 } });
});

test('a_copy_that_a_page_s_policy_refuses_is_never_counted_as_sent', async () => {
  keep('img.refused-copy.test', 'image/gif', GIF);
  const spec = asking({ kind: 'image', url: 'https://img.refused-copy.test/1.gif' });
  await assertPopupEqualsLog(stage, await stage.visit('https://embeds.test/1', spec), 'embeds.test');
  const headers = { 'cross-origin-embedder-policy': 'require-corp' };
  const strict = await stage.visit('https://embeds.test/2', { ...spec, headers });
  // Chromium 156: `net::ERR_BLOCKED_BY_RESPONSE`, as for an answer of the server.
  /** @type {Record<string, number>} */
  const refused = IS_FIREFOX ? { cached: 1 } : { unknown: 1 };
  await assertOutcomes(stage, strict, 'embeds.test', { 'refused-copy.test': refused });
});

test('what_a_service_worker_answers_from_its_own_store_or_makes_up_left_for_nobody', async () => {
  keep('disk.worker-third.test', 'text/javascript');
  stage.web.script(
    'https://www.stores.test/worker.js',
    `addEventListener('install', (event) => {
       skipWaiting();
       event.waitUntil(caches.open('kept').then(async (kept) => {
         await kept.put('https://kept.worker-third.test/x.js', await fetch('https://kept.worker-third.test/x.js', { mode: 'no-cors' }));
       }));
     });
     addEventListener('activate', (event) => event.waitUntil(clients.claim()));
     addEventListener('fetch', (event) => {
       const { hostname } = new URL(event.request.url);
       if (hostname.startsWith('kept.')) event.respondWith(caches.match(event.request.url));
       if (hostname.startsWith('made.')) event.respondWith(new Response('', { headers: { 'content-type': 'text/javascript' } }));
       if (hostname.startsWith('disk.')) event.respondWith(fetch(event.request));
     });`,
  );
  const { page } = await stage.visit(
    'https://www.stores.test/',
    asking({ kind: 'service-worker', url: 'https://www.stores.test/worker.js' }),
  );
  await untilControlled(page);
  const scripts = ['kept.worker-kept.test', 'made.worker-made.test', 'disk.worker-third.test'];
  const spec = asking(
    ...scripts.map((host) => ({ kind: /** @type {const} */ ('script'), url: `https://${host}/x.js` })),
    { kind: 'script', url: 'https://kept.worker-third.test/x.js' },
    { kind: 'script', url: 'https://none.worker-none.test/x.js' },
  );
  const first = await stage.visit('https://www.stores.test/1', spec);
  // The copy that the store does not have is an error that the worker makes up: it left for nobody either.
  await assertOutcomes(stage, first, 'stores.test', {
    'worker-none.test': { sent: 1 },
    'worker-third.test': { sent: 1 },
  });
  const second = await stage.visit('https://www.stores.test/2', spec);
  await assertOutcomes(stage, second, 'stores.test', {
    'worker-none.test': { sent: 1 },
    'worker-third.test': { cached: 1 },
  });
});

test('a_page_that_is_asked_for_while_its_worker_starts_is_no_third_party_and_its_own_requests_are_counted', async () => {
  stage.web.script(
    'https://www.preloading.test/worker.js',
    `addEventListener('install', () => skipWaiting());
     addEventListener('activate', (event) => event.waitUntil(
       registration.navigationPreload.enable().then(() => clients.claim())));
     addEventListener('fetch', (event) => {
       if (event.request.mode === 'navigate') event.respondWith(event.preloadResponse.then((early) => early ?? fetch(event.request)));
     });`,
  );
  const { page } = await stage.visit(
    'https://www.preloading.test/',
    asking({ kind: 'service-worker', url: 'https://www.preloading.test/worker.js' }),
  );
  await untilControlled(page);
  const next = await stage.visit(
    'https://www.preloading.test/next',
    asking({ kind: 'image', url: 'https://img.preloading-third.test/1.gif' }),
  );
  const { truth } = await assertPopupEqualsLog(stage, next, 'preloading.test');
  assert.deepEqual(truth.domains, { 'preloading-third.test': 1 });
});

test('the_parts_of_a_recording_that_are_asked_for_one_by_one_are_requests_of_their_own', async () => {
  const samples = 400_000;
  const recording = Buffer.alloc(44 + samples, 0x80);
  recording.write('RIFF\0\0\0\0WAVEfmt ', 0, 'latin1');
  recording.writeUInt32LE(36 + samples, 4);
  for (const [at, value] of [
    [16, 16],
    [24, 8000],
    [28, 8000],
    [40, samples],
  ])
    recording.writeUInt32LE(value ?? 0, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ])
    recording.writeUInt16LE(value ?? 0, at);
  recording.write('data', 36);
  stage.web.serve('media.ranges-third.test', ({ headers }) => {
    const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(headers.range ?? '') ?? [];
    // Never all at once: whoever wants more asks again.
    const end = Math.min(to ? Number(to) : Infinity, Number(from) + 99_999, recording.length - 1);
    return {
      status: 206,
      headers: {
        'content-type': 'audio/wav',
        'accept-ranges': 'bytes',
        'content-range': `bytes ${from}-${end}/${recording.length}`,
      },
      body: recording.subarray(Number(from), end + 1),
    };
  });
  const opened = await stage.visit('https://ranges.test/');
  await opened.page.evaluate(async () => {
    const audio = new Audio('https://media.ranges-third.test/long.wav');
    audio.preload = 'auto';
    await new Promise((resolve) => audio.addEventListener('loadedmetadata', resolve, { once: true }));
    audio.currentTime = 40;
    await new Promise((resolve) => audio.addEventListener('seeked', resolve, { once: true }));
  });
  const { truth } = await assertPopupEqualsLog(stage, opened, 'ranges.test');
  assert.ok((truth.domains['ranges-third.test'] ?? 0) > 1, 'several parts');
});
