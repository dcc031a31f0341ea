// Proves which events a new core is told again.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Journal, MOST_JOURNALED } from '../../extension/journal.js';

/** @param {Journal} journal */
function replayed(journal) {
  /** @type {number[]} */
  const told = [];
  // Steps of this test take a list for a target.
  const failed = journal.replay(/** @type {any} */ (told));
  return { told, failed };
}

/** @param {any} told @param {number} details */
const note = (told, details) => void told.push(details);

test('Events are told again in order, from the first that is not stored', () => {
  const journal = new Journal();
  for (let event = 0; event < 5; event += 1) assert.equal(journal.append(note, event), event);
  journal.dropBefore(2);
  assert.deepEqual(replayed(journal).told, [2, 3, 4]);
  assert.equal(journal.append(note, 5), 5);
  journal.dropBefore(journal.end);
  assert.deepEqual(replayed(journal).told, []);
  assert.equal(journal.append(note, 6), 6);
});

test('Storing the same events twice drops nothing else', () => {
  const journal = new Journal();
  for (let event = 0; event < 4; event += 1) journal.append(note, event);
  journal.dropBefore(2);
  journal.dropBefore(2);
  journal.dropBefore(0);
  assert.deepEqual(replayed(journal).told, [2, 3]);
});

test('An event that is set aside is left out, and the report names its step alone', () => {
  const journal = new Journal();
  for (let event = 0; event < 3; event += 1) journal.append(note, event);
  assert.equal(journal.setAside(1), 'note');
  assert.deepEqual(replayed(journal).told, [0, 2]);
});

test('A replay stops at the event that fails, and says which', () => {
  const journal = new Journal();
  journal.append(note, 0);
  const cause = new Error('no');
  journal.append(() => {
    throw cause;
  }, 1);
  journal.append(note, 2);
  assert.deepEqual(replayed(journal), { told: [0], failed: { number: 1, cause } });
});

test('A store that fails for long does not fill the memory: the oldest half is forgotten', () => {
  const journal = new Journal();
  for (let event = 0; event <= MOST_JOURNALED; event += 1) journal.append(note, event);
  const { told } = replayed(journal);
  assert.equal(told.length, MOST_JOURNALED / 2 + 1);
  assert.equal(told[0], MOST_JOURNALED / 2);
  assert.equal(told.at(-1), MOST_JOURNALED);
});
