// Proves what is shown of a long reading: nothing at first, then how far it is, that the reader can end it or leaves it, and when it may be done again.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';

import { SlowReading } from '../../extension/dashboard/slow-reading.js';

/** @typedef {import('../../extension/day-reading.js').Reading} Reading */

afterEach(() => {
  mock.timers.reset();
  document.body.replaceChildren();
  mock.restoreAll();
});

/** One in the page. */
function shownReading() {
  const slow = new SlowReading();
  document.body.append(slow.element);
  return slow;
}

/** A clock that the test sets. */
function clock() {
  const time = { nowMs: 0 };
  mock.method(performance, 'now', () => time.nowMs);
  return time;
}

/**
 * A reading that goes on until the test, or a signal, ends it.
 * @param {SlowReading} slow
 */
function begin(slow) {
  /** @type {() => void} */
  let end = () => {};
  /** @type {Required<Reading> | undefined} */
  let told;
  const ended = slow.run((reading) => {
    told = /** @type {Required<Reading>} */ (reading);
    const { signal } = told;
    return new Promise((resolve, reject) => {
      end = resolve;
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  });
  assert.ok(told);
  return { ...told, ended, end: () => end() };
}

/** @param {SlowReading} slow */
function stop({ element }) {
  const button = [...element.children].find((child) => child.getAttribute('data-testid') === 'stop-reading');
  assert.ok(button);
  button.dispatchEvent(new Event('click'));
}

test('a_reading_is_shown_once_it_takes_long_and_no_more_when_it_is_over', async () => {
  const time = clock();
  const slow = shownReading();
  const { onProgress, end, ended } = begin(slow);
  onProgress(1, 10);
  assert.equal(slow.element.hidden, true);
  time.nowMs = 600;
  onProgress(4, 10);
  assert.equal(slow.element.hidden, false);
  assert.match(slow.element.textContent ?? '', /readingDays 4 10/);
  end();
  assert.equal(await ended, 'over');
  assert.equal(slow.element.hidden, true);
});

test('a_reading_that_does_not_tell_how_far_it_is_is_shown_once_it_takes_long_too', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const slow = shownReading();
  const { end, ended } = begin(slow);
  mock.timers.tick(499);
  assert.equal(slow.element.hidden, true);
  mock.timers.tick(1);
  assert.equal(slow.element.hidden, false);
  end();
  await ended;
  assert.equal(slow.element.hidden, true);
  mock.timers.tick(1_000);
  assert.equal(slow.element.hidden, true);
});

test('whether_the_reader_ended_a_reading_or_another_one_began_is_told_apart', async () => {
  const slow = shownReading();
  const first = begin(slow);
  const second = begin(slow);
  assert.equal(await first.ended, 'givenUp');
  assert.equal(second.signal.aborted, false);
  stop(slow);
  assert.equal(await second.ended, 'stopped');
});

test('what_goes_wrong_in_a_reading_is_told_and_it_is_shown_no_more', async () => {
  const time = clock();
  const slow = shownReading();
  const failing = slow.run(async ({ onProgress }) => {
    time.nowMs = 600;
    onProgress?.(1, 10);
    throw new Error('no store');
  });
  await assert.rejects(failing, { message: 'no store' });
  assert.equal(slow.element.hidden, true);
});

test('a_reading_that_was_given_up_tells_nothing_of_itself_any_more_and_hides_nothing_of_the_other', async () => {
  const time = clock();
  const slow = shownReading();
  const first = begin(slow);
  const second = begin(slow);
  time.nowMs = 600;
  second.onProgress(2, 10);
  first.onProgress(9, 10);
  await first.ended;
  assert.equal(slow.element.hidden, false);
  assert.match(slow.element.textContent ?? '', /readingDays 2 10/);
});

test('a_reading_may_be_done_again_once_the_time_that_it_took_is_a_twentieth_of_all', async () => {
  const time = clock();
  const slow = shownReading();
  const { end, ended } = begin(slow);
  time.nowMs = 1_000;
  end();
  await ended;
  assert.equal(slow.restMs, 20_000);
  time.nowMs = 20_999;
  assert.equal(slow.restMs, 1);
  time.nowMs = 21_001;
  assert.equal(slow.restMs, 0);
});

test('a_reading_ends_where_its_reader_is_elsewhere_and_the_next_one_goes_on', async () => {
  const slow = shownReading();
  const left = begin(slow);
  left.onProgress(1, 10);
  assert.equal(left.signal.aborted, false);
  slow.element.remove();
  left.onProgress(2, 10);
  assert.equal(await left.ended, 'left');
  assert.equal(slow.isGoingOn, false);
  document.body.append(slow.element);
  const next = begin(slow);
  next.onProgress(1, 10);
  next.end();
  assert.equal(await next.ended, 'over');
});
