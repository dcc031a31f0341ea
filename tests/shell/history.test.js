// Proves the orders of the history, the days before a period, and how durations and differences are written.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { today } from '../../extension/calendar.js';
import { daysBefore } from '../../extension/dashboard/period-days.js';
import { ORDERS, turned, visitOrder } from '../../extension/dashboard/visit-order.js';
import { decimal, differenceOfMeans, duration, signed } from '../../extension/i18n.js';

/** @typedef {import('../../extension/core/types.js').VisitRow} VisitRow */

/** @type {VisitRow[]} */
const ROWS = [
  ['short.test', 3, 9, 1_000, 2_000],
  ['Älter.test', 1, 5, 1_000, 9_000],
  ['open.test', 2, 5, 1_000, null],
  ['zebra.test', 2, 7, 1_000, 1_000],
].map(
  ([text, domains, requests, startedAtMs, endedAtMs]) =>
    /** @type {any} */ ({ text, domains, requests, startedAtMs, endedAtMs }),
);

/**
 * @param {string} name
 * @param {boolean} back
 */
function sorted(name, back) {
  const { compare } = ORDERS.find((order) => order.name === name) ?? {};
  assert.ok(compare);
  return [...ROWS].sort(turned(compare, back)).map(({ text }) => text.split('.')[0]);
}

test('each_order_reads_first_what_stands_first_and_turned_around_what_is_equal_stays', () => {
  assert.deepEqual(sorted('site', false), ['Älter', 'open', 'short', 'zebra']);
  assert.deepEqual(sorted('domains', false), ['short', 'open', 'zebra', 'Älter']);
  assert.deepEqual(sorted('domains', true), ['Älter', 'open', 'zebra', 'short']);
  assert.deepEqual(sorted('requests', false), ['short', 'zebra', 'Älter', 'open']);
  assert.deepEqual(sorted('requests', true), ['Älter', 'open', 'zebra', 'short']);
});

test('a_visit_that_goes_on_has_lasted_less_than_any_other', () => {
  assert.deepEqual(sorted('duration', false), ['Älter', 'short', 'zebra', 'open']);
});

test('an_order_that_the_address_misspells_is_that_of_time', () => {
  const place = /** @type {any} */ ({
    part: (/** @type {string} */ name) => (name === 'sort' ? 'constructor' : 'back'),
  });
  const { order, back } = visitOrder(place);
  assert.deepEqual([order.name, order.compare, back], ['time', undefined, true]);
});

test('the_days_before_a_period_are_as_many_as_it_has_and_end_where_it_begins', () => {
  assert.deepEqual(daysBefore(20_010, 20_016), { from: 20_003, to: 20_009 });
  assert.deepEqual(daysBefore(20_010, 20_010), { from: 20_009, to: 20_009 });
  assert.deepEqual(daysBefore(today() - 1, undefined), { from: today() - 3, to: today() - 2 });
  assert.deepEqual(daysBefore(3, 9), { from: 0, to: 2 });
  for (const from of [undefined, 0]) assert.equal(daysBefore(from, 20_000), null);
});

test('a_duration_is_its_greatest_unit_with_the_one_below_it', () => {
  const written = [0, 499, 59_499, 60_000, 159_000, 3_600_000, 3_661_000, 90_000_000].map((ms) =>
    duration(ms).replaceAll('\u00a0', ' '),
  );
  assert.deepEqual(written, ['0 sec', '0 sec', '59 sec', '1 min', '2 min 39 sec', '1 hr', '1 hr 1 min', '1 day 1 hr']);
});

test('a_difference_has_its_sign_and_none_has_none', () => {
  assert.deepEqual([12.34, -0.51, 0, -0.01].map(signed), ['+12.3', '-0.5', '0', '0']);
});

test('a_difference_of_means_has_as_many_digits_as_the_means', () => {
  assert.deepEqual([0.05, 0.02, 7 / 3].map(decimal), ['0.05', '0.02', '2.3']);
  const differences = [differenceOfMeans(0.05, 0.02), differenceOfMeans(7 / 3, 3), differenceOfMeans(2, 2)];
  assert.deepEqual(differences, ['+0.03', '-0.7', '0']);
});
