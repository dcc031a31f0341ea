// Proves that what is asked for while the browser is offline reaches nobody, and is told as that.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeRequests } from '../web/page-requests.js';
import { assertOutcomes } from './assert-outcomes.js';
import { untilIn } from './drawn.js';
import { BROWSER, Stage } from './stage.js';
import { assertPopupEqualsLog } from './truth.js';

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/** @type {import('../web/page-requests.js').PageRequest[]} */
const ASKED_OFFLINE = [
  { kind: 'image', url: 'https://img.offline-third.test/1.gif' },
  { kind: 'script', url: 'https://cdn.offline-third.test/lib.js' },
  { kind: 'fetch', url: 'https://api.offline-fetch.test/data' },
  { kind: 'fetch', url: 'https://img.offline-known.test/again' },
  { kind: 'websocket', url: 'wss://live.offline-socket.test/socket' },
];

test('what_is_asked_for_while_the_browser_is_offline_fails_and_reaches_nobody', async () => {
  const opened = await stage.visit('https://offline.test/', {
    requests: [{ kind: 'image', url: 'https://img.offline-known.test/1.gif' }],
  });
  const { page, mark } = opened;
  await assertPopupEqualsLog(stage, opened, 'offline.test');
  const reached = stage.web.log.mark();
  await stage.driver.setOffline(page, true);
  await page.evaluate(() => {
    document.documentElement.dataset['done'] = 'false';
    // Neither says that it has failed: the page does not wait for them.
    navigator.sendBeacon('https://log.offline-beacon.test/seen', 'beacon');
    const frame = document.createElement('iframe');
    frame.src = 'https://embed.offline-frame.test/widget';
    document.body.append(frame);
  });
  await page.evaluate(makeRequests, ASKED_OFFLINE, 10_000);
  await untilIn(page, 'the page to be done', () => document.documentElement.dataset['done'] === 'true');
  await (await stage.popup(opened.tabId)).until('all that was asked for', ({ rows }) => rows.length === 6);
  /** @type {import('./assert-outcomes.js').Outcomes} */
  const failed = {
    'offline-beacon.test': { failed: 1 },
    'offline-fetch.test': { failed: 1 },
    'offline-frame.test': { failed: 1 },
    'offline-known.test': { failed: 1, sent: 1 },
    // Chromium 156 says of every WebSocket that does not open: `net::ERR_FAILED`.
    'offline-socket.test': BROWSER === 'firefox' ? { failed: 1 } : { unknown: 1 },
    'offline-third.test': { failed: 2 },
  };
  await assertOutcomes(stage, opened, 'offline.test', failed);
  assert.deepEqual(stage.web.log.since(reached), [], 'nothing reached the server');

  await stage.driver.setOffline(page, false);
  await page.evaluate(() => fetch('https://api.offline-over.test/data', { mode: 'no-cors' }).then(() => {}));
  await assertOutcomes(stage, { tabId: opened.tabId, mark }, 'offline.test', {
    ...failed,
    'offline-over.test': { sent: 1 },
  });
});

test('a_copy_that_is_still_good_is_from_the_cache_while_the_browser_is_offline', async () => {
  const kept = 'https://cdn.offline-kept.test/lib.js';
  stage.web.answer(kept, { headers: { 'content-type': 'text/javascript', 'cache-control': 'max-age=600' } });
  const opened = await stage.visit('https://keeps-offline.test/');
  const ask = () => opened.page.evaluate(async (url) => void (await (await fetch(url)).text()), kept);
  await ask();
  await stage.driver.setOffline(opened.page, true);
  assert.equal(await opened.page.evaluate(() => navigator.onLine), false);
  await ask();
  await stage.driver.setOffline(opened.page, false);
  await assertOutcomes(stage, opened, 'keeps-offline.test', { 'offline-kept.test': { cached: 1, sent: 1 } });
});
