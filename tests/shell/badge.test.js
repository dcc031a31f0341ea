// Proves what the badge says in the four characters that it has.
import './fake-browser.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { badgeText } from '../../extension/badge.js';

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
