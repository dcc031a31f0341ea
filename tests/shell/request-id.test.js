// Proves that a request's number is the one that the browser wrote.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberOf } from '../../extension/request-id.js';

test('A decimal number is read as it is written', () => {
  for (const number of [0, 1, 7, 10, 1_000, 98_765, 0xffff_ffff, 2 ** 40 + 3, Number.MAX_SAFE_INTEGER]) {
    assert.equal(numberOf(String(number)), number);
  }
});
