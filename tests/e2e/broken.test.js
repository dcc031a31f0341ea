// Proves what is told of requests that broke: on the way to the server, at the server, on the way back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { until } from '../drive/condition.js';
import { RawServer } from '../web/raw-server.js';
import { outcomesOf } from './assert-outcomes.js';
import { visitsOf } from './saved-export.js';
import { BROWSER, Stage } from './stage.js';

/** @typedef {import('../web/page-requests.js').PageRequest} PageRequest */

const IS_FIREFOX = BROWSER === 'firefox';
const SCRIPT = 'HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\n';

/**
 * What the misbehaving server says, by the path that it is asked for; then it hangs up.
 * @type {Record<string, string>}
 */
const SAID = {
  '/nothing': '',
  '/short': `${SCRIPT}Content-Length: 1000\r\n\r\nabc`,
  '/half-a-chunk': `${SCRIPT}Transfer-Encoding: chunked\r\n\r\n5\r\nabc`,
  '/not-gzip': `${SCRIPT}Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc`,
  '/two-lengths': `${SCRIPT}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`,
  '/endless-head': `${SCRIPT}X-Filler: ${'a'.repeat(500_000)}\r\n\r\n`,
  '/no-http': 'nonsense\r\n\r\n',
  '/to-data': 'HTTP/1.1 302 Found\r\nLocation: data:text/plain,hi\r\nContent-Length: 0\r\n\r\n',
  '/to-a-file': 'HTTP/1.1 302 Found\r\nLocation: file:///tmp/a\r\nContent-Length: 0\r\n\r\n',
  '/to-an-app': 'HTTP/1.1 302 Found\r\nLocation: app-of-nobody:open\r\nContent-Length: 0\r\n\r\n',
};

/** Each host is a domain of its own, so that each has an outcome of its own. */
const HOSTS = ['refused', 'broken', 'resets', 'silent', 'garbled', 'gone'];
const hostOf = (/** @type {string} */ name) => `${name}.on-the-wire-${name}.test`;

/** @type {Stage} */
let stage;
/** @type {RawServer} */
let broken;
/** @type {RawServer} */
let silent;
/** @type {RawServer} */
let garbled;
/** Nobody listens there. */
let closedPort = 0;

before(async () => {
  broken = await RawServer.start((socket, path) => {
    if (path === '/reset') socket.resetAndDestroy();
    else if (path.startsWith('/round')) {
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ${path}+\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    } else if (path !== '/hang') socket.end(SAID[path] ?? '');
  });
  silent = await RawServer.start(() => {});
  garbled = await RawServer.start((socket) => socket.end('HTTP/1.1 400 This is no TLS\r\n\r\n'));
  const gone = await RawServer.start(() => {});
  closedPort = gone.port;
  await gone.stop();
  stage = await Stage.open({ elsewhere: HOSTS.map(hostOf) });
});
after(async () => {
  await stage?.close();
  for (const server of [broken, silent, garbled]) await server?.stop();
});

/** @param {string} path */
const brokenUrl = (path) => `http://${hostOf('broken')}:${broken.port}${path}`;

/**
 * Holds the outcomes that the popup shows of the one domain that a page asked against what is expected of them.
 * @param {string} site
 * @param {PageRequest[]} requests
 * @param {() => Record<string, number>} expected once the page is done
 */
async function assertOutcomesOfPage(site, requests, expected) {
  const { tabId } = await stage.visit(`http://${site}/`, { requests });
  const popup = await stage.popup(tabId);
  const isShown = (/** @type {import('./popup.js').Shown} */ shown) =>
    isDeepStrictEqual(Object.values(outcomesOf(shown)), [expected()]);
  await popup.until(`of ${site} what is expected`, isShown);
  assert.deepEqual(Object.values(outcomesOf(await popup.settled())), [expected()], site);
}

test('a_connection_that_is_refused_is_no_contact', async () => {
  const host = `${hostOf('refused')}:${closedPort}`;
  const requests = /** @type {PageRequest[]} */ ([
    { kind: 'fetch', url: `http://${host}/` },
    { kind: 'image', url: `https://${host}/1.gif` },
    { kind: 'beacon', url: `http://${host}/beacon` },
  ]);
  await assertOutcomesOfPage('refused-page.test', requests, () => ({ failed: 3 }));
});

test('a_websocket_that_reaches_nobody_is_never_counted', async () => {
  const reasons = [`ws://${hostOf('refused')}:${closedPort}/`, 'ws://live.no-such-name.invalid/'];
  for (const [place, url] of reasons.entries()) {
    // Chromium 156 says of every WebSocket that does not open: `net::ERR_FAILED`.
    const expected = { [IS_FIREFOX ? 'failed' : 'unknown']: 1 };
    await assertOutcomesOfPage(`socket-page-${place}.test`, [{ kind: 'websocket', url }], () => expected);
  }
});

/** How often the misbehaving server was asked for a path. @param {string} path */
const timesHeard = (path) => broken.heard.filter((heard) => heard === path).length;

test('a_server_that_breaks_its_answer_was_contacted', async () => {
  for (const path of ['/short', '/half-a-chunk', '/not-gzip', '/two-lengths', '/endless-head', '/no-http']) {
    const requests = /** @type {PageRequest[]} */ ([{ kind: 'fetch', url: brokenUrl(path) }]);
    await assertOutcomesOfPage(`breaks${path.replaceAll('/', '-')}.test`, requests, () => ({ sent: timesHeard(path) }));
  }
});

test('a_server_that_hangs_up_or_resets_without_an_answer_was_contacted', async () => {
  // What is no GET is asked once: browsers repeat the others, and tell of one.
  for (const path of ['/nothing', '/reset']) {
    const requests = /** @type {PageRequest[]} */ ([{ kind: 'fetch', method: 'POST', url: brokenUrl(path) }]);
    await assertOutcomesOfPage(`hangs-up${path.replaceAll('/', '-')}.test`, requests, () => ({
      sent: timesHeard(path),
    }));
  }
});

test('a_server_with_which_tls_fails_was_reached', async () => {
  const url = `https://${hostOf('garbled')}:${garbled.port}/`;
  await assertOutcomesOfPage('tls-page.test', [{ kind: 'fetch', method: 'POST', url }], () => ({ sent: 1 }));
  assert.ok(garbled.heard.includes('TLS'));
});

test('each_stop_of_redirects_without_end_is_a_request_and_of_the_last_one_only_firefox_tells', async () => {
  await assertOutcomesOfPage('round-page.test', [{ kind: 'fetch', url: brokenUrl('/round') }], () => {
    const heard = broken.heard.filter((path) => path.startsWith('/round')).length;
    return { sent: IS_FIREFOX ? heard : heard - 1, ...(!IS_FIREFOX && { unknown: 1 }) };
  });
});

test('a_redirect_to_what_is_no_web_address_came_from_a_server_where_the_browser_tells', async () => {
  for (const path of ['/to-data', '/to-a-file', '/to-an-app']) {
    const expected = { [IS_FIREFOX || path === '/to-an-app' ? 'sent' : 'unknown']: 1 };
    const requests = /** @type {PageRequest[]} */ ([{ kind: 'fetch', url: brokenUrl(path) }]);
    await assertOutcomesOfPage(`leads${path.replaceAll('/', '-')}.test`, requests, () => expected);
  }
});

/**
 * Whether it left is not told: Chromium 156 names no address before an answer, and Firefox 153 one also where a connection was there
 * and nothing had been sent on it yet.
 */
const UNANSWERED = { unknown: 1 };

test('a_request_that_is_broken_off_before_its_answer_is_uncertain', async () => {
  const stages = [
    { server: silent, heard: 'TLS', url: `https://${hostOf('silent')}:${silent.port}/` },
    { server: broken, heard: '/hang', url: brokenUrl('/hang') },
  ];
  for (const [place, { server, heard, url }] of stages.entries()) {
    const { page, tabId } = await stage.visit(`http://breaks-off-${place}.test/`, {});
    await page.evaluate((asked) => {
      const control = new AbortController();
      Object.assign(window, { control });
      fetch(asked, { mode: 'no-cors', signal: control.signal }).catch(() => {});
    }, url);
    await until(`the server to hear ${heard}`, () => server.heard.includes(heard));
    await page.evaluate(() => /** @type {AbortController} */ (Reflect.get(window, 'control')).abort());
    const popup = await stage.popup(tabId);
    await popup.until('the end of the request', ({ rows }) => rows.length === 1 && !rows[0]?.marks['pending']);
    assert.deepEqual(Object.values(outcomesOf(await popup.settled())), [UNANSWERED]);
  }
});

test('a_request_that_is_unanswered_when_its_tab_is_closed_is_uncertain', async () => {
  const { page } = await stage.visit('http://closes.test/', {});
  const url = `http://${hostOf('gone')}:${broken.port}/hang`;
  const before = broken.heard.length;
  await page.evaluate((asked) => void fetch(asked, { mode: 'no-cors' }).catch(() => {}), url);
  await until('the server to hear it', () => broken.heard.length > before);
  await page.close();
  await until('the export to have its end', async () => {
    const { saved } = await stage.exportAll();
    const [visit] = visitsOf(saved, 'closes.test');
    const row = saved.contacts.find(({ visit_id, host }) => visit_id === visit?.visit_id && host === hostOf('gone'));
    assert.equal(row?.pending, 0);
    assert.deepEqual({ ...(row.sent && { sent: row.sent }), ...(row.unknown && { unknown: row.unknown }) }, UNANSWERED);
    return true;
  });
});
