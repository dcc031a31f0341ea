// Proves that the counting hears that sites are kept from it, and that they are no more, and that the pages can say so meanwhile.
import { answers, resetBrowser } from './fake-browser.js';

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { accessTold, AccessWatch } from '../../extension/access-watch.js';
import { Problems } from '../../extension/problems.js';

function bench() {
  /** @type {unknown[]} */
  const told = [];
  const observe = (/** @type {unknown} */ step, /** @type {unknown} */ details) => {
    assert.equal(step, accessTold);
    told.push(details);
  };
  const problems = new Problems(() => 7);
  return { told, problems, watch: new AccessWatch({ observe }, problems, () => 7) };
}

beforeEach(() => {
  mock.restoreAll();
  resetBrowser();
});

test('where_all_sites_are_seen_nothing_is_told', async () => {
  const { told, problems, watch } = bench();
  answers['permissions.contains'] = () => true;
  await watch.tell();
  assert.deepEqual([told, problems.list()], [[], []]);
});

test('sites_that_are_kept_from_it_are_told_and_said_until_they_are_seen_again', async () => {
  const { told, problems, watch } = bench();
  answers['permissions.contains'] = () => false;
  await watch.tell();
  assert.deepEqual(
    problems.list().map(({ kind }) => kind),
    ['accessMissing'],
  );
  answers['permissions.contains'] = () => true;
  await watch.tell();
  assert.deepEqual(told, [
    { isToAllSites: false, atMs: 7 },
    { isToAllSites: true, atMs: 7 },
  ]);
  assert.deepEqual(problems.list(), []);
});

test('another_core_is_told_once_more', async () => {
  const { told, watch } = bench();
  answers['permissions.contains'] = () => false;
  await watch.tell();
  await watch.tell();
  assert.equal(told.length, 2);
});

test('a_browser_that_does_not_say_it_leaves_the_counting_as_it_is', async () => {
  const { told, problems, watch } = bench();
  const complained = mock.method(console, 'error', () => {});
  answers['permissions.contains'] = () => Promise.reject(new Error('No.'));
  await watch.tell();
  assert.deepEqual([told, problems.list(), complained.mock.callCount()], [[], [], 1]);
});
