// Owns the proof of the test web: any host, any scheme, one port, and nothing of it unlogged.
import assert from 'node:assert/strict';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { after, before, beforeEach, test } from 'node:test';
import WebSocket from 'ws';
import { TestWeb } from './web.js';

/** @type {TestWeb} */
let web;
before(async () => {
  web = await TestWeb.start();
});
beforeEach(() => {
  web.forget();
  web.log.clear();
});
after(() => web.stop());

/**
 * Asks the web for a URL as a browser would that resolves every name to it.
 * @param {string} url
 * @param {import('node:http').OutgoingHttpHeaders} [headers]
 * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, body: Buffer }>}
 */
function get(url, headers = {}) {
  const { protocol, host, pathname, search } = new URL(url);
  const client = protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: web.port, path: pathname + search, rejectUnauthorized: false };
    client
      .get({ ...options, headers: { host, ...headers } }, async (response) => {
        const body = Buffer.concat(await response.toArray());
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      })
      .on('error', reject);
  });
}

/**
 * Opens a proxy's tunnel.
 * @param {string} authority
 * @returns {Promise<{ status: string, socket: net.Socket }>}
 */
function tunnel(authority) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(web.port, '127.0.0.1', () => socket.write(`CONNECT ${authority} HTTP/1.1\r\n\r\n`));
    socket.on('error', reject);
    socket.once('data', (data) => resolve({ status: data.toString().split('\r\n')[0] ?? '', socket }));
  });
}

test('one_port_answers_any_host_over_http_and_https', async () => {
  assert.equal((await get('http://www.a.test/x?y=1')).status, 200);
  assert.equal((await get('https://b.test/')).status, 200);
  assert.equal((await get('http://192.168.1.1:8080/')).status, 200);
  const seen = web.log.entries.map(({ scheme, host, port, path }) => ({ scheme, host, port, path }));
  assert.deepEqual(seen, [
    { scheme: 'http', host: 'www.a.test', port: 80, path: '/x?y=1' },
    { scheme: 'https', host: 'b.test', port: 443, path: '/' },
    { scheme: 'http', host: '192.168.1.1', port: 8080, path: '/' },
  ]);
});

test('the_same_port_is_a_proxy_for_plain_requests_and_for_tunnels', async () => {
  const plain = net.connect(web.port, '127.0.0.1');
  plain.write('GET http://plain.test/p HTTP/1.1\r\nHost: plain.test\r\nConnection: close\r\n\r\n');
  assert.match(String((await plain.toArray())[0]), /^HTTP\/1.1 200/);

  const { status, socket } = await tunnel('secret.test:443');
  assert.match(status, /200/);
  const secure = tls.connect({ socket, rejectUnauthorized: false });
  secure.write('GET /s HTTP/1.1\r\nHost: secret.test\r\nConnection: close\r\n\r\n');
  assert.match(String((await secure.toArray())[0]), /^HTTP\/1.1 200/);
  assert.deepEqual(
    web.log.entries.map((entry) => entry.url),
    ['http://plain.test/p', 'https://secret.test/s'],
  );
});

test('a_name_under_invalid_does_not_resolve_and_is_not_logged', async () => {
  const { status, socket } = await tunnel('nobody.invalid:443');
  socket.destroy();
  assert.match(status, /502/);
  assert.equal((await get('http://nobody.invalid/')).status, 502);
  assert.deepEqual(web.log.entries, []);
});

test('what_nobody_declared_is_answered_in_the_kind_that_was_asked_for', async () => {
  /** @type {[string, import('node:http').OutgoingHttpHeaders, string][]} */
  const cases = [
    ['https://a.test/', { 'sec-fetch-dest': 'document' }, 'text/html'],
    ['https://a.test/pixel', { 'sec-fetch-dest': 'image' }, 'image/gif'],
    ['https://a.test/x.css', {}, 'text/css'],
    ['https://a.test/x.js?v=1', {}, 'text/javascript'],
    ['https://a.test/f.woff2', {}, 'font/woff2'],
    ['https://a.test/m.mp4', {}, 'audio/wav'],
    ['http://a.test/page', { accept: 'text/html,*/*' }, 'text/html'],
    ['http://a.test/any', { accept: '*/*' }, 'text/plain'],
  ];
  for (const [url, headers, type] of cases) {
    assert.ok((await get(url, headers)).headers['content-type']?.startsWith(type), `${url} is ${type}`);
  }
});

test('the_latest_declaration_that_fits_answers', async () => {
  web.serve('*.a.test', () => ({ status: 418 }));
  web.serve('www.a.test', (request) => (request.path === '/mine' ? { status: 201 } : null));
  web.redirects(['https://one.test/', 'https://two.test/x', 'https://three.test/']);
  assert.equal((await get('https://www.a.test/mine')).status, 201);
  assert.equal((await get('https://www.a.test/other')).status, 418);
  assert.equal((await get('https://one.test/')).headers.location, 'https://two.test/x');
  assert.equal((await get('https://two.test/x')).headers.location, 'https://three.test/');
  assert.equal((await get('https://three.test/')).status, 200);
});

test('a_web_socket_is_accepted_on_any_host_unless_refused', async () => {
  web.serve('refused.test', () => ({ status: 403 }));
  /** @param {string} host */
  const outcome = (host) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`wss://127.0.0.1:${web.port}/s`, { headers: { host }, rejectUnauthorized: false });
      socket.on('open', () => socket.close());
      socket.on('close', () => resolve('closed'));
      socket.on('error', (error) => resolve(error.message));
    });
  assert.equal(await outcome('open.test'), 'closed');
  assert.match(String(await outcome('refused.test')), /403/);
  assert.deepEqual(
    web.log.entries.map(({ type, url }) => `${type} ${url}`),
    ['websocket wss://open.test/s', 'websocket wss://refused.test/s'],
  );
});

test('the_log_can_be_waited_for', async () => {
  const coming = web.log.until((entry) => entry.host === 'late.test');
  await get('http://early.test/');
  await get('http://late.test/');
  assert.equal((await coming).host, 'late.test');
  assert.deepEqual(web.log.hosts(), ['early.test', 'late.test']);
  await assert.rejects(
    web.log.until(() => false, { timeoutMs: 1, what: 'a miracle' }),
    /a miracle did not reach/,
  );
});

test('a_page_cannot_be_ended_by_what_it_asks_for', async () => {
  web.page('https://page.test/', { requests: [{ kind: 'image', url: 'https://x.test/?</script>' }] });
  const { body } = await get('https://page.test/');
  assert.equal(body.toString().match(/<\/script>/g)?.length, 1);
});

/**
 * What a host's TLS agrees on with a browser that knows both.
 * @param {string} servername
 * @returns {Promise<string | false | null>}
 */
function agreedWith(servername) {
  return new Promise((resolve, reject) => {
    const ALPNProtocols = ['h2', 'http/1.1'];
    const options = { host: '127.0.0.1', port: web.port, servername, ALPNProtocols, rejectUnauthorized: false };
    const socket = tls.connect(options, () => {
      resolve(socket.alpnProtocol);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

test('http_2_is_offered_by_the_hosts_that_declare_it_alone_and_an_early_hint_goes_before_the_answer', async () => {
  web.speakHttp2('new.test');
  assert.equal(await agreedWith('new.test'), 'h2');
  assert.equal(await agreedWith('old.test'), 'http/1.1');
  const link = '<https://cdn.test/a.js>; rel=preload; as=script';
  web.answer('https://new.test/x', { earlyHints: [link], body: 'late' });
  const options = { port: web.port, host: '127.0.0.1', servername: 'new.test', ALPNProtocols: ['h2'] };
  const session = http2.connect('https://new.test', {
    createConnection: () => tls.connect({ ...options, rejectUnauthorized: false }),
  });
  const stream = session.request({ ':path': '/x' });
  /** @type {unknown[]} */
  const seen = [];
  stream.on('headers', (headers) => seen.push(headers[':status'], headers['link']));
  stream.on('response', (headers) => seen.push(headers[':status']));
  seen.push(Buffer.concat(await stream.toArray()).toString());
  session.close();
  assert.deepEqual(seen, [103, link, 200, 'late']);
  assert.deepEqual(
    web.log.entries.map(({ url }) => url),
    ['https://new.test/x'],
  );
});
