// Proves that the popup's question is answered whoever comes first, and goes on being asked, whatever becomes of an answer.
import { answers, calls, messageListeners, resetBrowser } from './fake-browser.js';

import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, mock, test } from 'node:test';

/** @typedef {typeof import('../../popup/question.js').question} Question */

const REPLY = { response: { kind: 'done' }, problems: [], sinceMs: null };

// The tab that the page's own address names.
/** @type {any} */ (globalThis).location = { search: '?tab=7' };

let popups = 0;

/** @returns {Promise<Question>} That of a popup that is opened now. */
async function openPopup() {
  const file = `../../popup/question.js?popup=${++popups}`;
  return (await import(file)).question;
}

const asked = () => calls.filter(({ name }) => name === 'runtime.sendMessage').length;
const sayChanged = () => messageListeners.forEach((listener) => listener({ kind: 'changed' }, { id: 'tiers' }));

/** @param {Question} question @returns {{ replies: unknown[], failures: unknown[] }} What it hands over from now on. */
function heardFrom(question) {
  /** @type {{ replies: unknown[], failures: unknown[] }} */
  const heard = { replies: [], failures: [] };
  question.listen({
    answered: (reply) => void heard.replies.push(reply),
    failed: (error) => void heard.failures.push(error),
  });
  return heard;
}

/** The answer comes, and the pause after it passes. */
async function pass() {
  await setImmediate();
  mock.timers.tick(200);
  await setImmediate();
}

beforeEach(() => {
  resetBrowser();
  messageListeners.clear();
  mock.restoreAll();
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  answers['runtime.sendMessage'] = () => JSON.stringify(REPLY);
});

test('An answer that comes before anyone listens is handed over', async () => {
  const question = await openPopup();
  await setImmediate();
  assert.deepEqual(calls, [{ name: 'runtime.sendMessage', args: [{ kind: 'popup', tabId: 7 }] }]);
  const heard = heardFrom(question);
  await pass();
  assert.deepEqual(heard, { replies: [REPLY], failures: [] });
  assert.equal(asked(), 1);
});

test('A failure that comes before anyone listens is handed over', async () => {
  answers['runtime.sendMessage'] = () => Promise.reject(new Error('Receiving end does not exist.'));
  const question = await openPopup();
  await setImmediate();
  const heard = heardFrom(question);
  await pass();
  assert.deepEqual([heard.replies.length, heard.failures.length], [0, 1]);
});

test('“Changed” while it is asked, however often, gives exactly one more question', async () => {
  const heard = heardFrom(await openPopup());
  sayChanged();
  await setImmediate();
  sayChanged();
  sayChanged();
  assert.equal(asked(), 1);
  for (let at = 0; at < 5; at += 1) await pass();
  assert.equal(asked(), 2);
  assert.deepEqual(heard, { replies: [REPLY, REPLY], failures: [] });
});

test('An answer that cannot be drawn is told as a failure, and does not end the asking', async () => {
  /** @type {unknown[]} */
  const failures = [];
  const question = await openPopup();
  question.listen({
    answered: () => {
      throw new Error('cannot be drawn');
    },
    failed: (error) => failures.push(error),
  });
  await pass();
  sayChanged();
  await pass();
  assert.equal(asked(), 2);
  assert.equal(failures.length, 2);
});

test('A failure that cannot be shown either does not end the asking', async () => {
  const logged = mock.method(console, 'error', () => {});
  const fail = () => {
    throw new Error('no page');
  };
  const question = await openPopup();
  question.listen({ answered: fail, failed: fail });
  await pass();
  question.refresh();
  await pass();
  assert.equal(asked(), 2);
  assert.equal(logged.mock.callCount(), 2);
});
