// Proves what becomes of what is counted while the store takes nothing: it waits within its bounds, and what is given up is told.
import { calls, resetBrowser } from './fake-browser.js';

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { StoreError } from '../../extension/database.js';
import { MOST_WAITING } from '../../extension/inbox.js';
import { MOST_JOURNALED } from '../../extension/journal.js';
import { Bench } from './counting-bench.js';

beforeEach(() => {
  mock.restoreAll();
  resetBrowser();
  // What fails on purpose is not to be read in the report.
  mock.method(console, 'error', () => {});
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

test('What a background gave up and noted is not counted again by the core that takes the place of one that failed', async () => {
  for (const isStoreThereFirst of [true, false]) {
    const bench = new Bench();
    bench.store.failure = isStoreThereFirst ? null : new StoreError('storeUnavailable', 'no');
    await bench.start();
    bench.store.failure = null;
    bench.observe('a');
    bench.cores.givenUp = 5;
    await bench.counting.commit({ strict: false });
    assert.equal(bench.store.notes['givenUp'].visits, 5);
    let failures = 1;
    bench.cores.traps = (name) => name === 'b' && failures-- > 0;
    bench.observe('b');
    await bench.counting.settled();
    const { detail } = bench.problems.list().find(({ kind }) => kind === 'countsGivenUp') ?? {};
    assert.equal(detail, 'Visits: 5; events: 0.', `the store was there first: ${isStoreThereFirst}`);
  }
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

test('What the user decides while the store takes nothing holds where what was live is given up', async () => {
  /** @type {[string, (bench: Bench) => Promise<void>][]} */
  const ways = [
    [
      'failures without an event',
      async (bench) => {
        bench.cores.trapsOnCommit = true;
        for (let failure = 0; failure < 3; failure += 1) {
          bench.observe(`event ${failure}`);
          await bench.counting.commit({ strict: false });
          await bench.counting.settled();
        }
      },
    ],
    [
      'events set aside in a row',
      async (bench) => {
        bench.cores.traps = (name) => name.startsWith('event');
        bench.observe(...Array.from({ length: 17 }, (_, at) => `event ${at}`));
        await bench.counting.settled();
      },
    ],
  ];
  for (const [what, fail] of ways) {
    const bench = new Bench();
    await bench.start();
    bench.store.failure = new StoreError('storeFull', 'full');
    await bench.counting.answer({ kind: 'setPaused', paused: true });
    await bench.counting.answer({ kind: 'deleteSite', site: 'gone.test' });
    await bench.counting.commit({ strict: true });
    await fail(bench);
    assert.equal(bench.restored.at(-1), true, `${what}: the counting begins anew`);
    assert.deepEqual(bench.cores.now.events, ['asked setPaused', 'asked deleteSite'], what);
  }
});

test('A decision on which a core without a past fails as well is set aside, and the others hold', async () => {
  const bench = new Bench();
  await bench.start();
  bench.store.failure = new StoreError('storeFull', 'full');
  await bench.counting.answer({ kind: 'setPaused', paused: true });
  await bench.counting.answer({ kind: 'deleteAll' });
  bench.cores.trapsOnCommit = true;
  for (let failure = 0; failure < 3; failure += 1) {
    bench.observe(`event ${failure}`);
    // The last of them is the one that gives up what was live.
    bench.cores.traps = (name) => failure === 2 && name === 'asked setPaused';
    await bench.counting.commit({ strict: false });
    await bench.counting.settled();
  }
  assert.deepEqual(bench.cores.now.events, ['asked deleteAll']);
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
