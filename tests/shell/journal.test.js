// Proves which events a new core is told again.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Journal, MOST_JOURNALED } from '../../extension/journal.js';

/** @param {any} told @param {string} wish */
const decide = (told, wish) => void told.push(wish);

const newJournal = () => new Journal((step) => step === decide);

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
  const journal = newJournal();
  for (let event = 0; event < 5; event += 1) assert.equal(journal.append(note, event), event);
  journal.dropBefore(2);
  assert.deepEqual(replayed(journal).told, [2, 3, 4]);
  assert.equal(journal.append(note, 5), 5);
  journal.dropBefore(journal.end);
  assert.deepEqual(replayed(journal).told, []);
  assert.equal(journal.append(note, 6), 6);
});

test('Storing the same events twice drops nothing else', () => {
  const journal = newJournal();
  for (let event = 0; event < 4; event += 1) journal.append(note, event);
  journal.dropBefore(2);
  journal.dropBefore(2);
  journal.dropBefore(0);
  assert.deepEqual(replayed(journal).told, [2, 3]);
});

test('An event that is set aside is left out, and the report names its step alone', () => {
  const journal = newJournal();
  for (let event = 0; event < 3; event += 1) journal.append(note, event);
  assert.equal(journal.setAside(1), 'note');
  assert.deepEqual(replayed(journal).told, [0, 2]);
});

test('A replay stops at the event that fails, and says which', () => {
  const journal = newJournal();
  journal.append(note, 0);
  const cause = new Error('no');
  journal.append(() => {
    throw cause;
  }, 1);
  journal.append(note, 2);
  assert.deepEqual(replayed(journal), { told: [0], failed: { number: 1, cause } });
});

test('A store that fails for long does not fill the memory: events are forgotten, all together, and that is known', () => {
  const journal = newJournal();
  for (let event = 0; event < MOST_JOURNALED; event += 1) journal.append(note, event);
  assert.equal(journal.isWhole, true);
  assert.equal(replayed(journal).told.length, MOST_JOURNALED);
  journal.append(note, MOST_JOURNALED);
  assert.equal(journal.isWhole, false);
  assert.equal(journal.unstored, MOST_JOURNALED + 1);
});

test('Whatever is forgotten, what the user decided is told again, in its place before what came later', () => {
  const journal = newJournal();
  for (let event = 0; event < 3 * MOST_JOURNALED; event += 1) {
    if (event % MOST_JOURNALED === 7) journal.append(decide, `wish ${event}`);
    journal.append(note, event);
  }
  assert.equal(journal.giveUp(), 3 * MOST_JOURNALED + 3);
  assert.deepEqual([journal.unstored, journal.isWhole], [0, true]);
  journal.append(note, -1);
  assert.deepEqual(replayed(journal).told, ['wish 7', 'wish 8199', 'wish 16391', -1]);
  journal.dropBefore(journal.end);
  assert.deepEqual(replayed(journal).told, []);
});

test('For any order of events and stored commits: a journal that says that it is whole has every event since the last of them, and none has more than its bound', () => {
  let seed = 7;
  const random = (/** @type {number} */ below) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % below;
  };
  for (let run = 0; run < 30; run += 1) {
    const journal = newJournal();
    let stored = 0;
    let hasForgotten = false;
    for (let step = 0; step < 12; step += 1) {
      for (let more = random(MOST_JOURNALED); more > 0; more -= 1) journal.append(note, journal.end);
      if (random(3) === 0) {
        stored += random(journal.end - stored + 1);
        journal.dropBefore(stored);
      }
      const { told } = replayed(journal);
      assert.ok(told.length <= MOST_JOURNALED);
      assert.equal(journal.unstored, journal.end - stored);
      if (journal.isWhole) assert.equal(told.length, journal.unstored);
      else hasForgotten = true;
      assert.deepEqual(told.at(0), told.length > 0 ? journal.end - told.length : undefined);
    }
    assert.ok(hasForgotten || journal.end < 12 * MOST_JOURNALED);
  }
});
