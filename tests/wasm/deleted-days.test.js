// Proves that what the user deletes, or keeps for a while only, is found nowhere in the store, and that all else is as it was.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Store } from '../../extension/store.js';
import { StoredSummary } from '../../extension/stored-summary.js';
import {
  DAY_MS,
  days as daysModule,
  exported,
  HOUR_MS,
  MORNING_MS,
  putRaw,
  raw,
  reader,
  StoredBrowsing,
  summed,
  textOf,
} from './stored-browsing.js';

/** @type {StoredBrowsing} */
let browsing;

beforeEach(() => {
  browsing = new StoredBrowsing();
});

test('Of a site that is deleted nothing is left in closed days, nor of all where all is', async () => {
  const nowMs = await browsing.browse(3);
  browsing.visit('only.test', MORNING_MS - DAY_MS);
  await browsing.commit(nowMs);
  await browsing.commit(nowMs + HOUR_MS);
  await browsing.close(nowMs);
  const before = await raw();
  assert.equal(before.days.length, 3);
  assert.ok(textOf(before).includes('secret.test') && textOf(before).includes('only.test'));
  browsing.core.answer({ kind: 'deleteSite', site: 'secret.test' }, nowMs);
  browsing.core.answer({ kind: 'deleteSite', site: 'only.test' }, nowMs);
  await browsing.commit(nowMs + HOUR_MS);
  const after = await raw();
  assert.ok(!/secret|only/.test(textOf(after)));
  assert.deepEqual(
    after.days.map((day) => day.visits),
    [2, 2],
    'a day with nothing left has no record',
  );
  browsing.core.answer({ kind: 'deleteAll' }, nowMs);
  await browsing.commit(nowMs + HOUR_MS);
  assert.deepEqual(await raw(), { visits: [], days: [], rollups: [], spans: [] });
});

test('A core that fails as it takes a site out of a day is told apart from a store that fails, and nothing is deleted by half', async () => {
  const nowMs = await browsing.browse(2);
  await browsing.close(nowMs);
  const before = await raw();
  const trap = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  const trapping = new Store({ ...daysModule, dayWithout: trap, rollupWithoutSite: trap });
  browsing.core.answer({ kind: 'deleteSite', site: 'news.test' }, nowMs);
  const made = browsing.core.commit(nowMs + 1);
  assert.ok(made);
  await assert.rejects(trapping.write(made, browsing.core.live(), { strict: true }), WebAssembly.RuntimeError);
  assert.deepEqual(await raw(), before);
});

test('A visit is deleted out of its closed day, and the others of its site stay', async () => {
  const nowMs = await browsing.browse(2);
  browsing.visit('shop.test', MORNING_MS + 6 * HOUR_MS);
  await browsing.commit(nowMs);
  await browsing.commit(nowMs + HOUR_MS);
  await browsing.close(nowMs + HOUR_MS);
  const { visits } = await exported();
  const [gone, kept] = visits.filter((/** @type {any} */ visit) => visit.site === 'shop.test');
  const day = (await raw()).days[0]?.day ?? 0;
  await browsing.decide({ kind: 'deleteVisit', visitId: gone.visit_id, day }, nowMs + HOUR_MS);
  const ids = (await exported()).visits.map((/** @type {any} */ visit) => visit.visit_id);
  assert.ok(!ids.includes(gone.visit_id) && ids.includes(kept.visit_id));
  assert.equal(ids.length, visits.length - 1);
  assert.deepEqual([(await summed()).days[0]?.visits, (await summed()).view.visits], [3, visits.length - 1]);
  // Of an open day.
  const today = (await raw()).visits[0];
  assert.ok(today);
  await browsing.decide({ kind: 'deleteVisit', visitId: today.id, day: today.day }, nowMs + HOUR_MS);
  assert.equal((await exported()).visits.length, visits.length - 2);
});

test('Days are deleted, closed and open ones, and those around them stay', async () => {
  const nowMs = await browsing.browse(4);
  await browsing.close(nowMs);
  const [first = 0, second = 0, third = 0] = (await raw()).days.map(({ day }) => day);
  await browsing.decide({ kind: 'deleteDays', from: second, to: second }, nowMs);
  assert.deepEqual(
    (await summed()).days.map(({ day }) => day),
    [first, third, third + 1],
  );
  await browsing.decide({ kind: 'deleteDays', from: third, to: third + 7 }, nowMs);
  const { visits, days, rollups } = await raw();
  assert.deepEqual([visits, days.map(({ day }) => day), rollups.map(({ day }) => day)], [[], [first], [first]]);
});

test('Where visits are kept for some days, those before are deleted as the days pass, and their sums stay', async () => {
  const nowMs = await browsing.browse(5);
  await browsing.close(nowMs);
  const { view } = await summed();
  await browsing.decide({ kind: 'setRetention', visitsDays: 2, sumsDays: null }, nowMs);
  const days = browsing.closingDays();
  await browsing.close(nowMs, days);
  const kept = await raw();
  assert.deepEqual([kept.days.length, kept.rollups.length, kept.visits.length], [2, 4, 3]);
  assert.deepEqual((await summed()).view, view);
  await browsing.close(nowMs + DAY_MS, days);
  const later = await raw();
  assert.deepEqual([later.days.length, later.rollups.length, later.visits.length], [2, 5, 0]);
  assert.deepEqual((await summed()).view, view);
  await browsing.decide({ kind: 'setRetention', visitsDays: 2, sumsDays: 3 }, nowMs + DAY_MS);
  await browsing.close(nowMs + DAY_MS, days);
  assert.equal((await raw()).rollups.length, 3);
  assert.equal((await summed()).view.visits, 9);
});

test('Where nothing has expired since, a background that looks changes nothing, so that no page reads all days again', async () => {
  const nowMs = await browsing.browse(5);
  await browsing.decide({ kind: 'setRetention', visitsDays: 2, sumsDays: 3 }, nowMs);
  await browsing.close(nowMs);
  const page = new StoredSummary(async () => reader);
  const before = await page.read();
  await browsing.close(nowMs);
  assert.equal(await page.read(), before);
});

test('A site is deleted out of the sums of days whose visits are kept no longer', async () => {
  const nowMs = await browsing.browse(3);
  await browsing.decide({ kind: 'setRetention', visitsDays: 0, sumsDays: null }, nowMs);
  await browsing.close(nowMs);
  assert.deepEqual((await raw()).days, []);
  assert.ok(textOf(await raw()).includes('secret.test'));
  await browsing.decide({ kind: 'deleteSite', site: 'secret.test' }, nowMs);
  assert.ok(!textOf(await raw()).includes('secret'));
  assert.equal((await summed()).view.visits, 6);
  await browsing.decide({ kind: 'deleteSite', site: 'news.test' }, nowMs);
  await browsing.decide({ kind: 'deleteSite', site: 'shop.test' }, nowMs);
  assert.deepEqual(await raw(), { visits: [], days: [], rollups: [], spans: [] });
});

test('A sum that cannot be read, of a day whose visits are not kept, says how many visits are missing', async () => {
  const nowMs = await browsing.browse(3);
  await browsing.decide({ kind: 'setRetention', visitsDays: 0, sumsDays: null }, nowMs);
  await browsing.close(nowMs);
  const [first] = (await raw()).rollups;
  assert.ok(first);
  first.bytes.set([255], first.bytes.length - 1);
  await putRaw('rollups', first);
  const { view } = await summed();
  assert.deepEqual([view.visits, view.unreadable], [6, { damaged: 3, laterVersion: 0 }]);
});

test('A page that is open as its day expires stays until it can change no more', async () => {
  browsing.core.documentCommitted('OPEN', '', 2, 0, true, 'active', false, 'https', 'open.test', MORNING_MS);
  await browsing.commit(MORNING_MS + 1);
  const nowMs = MORNING_MS + 9 * DAY_MS;
  await browsing.decide({ kind: 'setRetention', visitsDays: 3, sumsDays: 3 }, nowMs);
  const days = browsing.closingDays();
  await browsing.close(nowMs, days);
  assert.equal((await raw()).visits.length, 1);
  browsing.core.tabRemoved(2, nowMs);
  await browsing.commit(nowMs + 1);
  await browsing.commit(nowMs + HOUR_MS);
  await browsing.close(nowMs + DAY_MS, days);
  assert.deepEqual(await raw(), { visits: [], days: [], rollups: [], spans: [] });
});

test('A page that outlives the visits of its day is part of what is said of the day, before and after it is over', async () => {
  browsing.visit('news.test', MORNING_MS);
  browsing.core.documentCommitted('OPEN', '', 2, 0, true, 'active', false, 'https', 'open.test', MORNING_MS + 10);
  await browsing.commit(MORNING_MS + 11);
  const nowMs = MORNING_MS + 9 * DAY_MS;
  await browsing.commit(nowMs);
  await browsing.decide({ kind: 'setRetention', visitsDays: 3, sumsDays: null }, nowMs);
  const days = browsing.closingDays();
  await browsing.close(nowMs, days);
  const { visits, days: closed, rollups } = await raw();
  assert.deepEqual([visits.length, closed.length, rollups.map((rollup) => rollup.visits)], [1, 0, [1]]);
  const before = await summed();
  assert.deepEqual([before.view.visits, before.sites.rows.map(({ site }) => site)], [2, ['news.test', 'open.test']]);
  browsing.core.tabRemoved(2, nowMs);
  await browsing.commit(nowMs + 1);
  await browsing.commit(nowMs + HOUR_MS);
  await browsing.close(nowMs + DAY_MS, days);
  const after = await raw();
  assert.deepEqual([after.visits, after.days, after.rollups.map((rollup) => rollup.visits)], [[], [], [2]]);
  assert.deepEqual(await summed(), before);
});
