// Proves what the shell's steps and the built core count together of what Firefox asks for in vain.
import '../shell/fake-browser.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestFailed, requestStarted } from '../../extension/request-steps.js';
import { freshCounter, freshPopup } from './core-module.js';
import { targetOf } from './target.js';

const AT = 1_767_225_600_000;
const { popupView } = await freshPopup();
const URL = 'https://blocked.test/1.gif';

/** So many requests to one address, each blocked. @param {{ times: number, page: string }} how `page`: its scheme */
async function blocked({ times, page }) {
  const { Core } = await freshCounter();
  const core = new Core('session');
  core.documentCommitted('OPENER', '', 3, 0, true, '', false, 'https', 'news.test', AT);
  core.documentCommitted('PAGE', '', 4, 0, true, '', false, page, page === 'https' ? 'news.test' : '', AT);
  const target = targetOf(core);
  const where = { type: 'image', tabId: 4, frameId: 0, documentId: 'PAGE', documentUrl: 'https://news.test/' };
  for (let id = 1; id <= times; id += 1) {
    const details = { requestId: String(id), url: URL, ...where, timeStamp: AT + id, incognito: false };
    requestStarted(target, details);
    requestFailed(target, { ...details, fromCache: false, error: 'NS_ERROR_ABORT' });
  }
  const counts = [3, 4].map((tabId) => {
    const response = core.answer({ kind: 'popup', tabId }, AT + 100);
    assert.equal(response.kind, 'popup');
    const { page } = popupView(response.bytes);
    return page.kind === 'page' ? page.outcomes.blocked : 0;
  });
  return counts.reduce((sum, one) => Math.max(sum, one), 0);
}

test('Of what is asked for again and again in vain every second request is the one before', async () => {
  const counts = [];
  for (const times of [1, 2, 3, 4, 6]) counts.push(await blocked({ times, page: 'https' }));
  assert.deepEqual(counts, [1, 1, 2, 2, 3]);
});

test('What is asked for again in a blank window that a page filled is not the site’s beside', async () => {
  assert.equal(await blocked({ times: 2, page: 'about' }), 1);
});

test('What was answered and is stopped then is not asked for in vain', async () => {
  const { Core } = await freshCounter();
  const core = new Core('session');
  core.documentCommitted('PAGE', '', 3, 0, true, '', false, 'https', 'news.test', AT);
  const page = core.documentKey('PAGE', '', '', 3, 0, false, AT);
  core.requestStarted(7, core.hostKey('third.test'), page, core.typeCode('image'), AT);
  core.requestAnswered(7, false);
  assert.equal(core.requestFailed(7, 'NS_ERROR_ABORT', false), false);
});
