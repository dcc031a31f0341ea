// Proves that a million rows are found, put in order and given page by page.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { freshCounter, freshDays, freshReader } from './core-module.js';
import { LOUDEST, manyRows, siteName, thirdPartyName } from './many-rows.js';

/** @typedef {import('../../extension/core/types.js').SortKey} SortKey */

const [SITES, THIRD_PARTIES] = [1_000, 1_000];
const PAGE = 50;
const FIRST_DAY = 20_700;

/** @type {import('../../extension/core/reader.js').Summary} */
let summary;
before(async () => {
  const size = { sites: SITES, thirdParties: THIRD_PARTIES, firstDay: FIRST_DAY };
  const rollups = manyRows({ counter: await freshCounter(), days: await freshDays() }, size);
  const reader = await freshReader();
  summary = new reader.Summary();
  for (const { day, bytes } of rollups) summary.addRollup(day, bytes);
  summary.choose(undefined, undefined);
});

/** @param {SortKey} sort @param {Partial<import('../../extension/core/types.js').RowQuery>} [other] */
function page(sort, other) {
  const { total, rows } = summary.newContacts(undefined, {
    ...{ search: '', sort, back: false, offset: 0, limit: PAGE },
    ...other,
  });
  return { total, rows: rows.map(({ site, name, requests }) => ({ site, name, requests })) };
}

/** Third parties in the order of their names, and for each its sites in theirs. */
const inOrder = (/** @type {(number: number) => string} */ name, /** @type {number} */ count) =>
  Array.from({ length: count }, (_, number) => name(number)).sort();

test('a_million_rows_are_counted_and_each_page_has_those_that_come_there_in_the_order_of_names', () => {
  const [names, sites] = [inOrder(thirdPartyName, THIRD_PARTIES), inOrder(siteName, SITES)];
  for (const offset of [0, PAGE, 499_950, SITES * THIRD_PARTIES - PAGE]) {
    const { total, rows } = page('name', { offset });
    assert.equal(total, SITES * THIRD_PARTIES);
    const expected = Array.from({ length: PAGE }, (_, at) => {
      const place = offset + at;
      return { name: names[Math.floor(place / SITES)], site: sites[place % SITES] };
    });
    assert.deepEqual(
      rows.map(({ name, site }) => ({ name, site })),
      expected,
      `from ${offset}`,
    );
  }
  assert.deepEqual(page('name', { offset: SITES * THIRD_PARTIES }).rows, []);
});

test('the_greatest_of_a_million_come_first_and_from_behind_last', () => {
  const loudest = LOUDEST.map(([site, thirdParty, requests]) => ({
    ...{ site: siteName(site), name: thirdPartyName(thirdParty), requests },
  }));
  assert.deepEqual(page('requests').rows.slice(0, loudest.length), loudest);
  const last = page('requests', { back: true, offset: SITES * THIRD_PARTIES - loudest.length });
  assert.deepEqual(last.rows, [...loudest].reverse());
});

test('a_search_among_a_million_finds_what_holds_it', () => {
  const holds = (/** @type {string} */ name) => name.includes('12');
  const [found, sites] = [inOrder(thirdPartyName, THIRD_PARTIES), inOrder(siteName, SITES)].map(
    (names) => names.filter(holds).length,
  );
  assert.ok(found && sites);
  const all = found * SITES + sites * THIRD_PARTIES - found * sites;
  assert.equal(page('name', { search: '12' }).total, all);
  assert.equal(page('name', { search: 'nobody' }).total, 0);
});

test('the_tables_of_sites_of_third_parties_and_of_one_of_them_agree_with_it', () => {
  const all = { search: '', sort: /** @type {const} */ ('name'), back: false, offset: 0, limit: 1 };
  assert.equal(summary.sites(all).total, SITES);
  assert.equal(summary.thirdParties(all).total, THIRD_PARTIES);
  assert.equal(summary.sitesWith(thirdPartyName(0), all).total, SITES);
  assert.equal(summary.thirdPartiesOf(siteName(0), all).total, THIRD_PARTIES);
  const graph = summary.graph({ sites: 10, thirdParties: 10, minSites: 1 });
  assert.deepEqual([graph.sites.length, graph.thirdParties.length, graph.links.length], [10, 10, 100]);
});
