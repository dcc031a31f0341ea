// Proves that the single requests of a domain are said to be gone only where the background says so.
import { answers, resetBrowser } from './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { standIn } from './stand-ins.js';

standIn({
  '../extension/preferences.js': `
    export const readPreference = () => undefined;
    export const writePreference = () => {};`,
});
const { RequestList } = await import('../../popup/request-list.js');

beforeEach(() => {
  resetBrowser();
  mock.restoreAll();
  mock.method(console, 'error', () => {});
});

/** @param {Partial<import('../../extension/reply.js').Reply>} reply */
function replied(reply) {
  answers['runtime.sendMessage'] = () => JSON.stringify({ response: null, problems: [], sinceMs: null, ...reply });
}

/** @param {InstanceType<typeof RequestList>} list What is said in its place. */
function note({ element }) {
  const said = [...element.children].find((child) => child.getAttribute('data-testid') === 'request-note');
  return said instanceof HTMLElement && !said.hidden ? said.textContent : '';
}

test('a_core_that_is_being_restarted_is_said_and_not_that_the_requests_are_gone_until_it_answers_again', async () => {
  const list = new RequestList(3, 'ads.test');
  replied({ error: { kind: 'coreUnavailable', message: 'The core is being restarted.' } });
  await list.refresh();
  assert.equal(note(list), 'requestsFailed failureCoreUnavailable');
  replied({ response: { kind: 'requests', requests: [] } });
  await list.refresh();
  assert.equal(note(list), 'requestsNone');
});

test('the_list_that_the_keyboard_reaches_is_there_once_it_has_a_name', async () => {
  const element = new RequestList(3, 'ads.test').element;
  const list = [...element.children].find((child) => child.getAttribute('data-testid') === 'request-list');
  assert.ok(list instanceof HTMLElement);
  assert.deepEqual([list.hidden, list.getAttribute('aria-label')], [true, null]);
});
