// Proves whom a background that cannot store what it has counted keeps from the store, and what is said to those whom it does not.
import 'fake-indexeddb/auto';
import { answers, resetBrowser } from './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { IDBFactory } from 'fake-indexeddb';

import { countingNotices } from '../../extension/dashboard/counting-notices.js';
import { storeWhatIsLive } from '../../extension/live-stored.js';

/** @typedef {import('../../extension/problems.js').ProblemKind} ProblemKind */

/** Every kind there is, and whether what is stored can be read all the same. @type {Record<ProblemKind, boolean>} */
const IS_READABLE = {
  coreUnavailable: true,
  storeUnavailable: true,
  storeFull: true,
  storeFromFuture: false,
  storeBlocked: false,
  storeDamaged: false,
  eventsSetAside: true,
  countsGivenUp: true,
  accessMissing: true,
};
const KINDS = /** @type {ProblemKind[]} */ (Object.keys(IS_READABLE));

beforeEach(() => {
  mock.restoreAll();
  resetBrowser();
  globalThis.indexedDB = new IDBFactory();
});

/** The background has this problem, and answers nothing else. @param {ProblemKind} kind */
function trouble(kind) {
  const problems = [{ kind, sinceMs: 0, detail: `of ${kind}` }];
  const reply = { response: null, problems, sinceMs: 0, error: { message: 'not done' } };
  answers['runtime.sendMessage'] = () => JSON.stringify(reply);
}

test('whoever_looks_at_what_is_stored_is_refused_only_where_it_cannot_be_read', async () => {
  for (const kind of KINDS) {
    trouble(kind);
    const looked = storeWhatIsLive({ isPartWelcome: true });
    if (IS_READABLE[kind]) await looked;
    else await assert.rejects(looked, { kind, message: `of ${kind}` });
  }
});

test('whoever_needs_everything_is_refused_wherever_something_is_missing', async () => {
  for (const kind of KINDS.filter((one) => one !== 'coreUnavailable')) {
    trouble(kind);
    await assert.rejects(storeWhatIsLive(), kind);
  }
  // Without a core nothing is live.
  trouble('coreUnavailable');
  await storeWhatIsLive();
});

test('the_dashboard_says_what_its_numbers_lack_and_why_they_stand_still', async () => {
  const said = [];
  for (const kind of KINDS) {
    trouble(kind);
    for (const notice of await countingNotices()) said.push(notice.getAttribute('data-kind'));
  }
  assert.deepEqual(said, ['coreUnavailable', 'storeUnavailable', 'storeFull', 'countsGivenUp', 'accessMissing']);
});

test('a_background_that_does_not_answer_may_hold_something_and_keeps_nobody_from_looking', async () => {
  mock.method(console, 'warn', () => {});
  answers['runtime.sendMessage'] = () => Promise.reject(new Error('Receiving end does not exist.'));
  await storeWhatIsLive({ isPartWelcome: true });
  assert.deepEqual(await countingNotices(), []);
  await assert.rejects(storeWhatIsLive(), { kind: 'noAnswer' });
});
