// Proves that who turns the page of a table hears which one it is, and who comes to it hears nothing, and what a link is that leads nowhere.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Pager } from '../../extension/dashboard/pager.js';

test('the_page_that_a_table_is_turned_to_is_announced_and_the_first_one_is_not', () => {
  const pager = new Pager(/** @type {any} */ ({ with: () => '?' }), 'page');
  const at = [...pager.element.children].find((child) => child.getAttribute('data-testid') === 'page');
  assert.ok(at);
  pager.draw(1, 43);
  assert.deepEqual([at.getAttribute('role'), at.textContent], [null, 'pageOf 1 43']);
  pager.draw(2, 43);
  assert.deepEqual([at.getAttribute('role'), at.textContent], ['status', 'pageOf 2 43']);
});

test('a_link_behind_the_last_page_is_one_still_that_cannot_be_followed', () => {
  const pager = new Pager(/** @type {any} */ ({ with: () => '?' }), 'page');
  const after = [...pager.element.children].find((child) => child.getAttribute('data-testid') === 'page-after');
  const said = () => [after?.getAttribute('role'), after?.getAttribute('aria-disabled')];
  pager.draw(2, 2);
  assert.deepEqual(said(), ['link', 'true']);
  pager.draw(1, 2);
  assert.deepEqual(said(), [null, null]);
});
