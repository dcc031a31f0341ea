// Proves which tabs a background that is killed leaves for the next one: those of which something was not stored.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { calls, resetBrowser } from './fake-browser.js';
import { UnstoredTabs } from '../../extension/unstored-tabs.js';

beforeEach(resetBrowser);

/** What is kept, and how often it was written. */
function kept() {
  const written = calls.filter(({ name }) => name === 'storage.session.set').map(({ args }) => args[0].unstoredTabs);
  return { last: written.at(-1), times: written.length };
}

test('Every tab of which something is not stored is kept, each written once', () => {
  const tabs = new UnstoredTabs();
  for (const tabId of [3, 3, -1, 3]) tabs.note(tabId);
  tabs.note(undefined);
  assert.deepEqual(kept(), { last: [3, -1], times: 2 });
});

test('A commit that is stored leaves what came after it was made', () => {
  const tabs = new UnstoredTabs();
  tabs.note(3);
  tabs.note(4);
  tabs.commitMade();
  tabs.note(4);
  tabs.commitStored();
  assert.deepEqual(kept().last, [4]);
  tabs.commitMade();
  tabs.commitStored();
  assert.deepEqual(kept().last, []);
});

test('A commit that is not stored leaves all', () => {
  const tabs = new UnstoredTabs();
  tabs.note(3);
  tabs.commitMade();
  tabs.note(4);
  tabs.commitMade();
  assert.deepEqual(kept().last, [3, 4]);
});

test('What an earlier background left stays until a commit is stored', () => {
  const tabs = new UnstoredTabs();
  tabs.restore([7]);
  tabs.note(3);
  assert.deepEqual(kept().last, [7, 3]);
  tabs.commitMade();
  tabs.commitStored();
  assert.deepEqual(kept().last, []);
});

test('What happens before it is known what an earlier background left drops nothing of that', () => {
  const tabs = new UnstoredTabs();
  tabs.note(3);
  tabs.restore([7]);
  assert.deepEqual(kept().last, [7, 3]);
});

test('Where nothing happened, nothing is written', () => {
  const tabs = new UnstoredTabs();
  tabs.commitMade();
  tabs.commitStored();
  assert.equal(kept().times, 0);
});
