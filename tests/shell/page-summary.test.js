// Proves that the top of a page's count is pleased only where surely nothing left for a third party.
import './fake-browser.js';
import { partOf } from './fake-document.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PageSummary } from '../../popup/page-summary.js';

const OUTCOMES = { sent: 0, cached: 0, blocked: 0, failed: 0, unknown: 0, pending: 0 };

/**
 * What is said of a count of 0.
 * @param {Partial<typeof OUTCOMES>} outcomes
 * @param {number} domains That were asked for.
 */
function zeroOf(outcomes, domains) {
  const page = {
    site: 'news.test',
    siteText: 'news.test',
    startedAtMs: 0,
    gaps: [],
    totals: { domains: 0, hosts: 0, requests: 0 },
    outcomes: { ...OUTCOMES, ...outcomes },
    domains: Array.from({ length: domains }, () => ({})),
  };
  new PageSummary(() => {}).draw(/** @type {any} */ (page), null);
  const words = ['zero-title', 'zero-text'].map((id) => partOf(id).textContent);
  return { words, symbol: partOf('zero-symbol').getAttribute('href'), hidden: partOf('zero').hidden };
}

test('a_page_that_asked_nobody_or_whose_requests_surely_did_not_leave_is_told_so_with_a_tick', () => {
  assert.deepEqual(zeroOf({}, 0), {
    words: ['zeroTitle', 'zeroText news.test'],
    symbol: '#symbol-good',
    hidden: false,
  });
  assert.deepEqual(zeroOf({ blocked: 2, failed: 1, cached: 1 }, 3), {
    words: ['zeroBlockedTitle', 'zeroBlockedText'],
    symbol: '#symbol-good',
    hidden: false,
  });
});

test('a_page_with_requests_that_may_have_left_is_told_of_how_many_and_neither_that_nothing_left_nor_with_a_tick', () => {
  assert.deepEqual(zeroOf({ unknown: 2 }, 1), {
    words: ['zeroUncertainTitle', 'zeroUncertainText_other 2'],
    symbol: '#symbol-unknown',
    hidden: false,
  });
  assert.deepEqual(zeroOf({ unknown: 1, blocked: 5 }, 2), {
    words: ['zeroUncertainTitle', 'zeroUncertainText_one 1'],
    symbol: '#symbol-unknown',
    hidden: false,
  });
});
