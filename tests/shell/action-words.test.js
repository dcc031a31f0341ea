// Proves that what is said of an action of the popup is said as long as the site that it was about is shown, and under no other.
import './fake-browser.js';
import { partOf } from './fake-document.js';

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, mock, test } from 'node:test';

import { SiteActions } from '../../popup/site-actions.js';
import { standIn } from './stand-ins.js';

const shared = /** @type {any} */ (globalThis);

standIn({
  './confirmation.js': `
    export class Confirmation {
      open(question, warning, confirmed) { globalThis.confirm = confirmed; }
      close() {}
    }`,
  './order.js': `
    export async function order() { globalThis.work(); }`,
  '../extension/export-file.js': `
    export async function saveExport() {
      globalThis.work();
      return { unreadable: { damaged: 0, laterVersion: 0 }, daysNotKept: 0 };
    }`,
});

const actions = new SiteActions(() => {});
const said = () => partOf('action-status').textContent;

/** @param {object} page */
const show = (page) => actions.draw(/** @type {any} */ ({ paused: false, page }));

/** @param {string} site */
const pageOf = (site) => ({ kind: 'page', site, siteText: site, private: false });

/** @param {string} id */
async function click(id) {
  partOf(id).click();
  while (partOf(id).getAttribute('aria-busy') === 'true') await setTimeout(1);
}

beforeEach(() => {
  shared.work = () => {};
  show(pageOf('other.test'));
  show(pageOf('news.test'));
});

test('that_the_data_of_a_site_was_deleted_stays_said_where_its_page_is_not_counted_any_more', async () => {
  await click('delete-site');
  await shared.confirm();
  assert.equal(said(), 'deleted');
  show({ kind: 'uncounted' });
  assert.equal(said(), 'deleted');
  show(pageOf('news.test'));
  assert.equal(said(), 'deleted');
  show(pageOf('other.test'));
  assert.equal(said(), '');
});

test('an_export_that_ends_when_another_site_is_shown_is_not_said_there', async () => {
  shared.work = () => show(pageOf('other.test'));
  await click('export-json');
  assert.equal(said(), '');
  show(pageOf('news.test'));
  shared.work = () => {};
  await click('export-json');
  assert.equal(said(), 'exported');
});

test('a_failure_is_said_whatever_is_shown_by_then', async () => {
  mock.method(console, 'error', () => {});
  shared.work = () => {
    show(pageOf('other.test'));
    throw new Error('no room');
  };
  await click('export-json');
  assert.equal(said(), 'actionFailed no room');
  show(pageOf('other.test'));
  assert.equal(said(), 'actionFailed no room');
  show(pageOf('news.test'));
  assert.equal(said(), '');
});
