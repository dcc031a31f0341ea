// Proves that a failure keeps its kind from where it happened to the page, which says it in words of its own language.
import { answers, resetBrowser } from './fake-browser.js';
import { partOf } from './fake-document.js';

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, mock, test } from 'node:test';

import { ask, responseOf } from '../../extension/client.js';
import { CoreUnavailableError } from '../../extension/core-error.js';
import { StoreError } from '../../extension/database.js';
import { FailedElsewhereError, failureOf } from '../../extension/failure.js';
import { detailOf, FAILURES_WITH_WORDS, keyOf } from '../../extension/i18n.js';
import { order } from '../../popup/order.js';
import { SiteActions } from '../../popup/site-actions.js';

beforeEach(() => {
  resetBrowser();
  mock.restoreAll();
});

/** What crosses a border is text, or a copy. @param {unknown} error */
function crossed(error) {
  return new FailedElsewhereError(JSON.parse(JSON.stringify(failureOf(error))));
}

test('every_kind_of_failure_that_is_said_in_words_has_them_in_both_languages', async () => {
  for (const language of ['en', 'fr']) {
    const file = path.join(import.meta.dirname, '..', '..', '_locales', language, 'messages.json');
    const messages = JSON.parse(await readFile(file, 'utf8'));
    const missing = [...FAILURES_WITH_WORDS].filter((kind) => !messages[keyOf('failure', kind)]);
    assert.deepEqual(missing, [], language);
  }
});

test('a_failure_is_said_by_its_kind_however_many_borders_it_crossed_and_the_browsers_own_in_its_own_words', () => {
  const restarted = new CoreUnavailableError('The core failed.');
  assert.equal(detailOf(restarted), 'failureCoreUnavailable');
  assert.equal(detailOf(crossed(crossed(restarted))), 'failureCoreUnavailable');
  assert.equal(crossed(restarted).message, 'The core failed.');
  assert.equal(detailOf(new StoreError('storeFull', 'QuotaExceededError: no')), 'failureStoreFull');
  assert.equal(detailOf(new StoreError('storeUnavailable', 'UnknownError: no')), 'failureStoreUnavailable');
  assert.equal(detailOf(crossed(new TypeError('not a module'))), 'not a module');
  assert.equal(detailOf('no error at all'), 'no error at all');
});

test('a_background_that_is_not_there_or_says_nothing_is_said_in_words', async () => {
  for (const answer of [() => Promise.reject(new Error('Receiving end does not exist.')), () => undefined]) {
    answers['runtime.sendMessage'] = answer;
    const error = await ask({ kind: 'flush' }).catch((cause) => cause);
    assert.equal(detailOf(error), 'failureNoAnswer');
  }
});

test('what_the_background_could_not_do_fails_with_its_reason_wherever_it_was_asked', async () => {
  const error = { kind: 'notStored', message: 'It is not stored yet.' };
  const reply = { response: null, problems: [], sinceMs: null, error };
  answers['runtime.sendMessage'] = () => JSON.stringify(reply);
  await assert.rejects(order({ kind: 'deleteAll' }), error);
  assert.throws(() => responseOf(reply, 'rebuilt'), error);
  mock.method(console, 'error', () => {});
  new SiteActions(() => {});
  const pause = partOf('pause');
  pause.click();
  while (pause.getAttribute('aria-busy') === 'true') await new Promise(setImmediate);
  assert.equal(partOf('action-status').textContent, 'actionFailed failureNotStored');
});
