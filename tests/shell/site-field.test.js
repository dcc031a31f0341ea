// Proves that the field of a compared site says which site is compared.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SiteField } from '../../extension/dashboard/site-field.js';

const SITES = ['lemonde.test', 'journal.test'].map((site) => ({ site, text: site }));

/** As much of a summary as the field asks. */
const summary = /** @type {any} */ ({
  site: (/** @type {string} */ name) => SITES.find(({ site }) => site === name),
  sites: (/** @type {{ search: string }} */ { search }) => ({
    rows: SITES.filter(({ text }) => text.includes(search)),
  }),
});

test('a_part_of_the_name_of_the_site_that_is_compared_becomes_its_whole_name_again', () => {
  /** @type {string[]} */
  const chosen = [];
  const field = new SiteField('one', 'compareFirstSite', (site) => chosen.push(site));
  field.draw(summary, 'lemonde.test');
  const input = /** @type {HTMLInputElement} */ (field.element.children[0]);
  const type = (/** @type {string} */ words) => {
    input.value = words;
    input.dispatchEvent(new Event('change'));
  };
  type('lem');
  assert.deepEqual([input.value, chosen], ['lemonde.test', []]);
  type('jour');
  assert.deepEqual([input.value, chosen], ['journal.test', ['journal.test']]);
});
