// Proves that counting goes on: while the core starts, when it fails, and when the store does.
import { calls, resetBrowser } from './fake-browser.js';

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { ClosingDays } from '../../extension/closing-days.js';
import { Counting } from '../../extension/counting.js';
import { StoreError } from '../../extension/database.js';
import { MOST_WAITING } from '../../extension/inbox.js';
import { MOST_JOURNALED } from '../../extension/journal.js';
import { PrivateTabs } from '../../extension/private-tabs.js';
import { Problems } from '../../extension/problems.js';
import { RecentUrls } from '../../extension/recent-urls.js';
import { UnstoredTabs } from '../../extension/unstored-tabs.js';
import { FakeCores, FakeStore } from './fake-core.js';

/** @param {any} target @param {string} name */
const event = (target, name) => target.core.take(name);

/** @param {any} target */
const takeA = ({ core }) => core.take('a');

/** What was last kept for the next background. */
const kept = () => calls.filter(({ name }) => name === 'storage.session.set').at(-1)?.args[0];

/** A counting with everything around it. */
class Bench {
  cores = new FakeCores();
  unstoredTabs = new UnstoredTabs();
  store = new FakeStore();
  nowMs = 1_000;
  problems = new Problems(() => this.nowMs);
  /** @type {boolean[]} */
  restored = [];
  unavailable = 0;
  ups = 0;
  sessions = 0;
  /** @type {import('../../extension/session.js').Session} */
  session = {
    id: 'session',
    isNew: false,
    before: 'background',
    privateTabs: undefined,
    unstoredTabs: [4],
    unstoredVisits: null,
  };

  constructor() {
    /** @type {(session: typeof this.session) => void} */
    let resolve = () => {};
    /** @type {Promise<typeof this.session>} */
    const promise = new Promise((settle) => (resolve = settle));
    this.tellSession = () => resolve(this.session);
    this.counting = new Counting({
      newCounterModule: this.cores.newCounterModule,
      store: this.store,
      session: promise,
      newSession: () => `new session ${(this.sessions += 1)}`,
      urls: new RecentUrls(),
      privateTabs: new PrivateTabs(),
      unstoredTabs: this.unstoredTabs,
      closingDays: new ClosingDays({
        store: this.store,
        foldDay: () => assert.fail('the fake store folds'),
        addToSum: () => assert.fail('no visits are kept for a while only'),
        rebuildDay: () => assert.fail('no day is without its sum'),
      }),
      problems: this.problems,
      now: () => this.nowMs,
      onChange: () => {},
      onRestored: (isNew) => void this.restored.push(isNew),
      onUp: () => void (this.ups += 1),
      onUnavailable: () => void (this.unavailable += 1),
    });
  }

  /** @param {...string} names */
  observe(...names) {
    for (const name of names) this.counting.observe(event, name);
  }

  async start() {
    this.counting.start();
    this.tellSession();
    await this.counting.settled();
  }

  /** Waits until what a commit has begun beside it is over. */
  closed() {
    return new Promise((resolve) => setTimeout(resolve));
  }

  get kinds() {
    return this.problems.list().map(({ kind }) => kind);
  }
}

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

test('A full disk is told as such, since the store first failed, and no longer once there is room', async () => {
  const bench = new Bench();
  await bench.start();
  bench.store.failure = new StoreError('storeUnavailable', 'UnknownError: no');
  bench.observe('a');
  await bench.counting.commit({ strict: false });
  bench.nowMs += 60_000;
  bench.store.failure = new StoreError('storeFull', 'QuotaExceededError: full');
  await bench.counting.commit({ strict: false });
  assert.deepEqual(bench.problems.list(), [{ kind: 'storeFull', sinceMs: 1_000, detail: 'QuotaExceededError: full' }]);
  bench.store.failure = null;
  assert.equal(await bench.counting.commit({ strict: false }), 'stored');
  assert.deepEqual(bench.kinds, []);
});

test('On a full disk a deletion goes first: what makes room is done, and then the rest where there is room for it', async () => {
  const bench = new Bench();
  await bench.start();
  bench.observe('a');
  bench.cores.deleted = { all: false, sites: ['gone.test'], visits: [], days: [] };
  bench.store.failsToPut = new StoreError('storeFull', 'QuotaExceededError: full');
  assert.equal(await bench.counting.commit({ strict: true }), 'deleted');
  assert.deepEqual([bench.store.deletions.length, bench.store.commits, bench.kinds], [1, 0, ['storeFull']]);
  assert.equal(bench.cores.now.changed, true, 'the core offers the rest again');
  const deleteAlone = bench.store.delete.bind(bench.store);
  bench.store.delete = async (deleted) => {
    await deleteAlone(deleted);
    bench.store.failsToPut = null;
  };
  assert.equal(await bench.counting.commit({ strict: true }), 'stored');
  assert.deepEqual([bench.store.commits, bench.kinds], [1, []]);
  bench.store.failure = new StoreError('storeUnavailable', 'UnknownError: no');
  bench.observe('b');
  assert.equal(await bench.counting.commit({ strict: true }), 'failed');
  assert.equal(bench.store.deletions.length, 2, 'a store that fails for another reason is not asked again');
});

test('Visits that the core gave up are told with their number and since when, and noted once the store works', async () => {
  const bench = new Bench();
  await bench.start();
  bench.store.failure = new StoreError('storeFull', 'full');
  for (const givenUp of [2, 0, 3]) {
    bench.observe('a');
    bench.cores.givenUp = givenUp;
    await bench.counting.commit({ strict: false });
    bench.nowMs += 60_000;
  }
  const told = bench.problems.list().find(({ kind }) => kind === 'countsGivenUp');
  assert.deepEqual(told, { kind: 'countsGivenUp', sinceMs: 1_000, detail: 'Visits: 5; events: 0.' });
  assert.deepEqual(bench.store.notes, {});
  bench.store.failure = null;
  await bench.counting.commit({ strict: false });
  assert.deepEqual(bench.kinds, ['countsGivenUp'], 'they are missing from what the user sees');
  assert.deepEqual(bench.store.notes['givenUp'], { session: 'new session 1', sinceMs: 1_000, visits: 5, events: 0 });
});

test('A background that cannot store says so to the browser again and again, and leaves the next one to know how much went with it', async () => {
  const bench = new Bench();
  await bench.start();
  bench.store.failure = new StoreError('storeFull', 'full');
  bench.observe('a', 'b');
  const written = () => calls.filter(({ args }) => 'unstoredVisits' in (args[0] ?? {})).map(({ args }) => args[0]);
  for (let time = 1; time <= 3; time += 1) {
    await bench.counting.commit({ strict: false });
    assert.equal(written().length, time, 'a call to the browser each time, or it takes the background for idle');
    bench.nowMs += 5_000;
  }
  const left = { sinceMs: 1_000, visits: 2 };
  assert.deepEqual(written().at(-1), { unstoredVisits: left });

  const next = new Bench();
  next.session.unstoredVisits = left;
  next.store.failure = bench.store.failure;
  await next.start();
  assert.deepEqual(next.kinds.sort(), ['countsGivenUp', 'storeFull']);
  next.observe('c');
  await next.counting.commit({ strict: false });
  assert.deepEqual(written().at(-1), { unstoredVisits: { sinceMs: 1_000, visits: 3 } });
  next.store.failure = null;
  await next.counting.commit({ strict: false });
  assert.deepEqual(written().at(-1), { unstoredVisits: null });
  assert.equal(next.problems.list().find(({ kind }) => kind === 'countsGivenUp')?.detail, 'Visits: 2; events: 0.');
});

test('A background that went with nothing but what no visit has leaves no word of visits', async () => {
  const bench = new Bench();
  bench.session.unstoredVisits = { sinceMs: 1, visits: 0 };
  await bench.start();
  assert.deepEqual(bench.kinds, []);
});

test('A core that fails when more has come than is kept begins with what was stored, and all the rest is told as given up', async () => {
  const bench = new Bench();
  await bench.start();
  bench.observe('stored');
  await bench.counting.commit({ strict: false });
  bench.store.failure = new StoreError('storeFull', 'full');
  await bench.counting.answer({ kind: 'setPaused', paused: true });
  bench.observe(...Array.from({ length: MOST_JOURNALED }, (_, at) => `event ${at}`));
  bench.store.failure = null;
  let failures = 1;
  bench.cores.traps = (name) => name === 'trap' && failures-- > 0;
  bench.observe('trap', 'after');
  await bench.counting.settled();
  assert.deepEqual(
    bench.cores.now.events,
    ['stored', 'asked setPaused', 'after'],
    'no part of it makes a number look whole',
  );
  assert.equal(bench.cores.now.restarted, 1, 'what is open is marked');
  const { detail } = bench.problems.list()[0] ?? {};
  assert.deepEqual([bench.kinds, detail], [['countsGivenUp'], `Visits: 0; events: ${MOST_JOURNALED + 2}.`]);
});

test('Where more comes than can wait for a core, what is open is marked, looked for again, and the number is told', async () => {
  const bench = new Bench();
  bench.counting.start();
  bench.observe(...Array.from({ length: MOST_WAITING + 5 }, (_, at) => `event ${at}`));
  bench.tellSession();
  await bench.counting.settled();
  assert.equal(bench.cores.now.events.length, MOST_WAITING);
  assert.deepEqual([bench.cores.now.restarted, bench.restored], [1, [false, false]]);
  assert.deepEqual(bench.problems.list()[0]?.detail, 'Visits: 0; events: 5.');
});

test('A commit that is stored after all, when nobody waited any more, is not counted twice by the next core', async () => {
  const bench = new Bench();
  await bench.start();
  bench.observe('a');
  const { write } = bench.store;
  bench.store.write = async function (...args) {
    await write.apply(this, args);
    throw new StoreError('storeUnavailable', 'The disk did not answer within 30 s.');
  };
  assert.equal(await bench.counting.commit({ strict: false }), 'failed');
  let failures = 1;
  bench.cores.traps = (name) => name === 'b' && failures-- > 0;
  bench.observe('b');
  await bench.counting.settled();
  assert.deepEqual(bench.cores.now.events, ['a', 'b']);
});

test('A write that never ends does not keep a core that failed from being replaced', async (t) => {
  const bench = new Bench();
  await bench.start();
  bench.observe('a');
  bench.store.gate = new Promise(() => {});
  void bench.counting.commit({ strict: false });
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let failures = 1;
  bench.cores.traps = (name) => name === 'b' && failures-- > 0;
  bench.observe('b', 'c');
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  t.mock.timers.tick(5_000);
  await bench.counting.settled();
  assert.deepEqual(bench.cores.now.events, ['a', 'b', 'c']);
});

test('For any order of writes that fail, are slow or succeed, and of cores that fail: all that was counted is in the store in the end', async () => {
  let seed = 11;
  const random = (/** @type {number} */ below) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return (seed >> 8) % below;
  };
  for (let run = 0; run < 60; run += 1) {
    const bench = new Bench();
    await bench.start();
    const events = [];
    /** @type {Promise<unknown>} */
    let committing = Promise.resolve();
    for (let step = 0; step < 40; step += 1) {
      const event = `${run}-${step}`;
      let failures = random(10) === 0 ? 1 : 0;
      bench.cores.traps = (name) => name === event && failures-- > 0;
      bench.observe(event);
      events.push(event);
      if (random(3) === 0) {
        await committing;
        const kind = random(2) === 0 ? 'storeFull' : 'storeUnavailable';
        bench.store.failsToPut = random(2) === 0 ? new StoreError(kind, 'no') : null;
        /** @type {() => void} */
        let open = () => {};
        bench.store.gate = new Promise((resolve) => (open = resolve));
        committing = bench.counting.commit({ strict: false });
        if (random(2) === 0) open();
        else setTimeout(open, 1);
      }
      if (random(4) === 0) await bench.counting.settled();
    }
    await committing;
    await bench.counting.settled();
    bench.store.failsToPut = null;
    assert.equal(await bench.counting.commit({ strict: false }), 'stored');
    assert.deepEqual(JSON.parse(new TextDecoder().decode(bench.store.kept.live)), events, `run ${run}`);
    assert.deepEqual(bench.kinds, []);
  }
});
