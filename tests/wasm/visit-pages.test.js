// Proves the lists of visits: every visit once, in any order, however many are shown, with the search; and one visit in full.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SortedVisits } from '../../extension/sorted-visits.js';
import { StoredSummary } from '../../extension/stored-summary.js';
import { VisitDays } from '../../extension/visit-days.js';
import { VisitPages } from '../../extension/visit-pages.js';
import { readVisit } from '../../extension/visit-reading.js';
import { closedBrowsing, closedBrowsingAndOne, damageDay, missFirstDays, stoppedAfter } from './closed-browsing.js';
import { HOUR_MS, MORNING_MS, raw, reader, SITES, StoredBrowsing } from './stored-browsing.js';

/** @typedef {import('../../extension/core/types.js').VisitRow} VisitRow */

/** @param {Partial<import('../../extension/visit-days.js').VisitQuery>} [query] */
async function days(query) {
  return new VisitDays(reader, await new StoredSummary(async () => reader).read(), { search: '', ...query });
}

/** @param {Parameters<typeof days>[0]} [query] */
async function pages(query) {
  return new VisitPages(await days(query));
}

/**
 * All visits, so many more at a time.
 * @param {VisitPages | SortedVisits} list
 * @param {number} step
 */
async function all(list, step) {
  for (let count = step; ; count += step) {
    await list.read(count);
    if (!list.hasMore(count)) return list.first(count);
  }
}

const bySite = (/** @type {VisitRow} */ one, /** @type {VisitRow} */ other) =>
  one.site < other.site ? -1 : Number(one.site > other.site);

test('Every visit is listed once, the last first, however many are asked for and wherever its day is stored', async () => {
  await closedBrowsingAndOne(4, 'late.test');
  const rows = await all(await pages(), 100);
  assert.deepEqual(
    rows.map(({ startedAtMs }) => startedAtMs),
    rows.map(({ startedAtMs }) => startedAtMs).sort((one, other) => other - one),
  );
  assert.equal(new Set(rows.map(({ id }) => id)).size, 4 * SITES.length + 1);
  assert.deepEqual([rows[0]?.site, rows[0]?.domains, rows[0]?.requests, rows[0]?.gaps], ['secret.test', 1, 1, []]);
  for (const step of [1, 2, 5]) assert.deepEqual(await all(await pages(), step), rows);
  const atOnce = await pages();
  await Promise.all([atOnce.read(2), atOnce.read(4), atOnce.read(7)]);
  assert.deepEqual(atOnce.first(7), rows.slice(0, 7), 'asked for at once');
  assert.deepEqual(await all(await pages({ back: true }), 3), [...rows].reverse(), 'the first first');
});

test('No more days are read than the visits that are asked for need', async () => {
  await closedBrowsing(4);
  const found = await days();
  const list = new VisitPages(found);
  /** @type {number[][]} */
  const told = [];
  await list.read(SITES.length + 1, { onProgress: (...progress) => void told.push(progress) });
  assert.deepEqual(told, [
    [1, 4],
    [2, 4],
  ]);
  assert.deepEqual([found.read, found.all, found.isDone], [2, 4, false]);
});

test('A search finds visits by their site and by the third parties that they contacted', async () => {
  await closedBrowsing(3);
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

test('The visits of one site are its own alone, also where its name is a part of another', async () => {
  const browsing = new StoredBrowsing();
  const nowMs = await browsing.browse(2);
  browsing.visit('goodnews.test', MORNING_MS + 4 * HOUR_MS);
  await browsing.commit(nowMs);
  await browsing.close(nowMs);
  const sites = async (/** @type {Parameters<typeof days>[0]} */ query) =>
    (await all(await pages(query), 5)).map(({ site }) => site);
  assert.deepEqual(await sites({ site: 'news.test' }), ['news.test', 'news.test']);
  assert.deepEqual(await sites({ site: 'news.test', search: 'of-news' }), ['news.test', 'news.test']);
  assert.deepEqual(await sites({ site: 'news.test', search: 'shop' }), []);
  assert.deepEqual(await sites({ site: 'nobody.test' }), []);
});

test('Sorted, every visit is in its place, and what is equal is in the order of time', async () => {
  await closedBrowsing(3);
  const byTime = await all(await pages(), 100);
  const expected = [...byTime].sort(bySite);
  for (const step of [1, 4, 100]) assert.deepEqual(await all(new SortedVisits(await days(), bySite), step), expected);
});

test('Of more visits than are kept, those are kept that come first, and all are counted', async () => {
  await closedBrowsing(5);
  const expected = [...(await all(await pages(), 100))].sort(bySite);
  for (const most of [1, 4, 7]) {
    const list = new SortedVisits(await days(), bySite, most);
    assert.deepEqual(await all(list, 3), expected.slice(0, most), `${most}`);
    assert.deepEqual([list.total, list.hasMore(most)], [5 * SITES.length, false]);
  }
});

test('A sorted reading that is stopped keeps what was read, and goes on from there', async () => {
  await closedBrowsing(4);
  const expected = [...(await all(await pages(), 100))].sort(bySite);
  const found = await days();
  const list = new SortedVisits(found, bySite);
  await assert.rejects(list.read(50, stoppedAfter(2)), { message: 'stopped' });
  assert.deepEqual([found.read, list.total, list.hasMore(50)], [2, 2 * SITES.length, true]);
  const lately = new Set(list.first(50).map(({ day }) => day));
  assert.equal(lately.size, 2);
  assert.deepEqual(await all(list, 50), expected);
});

test('A day that cannot be read hides no other, and a list that nobody wants any more ends', async () => {
  await closedBrowsing(3);
  await damageDay((await raw()).days[0]);
  assert.equal((await all(await pages(), 4)).length, 2 * SITES.length);
  const wanted = new AbortController();
  wanted.abort(new Error('not wanted'));
  await assert.rejects((await pages()).read(10, { signal: wanted.signal }), { message: 'not wanted' });
});

test('What is missing from the days that were read is told: visits that cannot be, and days of which the sum alone is kept', async () => {
  await closedBrowsing(3);
  await missFirstDays();
  const found = await days();
  assert.equal((await all(new VisitPages(found), 4)).length, SITES.length);
  assert.deepEqual(found.missing, { visits: SITES.length, days: 1 });
});

test('A visit is found in full under its name, beside its day and in it, and one that is not there is not', async () => {
  const browsing = new StoredBrowsing();
  const nowMs = await browsing.browse(2);
  for (const isClosed of [false, true]) {
    if (isClosed) await browsing.close(nowMs);
    for (const row of await all(await pages(), 10)) {
      const { visit } = await readVisit(reader, row.day, row.id);
      assert.ok(visit, `${row.id}, closed: ${isClosed}`);
      assert.deepEqual(
        [visit.page.site, visit.page.totals.requests, visit.endReason, visit.endedAtMs],
        [row.site, 1, 'tabClosed', row.endedAtMs],
      );
      assert.deepEqual(
        visit.page.domains.map(({ domain, hosts, types }) => [domain, hosts.map(({ host }) => host), types]),
        [[`of-${row.site}`, [`img.of-${row.site}`], [{ type: 'image', requests: 1 }]]],
      );
      assert.equal((await readVisit(reader, row.day + 1, row.id)).visit?.page.visitId, undefined);
    }
  }
  const [closed] = (await raw()).days;
  assert.ok(closed);
  await damageDay(closed);
  const none = { unreadable: { damaged: SITES.length, laterVersion: 0 } };
  assert.deepEqual(await readVisit(reader, closed.day, 'session-1'), none);
});
