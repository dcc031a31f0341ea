// Proves the list of visits: every visit once, the last first, on pages of any size, and the search over sites and third parties.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { StoredSummary } from '../../extension/stored-summary.js';
import { VisitPages } from '../../extension/visit-pages.js';
import { DAY_MS, MORNING_MS, putRaw, raw, reader, SITES, StoredBrowsing } from './stored-browsing.js';

/** @type {StoredBrowsing} */
let browsing;

beforeEach(() => {
  browsing = new StoredBrowsing();
});

/** @param {Partial<import('../../extension/visit-pages.js').VisitQuery>} [query] */
async function pages(query) {
  return new VisitPages(reader, await new StoredSummary(async () => reader).read(), { search: '', ...query });
}

/** @param {VisitPages} list @param {number} count */
async function all(list, count) {
  const rows = [];
  while (list.hasMore) rows.push(await list.next(count));
  return rows.flat();
}

test('Every visit is on one page, the last first, whatever the pages hold and wherever its day is stored', async () => {
  const nowMs = await browsing.browse(4);
  await browsing.close(nowMs);
  browsing.visit('late.test', MORNING_MS + DAY_MS + 30 * 60_000);
  await browsing.commit(nowMs);
  const rows = await all(await pages(), 100);
  assert.deepEqual(
    rows.map(({ startedAtMs }) => startedAtMs),
    rows.map(({ startedAtMs }) => startedAtMs).sort((one, other) => other - one),
  );
  assert.equal(new Set(rows.map(({ id }) => id)).size, 4 * SITES.length + 1);
  assert.deepEqual([rows[0]?.site, rows[0]?.domains, rows[0]?.requests, rows[0]?.gaps], ['secret.test', 1, 1, []]);
  for (const count of [1, 2, 5]) assert.deepEqual(await all(await pages(), count), rows);
  const atOnce = await pages();
  const three = await Promise.all([atOnce.next(2), atOnce.next(2), atOnce.next(3)]);
  assert.deepEqual(three.flat(), rows.slice(0, 7), 'asked for at once');
});

test('A search finds visits by their site and by the third parties that they contacted', async () => {
  const nowMs = await browsing.browse(3);
  await browsing.close(nowMs);
  const found = async (/** @type {string} */ search) => (await all(await pages({ search }), 2)).map(({ site }) => site);
  assert.deepEqual(await found('SHOP'), ['shop.test', 'shop.test', 'shop.test']);
  assert.deepEqual(await found('of-news'), ['news.test', 'news.test', 'news.test']);
  assert.deepEqual(await found('nowhere'), []);
  const [first] = (await raw()).days;
  assert.ok(first);
  const ofDay = await all(await pages({ from: first.day, to: first.day, search: 'test' }), 10);
  assert.deepEqual(
    ofDay.map(({ day }) => day),
    [first.day, first.day, first.day],
  );
});

test('A day that cannot be read hides no other, and a list that nobody wants any more ends', async () => {
  const nowMs = await browsing.browse(3);
  await browsing.close(nowMs);
  const [first] = (await raw()).days;
  assert.ok(first);
  await putRaw('days', { ...first, bytes: first.bytes.slice(0, -2) });
  assert.equal((await all(await pages(), 4)).length, 2 * SITES.length);
  const wanted = new AbortController();
  wanted.abort(new Error('not wanted'));
  await assert.rejects((await pages()).next(10, wanted.signal), { message: 'not wanted' });
});
