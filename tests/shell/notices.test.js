// Proves that a notice which says the same as before stays where it is, and is told anew where it does not.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pausedNotice, problemNotice } from '../../popup/notice.js';
import { drawNotices } from '../../popup/notices.js';

/** @param {string} detail @param {number} [sinceMs] */
const givenUp = (detail, sinceMs = 7) => problemNotice({ kind: 'countsGivenUp', sinceMs, detail });

test('a_problem_whose_detail_grows_with_each_event_stays_and_shows_the_newest_detail', () => {
  const place = document.createElement('div');
  const first = givenUp('Visits: 1; events: 0.');
  assert.equal(drawNotices(place, [first]), true);
  assert.equal(drawNotices(place, [givenUp('Visits: 2; events: 0.')]), false);
  assert.equal(place.children[0], first);
  assert.match(place.textContent ?? '', /Visits: 2;/);
  assert.doesNotMatch(place.textContent ?? '', /Visits: 1;/);
});

test('another_problem_another_beginning_and_a_pause_are_told_anew', () => {
  const place = document.createElement('div');
  drawNotices(place, [givenUp('a')]);
  assert.equal(drawNotices(place, [givenUp('a', 8)]), true);
  assert.equal(drawNotices(place, [givenUp('a', 8), pausedNotice()]), true);
  assert.equal(drawNotices(place, [givenUp('b', 8), pausedNotice()]), false);
  assert.equal(drawNotices(place, []), true);
});
