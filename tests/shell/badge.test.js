// Proves what the badge says in the four characters that it has.
import { answers, calls, resetBrowser } from './fake-browser.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { badgeText, drawBadges, drawUnavailable } from '../../extension/badge.js';

test('The badge counts from 0, and is empty where there is nothing to count', () => {
  assert.equal(badgeText({ domains: 0, incomplete: false }), '0');
  assert.equal(badgeText({ domains: 42, incomplete: false }), '42');
  assert.equal(badgeText({ domains: null, incomplete: false }), '');
  assert.equal(badgeText({ domains: null, incomplete: true }), '');
});

test('An incomplete count says that it is at least so many', () => {
  assert.equal(badgeText({ domains: 0, incomplete: true }), '0+');
  assert.equal(badgeText({ domains: 12, incomplete: true }), '12+');
});

test('No number needs more than four characters', () => {
  for (const domains of [0, 9, 99, 999, 1_000, 1_999, 12_345, 99_999, 4_294_967_295]) {
    for (const incomplete of [false, true]) assert.ok(badgeText({ domains, incomplete }).length <= 4, String(domains));
  }
  assert.equal(badgeText({ domains: 1_999, incomplete: false }), '1k');
});

/** What the toolbar button says of each tab. */
function titles() {
  return calls.filter(({ name }) => name === 'action.setTitle').map(({ args: [{ tabId, title }] }) => [tabId, title]);
}

test('The button says its number in words, and nothing of a number where there is none', () => {
  resetBrowser();
  const of = (/** @type {number} */ tabId, /** @type {number | null} */ domains, incomplete = false) => ({
    ...{ tabId, domains, incomplete },
  });
  drawBadges([of(1, 12), of(2, 3, true), of(3, null)]);
  assert.deepEqual(titles(), [
    [1, 'badgeTitle 12'],
    [2, 'badgeTitleIncomplete 3'],
    [3, 'extensionName'],
  ]);
});

test('Where nothing is counted, the button says so on each tab, also where it said a number before', async () => {
  resetBrowser();
  answers['tabs.query'] = () => [{ id: 1 }, { id: 2 }];
  await drawUnavailable();
  assert.deepEqual(titles(), [
    [undefined, 'coreUnavailableTitle'],
    [1, 'coreUnavailableTitle'],
    [2, 'coreUnavailableTitle'],
  ]);
});
