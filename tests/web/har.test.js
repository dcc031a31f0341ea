// Owns the proof of the HAR reader: what is replayed, what is left out and why, and how a broken file is reported.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { HarError } from './har-error.js';
import { readHar } from './har.js';
import { navigationUrls, pageRequests } from './replay.js';

let folder = '';
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'tiers-har-'));
});
after(() => rm(folder, { recursive: true }));

/** @param {string} text */
async function harFile(text) {
  const file = path.join(folder, 'recorded.har');
  await writeFile(file, text);
  return file;
}

let second = 0;
/**
 * @param {string} url
 * @param {{ status?: number, to?: string, type?: string, mime?: string, accept?: string, method?: string, more?: object }} [as]
 */
function entry(url, { status = 200, to = '', type, mime = '', accept, method = 'GET', more = {} } = {}) {
  second += 1;
  return {
    pageref: 'p',
    startedDateTime: new Date(second * 1000).toISOString(),
    request: { method, url, headers: accept ? [{ name: 'Accept', value: accept }] : [] },
    response: { status, headers: to ? [{ name: 'Location', value: to }] : [], content: { mimeType: mime } },
    ...(type && { _resourceType: type }),
    ...more,
  };
}

/**
 * @param {object[]} entries
 * @param {{ title?: string, recorder?: string }} [as]
 */
async function onlyPage(entries, { title = 't', recorder = '' } = {}) {
  const log = { creator: { name: recorder }, pages: [{ id: 'p', title }], entries };
  const har = await readHar(await harFile(JSON.stringify({ log })));
  const [page] = har.pages;
  assert.ok(page);
  return page;
}

test('the_navigation_is_the_first_document_and_the_redirects_that_led_to_it', async () => {
  const page = await onlyPage([
    entry('http://a.test/', { status: 301, to: 'https://a.test/' }),
    entry('https://a.test/', { status: 302, to: 'https://a.test/?c=1' }),
    entry('https://a.test/?c=1', { status: 302, to: '/' }),
    entry('https://a.test/', { mime: 'text/html' }),
    entry('https://cdn.test/x.js#f'),
  ]);
  assert.equal(page.startUrl, 'http://a.test/');
  assert.deepEqual(navigationUrls(page), [
    'http://a.test/',
    'https://a.test/',
    'https://a.test/?c=1',
    'https://a.test/',
  ]);
  assert.deepEqual(
    pageRequests(page).map(({ kind, url }) => `${kind} ${url}`),
    ['script https://cdn.test/x.js'],
  );
});

test('what_a_redirect_leads_to_is_not_asked_for_twice', async () => {
  const page = await onlyPage([
    entry('https://a.test/', { mime: 'text/html' }),
    entry('https://one.test/i.gif', { status: 302, to: 'https://two.test/i.gif' }),
    entry('https://two.test/i.gif', { mime: 'image/gif' }),
    entry('https://two.test/i.gif', { mime: 'image/gif' }),
    entry('https://three.test/i.gif', { status: 302, to: 'https://never-recorded.test/' }),
  ]);
  assert.deepEqual(
    pageRequests(page).map((request) => request.url),
    ['https://one.test/i.gif', 'https://two.test/i.gif', 'https://three.test/i.gif'],
  );
  assert.equal(page.entries.at(-1)?.redirectTo, null, 'nobody is contacted who was not');
  assert.deepEqual(page.hosts, ['a.test', 'one.test', 'three.test', 'two.test']);
});

test('the_first_party_is_the_one_that_the_command_line_finds', async () => {
  const rows = JSON.parse(
    await readFile(new URL('../../crate/cli/tests/fixtures/first-party.json', import.meta.url), 'utf8'),
  );
  for (const { says, title, entries, document, sent } of rows) {
    const page = await onlyPage(entries, { title });
    assert.equal(page.url, document, says);
    assert.equal(page.startUrl, sent[0], says);
    assert.deepEqual(navigationUrls(page), sent, says);
  }
});

test('a_redirect_whose_way_leads_through_a_cache_is_replayed_to_where_it_arrived', async () => {
  const page = await onlyPage([
    entry('https://t.test/', { status: 302, to: 'https://a.test/', type: 'document' }),
    entry('https://a.test/', { type: 'document', more: { _fromCache: 'disk' } }),
    entry('https://one.test/i.gif', { status: 302, to: 'http://two.test/i.gif' }),
    entry('http://two.test/i.gif', { status: 301, to: 'https://two.test/i.gif', more: { _fromCache: 'disk' } }),
    entry('https://two.test/i.gif', { mime: 'image/gif' }),
  ]);
  assert.deepEqual(
    page.entries.map(({ role, redirectTo }) => [role, redirectTo]),
    [
      ['navigation', 'https://a.test/'],
      ['request', 'https://two.test/i.gif'],
      ['redirected', null],
    ],
  );
  assert.deepEqual(page.hosts, ['one.test', 't.test', 'two.test'], 'of the cache nobody was asked');
});

test('what_never_left_the_browser_is_left_out_with_the_reason', async () => {
  const page = await onlyPage([
    entry('https://a.test/', { mime: 'text/html' }),
    entry('https://cached.test/x.js', { more: { _fromCache: 'disk' } }),
    entry('https://blocked.test/x.js', { status: 0, more: { _error: 'net::ERR_BLOCKED_BY_CLIENT' } }),
    entry('https://aborted.test/x.js', { status: 0 }),
    entry('https://waited.test/x.js', { status: 0, more: { timings: { wait: 12 } } }),
    entry('data:text/plain,x'),
    entry('not a url'),
    entry('https://api.test/', { method: 'OPTIONS', status: 204 }),
    entry('https://api.test/', { method: 'POST' }),
  ]);
  assert.deepEqual(
    page.leftOut.map(({ host, reason, leftBrowser }) => [host, reason.split(':')[0], leftBrowser]),
    [
      ['cached.test', 'answered from the cache', false],
      ['blocked.test', 'never answered', false],
      ['aborted.test', 'aborted or blocked before it was sent', false],
      ['', 'not a network request (data', false],
      ['', 'not a URL', false],
      ['api.test', 'a CORS preflight', true],
    ],
  );
  assert.deepEqual(page.hosts, ['a.test', 'api.test', 'waited.test']);
  assert.equal(pageRequests(page).at(-1)?.cors, true, 'the browser sends the preflight again by itself');
});

/**
 * @param {string} host
 * @param {{ status?: number, headersSize?: number, wait?: number, cache?: object }} [as]
 */
function stored(host, { status = 200, headersSize = 90, wait = 4, cache = {} } = {}) {
  const more = { cache, timings: { send: 0, wait, receive: 0 } };
  const asked = entry(`https://${host}/x.js`, { status, more });
  return { ...asked, response: { ...asked.response, headersSize } };
}

test('firefox_says_by_an_answer_without_headers_that_nobody_was_asked', async () => {
  const page = await onlyPage(
    [
      entry('https://a.test/', { mime: 'text/html' }),
      stored('kept.cached.test', { headersSize: 0, wait: 0 }),
      stored('asked.again.test', { status: 304, cache: { afterRequest: null } }),
      stored('quick.near.test', { wait: 0 }),
    ],
    { recorder: 'Firefox' },
  );
  assert.deepEqual(
    page.leftOut.map(({ host, reason }) => [host, reason]),
    [['kept.cached.test', 'answered from the cache']],
  );
});

test('an_older_firefox_says_by_its_cache_that_nobody_was_asked_and_other_recorders_do_not', async () => {
  /** @type {[string, object, boolean][]} */
  const cases = [
    ['Firefox', { afterRequest: null }, true],
    ['Firefox', { afterRequest: { hitCount: '2' } }, true],
    ['Firefox', {}, false],
    // HAR 1.2: what the cache holds once the answer is there; alone, it is an answer that was stored.
    ['HttpWatch', { afterRequest: { hitCount: 1 } }, false],
    ['Firefox', { beforeRequest: null, afterRequest: { hitCount: 1 } }, false],
  ];
  for (const [recorder, cache, cached] of cases) {
    const entries = [entry('https://a.test/', { mime: 'text/html' }), stored('kept.test', { cache })];
    const page = await onlyPage(entries, { recorder });
    assert.equal(page.leftOut.length === 1, cached, `${recorder} ${JSON.stringify(cache)}`);
  }
});

test('the_kind_is_the_recorders_word_then_what_the_browser_accepted_then_the_answer_then_the_name', async () => {
  const page = await onlyPage([
    entry('https://a.test/', { mime: 'text/html' }),
    entry('https://b.test/1', { type: 'ping', method: 'POST' }),
    entry('https://b.test/2', { accept: 'image/webp,*/*', mime: 'text/html' }),
    entry('https://b.test/3', { accept: 'text/html,*/*', mime: 'text/html' }),
    entry('https://b.test/4', { accept: '*/*', mime: 'text/javascript' }),
    entry('https://b.test/5.woff2'),
    entry('https://b.test/6'),
    entry('wss://b.test/7', { status: 101 }),
    entry('https://b.test/4', { mime: 'text/javascript' }),
  ]);
  assert.deepEqual(
    pageRequests(page).map((request) => request.kind),
    ['beacon', 'image', 'frame', 'script', 'font', 'fetch', 'websocket', 'fetch'],
  );
});

test('an_entry_that_names_no_page_is_the_only_pages', async () => {
  const { pageref: _pageref, ...loose } = entry('https://b.test/x.js');
  const page = await onlyPage([entry('https://a.test/', { mime: 'text/html' }), loose]);
  assert.equal(page.entries.length, 2);
});

test('a_broken_file_is_reported_with_its_name_the_place_and_the_reason', async () => {
  /** @type {[string, string, RegExp][]} */
  const cases = [
    ['{"log": {"entries": [', 'line 1, column 22', /cut off/],
    ['{"log": {"entries": ["htt', 'line 1, column 26', /cut off/],
    ['{"log":\n  {"entries" []}}', 'line 2, column 14', /unexpected "\["/],
    ['{"log": {"entries": [1,]}}', 'line 1, column 24', /unexpected "\]"/],
    ['{"log": yes}', 'line 1, column 9', /unexpected "y"/],
    ['<html>', 'line 1, column 1', /unexpected "<"/],
    ['{} {}', 'line 1, column 4', /unexpected "\{"/],
    ['[]', 'the document', /not an object/],
    ['{"log": {}}', 'log.entries', /missing/],
    ['{"log": {"entries": []}}', 'log.entries', /no request/],
    ['{"log": {"entries": [{"request": 1}]}}', 'log.entries[0].request', /not an object/],
    [JSON.stringify({ log: { entries: [entry('data:,x')] } }), 'log.entries', /no request over the network/],
  ];
  for (const [text, position, reason] of cases) {
    const file = await harFile(text);
    await assert.rejects(readHar(file), (error) => {
      assert.ok(error instanceof HarError, text);
      assert.deepEqual([error.file, error.position], [file, position], text);
      assert.match(error.reason, reason);
      assert.ok(error.message.startsWith(`${file}: ${position}: `));
      return true;
    });
  }
  await assert.rejects(readHar(path.join(folder, 'nowhere.har')), /nowhere.har: the file cannot be read \(ENOENT\)/);
});
