// Proves when the number of a table's rows is read aloud.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RowTable } from '../../extension/dashboard/row-table.js';

/** @param {Element} within @param {string} testid @returns {Element | undefined} */
function find(within, testid) {
  if (within.getAttribute('data-testid') === testid) return within;
  return [...within.children].map((child) => find(child, testid)).find((found) => found);
}

/** The number of a table's rows, and its search. @param {{ isAlone?: boolean }} parts */
function table(parts) {
  const { element } = new RowTable({
    name: 'site',
    title: 'sitesTitle',
    counted: 'siteCount',
    search: 'searchSites',
    sorted: '',
    key: () => '',
    columns: [],
    place: /** @type {any} */ ({ part: () => '', with: () => '?' }),
    ...parts,
  });
  const [count, search] = [find(element, 'site-count'), find(element, 'search')];
  assert.ok(count && search);
  return { count, search };
}

test('of_several_tables_the_one_that_is_searched_says_how_many_rows_it_has', () => {
  const { count, search } = table({});
  assert.equal(count.getAttribute('role'), null);
  search.dispatchEvent(new Event('focus'));
  assert.equal(count.getAttribute('role'), 'status');
  search.dispatchEvent(new Event('blur'));
  assert.equal(count.getAttribute('role'), null);
});

test('a_table_that_is_all_of_its_view_says_how_many_rows_it_has', () => {
  assert.equal(table({ isAlone: true }).count.getAttribute('role'), 'status');
});
