// Proves what is asked and said of a choice of how long visits and sums are kept.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { standIn } from './stand-ins.js';

/** @typedef {number | null} Days */

// A choice that a test makes.
standIn({
  './retention-field.js': `
    export class RetentionField {
      days = null;
      constructor(kind, applied) { this.apply = (days) => { this.days = days; applied(); }; }
      draw() {}
      settle() {}
    }`,
});

const { Retentions } = await import('../../extension/dashboard/retentions.js');

/**
 * The choices, of a store in which so many days are decided.
 *
 * @param {Days} visits
 * @param {Days} sums
 */
function retentions(visits, sums) {
  const stored = { keepVisitsDays: visits, keepSumsDays: sums };
  let words = { question: '', said: '' };
  const orders = {
    retention: (/** @type {any} */ days, /** @type {typeof words} */ ofIt, /** @type {() => void} */ settled) => {
      words = ofIt;
      Object.assign(stored, { keepVisitsDays: days.visitsDays, keepSumsDays: days.sumsDays });
      all.draw(/** @type {any} */ (stored));
      settled();
    },
  };
  const all = new Retentions(/** @type {any} */ (orders), () => {});
  all.draw(/** @type {any} */ (stored));
  /** @param {'visits' | 'sums'} kind @param {Days} days */
  const choose = (kind, days) => {
    /** @type {any} */ (all[kind]).apply(days);
    return { stored: [stored.keepVisitsDays, stored.keepSumsDays], ...words };
  };
  return { choose };
}

test('visits_for_which_a_longer_time_is_chosen_than_for_their_sums_are_said_to_be_kept_for_as_long_as_those', () => {
  assert.deepEqual(retentions(30, 90).choose('visits', 365), {
    stored: [90, 90],
    question: '',
    said: 'retentionVisitsAsSums_other 90',
  });
  assert.equal(retentions(0, 1).choose('visits', null).said, 'retentionVisitsAsSums_one 1');
  assert.equal(retentions(0, 0).choose('visits', 7).said, 'retentionVisitsAsSumsToday');
});

test('of_any_other_choice_it_is_said_that_it_is_saved', () => {
  assert.equal(retentions(30, 365).choose('visits', 90).said, 'retentionSet');
  assert.equal(retentions(30, null).choose('visits', null).said, 'retentionSet');
  // The question has named the visits.
  assert.equal(retentions(90, 90).choose('sums', 30).said, 'retentionSet');
});

test('before_all_but_today_is_deleted_the_question_names_no_number_of_days', () => {
  assert.equal(retentions(30, 90).choose('visits', 0).question, 'retentionVisitsQuestionToday');
  assert.equal(
    retentions(30, 90).choose('sums', 0).question,
    'retentionVisitsQuestionToday retentionSumsQuestionToday',
  );
  assert.equal(
    retentions(30, 90).choose('sums', 7).question,
    'retentionVisitsQuestion_other 7 retentionSumsQuestion_other 7',
  );
});
