// Proves that a page always hears something: a reply, or an error that says what to do.
import { answers, messageListeners, resetBrowser } from './fake-browser.js';

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { ask, NoAnswerError, onChanged } from '../../extension/client.js';

beforeEach(() => {
  resetBrowser();
  mock.timers.reset();
});

test('A reply is handed on', async () => {
  const reply = { response: { kind: 'done' }, problems: [], sinceMs: null };
  answers['runtime.sendMessage'] = () => JSON.stringify(reply);
  assert.deepEqual(await ask({ kind: 'flush' }), reply);
});

test('A background that does not answer is an error after some seconds', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  answers['runtime.sendMessage'] = () => new Promise(() => {});
  const asked = assert.rejects(ask({ kind: 'popup', tabId: 1 }), (error) => {
    assert.ok(error instanceof NoAnswerError);
    assert.match(error.message, /“popup” within 5 s/);
    return true;
  });
  mock.timers.tick(5_000);
  await asked;
});

test('A background that is not there, or says nothing, is an error', async () => {
  answers['runtime.sendMessage'] = () => Promise.reject(new Error('Receiving end does not exist.'));
  await assert.rejects(ask({ kind: 'flush' }), NoAnswerError);
  answers['runtime.sendMessage'] = () => undefined;
  await assert.rejects(ask({ kind: 'flush' }), NoAnswerError);
});

test('A page hears that something changed, and nothing that other pages ask, until it stops', () => {
  let heard = 0;
  const stop = onChanged(() => (heard += 1));
  const say = (/** @type {unknown} */ message, id = 'tiers') =>
    messageListeners.forEach((listener) => listener(message, { id }));
  say({ kind: 'popup', tabId: 1 });
  say({ kind: 'changed' }, 'other');
  assert.equal(heard, 0);
  say({ kind: 'changed' });
  assert.equal(heard, 1);
  stop();
  say({ kind: 'changed' });
  assert.equal(heard, 1);
});
