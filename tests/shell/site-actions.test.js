// Proves that a click on an action of the popup has an effect, or that it is said why not.
import './fake-browser.js';
import { partOf } from './fake-document.js';

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { test } from 'node:test';

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

async function untilIdle() {
  while (partOf('delete-site').getAttribute('aria-busy') === 'true') await setTimeout(5);
}

test('A question before a deletion that does not load is said, and the next click asks it, once however often it is clicked', async () => {
  shared.confirmationImports = shared.questions = 0;
  shared.confirmationIsBroken = true;
  const page = { kind: 'page', site: 'news.test', siteText: 'news.test' };
  new SiteActions(() => {}).draw(/** @type {any} */ ({ paused: false, page }));
  const [button, status] = [partOf('delete-site'), partOf('action-status')];
  button.click();
  button.click();
  await untilIdle();
  assert.equal(shared.confirmationImports, 1);
  assert.deepEqual([status.hidden, status.textContent], [false, 'actionFailed not a module']);
  shared.confirmationIsBroken = false;
  button.click();
  button.click();
  await untilIdle();
  assert.deepEqual([shared.questions, status.hidden], [1, true]);
});
