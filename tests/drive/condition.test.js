// Owns the proof of the waiting for a condition, and of the watching of one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stays, until } from './condition.js';

test('what_is_waited_for_may_fail_until_it_holds_and_the_last_reason_is_told_where_it_never_does', async () => {
  let asked = 0;
  const third = () => {
    asked += 1;
    if (asked < 3) throw new Error('not yet');
    return asked;
  };
  assert.equal(await until('the third', third), 3);
  const never = () => assert.fail('never');
  await assert.rejects(
    until('nothing', never, 1),
    /Waited 1 ms in vain for nothing \(never; the machine's load is [\d.]+\)/,
  );
});

test('what_must_stay_so_is_asked_until_the_end_and_fails_the_first_time_that_it_is_not_so', async () => {
  const [began, lastMs] = [Date.now(), 60];
  let asked = 0;
  await stays('an answer', () => (asked += 1), lastMs);
  assert.ok(asked > 1 && Date.now() - began >= lastMs, `asked ${asked} times`);

  const tooLongMs = 600_000;
  let left = 3;
  await assert.rejects(
    stays('what is left', () => (left -= 1), tooLongMs),
    /No more of what is left after \d+ of 600000 ms/,
  );
  const broken = () => assert.equal(left, 3);
  await assert.rejects(stays('three', broken, tooLongMs), assert.AssertionError);
});
