// Proves when commits are made.
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import {
  CommitClock,
  HARD_FLUSH_AFTER_MS,
  LONGEST_LOOK_MS,
  REST_AFTER_MS,
  RETRY_AFTER_MS,
  SOFT_FLUSH_AFTER_MS,
} from '../../extension/commit-clock.js';

/** Commits that end when the test says so. */
class Commits {
  /** @type {{ strict: boolean, end: (outcome: import('../../extension/commit-clock.js').Outcome) => void }[]} */
  made = [];
  nowMs = 0;
  clock = new CommitClock(
    ({ strict }) => new Promise((end) => void this.made.push({ strict, end })),
    () => this.nowMs,
  );

  /** Ends the last commit. */
  async end(isStored = true) {
    this.made.at(-1)?.end(isStored ? 'stored' : 'failed');
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
});

test('A single change is stored after the soft delay', () => {
  const { clock, made } = new Commits();
  clock.changed();
  mock.timers.tick(SOFT_FLUSH_AFTER_MS - 1);
  assert.equal(made.length, 0);
  mock.timers.tick(1);
  assert.equal(made.length, 1);
});

test('Changes that keep coming are stored after the hard delay, in one commit', () => {
  const { clock, made } = new Commits();
  for (let at = 0; at < HARD_FLUSH_AFTER_MS; at += 50) {
    clock.changed();
    assert.equal(made.length, 0);
    mock.timers.tick(50);
  }
  assert.equal(made.length, 1);
});

test('No commit begins while another is under way; what was asked meanwhile is one commit after it', async () => {
  const commits = new Commits();
  const { clock, made } = commits;
  const first = clock.flush();
  const second = clock.flush({ strict: true });
  const third = clock.flush();
  assert.equal(made.length, 1);
  await commits.end();
  assert.equal(await first, 'stored');
  assert.deepEqual(
    made.map(({ strict }) => strict),
    [false, true],
  );
  await commits.end();
  assert.deepEqual([await second, await third], ['stored', 'stored']);
  assert.equal(made.length, 2);
});

test('A flush makes the scheduled commit superfluous', async () => {
  const commits = new Commits();
  commits.clock.changed();
  void commits.clock.flush();
  await commits.end();
  mock.timers.tick(HARD_FLUSH_AFTER_MS);
  assert.equal(commits.made.length, 1);
});

test('A change during a commit is stored by the next one', async () => {
  const commits = new Commits();
  void commits.clock.flush();
  commits.clock.changed();
  await commits.end();
  mock.timers.tick(SOFT_FLUSH_AFTER_MS);
  assert.equal(commits.made.length, 2);
});

test('A store that failed is left alone for a while, unless a page asks; a decision stays a decision', async () => {
  const commits = new Commits();
  const failed = commits.clock.flush({ strict: true });
  await commits.end(false);
  assert.equal(await failed, 'failed');
  commits.clock.changed();
  mock.timers.tick(RETRY_AFTER_MS - 1);
  assert.equal(commits.made.length, 1);
  mock.timers.tick(1);
  assert.deepEqual(
    commits.made.map(({ strict }) => strict),
    [true, true],
  );
  await commits.end(false);
  void commits.clock.flush();
  assert.equal(commits.made.length, 3);
});

test('Once the changes are stored one more commit says that all is at rest, and then none', async () => {
  const commits = new Commits();
  const { clock, made } = commits;
  clock.changed();
  mock.timers.tick(SOFT_FLUSH_AFTER_MS);
  await commits.end();
  // A page that asks meanwhile does not take its place.
  void clock.flush();
  await commits.end();
  assert.equal(made.length, 2);
  mock.timers.tick(REST_AFTER_MS);
  assert.equal(made.length, 3);
  await commits.end();
  mock.timers.tick(60_000);
  assert.equal(made.length, 3);
});

/** A clock whose last commit took so long. @param {number} ms */
async function after(ms) {
  const commits = new Commits();
  void commits.clock.flush();
  commits.nowMs += ms;
  await commits.end();
  return commits;
}

test('A disk that took long for a commit is left alone as long before the next, and changes that keep coming wait for four such looks', async () => {
  const { clock, made } = await after(1_500);
  clock.changed();
  mock.timers.tick(1_499);
  assert.equal(made.length, 1);
  mock.timers.tick(1);
  assert.equal(made.length, 2);

  const busy = await after(1_500);
  for (let at = 0; at < 4 * 1_500; at += 100) {
    busy.clock.changed();
    assert.equal(busy.made.length, 1);
    mock.timers.tick(100);
  }
  assert.equal(busy.made.length, 2);
});

test('However long a commit took, what comes after it is stored within a bound', async () => {
  for (const ms of [1_000, 10_000, 3_600_000]) {
    const { clock, made } = await after(ms);
    for (let at = 0; at < 4 * LONGEST_LOOK_MS && made.length === 1; at += 50) {
      clock.changed();
      mock.timers.tick(50);
    }
    assert.equal(made.length, 2, `after ${ms} ms`);
  }
});

test('What the user decides is stored at once, or right after the commit that is under way, however slow the disk is', async () => {
  const commits = await after(20_000);
  const { clock, made } = commits;
  clock.changed();
  void clock.flush({ strict: true });
  assert.equal(made.length, 2);
  void clock.flush({ strict: true });
  commits.nowMs += 20_000;
  await commits.end();
  assert.deepEqual(
    made.map(({ strict }) => strict),
    [false, true, true],
  );
});

test('A store that was slow to fail is left alone as long', async () => {
  const commits = new Commits();
  void commits.clock.flush();
  commits.nowMs += 30_000;
  await commits.end(false);
  mock.timers.tick(29_999);
  assert.equal(commits.made.length, 1);
  mock.timers.tick(1);
  assert.equal(commits.made.length, 2);
});

test('A fast disk is waited for no longer than before', async () => {
  const { clock, made } = await after(SOFT_FLUSH_AFTER_MS / 10);
  clock.changed();
  mock.timers.tick(SOFT_FLUSH_AFTER_MS);
  assert.equal(made.length, 2);
});
