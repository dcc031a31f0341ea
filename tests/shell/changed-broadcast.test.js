// Proves when open pages are told that something changed, and when nobody is there to be told.
import { answers, calls, resetBrowser } from './fake-browser.js';

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { ChangedBroadcast } from '../../extension/changed-broadcast.js';

const INTERVAL_MS = 250;

/** The browser's word that nobody listens, to be given by the test: each call of it is one message. @type {(() => void)[]} */
let refusals = [];

beforeEach(() => {
  resetBrowser();
  mock.restoreAll();
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  refusals = [];
  answers['runtime.sendMessage'] = () =>
    new Promise((_, reject) => {
      refusals.push(() => reject(new Error('Receiving end does not exist.')));
    });
});

/** Lets what was rejected be heard of. */
const heard = () => new Promise((resolve) => setImmediate(resolve));

/** @param {ChangedBroadcast} broadcast */
function change(broadcast) {
  broadcast.changed();
  mock.timers.tick(INTERVAL_MS);
}

test('Many changes are one message', () => {
  const broadcast = new ChangedBroadcast();
  for (let at = 0; at < 100; at += 1) broadcast.changed();
  mock.timers.tick(INTERVAL_MS);
  assert.deepEqual(calls, [{ name: 'runtime.sendMessage', args: [{ kind: 'changed' }] }]);
});

test('Where nobody listens there is silence until a page asks', async () => {
  const broadcast = new ChangedBroadcast();
  change(broadcast);
  refusals[0]?.();
  await heard();
  change(broadcast);
  assert.equal(calls.length, 1);
  broadcast.pageAsked();
  change(broadcast);
  assert.equal(calls.length, 2);
});

test('A page that asks before an earlier message comes back unheard is told of the next change', async () => {
  const broadcast = new ChangedBroadcast();
  change(broadcast);
  broadcast.pageAsked();
  refusals[0]?.();
  await heard();
  change(broadcast);
  assert.equal(calls.length, 2);
});
