// Proves that a URL's host and scheme are read as the URL parser reads them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hostOf, isWebScheme, schemeOf, upToHost } from '../../extension/address.js';

/** A repeatable source of numbers from 0 to 1 (mulberry32), so that a failure can be run again. @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SCHEMES = ['http', 'https', 'ws', 'wss', 'ftp', 'file', 'foo', 'moz-extension'];
const CREDENTIALS = ['', '', '', 'user@', 'user:pass@', ':pass@', 'a%40b:c%3A@', 'us er:p[a]ss@', '@@'];
const HOSTS = [
  'example.com',
  'EXAMPLE.com.',
  'bücher.de',
  'xn--bcher-kva.de',
  '127.0.0.1',
  '0x7f.1',
  '2130706433',
  '[::1]',
  '[2001:DB8::8:800:200C:417A]',
  '[::ffff:192.0.2.1]',
  'a',
  '_dmarc.a_b.test',
  'constructor',
  '',
];
const PORTS = ['', '', ':', ':80', ':443', ':8080', ':65535'];
const PATHS = ['', '/', '/a:b@c', '//x@y:1/', '/a/b;c', '\\back\\slash', '/%2F?#'];
const QUERIES = ['', '?', '?u=https://other.test:1/@x', '?[::1]'];
const HASHES = ['', '#', '#@[x]:y/z?'];

test('The host of any URL that the parser serialises is the one that the parser names', () => {
  const next = random(20251121);
  /** @param {string[]} list */
  const one = (list) => list[Math.floor(next() * list.length)];
  let parsed = 0;
  /** @type {Map<string, string>} */
  const hostByBeginning = new Map();
  for (let run = 0; run < 50_000; run += 1) {
    const written = `${one(SCHEMES)}://${one(CREDENTIALS)}${one(HOSTS)}${one(PORTS)}${one(PATHS)}${one(QUERIES)}${one(HASHES)}`;
    const url = URL.canParse(written) ? new URL(written) : null;
    if (!url) continue;
    parsed += 1;
    assert.equal(hostOf(url.href), url.hostname, url.href);
    assert.equal(schemeOf(url.href), url.protocol.slice(0, -1), url.href);
    const beginning = upToHost(url.href);
    assert.ok(url.href.startsWith(beginning));
    assert.equal(hostByBeginning.get(beginning) ?? url.hostname, url.hostname, `${beginning} stands for one host`);
    hostByBeginning.set(beginning, url.hostname);
  }
  assert.ok(parsed > 20_000, `only ${parsed} of the made-up URLs were URLs`);
});

test('A URL without an authority has no host, whatever its body holds', () => {
  for (const written of [
    'about:blank',
    'about:srcdoc',
    'data:text/html,https://inside.test/',
    'blob:https://maker.test/1b4e28ba',
    'javascript:location="https://x.test"',
    'view-source:https://seen.test/',
    'mailto:a@b.test',
  ]) {
    assert.equal(new URL(written).hostname, '', written);
    assert.equal(hostOf(written), '', written);
  }
});

test('What is no URL has no host', () => {
  for (const written of ['', ':', '://', '//host.test/', 'null', 'host.test'])
    assert.equal(hostOf(written), '', written);
});

test('A data URL of ten megabytes is not read through', () => {
  const url = `data:image/png;base64,${'A'.repeat(10_000_000)}`;
  const start = performance.now();
  for (let run = 0; run < 10_000; run += 1) hostOf(url);
  // Reading it once takes milliseconds, so ten thousand times would take a minute.
  assert.ok(performance.now() - start < 2_000);
});

test('Requests are counted for the four schemes of the web', () => {
  assert.deepEqual(['http', 'https', 'ws', 'wss', 'ftp', 'file', 'data', ''].filter(isWebScheme), [
    'http',
    'https',
    'ws',
    'wss',
  ]);
});
