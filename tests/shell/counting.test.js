// Proves that counting goes on: while the core starts, when it fails, and when the store does.
import { resetBrowser } from './fake-browser.js';

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { StoreError } from '../../extension/database.js';
import { Bench, kept, takeA } from './counting-bench.js';

beforeEach(() => {
  mock.restoreAll();
  resetBrowser();
  // What fails on purpose is not to be read in the report.
  mock.method(console, 'error', () => {});
});

test('The core is made in the first turn, and events that come before its state wait for it', async () => {
  const bench = new Bench();
  bench.observe('a');
  bench.counting.start();
  assert.equal(bench.cores.modules, 1);
  bench.observe('b');
  assert.equal(bench.cores.made.length, 0);
  bench.tellSession();
  await bench.counting.settled();
  bench.observe('c');
  assert.deepEqual(bench.cores.now.events, ['a', 'b', 'c']);
  assert.deepEqual(bench.restored, [false]);
});

test('After a failure the next core knows what was stored, what came since, and what came meanwhile', async () => {
  const bench = new Bench();
  await bench.start();
  bench.observe('a');
  assert.equal(await bench.counting.commit({ strict: false }), 'stored');
  let failures = 1;
  bench.cores.traps = (name) => name === 'c' && failures-- > 0;
  bench.observe('b', 'c', 'd');
  await bench.counting.settled();
  bench.observe('e');
  assert.deepEqual(bench.cores.now.events, ['a', 'b', 'c', 'd', 'e']);
  assert.equal(bench.cores.made.length, 2);
  assert.equal(bench.cores.now.restarted, 1);
  assert.deepEqual(
    bench.cores.made.map(({ before }) => before),
    ['background', 'core'],
  );
  assert.deepEqual(bench.kinds, []);
});

test('A background that is killed leaves the tabs of which it had not stored everything, and its core knows those of the last', async () => {
  const bench = new Bench();
  await bench.start();
  assert.deepEqual(bench.cores.now.unstored, [4]);
  bench.counting.observe(takeA, { tabId: 7 });
  assert.deepEqual(kept(), { unstoredTabs: [4, 7] });
  await bench.counting.commit({ strict: false });
  assert.deepEqual(kept(), { unstoredTabs: [] });
});

test('What waits for the core is left too, and no commit takes it for stored', async () => {
  const bench = new Bench();
  await bench.start();
  // It happened before the background began: what is newer waits for more of that.
  bench.counting.observe(takeA, { tabId: 7, timeStamp: 999 });
  bench.counting.observe(takeA, { tabId: 8, timeStamp: 1_001 });
  await bench.counting.commit({ strict: false });
  assert.deepEqual(kept(), { unstoredTabs: [7, 8] });
});

test('It is said once that the background is up, when a first commit has been made', async () => {
  const bench = new Bench();
  await bench.start();
  bench.observe('a');
  assert.equal(bench.ups, 0);
  for (let commits = 0; commits < 3; commits += 1) await bench.counting.commit({ strict: false });
  assert.equal(bench.ups, 1);
});

test('A core that takes the place of one that failed before anything was stored begins as that one did', async () => {
  const bench = new Bench();
  await bench.start();
  let failures = 1;
  bench.cores.traps = (name) => name === 'b' && failures-- > 0;
  bench.observe('a', 'b');
  await bench.counting.settled();
  assert.deepEqual(
    bench.cores.made.map(({ before }) => before),
    ['background', 'background'],
  );
});

test('An event on which two cores fail is set aside, told and noted, and nothing else is', async () => {
  const bench = new Bench();
  await bench.start();
  bench.cores.traps = (name) => name === 'poison';
  bench.observe('a', 'poison', 'b');
  await bench.counting.settled();
  bench.observe('c');
  assert.deepEqual(bench.cores.now.events, ['a', 'b', 'c']);
  assert.equal(bench.cores.told.get('poison'), 2);
  assert.deepEqual(bench.kinds, ['eventsSetAside']);
  assert.equal(bench.problems.sinceMs, 1_000);
  assert.equal(bench.store.notes['setAside'].count, 1);
  assert.ok(!JSON.stringify(bench.store.notes).includes('poison'), 'what the event told is not stored');
});

test('Many events that fail in a burst are set aside one by one, and those between them are counted', async () => {
  const bench = new Bench();
  await bench.start();
  bench.cores.traps = (name) => name.startsWith('poison');
  const names = Array.from({ length: 40 }, (_, at) => (at % 2 ? `poison ${at}` : `good ${at}`));
  bench.observe(...names);
  await bench.counting.settled();
  assert.deepEqual(
    bench.cores.now.events,
    names.filter((name) => name.startsWith('good')),
  );
  assert.equal(bench.store.notes['setAside'].count, 20);
});

test('A state on which every event fails is given up, and the counting begins anew under another session', async () => {
  const bench = new Bench();
  bench.store.kept.live = new TextEncoder().encode('[]');
  await bench.start();
  bench.cores.traps = () => bench.cores.now.session === 'session';
  bench.observe(...Array.from({ length: 40 }, (_, at) => `event ${at}`));
  await bench.counting.settled();
  bench.observe('after');
  assert.ok(bench.cores.now.events.includes('after'));
  assert.equal(bench.cores.now.session, 'new session 1');
  assert.equal(bench.restored.at(-1), true);
  assert.deepEqual(bench.kinds, ['eventsSetAside']);
});

test('A core that finds no snapshot of a session that is not new begins another one: its numbers may be stored', async () => {
  const bench = new Bench();
  await bench.start();
  assert.equal(bench.cores.now.session, 'new session 1');
  assert.equal(bench.restored.at(-1), false);

  const other = new Bench();
  other.store.kept.live = new TextEncoder().encode('[]');
  await other.start();
  assert.equal(other.cores.now.session, 'session');
});

test('What set events aside in an earlier background of the session is still told, and not that of another session', async () => {
  const bench = new Bench();
  bench.store.kept.setAside = { session: 'session', sinceMs: 5, count: 3, detail: 'requestStarted: RuntimeError' };
  await bench.start();
  assert.deepEqual(bench.kinds, ['eventsSetAside']);
  assert.equal(bench.problems.sinceMs, 5);

  const other = new Bench();
  other.store.kept.setAside = { session: 'earlier', sinceMs: 5, count: 3, detail: '' };
  await other.start();
  assert.deepEqual(other.kinds, []);
});

test('A failure during a commit loses nothing of what the commit holds', async () => {
  const bench = new Bench();
  await bench.start();
  bench.observe('a');
  /** @type {() => void} */
  let open = () => {};
  bench.store.gate = new Promise((resolve) => (open = resolve));
  const committed = bench.counting.commit({ strict: false });
  await Promise.resolve();
  await Promise.resolve();
  let failures = 1;
  bench.cores.traps = (name) => name === 'b' && failures-- > 0;
  bench.observe('b', 'c');
  open();
  assert.equal(await committed, 'stored');
  await bench.counting.settled();
  assert.deepEqual(bench.cores.now.events, ['a', 'b', 'c']);
});

test('Days are closed once a commit is stored, once a day, and again where the store has failed', async () => {
  const bench = new Bench();
  await bench.start();
  bench.cores.today = 20_001;
  bench.store.failsToClose = new StoreError('storeUnavailable', 'full');
  bench.observe('a');
  await bench.counting.commit({ strict: false });
  await bench.closed();
  assert.deepEqual([bench.store.closedBefore, bench.kinds], [[], []], 'nothing that is counted is unsaved');
  bench.store.failsToClose = null;
  for (const event of ['b', 'c']) {
    bench.observe(event);
    await bench.counting.commit({ strict: false });
    await bench.closed();
  }
  bench.cores.today = 20_002;
  await bench.counting.commit({ strict: false });
  await bench.closed();
  assert.deepEqual([bench.store.closedBefore, bench.kinds], [[20_001, 20_002], []]);
});

test('A core that fails as it closes a day is replaced, and nothing that was counted is lost', async () => {
  const bench = new Bench();
  await bench.start();
  bench.observe('a');
  bench.store.failsToClose = new WebAssembly.RuntimeError('unreachable');
  bench.cores.today = 20_001;
  await bench.counting.commit({ strict: false });
  await bench.closed();
  bench.store.failsToClose = null;
  bench.observe('b');
  await bench.counting.settled();
  assert.deepEqual(bench.cores.now.events, ['a', 'b']);
  assert.deepEqual([bench.cores.made.length, bench.cores.now.restarted], [2, 1]);
});

test('While the store fails counting goes on and says so; when it works again, everything is stored', async () => {
  const bench = new Bench();
  await bench.start();
  bench.store.failure = new StoreError('storeUnavailable', 'QuotaExceededError: the disk is full');
  bench.observe('a');
  assert.equal(await bench.counting.commit({ strict: false }), 'failed');
  bench.observe('b');
  assert.deepEqual(bench.problems.list(), [
    { kind: 'storeUnavailable', sinceMs: 1_000, detail: 'QuotaExceededError: the disk is full' },
  ]);
  bench.store.failure = null;
  assert.equal(await bench.counting.commit({ strict: false }), 'stored');
  assert.deepEqual(bench.kinds, []);
  assert.equal(new TextDecoder().decode(bench.store.kept.live), JSON.stringify(['a', 'b']));
});

test('A background that starts without a store counts under a session of its own, so that no visit gets the name of another', async () => {
  const bench = new Bench();
  bench.store.failure = new StoreError('storeFromFuture', 'VersionError: the version is higher');
  bench.observe('a');
  await bench.start();
  assert.deepEqual(bench.cores.now.events, ['a']);
  assert.equal(bench.cores.now.session, 'new session 1');
  assert.deepEqual(bench.kinds, ['storeFromFuture']);
  assert.deepEqual(bench.restored, [true]);
});

test('A snapshot that cannot be read does not stop the counting, nor lose the settings', async () => {
  const bench = new Bench();
  bench.store.kept = { visits: [], live: new Uint8Array([9]), settings: { paused: true, excludedSites: [] } };
  bench.cores.openVisitsError = Object.assign(new Error('byte 3'), { kind: 'snapshotDamaged' });
  bench.observe('a');
  await bench.start();
  assert.deepEqual(bench.cores.now.events, ['a']);
  assert.deepEqual(bench.cores.now.settings, { paused: true, excludedSites: [] });
  assert.deepEqual(bench.kinds, ['eventsSetAside']);
  assert.equal(bench.store.refused, '');
});

test('A store that holds visits of a later version is left untouched', async () => {
  const bench = new Bench();
  bench.store.kept = { visits: [], live: new Uint8Array([9]) };
  bench.cores.openVisitsError = Object.assign(new Error('version 2'), { kind: 'visitVersion' });
  await bench.start();
  assert.match(bench.store.refused, /version 2/);
  assert.deepEqual(bench.kinds, ['storeFromFuture']);
});

test('A core that cannot be started answers nothing, gathers nothing and says so', async () => {
  const bench = new Bench();
  bench.cores.cannotBeMade = true;
  await bench.start();
  bench.observe('a');
  assert.equal(bench.unavailable, 1);
  assert.deepEqual(bench.kinds, ['coreUnavailable']);
  await assert.rejects(bench.counting.answer({ kind: 'flush' }), /not running/);
  assert.equal(await bench.counting.commit({ strict: false }), 'failed');
});

test('A core that fails at every commit is given up after some, instead of being restarted for ever', async () => {
  const bench = new Bench();
  await bench.start();
  bench.cores.trapsOnCommit = true;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    bench.observe(`event ${attempt}`);
    assert.equal(await bench.counting.commit({ strict: false }), 'failed');
    await bench.counting.settled();
  }
  assert.ok(bench.cores.made.length < 10);
  assert.deepEqual(bench.kinds, ['eventsSetAside', 'coreUnavailable']);
});

test('What a page changed is not undone by a failure before it is stored', async () => {
  const bench = new Bench();
  await bench.start();
  await bench.counting.answer({ kind: 'setPaused', paused: true });
  let failures = 1;
  bench.cores.traps = (name) => name === 'a' && failures-- > 0;
  bench.observe('a');
  await bench.counting.settled();
  assert.deepEqual(bench.cores.now.events, ['asked setPaused', 'a']);
});

test('A question that the core refuses is an error of the question, and no failure of the core', async () => {
  const bench = new Bench();
  await bench.start();
  bench.cores.now.answer = () => {
    throw Object.assign(new Error('no such field'), { kind: 'shape' });
  };
  await assert.rejects(bench.counting.answer({ kind: 'deleteAll' }), /no such field/);
  bench.observe('a');
  assert.equal(bench.cores.made.length, 1);
  assert.deepEqual(bench.cores.now.events, ['a']);
});
