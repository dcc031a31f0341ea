// Proves that many days read as one record say what they say each by itself, and that nothing stays in it that its days have lost.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { spanOf } from '../../extension/spans.js';
import { StoredSummary } from '../../extension/stored-summary.js';
import {
  ALL,
  DAY_MS,
  days as daysModule,
  deleteRaw,
  HOUR_MS,
  MORNING_MS,
  putRaw,
  raw,
  reader,
  StoredBrowsing,
  textOf,
} from './stored-browsing.js';

/** @type {StoredBrowsing} */
let browsing;

beforeEach(() => {
  browsing = new StoredBrowsing();
});

const FIRST = Math.floor(MORNING_MS / DAY_MS);
/** The first day is the 17th of its span, so that two spans are over. */
const DAYS = 60;
const SPANS = [spanOf(FIRST), spanOf(FIRST) + 1];

async function spans() {
  return (await raw()).spans.map(({ span }) => span);
}

/** What a page says of periods that hold spans, or a part of one. */
async function said() {
  const summary = await new StoredSummary(async () => reader).read();
  return [
    [undefined, undefined],
    [FIRST + 5, FIRST + 20],
    [FIRST + 40, undefined],
  ].map(([from, to]) => ({
    view: summary.choose(from, to),
    days: summary.days(),
    sites: summary.sites(ALL),
    thirdParties: summary.thirdParties(ALL),
    found: [...summary.daysWith(from, to, 'shop')],
  }));
}

/** What it says where each day is read by itself. */
async function saidByDays() {
  const { spans: made } = await raw();
  for (const { span } of made) await deleteRaw('spans', span);
  const by = await said();
  for (const span of made) await putRaw('spans', span);
  return by;
}

test('The days of each span that is over are read as one record, and every period says what its days say', async () => {
  const nowMs = await browsing.browse(DAYS);
  await browsing.close(nowMs);
  assert.deepEqual(await spans(), SPANS);
  const byDays = await saidByDays();
  for (const { day } of (await raw()).rollups) if (SPANS.includes(spanOf(day))) await deleteRaw('rollups', day);
  for (const { day } of (await raw()).days) if (SPANS.includes(spanOf(day))) await deleteRaw('days', day);
  assert.deepEqual(await said(), byDays, 'nothing else is read of these days');
});

test('A site that is deleted is in no span any more, and they are made again without it', async () => {
  const nowMs = await browsing.browse(DAYS);
  await browsing.close(nowMs);
  assert.ok(
    (await raw()).spans.every((span) =>
      textOf({ visits: [], days: [], rollups: [], spans: [span] }).includes('secret'),
    ),
  );
  await browsing.decide({ kind: 'deleteSite', site: 'secret.test' }, nowMs);
  const after = await raw();
  assert.ok(!textOf(after).includes('secret') && after.rollups.length > 0);
  assert.deepEqual(after.spans, []);
  await browsing.close(nowMs);
  assert.deepEqual(await spans(), SPANS);
  assert.ok(!textOf(await raw()).includes('secret'));
  assert.deepEqual(await said(), await saidByDays());
});

test('Whatever changes a day makes its span anew, and leaves the others', async () => {
  const nowMs = await browsing.browse(DAYS);
  await browsing.close(nowMs);
  const [early, late] = [FIRST, FIRST + 20];
  const [ofEarly, ofLate] = SPANS;
  /** @type {[string, number | undefined, () => Promise<unknown>][]} */
  const changes = [
    [
      'a visit is deleted',
      ofEarly,
      () => browsing.decide({ kind: 'deleteVisit', visitId: 'session-1', day: early }, nowMs),
    ],
    ['days are deleted', ofLate, () => browsing.decide({ kind: 'deleteDays', from: late, to: late + 1 }, nowMs)],
    ['a day is made anew', ofLate, () => browsing.store.rebuildDay(late + 3, daysModule.rebuildDay)],
    ['a visit is folded late', ofEarly, () => foldedLate(early + 1, nowMs)],
  ];
  for (const [what, span, change] of changes) {
    await change();
    assert.deepEqual(
      await spans(),
      SPANS.filter((one) => one !== span),
      what,
    );
    const byDays = await said();
    await browsing.close(nowMs);
    assert.deepEqual(await spans(), SPANS, what);
    assert.deepEqual(await said(), byDays, what);
  }
});

/**
 * @param {number} day
 * @param {number} nowMs
 */
async function foldedLate(day, nowMs) {
  browsing.visit('late.test', day * DAY_MS + 9 * HOUR_MS);
  await browsing.commit(nowMs);
  await browsing.commit(nowMs + HOUR_MS);
  const folds = {
    fold: (/** @type {any[]} */ ...[of, stored, visits]) =>
      daysModule.foldDay(
        of,
        stored,
        visits.map((/** @type {{ bytes: Uint8Array }} */ { bytes }) => bytes),
      ),
    addToSum: () => null,
  };
  await browsing.store.closeDays(day + 1, folds, () => true);
}

test('Where visits alone are kept no longer, the spans stay as they are: of the sums nothing has changed', async () => {
  const nowMs = await browsing.browse(DAYS);
  await browsing.close(nowMs);
  const { spans: before } = await raw();
  const period = await said();
  await browsing.decide({ kind: 'setRetention', visitsDays: 2, sumsDays: null }, nowMs);
  await browsing.close(nowMs, browsing.closingDays({ packSpan: () => assert.fail('a span is made anew') }));
  assert.equal((await raw()).days.length, 2);
  assert.deepEqual((await raw()).spans, before);
  assert.deepEqual(await said(), period);
});

test('Sums that are kept no longer are in no span, and what is deleted with all days is not either', async () => {
  const nowMs = await browsing.browse(DAYS);
  await browsing.close(nowMs);
  await browsing.decide({ kind: 'setRetention', visitsDays: 1, sumsDays: DAYS - 5 }, nowMs);
  await browsing.close(nowMs);
  assert.deepEqual(await spans(), SPANS);
  const kept = (await raw()).rollups.length;
  const all = await said();
  assert.equal(all[0]?.days.length, kept + 1, 'today is open');
  assert.deepEqual(all, await saidByDays());
  await browsing.decide({ kind: 'deleteAll' }, nowMs);
  assert.deepEqual(await spans(), []);
});

test('Of a span that is damaged the days are read each by itself, and a day whose sum is damaged is in none', async () => {
  const nowMs = await browsing.browse(DAYS);
  await browsing.close(nowMs);
  const before = { said: await said(), stored: await raw() };
  for (const damaged of before.stored.spans) {
    await putRaw('spans', { ...damaged, bytes: damaged.bytes.slice(0, -1) });
    assert.deepEqual(await said(), before.said);
  }
  const [first] = before.stored.rollups;
  assert.ok(first);
  await putRaw('rollups', { ...first, bytes: first.bytes.slice(0, -1) });
  for (const span of SPANS) await deleteRaw('spans', span);
  await browsing.close(nowMs);
  assert.deepEqual(await spans(), SPANS);
  assert.deepEqual(await said(), before.said, 'its visits are asked');
  await deleteRaw('days', first.day);
  assert.deepEqual((await said())[0]?.view.unreadable, { damaged: 3, laterVersion: 0 });
});

test('A core that fails on a span leaves everything as it was, and is not asked for it again', async () => {
  const nowMs = await browsing.browse(DAYS);
  let asked = 0;
  const packSpan = () => {
    asked += 1;
    throw new WebAssembly.RuntimeError('unreachable');
  };
  const failing = browsing.closingDays({ packSpan });
  for (let failed = 0; failed < SPANS.length; failed += 1) {
    await assert.rejects(browsing.close(nowMs, failing), WebAssembly.RuntimeError);
  }
  await browsing.close(nowMs, failing);
  assert.equal(asked, SPANS.length);
  assert.deepEqual(await spans(), []);
  assert.deepEqual((await said())[0]?.view.visits, DAYS * 3);
});
