// Proves that a row that was opened shows its detail, or says why it does not, and only where somebody still waits for it.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, mock, test } from 'node:test';

import { DomainRow } from '../../popup/domain-row.js';
import { standIn } from './stand-ins.js';

const shared = /** @type {any} */ (globalThis);

standIn({
  './domain-detail.js': `
    globalThis.detailImports += 1;
    if (globalThis.detailIsBroken) throw new TypeError('not a module');
    export class DomainDetail {
      element = document.createElement('div');
      constructor() { this.element.setAttribute('data-testid', 'domain-detail'); }
      draw() { this.element.textContent = 'the detail'; }
    }`,
});

/** @returns {DomainRow} One that stands in the page. */
function standingRow() {
  // What a row reads before it is opened.
  const item = /** @type {any} */ ({ domain: { domain: 'ads.test', text: 'ads.test', hosts: [] } });
  const row = new DomainRow(item, 7);
  document.body.append(row.element);
  return row;
}

/** @param {DomainRow} row @returns {(string | null)[]} What stands below the row's button. */
function below(row) {
  return [...row.element.children].slice(1).map((element) => element.getAttribute('data-testid'));
}

/** @param {number} imports How many have been begun since the test did. */
async function imported(imports) {
  while (shared.detailImports < imports) await setTimeout(5);
  await setTimeout(20);
}

beforeEach(() => {
  shared.detailImports = 0;
  shared.detailIsBroken = false;
  mock.restoreAll();
  // What fails on purpose is not to be read in the report.
  mock.method(console, 'error', () => {});
});

test('A row whose detail does not load says so in its place, and tries again when it is opened again', async () => {
  shared.detailIsBroken = true;
  const row = standingRow();
  row.button.click();
  await imported(1);
  assert.deepEqual(below(row), ['detail-failed']);
  assert.equal(row.element.children[1]?.textContent, 'detailFailed not a module');
  row.button.click();
  assert.deepEqual(below(row), []);
  shared.detailIsBroken = false;
  row.button.click();
  await imported(2);
  assert.deepEqual(below(row), ['domain-detail']);
});

test('A row that is opened twice while its detail loads says a failure once', async () => {
  shared.detailIsBroken = true;
  const row = standingRow();
  for (let clicks = 0; clicks < 3; clicks += 1) row.button.click();
  await imported(2);
  assert.deepEqual(below(row), ['detail-failed']);
});

test('A row that was closed, or left the page, while its detail loads stays as it is', async () => {
  for (const isBroken of [false, true]) {
    shared.detailIsBroken = isBroken;
    shared.detailImports = 0;
    const [closed, gone] = [standingRow(), standingRow()];
    closed.button.click();
    closed.button.click();
    gone.button.click();
    gone.element.remove();
    await imported(2);
    assert.deepEqual([below(closed), below(gone)], [[], []], isBroken ? 'broken' : 'loaded');
  }
});
