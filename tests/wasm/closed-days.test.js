// Proves what becomes of a day that is over: its visits move into one record, and nothing is lost on the way.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { rebuild } from '../../extension/rebuild.js';
import { StoredSummary } from '../../extension/stored-summary.js';
import {
  counter,
  DAY_MS,
  days as daysModule,
  deleteRaw,
  exported,
  HOUR_MS,
  MORNING_MS,
  putRaw,
  raw,
  reader,
  StoredBrowsing,
  summed,
} from './stored-browsing.js';

/** @type {StoredBrowsing} */
let browsing;

beforeEach(() => {
  browsing = new StoredBrowsing();
});

/** The sites of each of some closed days. @param {import('../../extension/core/types.js').StoredDay[]} days */
function sitesOfAll(days) {
  const sitesOf = (/** @type {import('../../extension/core/types.js').StoredDay} */ { day, bytes }) =>
    reader.visitRows(day, { day, visits: 0, bytes }, [], '').rows.map(({ site }) => site);
  return days.map((day) => [...new Set(sitesOf(day))].sort());
}

test('Days that are over are one record each, and every export is the same as before', async () => {
  const nowMs = await browsing.browse(3);
  const [everything, ofSite] = [await exported(), await exported({ site: 'shop.test' })];
  const before = await summed();
  await browsing.close(nowMs);
  const { visits, days } = await raw();
  assert.deepEqual(
    days.map((day) => day.visits),
    [3, 3],
  );
  assert.equal(visits.length, 3, 'today is not over');
  assert.deepEqual(await exported(), everything);
  assert.deepEqual(await exported({ site: 'shop.test' }), ofSite);
  assert.equal(ofSite.visits.length, 3);
  assert.deepEqual(await summed(), before);
});

test('Pages are told when days are closed or made anew, and not by each commit', async () => {
  let told = 0;
  const closing = browsing.closingDays({ onChange: () => (told += 1) });
  const nowMs = await browsing.browse(2);
  for (let times = 0; times < 3; times += 1) await closing.close(browsing.core, nowMs);
  assert.equal(told, 1);
  const [closed] = (await raw()).days;
  assert.ok(closed);
  await closing.rebuild(closed.day);
  assert.equal(told, 2);
});

test('Closing again changes nothing, and a visit that comes late joins its day', async () => {
  const nowMs = await browsing.browse(2);
  await browsing.close(nowMs);
  const once = await raw();
  await browsing.close(nowMs);
  assert.deepEqual(await raw(), once);
  browsing.visit('late.test', MORNING_MS + 5 * HOUR_MS);
  await browsing.commit(nowMs + 1);
  await browsing.commit(nowMs + HOUR_MS);
  await browsing.close(nowMs + HOUR_MS);
  const { visits, days } = await raw();
  assert.deepEqual([visits.length, days.map((day) => day.visits)], [3, [4]]);
});

test('A page that is still open stays beside its day until it can change no more, and is then folded too', async () => {
  browsing.visit('news.test', MORNING_MS);
  browsing.core.documentCommitted('OPEN', '', 2, 0, true, 'active', false, 'https', 'open.test', MORNING_MS + 3);
  const nowMs = MORNING_MS + 2 * DAY_MS;
  await browsing.commit(MORNING_MS + 4);
  await browsing.commit(nowMs);
  await browsing.close(nowMs);
  const before = await raw();
  assert.deepEqual([before.visits.map(({ site }) => site), sitesOfAll(before.days)], [['open.test'], [['news.test']]]);
  browsing.core.tabRemoved(2, nowMs);
  await browsing.commit(nowMs + 1);
  await browsing.close(nowMs + 1);
  assert.equal((await raw()).visits.length, 1, 'its last beacons may be on their way');
  await browsing.commit(nowMs + HOUR_MS);
  await browsing.close(nowMs + HOUR_MS);
  const { visits, days } = await raw();
  assert.deepEqual([visits, sitesOfAll(days)], [[], [['news.test', 'open.test']]]);
});

test('It is looked again for what was left of a day, and no more once nothing is', async () => {
  browsing.core.documentCommitted('OPEN', '', 2, 0, true, 'active', false, 'https', 'open.test', MORNING_MS);
  await browsing.commit(MORNING_MS + 1);
  const nowMs = MORNING_MS + DAY_MS;
  let looked = 0;
  const days = browsing.closingDays({
    store: {
      closeDays: (...of) => {
        looked += 1;
        return browsing.store.closeDays(...of);
      },
      sumUpDays: (...of) => browsing.store.sumUpDays(...of),
      makeSpans: (...of) => browsing.store.makeSpans(...of),
      rebuildDay: (...of) => browsing.store.rebuildDay(...of),
      expire: (...of) => browsing.store.expire(...of),
    },
  });
  for (const later of [0, 1, 4_999, 5_000]) await browsing.close(nowMs + later, days);
  assert.deepEqual([looked, (await raw()).days.length], [2, 0]);
  browsing.core.tabRemoved(2, nowMs);
  await browsing.commit(nowMs + 1);
  await browsing.commit(nowMs + HOUR_MS);
  for (const later of [1, 2]) await browsing.close(nowMs + later * HOUR_MS, days);
  assert.deepEqual([looked, (await raw()).days.length], [3, 1]);
});

test('A visit that the store may not have whole as its day is folded is not, though it was none when the closing began', async () => {
  const nowMs = await browsing.browse(2);
  const closing = browsing.close(nowMs);
  // Told late: of yesterday. That it is stored is not confirmed before the fold.
  browsing.visit('late.test', MORNING_MS + 5 * HOUR_MS);
  const made = browsing.core.commit(nowMs + 1);
  assert.ok(made);
  await Promise.all([closing, browsing.store.write(made, browsing.core.live(), { strict: false })]);
  const { visits, days } = await raw();
  assert.ok(visits.some(({ site }) => site === 'late.test'));
  assert.deepEqual(
    sitesOfAll(days).map((sites) => sites.includes('late.test')),
    [false],
  );
});

test('A core that wakes with a snapshot that still names a folded visit goes on without it, and no visit is there twice', async () => {
  browsing.visit('news.test', MORNING_MS);
  await browsing.commit(MORNING_MS + 3);
  const nowMs = MORNING_MS + DAY_MS;
  // Forgotten, and the background is killed before that is stored.
  browsing.core.commit(nowMs);
  await browsing.close(nowMs);
  assert.deepEqual(sitesOfAll((await raw()).days), [['news.test']]);
  /** @type {string[]} */
  let named = [];
  const stored = await browsing.store.read((live) => (named = counter.Core.openVisits(live)));
  assert.deepEqual([named.length, stored.visits], [1, []]);
  const bytes = stored.visits.map((visit) => visit.bytes);
  browsing.core = new counter.Core('session');
  browsing.core.restore(stored.live, bytes, stored.settings, 'background', new Int32Array(), nowMs);
  browsing.visit('next.test', nowMs + 1);
  await browsing.commit(nowMs + 10);
  await browsing.close(nowMs + 10);
  const { visits } = await exported();
  assert.deepEqual(
    visits.map((/** @type {{ site: string }} */ { site }) => site),
    ['news.test', 'next.test'],
  );
});

test('A day is that of the clock on the wall, so that one who travels east closes a day sooner', async () => {
  browsing.visit('news.test', MORNING_MS);
  const nowMs = MORNING_MS + 4 * HOUR_MS;
  await browsing.commit(MORNING_MS + 3);
  await browsing.commit(nowMs);
  await browsing.close(nowMs);
  assert.equal((await raw()).days.length, 0);
  // Tokyo and beyond: it is 03:00 of the next day there.
  browsing.core.setUtcOffset(14 * 60);
  await browsing.close(nowMs);
  assert.equal((await raw()).days.length, 1);
});

test('A closed day that is damaged is left as it is, hides no other, and goes with a site that it holds', async () => {
  const nowMs = await browsing.browse(3);
  await browsing.close(nowMs);
  const [first] = (await raw()).days;
  assert.ok(first);
  first.bytes.set([255], first.bytes.length - 1);
  await putRaw('days', first);
  browsing.visit('late.test', MORNING_MS);
  await browsing.commit(nowMs);
  await browsing.commit(nowMs + HOUR_MS);
  await browsing.close(nowMs + HOUR_MS);
  const { visits, days } = await raw();
  assert.deepEqual(days[0], first);
  assert.equal(visits.filter((one) => one.day === first.day).length, 1, 'beside it');
  const { view } = await summed();
  assert.deepEqual([view.visits, view.unreadable], [7, { damaged: 3, laterVersion: 0 }]);
  browsing.core.answer({ kind: 'deleteSite', site: 'shop.test' }, nowMs);
  await browsing.commit(nowMs + HOUR_MS);
  assert.deepEqual(
    (await raw()).days.map(({ day }) => day),
    [first.day + 1],
  );
});

test('The sum of a day says what its visits say, and a page that reads again says what a new one says', async () => {
  const nowMs = await browsing.browse(3);
  const kept = new StoredSummary(async () => reader);
  const before = await summed(kept);
  await browsing.close(nowMs);
  assert.deepEqual(await summed(kept), before);
  assert.deepEqual(await summed(), before);
  // Late, beside the closed record of its day.
  browsing.visit('late.test', MORNING_MS + 5 * HOUR_MS);
  await browsing.commit(nowMs + 1);
  const late = await summed(kept);
  assert.deepEqual([late.view.visits, late.days[0]?.visits], [10, 4]);
  assert.deepEqual(await summed(), late);
  await browsing.commit(nowMs + HOUR_MS);
  await browsing.close(nowMs + HOUR_MS);
  assert.equal((await raw()).visits.length, 3, 'it is folded');
  assert.deepEqual(await summed(kept), late);
  assert.deepEqual(await summed(), late);
  await browsing.decide({ kind: 'deleteSite', site: 'late.test' }, nowMs + HOUR_MS);
  assert.deepEqual(await summed(kept), before);
});

test('A sum that is missing, or cannot be read, is taken from the visits, and made anew', async () => {
  const nowMs = await browsing.browse(4);
  await browsing.close(nowMs);
  const before = { stored: await raw(), said: await summed() };
  const [missing, damaged] = before.stored.rollups;
  assert.ok(missing && damaged);
  await deleteRaw('rollups', missing.day);
  await putRaw('rollups', { ...damaged, bytes: damaged.bytes.slice(1) });
  const page = new StoredSummary(async () => reader);
  for (let time = 0; time < 3; time += 1) assert.deepEqual(await summed(page), before.said, 'each time it is read');
  await browsing.close(nowMs);
  assert.deepEqual((await raw()).rollups[0], missing, 'the background sums up what is not');
  await browsing.store.rebuildDay(damaged.day, daysModule.rebuildDay);
  assert.deepEqual(await raw(), before.stored);
});

test('Every day is made anew from its visits, one that cannot be read is left as it is, and it can be ended in between', async () => {
  const nowMs = await browsing.browse(5);
  const days = browsing.closingDays();
  await browsing.close(nowMs, days);
  const before = await raw();
  const [first, second] = before.days;
  assert.ok(first && second);
  for (const rollup of before.rollups) await putRaw('rollups', { ...rollup, bytes: rollup.bytes.slice(2) });
  const damaged = { ...second, bytes: second.bytes.slice(0, -1) };
  await putRaw('days', damaged);
  /** @type {any} */
  const askBackground = async (/** @type {{ day: number }} */ { day }) => {
    const isRead = await days.rebuild(day).then(
      () => true,
      () => false,
    );
    return { response: { kind: 'rebuilt', isRead }, problems: [], sinceMs: null };
  };
  const wanted = new AbortController();
  const ended = rebuild({
    signal: wanted.signal,
    onProgress: (done) => done === 1 && wanted.abort(new Error('ended')),
    askBackground,
  });
  await assert.rejects(ended, { message: 'ended' });
  assert.deepEqual(await rebuild({ askBackground }), { rebuilt: 3, refused: [second.day] });
  const after = await raw();
  assert.deepEqual([after.days[1], after.days[0], after.days[2]], [damaged, first, before.days[2]]);
  assert.deepEqual(
    after.rollups.filter(({ day }) => day !== second.day),
    before.rollups.filter(({ day }) => day !== second.day),
  );
});

test('Pages may ask twice at once: each gets what is stored, and what another reading gave before is no one’s harm', async () => {
  const nowMs = await browsing.browse(3);
  const page = new StoredSummary(async () => reader);
  await page.read();
  await browsing.close(nowMs);
  const [one, other] = await Promise.all([page.read(), page.read()]);
  assert.equal(one, other);
  assert.equal(one.choose(undefined, undefined).visits, 9);
});

test('A long reading tells how far it is, and ends where it is not wanted any more', async () => {
  const nowMs = await browsing.browse(130);
  await browsing.close(nowMs);
  /** @type {number[][]} */
  const told = [];
  const stored = new StoredSummary(async () => reader);
  await stored.read({ onProgress: (...of) => told.push(of) });
  assert.deepEqual(
    told,
    [0, 16, 48, 80, 112, 129].map((read) => [read, 129]),
  );
  const wanted = new AbortController();
  const other = new StoredSummary(async () => reader);
  const reading = other.read({ signal: wanted.signal, onProgress: () => wanted.abort(new Error('not wanted')) });
  await assert.rejects(reading, { message: 'not wanted' });
  assert.equal((await summed(other)).view.visits, 390, 'it can be begun again');
});

test('A core that fails on a day leaves everything where it was, and is not asked for that day again', async () => {
  const nowMs = await browsing.browse(2);
  const before = await raw();
  let asked = 0;
  const foldDay = () => {
    asked += 1;
    throw new WebAssembly.RuntimeError('unreachable');
  };
  const failing = browsing.closingDays({ foldDay });
  await assert.rejects(browsing.close(nowMs, failing), WebAssembly.RuntimeError);
  assert.deepEqual(await raw(), before);
  await browsing.close(nowMs, failing);
  assert.equal(asked, 1);
});

test('A store that fails between two days leaves the core alone, and the days are closed later', async () => {
  const nowMs = await browsing.browse(4);
  const days = browsing.closingDays({
    foldDay: (...of) => {
      // As a commit does that finds the disk full.
      browsing.store
        .write(
          /** @type {any} */ ({ deleted: { all: false, sites: [], visits: [], days: [] }, visits: [{}] }),
          browsing.core.live(),
          {
            strict: false,
          },
        )
        .catch(() => {});
      return daysModule.foldDay(...of);
    },
  });
  await browsing.close(nowMs, days);
  await browsing.close(nowMs);
  const { visits, days: closed } = await raw();
  assert.deepEqual([visits.length, closed.length], [3, 3]);
});

test('A visit that cannot be read stays beside its day, which is not written for it again', async () => {
  const nowMs = await browsing.browse(2);
  const [first] = (await raw()).visits;
  assert.ok(first);
  first.bytes = new Uint8Array([2, 0]);
  await putRaw('visits', first);
  await browsing.close(nowMs);
  const { visits, days } = await raw();
  assert.deepEqual([visits.length, days.map((day) => day.visits)], [4, [2]]);
  // Would a fold put it again, it would have no mark.
  await putRaw('days', { ...days[0], mark: 'untouched' });
  await browsing.close(nowMs);
  assert.equal(Reflect.get((await raw()).days[0] ?? {}, 'mark'), 'untouched');
});
