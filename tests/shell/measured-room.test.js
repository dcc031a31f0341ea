// Proves that the room that is taken is measured no more often than what is stored asks for, and that the newest word is the last.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { MeasuredRoom } from '../../extension/dashboard/measured-room.js';

/** @typedef {import('../../extension/kept.js').SizedTable} SizedTable */

/** What was said. @type {string[]} */
let said;
/** Which tables were read. @type {SizedTable[]} */
let read;

beforeEach(() => {
  said = [];
  read = [];
  mock.restoreAll();
  mock.method(console, 'error', () => {});
});

/** @param {(table: SizedTable) => Promise<number>} size */
function room(size) {
  const readSize = (/** @type {SizedTable} */ table) => {
    read.push(table);
    return size(table);
  };
  return new MeasuredRoom((words) => said.push(words), readSize);
}

/** @param {number} visits @param {number} days @returns {[SizedTable, number][]} */
function stored(visits, days) {
  return [
    ['visits', visits],
    ['days', days],
  ];
}

test('a_visit_more_has_the_open_visits_read_again_and_no_closed_day', async () => {
  const visits = room(async (table) => (table === 'days' ? 1_000 : 10));
  await visits.measure(stored(1, 300), 'a');
  await visits.measure(stored(1, 300), 'a');
  assert.deepEqual(
    [read, said],
    [
      ['visits', 'days'],
      ['keptMeasuring', 'keptSize 1.01 kB', 'keptSize 1.01 kB'],
    ],
  );
  await visits.measure(stored(2, 300), 'a');
  assert.deepEqual(read.slice(2), ['visits']);
  await visits.measure(stored(2, 301), 'a');
  assert.deepEqual(read.slice(3), ['days']);
});

test('days_that_are_written_anew_without_being_more_or_fewer_are_read_again', async () => {
  let size = 1_000;
  const visits = room(async () => size);
  await visits.measure(stored(0, 3), 'a');
  size = 400;
  await visits.measure(stored(0, 3), 'b');
  assert.equal(said.at(-1), 'keptSize 800 byte');
});

test('a_measuring_that_ends_after_a_later_one_says_nothing_any_more', async () => {
  /** @type {((size: number) => void)[]} */
  const ends = [];
  const visits = room((table) => (table === 'days' ? Promise.resolve(0) : new Promise((end) => ends.push(end))));
  const first = visits.measure(stored(1, 0), 'a');
  const second = visits.measure(stored(2, 0), 'a');
  ends[1]?.(20);
  await second;
  ends[0]?.(10);
  await first;
  assert.equal(said.at(-1), 'keptSize 20 byte');
});

test('a_measuring_that_failed_says_nothing_and_all_is_read_again', async () => {
  let isBroken = true;
  const visits = room((table) =>
    isBroken && table === 'days' ? Promise.reject(new Error('no store')) : Promise.resolve(5),
  );
  await visits.measure(stored(1, 1), 'a');
  assert.equal(said.at(-1), '');
  isBroken = false;
  await visits.measure(stored(1, 1), 'a');
  assert.deepEqual([read.slice(2), said.at(-1)], [['visits', 'days'], 'keptSize 10 byte']);
});
