// Proves what is said to be wrong, and when open pages are told to ask again.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { StoreError } from '../../extension/database.js';
import { Problems } from '../../extension/problems.js';

function bench() {
  const state = { nowMs: 1, changes: 0 };
  const problems = new Problems(
    () => state.nowMs,
    () => void (state.changes += 1),
  );
  return { state, problems };
}

test('A problem keeps its beginning and gets the newest detail; pages are told of it once', () => {
  const { state, problems } = bench();
  problems.note('eventsSetAside', 'one');
  state.nowMs = 2;
  problems.note('eventsSetAside', 'two');
  assert.deepEqual(problems.list(), [{ kind: 'eventsSetAside', sinceMs: 1, detail: 'two' }]);
  assert.equal(state.changes, 1);
});

test('The store has one reason at a time not to work, since the first of them, and none once it works', () => {
  const { state, problems } = bench();
  for (const kind of /** @type {const} */ (['storeUnavailable', 'storeFull', 'storeFull', 'storeUnavailable'])) {
    problems.noteStore(new StoreError(kind, `${kind} at ${state.nowMs}`));
    state.nowMs += 1;
    assert.deepEqual(
      problems.list().map((problem) => [problem.kind, problem.sinceMs]),
      [[kind, 1]],
    );
  }
  problems.note('countsGivenUp', 'some');
  problems.clearStore();
  assert.deepEqual(
    problems.list().map(({ kind }) => kind),
    ['countsGivenUp'],
  );
});

test('A store of a later version is no passing problem', () => {
  const { problems } = bench();
  problems.noteStore(new StoreError('storeFromFuture', 'later'));
  problems.clearStore();
  assert.equal(problems.list().length, 1);
});

test('A store that works all the time tells nobody anything', () => {
  const { state, problems } = bench();
  problems.clearStore();
  assert.equal(state.changes, 0);
});
