// Proves that the two date fields of a period show the period that is drawn, and leave alone what is being typed in them.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { dayOf } from '../../extension/calendar.js';
import { DateRange } from '../../extension/dashboard/date-range.js';

const page = /** @type {any} */ (document);

afterEach(() => (page.activeElement = null));

/** Both fields, in which a first period is drawn. */
function dateRange() {
  /** @type {string[][]} */
  const chosen = [];
  const range = new DateRange('', (...dates) => {
    chosen.push(dates);
    range.draw(dayOf(dates[0]), dayOf(dates[1]));
  });
  /** @param {string} from @param {string} to */
  const draw = (from, to) => range.draw(dayOf(from), dayOf(to));
  draw('2026-03-01', '2026-03-31');
  const from = /** @type {HTMLInputElement} */ (range.element.children[0]);
  return {
    range,
    chosen,
    draw,
    /** What a reader types, with the field in focus. @param {string} date */
    type: (date) => {
      page.activeElement = from;
      from.value = date;
      from.dispatchEvent(new Event('change'));
    },
    /** @param {string} date */
    begin: (date) => {
      page.activeElement = from;
      from.value = date;
    },
  };
}

test('a_date_field_in_focus_shows_the_period_that_the_way_back_leads_to', () => {
  const { range, chosen, draw, type } = dateRange();
  type('2026-03-10');
  draw('2026-03-01', '2026-03-31');
  assert.deepEqual(range.value, { from: '2026-03-01', to: '2026-03-31' });
  type('2026-03-05');
  assert.deepEqual(chosen, [
    ['2026-03-10', '2026-03-31'],
    ['2026-03-05', '2026-03-31'],
  ]);
});

test('a_date_that_is_being_typed_stays_while_the_same_period_is_drawn_again', () => {
  for (const date of ['2026-03-20', '2027-01-01', '']) {
    const { range, draw, begin } = dateRange();
    begin(date);
    draw('2026-03-01', '2026-03-31');
    assert.equal(range.value.from, date);
  }
});

test('dates_that_are_no_period_yet_stay_until_another_one_is_shown', () => {
  const { range, chosen, draw, type } = dateRange();
  type('2026-04-10');
  draw('2026-03-01', '2026-03-31');
  assert.deepEqual([range.value.from, chosen], ['2026-04-10', []]);
  draw('2026-02-01', '2026-02-28');
  assert.deepEqual(range.value, { from: '2026-02-01', to: '2026-02-28' });
});

test('a_choice_begins_with_the_period_that_is_shown_and_not_with_turned_dates_that_stand_in_the_fields', () => {
  const { range, draw, type } = dateRange();
  type('2026-04-10');
  draw('2026-03-01', '2026-03-31');
  const shown = { from: '2026-03-01', to: '2026-03-31' };
  assert.deepEqual(range.restore(), shown);
  assert.deepEqual(range.value, shown);
});
