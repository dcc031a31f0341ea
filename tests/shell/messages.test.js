// Proves who is answered, with what, and when.
import { resetBrowser } from './fake-browser.js';

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { CoreUnavailableError } from '../../extension/core-error.js';
import * as messages from '../../extension/messages.js';
import { Problems } from '../../extension/problems.js';
import { RecentUrls } from '../../extension/recent-urls.js';
import { wakeTimings } from '../../extension/wake-timings.js';

/** @param {unknown} response @param {string[]} [order] @param {import('../../extension/commit-clock.js').Outcome} [outcome] */
function bench(response, order = [], outcome = 'stored') {
  const problems = new Problems(() => 7);
  const urls = new RecentUrls();
  const parts = {
    counting: {
      settled: async () => {},
      answer: async (/** @type {any} */ request) => {
        order.push(`answer ${request.kind}`);
        if (response instanceof Error) throw response;
        return /** @type {any} */ (response);
      },
      rebuildDay: async (/** @type {number} */ day) => {
        order.push(`rebuild ${day}`);
        if (response instanceof Error) throw response;
        return response === 'read';
      },
    },
    openTabs: { settled: async () => void order.push('open tabs') },
    clock: {
      flush: async (/** @type {any} */ { strict }) => {
        order.push(strict ? 'flush strict' : 'flush');
        return outcome;
      },
    },
    urls,
    problems,
    wakeTimings,
  };
  return { parts, problems, urls, order };
}

/**
 * What a page reads of the reply.
 * @param {Parameters<typeof messages.dispatch>} asked
 * @returns {Promise<import('../../extension/reply.js').Reply>}
 */
async function dispatch(...asked) {
  return JSON.parse(await messages.dispatch(...asked));
}

beforeEach(() => {
  resetBrowser();
  mock.restoreAll();
  mock.method(console, 'error', () => {});
});

test('Only the extension’s own pages are answered', () => {
  assert.equal(messages.isOwnPage({ id: 'tiers', url: 'chrome-extension://tiers/popup/popup.html' }), true);
  assert.equal(messages.isOwnPage({ id: 'other', url: 'chrome-extension://tiers/popup/popup.html' }), false);
  assert.equal(messages.isOwnPage({ id: 'tiers', url: 'https://page.test/' }), false);
  assert.equal(messages.isOwnPage({ id: 'tiers', url: 'chrome-extension://tiers.evil/x' }), false);
  assert.equal(messages.isOwnPage({ id: 'tiers' }), false);
});

test('A kind that nobody knows gets an error, even one that every object has', async () => {
  const { parts, order } = bench({ kind: 'done' });
  for (const message of [{ kind: 'dance' }, { kind: 'toString' }, { kind: '__proto__' }, {}, null, 'popup']) {
    const reply = await dispatch(parts, message);
    assert.equal(reply.response, null);
    assert.match(reply.error?.message ?? '', /knows no request/);
  }
  assert.deepEqual(order, []);
});

test('A change is answered after it is stored, for good', async () => {
  const { parts, order } = bench({ kind: 'done' });
  const reply = await dispatch(parts, { kind: 'deleteSite', site: 'a.test' });
  assert.deepEqual(reply, { response: { kind: 'done' }, problems: [], sinceMs: null });
  assert.deepEqual(order, ['open tabs', 'answer deleteSite', 'flush strict']);
  await dispatch(parts, { kind: 'flush' });
  assert.equal(order.at(-1), 'flush');
});

test('A question is answered when what was open is known, and stores nothing', async () => {
  const { parts, order } = bench({ kind: 'popup', bytes: new Uint8Array([0, 127, 128, 255]) });
  const { response } = await dispatch(parts, { kind: 'popup', tabId: 3 });
  assert.deepEqual(response, { kind: 'popup', base64: 'AH+A/w==' });
  assert.deepEqual(order, ['open tabs', 'answer popup']);
});

test('Requests come with their URLs, as far as they are still known, and none after a deletion', async () => {
  const row = { host: 'a.test', type: 'image', atMs: 1, outcome: 'sent' };
  const { parts, urls } = bench({
    kind: 'requests',
    requests: [
      { ...row, number: 2 },
      { ...row, number: 1 },
    ],
  });
  urls.keep(2, 'https://a.test/2');
  const request = { kind: 'requests', tabId: 3, domain: 'a.test' };
  const known = await dispatch(parts, request);
  assert.deepEqual(known.response, {
    kind: 'requests',
    requests: [
      { ...row, number: 2, url: 'https://a.test/2' },
      { ...row, number: 1, url: null },
    ],
  });
  parts.counting.answer = async () => /** @type {any} */ ({ kind: 'done' });
  await dispatch(parts, { kind: 'deleteAll' });
  assert.equal(urls.urlOf(2), null);
});

test('The URLs are forgotten where a site is left out, and stay where it is counted again', async () => {
  const { parts, urls } = bench({ kind: 'done' });
  urls.keep(2, 'https://a.test/2');
  await dispatch(parts, { kind: 'setExcluded', site: 'a.test', excluded: false });
  assert.equal(urls.urlOf(2), 'https://a.test/2');
  await dispatch(parts, { kind: 'setExcluded', site: 'a.test', excluded: true });
  assert.equal(urls.urlOf(2), null);
});

test('Without a core the reply has no answer, and says what is wrong and since when', async () => {
  const { parts, problems } = bench(new CoreUnavailableError('The core is not running.'));
  problems.note('coreUnavailable', 'CompileError: no');
  const reply = await dispatch(parts, { kind: 'popup', tabId: 1 });
  assert.deepEqual(reply, {
    response: null,
    problems: [{ kind: 'coreUnavailable', sinceMs: 7, detail: 'CompileError: no' }],
    sinceMs: 7,
    error: { kind: 'coreUnavailable', message: 'The core is not running.' },
  });
});

test('The shell itself tells how long the background took to start', async () => {
  const { parts, order } = bench(new Error('not asked'));
  const { response } = await dispatch(parts, { kind: 'wake' });
  assert.deepEqual(Object.keys(response ?? {}), [
    'kind',
    'startMs',
    'coreReadyMs',
    'restoredMs',
    'firstRequestCountedMs',
  ]);
  assert.deepEqual(order, []);
});

test('Nobody is told that something is done while it could not be stored', async () => {
  const { parts } = bench({ kind: 'done' }, [], 'failed');
  const reply = await dispatch(parts, { kind: 'deleteSite', site: 'a.test' });
  assert.equal(reply.response, null);
  assert.equal(reply.error?.kind, 'notStored');
});

test('A day is made anew, or is said to be one that cannot be read, and what fails is told', async () => {
  const { parts, order } = bench('read');
  const asked = { kind: 'rebuildDay', day: 20_000 };
  assert.deepEqual((await dispatch(parts, asked)).response, { kind: 'rebuilt', isRead: true });
  assert.deepEqual(order, ['rebuild 20000']);
  assert.deepEqual((await dispatch(bench('refused').parts, asked)).response, { kind: 'rebuilt', isRead: false });
  const failed = await dispatch(bench(new Error('the disk is full')).parts, asked);
  assert.deepEqual([failed.response, failed.error], [null, { message: 'the disk is full' }]);
});

test('What is deleted is deleted, also where the disk has no room for anything else', async () => {
  const { parts } = bench({ kind: 'done' }, [], 'deleted');
  assert.deepEqual((await dispatch(parts, { kind: 'deleteSite', site: 'a.test' })).response, { kind: 'done' });
  assert.deepEqual((await dispatch(parts, { kind: 'deleteAll' })).response, { kind: 'done' });
  assert.equal((await dispatch(parts, { kind: 'setPaused', paused: true })).error?.kind, 'notStored');
});

test('A disk that hangs holds up no answer: a page hears that nothing is stored yet before it stops waiting', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { parts } = bench({ kind: 'done' });
  /** @type {Promise<import('../../extension/commit-clock.js').Outcome>} */
  const never = new Promise(() => {});
  parts.clock.flush = () => never;
  const replied = dispatch(parts, { kind: 'setPaused', paused: true });
  const deleted = dispatch(parts, { kind: 'deleteAll' });
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  t.mock.timers.tick(4_999);
  assert.equal((await replied).error?.kind, 'notStored');
  assert.equal((await dispatch(parts, { kind: 'popup', tabId: 1 })).error, undefined);
  t.mock.timers.tick(115_000);
  assert.equal((await deleted).error?.kind, 'notStored');
});
