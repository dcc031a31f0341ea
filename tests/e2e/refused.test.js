// Proves what is told of answers that the browser keeps from the page: the server was asked, whatever the page gets to see.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertOutcomes } from './assert-outcomes.js';
import { BROWSER, Stage } from './stage.js';
import { assertPopupEqualsLog } from './truth.js';

/** @typedef {import('../web/page-requests.js').PageRequest} PageRequest */

const IS_FIREFOX = BROWSER === 'firefox';

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/**
 * Declares a host whose every answer has these headers.
 * @param {string} host
 * @param {Record<string, string>} headers
 */
function serveWith(host, headers) {
  stage.web.serve(host, () => ({ headers: { 'content-type': 'text/html', ...headers }, body: '<p>refused</p>' }));
}

/** A request that the browser asks about before it makes it. @param {string} url @returns {PageRequest} */
const unusual = (url) => ({ kind: 'fetch', cors: true, method: 'PUT', headers: { 'x-unusual': '1' }, url });

test('a_frame_that_does_not_let_itself_be_embedded_was_asked_for', async () => {
  serveWith('embed.denies-a.test', { 'x-frame-options': 'DENY' });
  serveWith('embed.denies-b.test', { 'content-security-policy': "frame-ancestors 'none'" });
  const opened = await stage.visit('https://embeds.test/', {
    requests: [
      { kind: 'frame', url: 'https://embed.denies-a.test/' },
      { kind: 'frame', url: 'https://embed.denies-b.test/' },
    ],
  });
  const { truth } = await assertPopupEqualsLog(stage, opened, 'embeds.test');
  assert.deepEqual(truth.domains, { 'denies-a.test': 1, 'denies-b.test': 1 });
});

test('an_answer_of_the_wrong_kind_or_that_nothing_is_there_was_an_answer', async () => {
  serveWith('wrong.kind-third.test', { 'x-content-type-options': 'nosniff' });
  stage.web.serve('missing.kind-third.test', () => ({ status: 404 }));
  const opened = await stage.visit('https://wrong-kind.test/', {
    requests: [
      { kind: 'image', url: 'https://wrong.kind-third.test/1.gif' },
      { kind: 'script', url: 'https://wrong.kind-third.test/lib.js' },
      { kind: 'stylesheet', url: 'https://wrong.kind-third.test/site.css' },
      { kind: 'fetch', url: 'https://wrong.kind-third.test/data' },
      { kind: 'image', url: 'https://missing.kind-third.test/1.gif' },
      { kind: 'script', url: 'https://missing.kind-third.test/lib.js' },
      { kind: 'stylesheet', url: 'https://missing.kind-third.test/site.css' },
    ],
  });
  await assertOutcomes(stage, opened, 'wrong-kind.test', { 'kind-third.test': { sent: 7 } });
});

test('an_answer_that_is_for_its_own_site_alone_was_sent_where_the_browser_tells', async () => {
  serveWith('img.own-site-only.test', { 'cross-origin-resource-policy': 'same-origin' });
  const opened = await stage.visit('https://embeds-others.test/', {
    requests: [
      { kind: 'image', url: 'https://img.own-site-only.test/1.gif' },
      { kind: 'script', url: 'https://img.own-site-only.test/lib.js' },
    ],
  });
  // Chromium 156 does not tell it from a copy in the cache that is refused.
  /** @type {Record<string, number>} */
  const refused = IS_FIREFOX ? { sent: 2 } : { unknown: 2 };
  await assertOutcomes(stage, opened, 'embeds-others.test', { 'own-site-only.test': refused });
});

test('an_answer_that_the_page_may_not_read_was_sent_where_the_browser_tells', async () => {
  serveWith('api.unreadable-third.test', { 'access-control-allow-origin': 'https://somebody-else.test' });
  const opened = await stage.visit('https://reads.test/', {
    requests: [
      { kind: 'fetch', cors: true, url: 'https://api.unreadable-third.test/a' },
      { kind: 'xhr', url: 'https://api.unreadable-third.test/b' },
      { kind: 'font', url: 'https://api.unreadable-third.test/serif.woff2' },
    ],
  });
  // Chromium 156 says `net::ERR_FAILED` and no address.
  /** @type {Record<string, number>} */
  const unread = IS_FIREFOX ? { sent: 3 } : { unknown: 3 };
  await assertOutcomes(stage, opened, 'reads.test', { 'unreadable-third.test': unread });
});

test('a_question_before_a_request_is_one_of_its_own_where_the_browser_tells_of_it', async () => {
  const opened = await stage.visit('https://asks-first.test/', {
    requests: [unusual('https://api.asked-third.test/data')],
  });
  // Firefox 153 reports the OPTIONS; Chromium 156 only where some extension asks for extra headers.
  const sent = IS_FIREFOX ? 2 : 1;
  await assertOutcomes(
    stage,
    opened,
    'asks-first.test',
    { 'asked-third.test': { sent } },
    { 'asked-third.test': 2 - sent },
  );
});

test('a_request_that_its_preflight_forbids_is_never_counted_as_sent_and_the_preflight_is_where_it_is_told', async () => {
  stage.web.servePreflight('api.forbids-a.test', () => ({ status: 403 }));
  stage.web.servePreflight('api.forbids-b.test', () => ({
    status: 204,
    headers: { 'access-control-allow-origin': 'https://somebody-else.test' },
  }));
  stage.web.servePreflight('api.forbids-c.test', () => ({
    status: 302,
    headers: { location: 'https://never.forbids-target.test/' },
  }));
  const opened = await stage.visit('https://forbidden.test/', {
    requests: ['a', 'b', 'c'].map((name) => unusual(`https://api.forbids-${name}.test/data`)),
  });
  // In Chromium 156 the request itself ends as if nothing had left, though its preflight did: uncertain.
  /** @type {Record<string, number>} */
  const forbidden = IS_FIREFOX ? { sent: 1, unknown: 1 } : { unknown: 1 };
  await assertOutcomes(stage, opened, 'forbidden.test', {
    'forbids-a.test': forbidden,
    'forbids-b.test': forbidden,
    'forbids-c.test': forbidden,
  });
});

test('a_preflight_to_a_name_that_does_not_resolve_is_no_contact', async () => {
  const opened = await stage.visit('https://asks-nobody.test/', {
    requests: [unusual('https://api.nobody-third.invalid/data')],
  });
  // Firefox 153 reports both, and says of the second only that it was not made.
  /** @type {Record<string, number>} */
  const failed = IS_FIREFOX ? { failed: 1, unknown: 1 } : { failed: 1 };
  await assertOutcomes(stage, opened, 'asks-nobody.test', { 'nobody-third.invalid': failed });
});

test('a_redirect_to_what_the_page_s_policy_forbids_counts_the_host_that_redirected_alone', async () => {
  stage.web.redirects(['https://go.policy-hop.test/lib.js', 'https://cdn.policy-target.test/lib.js']);
  stage.web.redirects(['https://go.mixed-hop.test/lib.js', 'http://cdn.mixed-target.test/lib.js']);
  const opened = await stage.visit('https://policy-hops.test/', {
    headers: {
      'content-security-policy': "script-src 'unsafe-inline' https://go.policy-hop.test https://go.mixed-hop.test",
    },
    requests: [
      { kind: 'script', url: 'https://go.policy-hop.test/lib.js' },
      { kind: 'script', url: 'https://go.mixed-hop.test/lib.js' },
    ],
  });
  await assertOutcomes(stage, opened, 'policy-hops.test', {
    'mixed-hop.test': { sent: 1 },
    'policy-hop.test': { sent: 1 },
  });
});

test('what_has_no_body_or_asks_who_is_there_is_an_answer_like_others', async () => {
  stage.web.serve('empty.odd-third.test', () => ({ status: 204 }));
  stage.web.serve('auth.odd-third.test', () => ({ status: 401 }));
  stage.web.serve('file.odd-third.test', () => ({
    headers: { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename=a.bin' },
    body: 'a',
  }));
  const opened = await stage.visit('https://odd.test/', {
    requests: [
      { kind: 'image', url: 'https://empty.odd-third.test/1.gif' },
      { kind: 'fetch', cors: true, method: 'HEAD', url: 'https://empty.odd-third.test/head' },
      { kind: 'fetch', url: 'https://auth.odd-third.test/secret' },
    ],
  });
  await opened.page.evaluate(() => {
    const request = new XMLHttpRequest();
    request.open('GET', 'https://sync.odd-third.test/data', false);
    request.send();
    for (const src of ['https://empty.odd-third.test/frame', 'https://file.odd-third.test/a.bin']) {
      const frame = document.createElement('iframe');
      frame.src = src;
      document.body.append(frame);
    }
  });
  await stage.web.log.until((entry) => entry.host === 'file.odd-third.test', { since: opened.mark });
  await assertPopupEqualsLog(stage, opened, 'odd.test');
});

test('each_time_that_an_event_stream_is_opened_again_is_a_request', async () => {
  stage.web.serve('live.streams-third.test', () => ({
    headers: { 'content-type': 'text/event-stream' },
    body: 'retry: 50\n\ndata: x\n\n',
  }));
  const opened = await stage.visit('https://streams.test/');
  await opened.page.evaluate(async () => {
    const stream = new EventSource('https://live.streams-third.test/');
    for (let times = 0; times < 3; times += 1) {
      await new Promise((resolve) => stream.addEventListener('open', resolve, { once: true }));
    }
    stream.close();
  });
  await assertPopupEqualsLog(stage, opened, 'streams.test');
});
