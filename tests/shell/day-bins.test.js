// Proves how days become bars, and which days an axis names: laws over any days of any period.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as d3 from 'd3-scale';
import fc from 'fast-check';
import { apart, namedDays } from '../../extension/dashboard/day-axis.js';
import { axisOf, binsOf, extent, incompleteOf, lengthOf, UNITS } from '../../extension/dashboard/day-bins.js';

const DAY_MS = 86_400_000;
/** @param {string} date */
const dayOf = (date) => Date.parse(date) / DAY_MS;

/** A year at most has a bar a day; ten years have none. */
const LONGEST = 4000;
const count = fc.nat(100_000);
const rowsOf = fc
  .uniqueArray(
    fc.record({
      day: fc.integer({ min: 10_000, max: 10_000 + LONGEST }),
      domains: count,
      requests: count,
      incomplete: fc.nat(3),
    }),
    { selector: ({ day }) => day, minLength: 1, maxLength: 120 },
  )
  .map((rows) => rows.sort((one, other) => one.day - other.day));
/** Days of a period that begins before them, and ends after. */
const periods = fc.record({
  rows: rowsOf,
  before: fc.nat(400),
  after: fc.nat(400),
  most: fc.integer({ min: 1, max: 500 }),
});

/** @param {{ rows: { day: number }[], before: number, after: number, most: number }} period */
function axisOfPeriod({ rows, before, after, most }) {
  return axisOf(rows, (rows[0]?.day ?? 0) - before, (rows.at(-1)?.day ?? 0) + after, most);
}

test('every_day_is_in_exactly_one_bar_whose_days_it_lies_among', () => {
  fc.assert(
    fc.property(periods, (period) => {
      const bins = binsOf(period.rows, axisOfPeriod(period));
      assert.deepEqual(
        bins.flatMap(({ rows }) => rows),
        period.rows,
      );
      for (const { first, last, rows } of bins) assert.ok(rows.every(({ day }) => first <= day && day <= last));
    }),
  );
});

test('bars_stand_in_their_order_apart_from_each_other_and_within_the_axis', () => {
  fc.assert(
    fc.property(periods, (period) => {
      const axis = axisOfPeriod(period);
      const bins = binsOf(period.rows, axis);
      for (const [place, { first, last }] of bins.entries()) {
        assert.ok(axis.from <= first && first <= last && last <= axis.to);
        assert.ok(first > (bins[place - 1]?.last ?? -Infinity));
      }
    }),
  );
});

test('the_unit_is_the_finest_of_which_no_more_bars_than_have_room_can_come', () => {
  fc.assert(
    fc.property(periods, (period) => {
      const { from, to, unit } = axisOfPeriod(period);
      const everyDay = Array.from({ length: to - from + 1 }, (_, at) => ({ day: from + at }));
      const barsOf = (/** @type {typeof unit} */ one) => binsOf(everyDay, { from, to, unit: one }).length;
      if (unit !== 'year') assert.ok(barsOf(unit) <= period.most);
      for (const finer of UNITS.slice(0, UNITS.indexOf(unit))) assert.ok(barsOf(finer) > period.most, finer);
    }),
    { numRuns: 40 },
  );
});

test('what_adds_up_is_the_same_in_bars_of_any_unit_and_a_mean_lies_between_its_days', () => {
  fc.assert(
    fc.property(rowsOf, fc.constantFrom(...UNITS), (rows, unit) => {
      const bins = binsOf(rows, { from: rows[0]?.day ?? 0, to: rows.at(-1)?.day ?? 0, unit });
      const sum = (/** @type {number[]} */ numbers) => numbers.reduce((one, other) => one + other, 0);
      assert.equal(sum(bins.map((bin) => lengthOf(bin, 'requests'))), sum(rows.map(({ requests }) => requests)));
      assert.equal(sum(bins.map(incompleteOf)), sum(rows.map(({ incomplete }) => incomplete)));
      for (const bin of bins) {
        const domains = bin.rows.map((row) => row.domains ?? 0);
        const mean = lengthOf(bin, 'domains');
        assert.ok(Math.min(...domains) <= mean && mean <= Math.max(...domains));
      }
    }),
  );
});

test('a_year_has_a_bar_a_day_and_three_years_a_bar_a_week_on_a_wide_screen', () => {
  const year = [{ day: dayOf('2027-01-01') }, { day: dayOf('2027-12-31') }];
  assert.deepEqual(axisOf(year, undefined, undefined, 380), { from: year[0]?.day, to: year[1]?.day, unit: 'day' });
  const three = [{ day: dayOf('2025-01-01') }, { day: dayOf('2027-12-31') }];
  assert.equal(axisOf(three, undefined, undefined, 380).unit, 'week');
  assert.equal(axisOf(three, undefined, undefined, 100).unit, 'month');
});

test('weeks_begin_on_mondays_and_are_cut_by_the_period', () => {
  // A Wednesday, the Sunday after it, the Monday after that.
  const rows = ['2027-05-05', '2027-05-09', '2027-05-10'].map((date) => ({ day: dayOf(date), visits: 2 }));
  const bins = binsOf(rows, { from: dayOf('2027-05-05'), to: dayOf('2027-05-12'), unit: 'week' });
  assert.deepEqual(
    bins.map(({ first, last, rows: { length } }) => [first, last, length]),
    [
      [dayOf('2027-05-05'), dayOf('2027-05-09'), 2],
      [dayOf('2027-05-10'), dayOf('2027-05-12'), 1],
    ],
  );
});

test('a_period_far_beyond_what_is_stored_shows_the_days_on_which_there_is_something', () => {
  const rows = [{ day: dayOf('2027-05-03') }, { day: dayOf('2027-05-20') }];
  const { from, to, unit } = axisOf(rows, 0, dayOf('9999-12-31'), 300);
  assert.deepEqual([from, to, unit], [rows[0]?.day, rows[1]?.day, 'day']);
});

test('the_greatest_day_is_the_first_of_several_and_the_mean_is_of_days_with_something', () => {
  const rows = [3, 7, 7, 2].map((visits, at) => ({ day: 100 + at * 2, visits }));
  assert.deepEqual(extent(rows, 'visits'), { most: 7, day: 102, mean: 4.75 });
  assert.deepEqual(extent([{ day: 5 }], 'visits'), { most: 0, day: 5, mean: 0 });
});

test('an_axis_names_whole_days_of_its_own_in_their_order_and_about_as_many_as_have_room', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40_000 }),
      fc.nat(20_000),
      fc.integer({ min: 2, max: 20 }),
      (from, length, most) => {
        const to = from + length;
        const { part, days } = namedDays(d3.scaleUtc([from * DAY_MS, (to + 1) * DAY_MS], [0, 900]), { from, to }, most);
        assert.ok(days.length <= most * 2, `${days.length} of ${most}`);
        assert.deepEqual(
          days,
          [...new Set(days)].sort((one, other) => one - other),
        );
        for (const day of days) {
          assert.ok(Number.isInteger(day) && from <= day && day <= to);
          const date = new Date(day * DAY_MS);
          if (part !== 'day') assert.equal(date.getUTCDate(), 1);
          if (part === 'year') assert.equal(date.getUTCMonth(), 0);
        }
      },
    ),
  );
});

test('labels that would touch are thinned evenly, and no more than they must be', () => {
  const rows = fc.array(
    fc.record({ room: fc.integer({ min: 1, max: 50 }), length: fc.integer({ min: 1, max: 120 }) }),
    {
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(rows, fc.nat(10), (all, gap) => {
      let start = 0;
      const labels = all.map(({ room, length }) => ({ start: (start += room), end: start + length }));
      const kept = apart(labels, gap);
      const step = kept.length < 2 ? labels.length : labels.indexOf(kept[1] ?? { start: 0, end: 0 });
      assert.deepEqual(
        kept,
        labels.filter((_, at) => at % Math.max(1, step) === 0),
        'every so manieth',
      );
      const touch = (/** @type {typeof labels} */ some) =>
        some.some((label, at) => at > 0 && label.start - (some[at - 1]?.end ?? 0) < gap);
      assert.equal(touch(kept), false);
      for (let less = 1; less < step; less += 1) assert.ok(touch(labels.filter((_, at) => at % less === 0)));
    }),
  );
});
