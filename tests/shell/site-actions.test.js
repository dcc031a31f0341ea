// Proves that a click on an action of the popup has an effect, or that it is said why not.
import { context, resetBrowser } from './fake-browser.js';
import { partOf } from './fake-document.js';

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, mock, test } from 'node:test';

import { SiteActions } from '../../popup/site-actions.js';
import { standIn } from './stand-ins.js';

const shared = /** @type {any} */ (globalThis);

standIn({
  './confirmation.js': `
    globalThis.confirmationImports += 1;
    if (globalThis.confirmationIsBroken) throw new TypeError('not a module');
    export class Confirmation {
      open() { globalThis.questions += 1; }
      close() {}
    }`,
});

beforeEach(resetBrowser);

const NEWS = { kind: 'page', site: 'news.test', siteText: 'news.test', private: false };

/** @param {object} page @returns {import('../../extension/core/types.js').PopupView} */
const viewOf = (page) => /** @type {any} */ ({ paused: false, page });

async function untilIdle() {
  while (partOf('delete-site').getAttribute('aria-busy') === 'true') await setTimeout(5);
}

test('A question before a deletion that does not load is said, and the next click asks it, once however often it is clicked', async () => {
  mock.method(console, 'error', () => {});
  shared.confirmationImports = shared.questions = 0;
  shared.confirmationIsBroken = true;
  new SiteActions(() => {}).draw(viewOf(NEWS));
  const [button, status] = [partOf('delete-site'), partOf('action-status')];
  button.click();
  button.click();
  await untilIdle();
  assert.equal(shared.confirmationImports, 1);
  assert.equal(status.textContent, 'actionFailed not a module');
  shared.confirmationIsBroken = false;
  button.click();
  button.click();
  await untilIdle();
  assert.deepEqual([shared.questions, status.textContent], [1, '']);
});

test('No export is offered where nothing is stored: of a private page, and of an excluded page in a private window', () => {
  const actions = new SiteActions(() => {});
  const isOffered = (/** @type {object} */ page) => {
    actions.draw(viewOf(page));
    return !partOf('export-json').hidden;
  };
  const excluded = { kind: 'excluded', site: 'news.test', siteText: 'news.test' };
  assert.deepEqual([isOffered(NEWS), isOffered({ ...NEWS, private: true }), isOffered(excluded)], [true, false, true]);
  context.inIncognitoContext = true;
  assert.deepEqual([isOffered(excluded), isOffered(NEWS)], [false, false]);
});

test('Nothing is offered for a site that is no longer named, where the core does not run', () => {
  const actions = new SiteActions(() => {});
  actions.draw(viewOf(NEWS));
  assert.equal(partOf('site-actions').hidden, false);
  actions.draw(undefined);
  assert.equal(partOf('site-actions').hidden, true);
});
