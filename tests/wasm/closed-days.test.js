// Proves what becomes of a day that is over: its visits move into one record, nothing is lost on the way, and what is deleted is gone.
import 'fake-indexeddb/auto';

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { IDBFactory } from 'fake-indexeddb';

import { ClosingDays } from '../../extension/closing-days.js';
import { openDatabase, resultOf } from '../../extension/database.js';
import { Store } from '../../extension/store.js';
import { freshCounter, freshReader } from './core-module.js';
import { ENVIRONMENT } from './target.js';

/** @typedef {import('../../extension/core/counter.js').Core} Core */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MORNING_MS = Date.UTC(2026, 10, 27, 9);
const SITES = ['news.test', 'shop.test', 'secret.test'];

const counter = await freshCounter();
const { exportJson, overview } = await freshReader();

/** @type {Store} */
let store;
/** @type {Core} */
let core;
let requestId = 0;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  store = new Store(counter.dayWithoutSite);
  core = new counter.Core('session');
  core.setUtcOffset(60);
});

/** A page of a site, with a third party of its own, that its tab leaves again. @param {string} site @param {number} atMs */
function visit(site, atMs) {
  const id = `${site} ${atMs}`;
  const navigation = (requestId += 1);
  core.navigationStarted(navigation, site, 1, false, false, atMs);
  core.requestAnswered(navigation, false);
  core.documentCommitted(id, '', 1, 0, true, 'active', false, 'https', site, atMs);
  const key = core.documentKey(id, '', '', 1, 0, false, atMs);
  const request = (requestId += 1);
  core.requestStarted(request, core.hostKey(`img.of-${site}`), key, core.typeCode('image'), atMs + 1);
  core.requestAnswered(request, false);
  core.tabRemoved(1, atMs + 2);
}

/** @param {number} atMs */
async function commit(atMs) {
  const made = core.commit(atMs);
  if (!made) return;
  await store.write(made, core.live(), { strict: false });
  core.stored();
}

/** Three sites on each of some days, the last ones today. @param {number} days @returns {Promise<number>} now */
async function browse(days) {
  let atMs = MORNING_MS;
  for (let day = 0; day < days; day += 1) {
    for (const [place, site] of SITES.entries()) {
      atMs = MORNING_MS + day * DAY_MS + place * HOUR_MS;
      visit(site, atMs);
      await commit(atMs + 3);
    }
  }
  // A minute after its end a visit is forgotten.
  const nowMs = atMs + 2 * HOUR_MS;
  await commit(nowMs);
  return nowMs;
}

/** @param {number} nowMs @param {ClosingDays} [days] */
const close = (nowMs, days = new ClosingDays({ store, foldDay: counter.foldDay })) => days.close(core, nowMs);

const sum = (/** @type {number[]} */ counts) => counts.reduce((one, other) => one + other, 0);

/** Every record of visits and days. */
async function raw() {
  const database = await openDatabase();
  const transaction = database.transaction(['visits', 'days']);
  /** @type {[import('../../extension/core/types.js').StoredVisit[], import('../../extension/core/types.js').StoredDay[]]} */
  const [visits, days] = await Promise.all([
    resultOf(transaction.objectStore('visits').getAll()),
    resultOf(transaction.objectStore('days').getAll()),
  ]);
  database.close();
  return { visits, days };
}

/** @param {{ site?: string }} [which] */
async function exported({ site } = {}) {
  const file = JSON.parse(exportJson(await raw(), site, ENVIRONMENT, MORNING_MS, 'export').json);
  return { ...file, integrity: undefined };
}

/** @param {Awaited<ReturnType<typeof raw>>} stored */
function textOf({ visits, days }) {
  const bytes = [...visits, ...days].map((record) => Buffer.from(record.bytes).toString('latin1'));
  return JSON.stringify([bytes, visits.map(({ id, site }) => [id, site]), days.map(({ sites }) => sites)]);
}

test('Days that are over are one record each, and every export is the same as before', async () => {
  const nowMs = await browse(3);
  const [everything, ofSite] = [await exported(), await exported({ site: 'shop.test' })];
  const summed = overview(await raw());
  await close(nowMs);
  const { visits, days } = await raw();
  assert.deepEqual(
    days.map(({ visits: counts, sites }) => [counts, sites]),
    [
      [[1, 1, 1], [...SITES].sort()],
      [[1, 1, 1], [...SITES].sort()],
    ],
  );
  assert.equal(visits.length, 3, 'today is not over');
  assert.deepEqual(await exported(), everything);
  assert.deepEqual(await exported({ site: 'shop.test' }), ofSite);
  assert.equal(ofSite.visits.length, 3);
  assert.deepEqual(overview(await raw()), summed);
});

test('Closing again changes nothing, and a visit that comes late joins its day', async () => {
  const nowMs = await browse(2);
  await close(nowMs);
  const once = await raw();
  await close(nowMs);
  assert.deepEqual(await raw(), once);
  visit('late.test', MORNING_MS + 5 * HOUR_MS);
  await commit(nowMs + 1);
  await commit(nowMs + HOUR_MS);
  await close(nowMs + HOUR_MS);
  const { visits, days } = await raw();
  assert.deepEqual([visits.length, days.map((day) => sum(day.visits))], [3, [4]]);
});

test('A page that is still open stays beside its day until it can change no more, and is then folded too', async () => {
  visit('news.test', MORNING_MS);
  core.documentCommitted('OPEN', '', 2, 0, true, 'active', false, 'https', 'open.test', MORNING_MS + 3);
  const nowMs = MORNING_MS + 2 * DAY_MS;
  await commit(MORNING_MS + 4);
  await commit(nowMs);
  await close(nowMs);
  const before = await raw();
  assert.deepEqual(
    [before.visits.map(({ site }) => site), before.days.map(({ sites }) => sites)],
    [['open.test'], [['news.test']]],
  );
  core.tabRemoved(2, nowMs);
  await commit(nowMs + 1);
  await close(nowMs + 1);
  assert.equal((await raw()).visits.length, 1, 'its last beacons may be on their way');
  await commit(nowMs + HOUR_MS);
  await close(nowMs + HOUR_MS);
  const { visits, days } = await raw();
  assert.deepEqual([visits, days.map(({ sites }) => sites)], [[], [['news.test', 'open.test']]]);
});

test('A visit that is live as its day is folded is not, though it was not when the closing began', async () => {
  const nowMs = await browse(2);
  const slow = new ClosingDays({ store, foldDay: counter.foldDay });
  const closing = close(nowMs, slow);
  // Told late: of yesterday.
  visit('late.test', MORNING_MS + 5 * HOUR_MS);
  await commit(nowMs + 1);
  await closing;
  const { visits, days } = await raw();
  assert.ok(visits.some(({ site }) => site === 'late.test'));
  assert.deepEqual(
    days.map((day) => day.sites.includes('late.test')),
    [false],
  );
});

test('A day is that of the clock on the wall, so that one who travels east closes a day sooner', async () => {
  visit('news.test', MORNING_MS);
  const nowMs = MORNING_MS + 4 * HOUR_MS;
  await commit(MORNING_MS + 3);
  await commit(nowMs);
  await close(nowMs);
  assert.equal((await raw()).days.length, 0);
  // Tokyo and beyond: it is 03:00 of the next day there.
  core.setUtcOffset(14 * 60);
  await close(nowMs);
  assert.equal((await raw()).days.length, 1);
});

test('Of a site that is deleted nothing is left in closed days, nor of all where all is', async () => {
  const nowMs = await browse(3);
  visit('only.test', MORNING_MS - DAY_MS);
  await commit(nowMs);
  await commit(nowMs + HOUR_MS);
  await close(nowMs);
  const before = await raw();
  assert.equal(before.days.length, 3);
  assert.ok(textOf(before).includes('secret.test') && textOf(before).includes('only.test'));
  core.answer({ kind: 'deleteSite', site: 'secret.test' }, nowMs);
  core.answer({ kind: 'deleteSite', site: 'only.test' }, nowMs);
  await commit(nowMs + HOUR_MS);
  const after = await raw();
  assert.ok(!/secret|only/.test(textOf(after)));
  assert.deepEqual(
    after.days.map((day) => sum(day.visits)),
    [2, 2],
    'a day with nothing left has no record',
  );
  core.answer({ kind: 'deleteAll' }, nowMs);
  await commit(nowMs + HOUR_MS);
  assert.deepEqual(await raw(), { visits: [], days: [] });
});

test('A closed day that is damaged is left as it is, hides no other, and goes with a site that it holds', async () => {
  const nowMs = await browse(3);
  await close(nowMs);
  const database = await openDatabase();
  const [first] = (await raw()).days;
  assert.ok(first);
  first.bytes.set([255], first.bytes.length - 1);
  await resultOf(database.transaction('days', 'readwrite').objectStore('days').put(first));
  database.close();
  visit('late.test', MORNING_MS);
  await commit(nowMs);
  await commit(nowMs + HOUR_MS);
  await close(nowMs + HOUR_MS);
  const { visits, days } = await raw();
  assert.deepEqual(days[0], first);
  assert.equal(visits.filter((one) => one.day === first.day).length, 1, 'beside it');
  const view = overview({ visits, days });
  assert.deepEqual([view.visits, view.unreadable], [7, { damaged: 3, laterVersion: 0 }]);
  core.answer({ kind: 'deleteSite', site: 'shop.test' }, nowMs);
  await commit(nowMs + HOUR_MS);
  assert.deepEqual(
    (await raw()).days.map(({ day }) => day),
    [first.day + 1],
  );
});

test('A core that fails on a day leaves everything where it was, and is not asked for that day again', async () => {
  const nowMs = await browse(2);
  const before = await raw();
  let asked = 0;
  const foldDay = () => {
    asked += 1;
    throw new WebAssembly.RuntimeError('unreachable');
  };
  const failing = new ClosingDays({ store, foldDay });
  await assert.rejects(close(nowMs, failing), WebAssembly.RuntimeError);
  assert.deepEqual(await raw(), before);
  await close(nowMs, failing);
  assert.equal(asked, 1);
});

test('A store that fails between two days leaves the core alone, and the days are closed later', async () => {
  const nowMs = await browse(4);
  const days = new ClosingDays({
    store,
    foldDay: (...of) => {
      // As a commit does that finds the disk full.
      store
        .write(/** @type {any} */ ({ deleted: { all: false, sites: [], visits: [] }, visits: [{}] }), core.live(), {
          strict: false,
        })
        .catch(() => {});
      return counter.foldDay(...of);
    },
  });
  await close(nowMs, days);
  await close(nowMs);
  const { visits, days: closed } = await raw();
  assert.deepEqual([visits.length, closed.length], [3, 3]);
});

test('A core that fails as it takes a site out of a day is told apart from a store that fails, and nothing is deleted by half', async () => {
  const nowMs = await browse(2);
  await close(nowMs);
  const before = await raw();
  const trapping = new Store(() => {
    throw new WebAssembly.RuntimeError('unreachable');
  });
  core.answer({ kind: 'deleteSite', site: 'news.test' }, nowMs);
  const made = core.commit(nowMs + 1);
  assert.ok(made);
  await assert.rejects(trapping.write(made, core.live(), { strict: true }), WebAssembly.RuntimeError);
  assert.deepEqual(await raw(), before);
});

test('A visit that cannot be read stays beside its day, which is not written for it again', async () => {
  const nowMs = await browse(2);
  const database = await openDatabase();
  const [first] = (await raw()).visits;
  assert.ok(first);
  first.bytes = new Uint8Array([2, 0]);
  await resultOf(database.transaction('visits', 'readwrite').objectStore('visits').put(first));
  await close(nowMs);
  const { visits, days } = await raw();
  assert.deepEqual([visits.length, days.map((day) => sum(day.visits))], [4, [2]]);
  // Would a fold put it again, it would have a site no longer.
  await resultOf(
    database
      .transaction('days', 'readwrite')
      .objectStore('days')
      .put({ ...days[0], sites: ['untouched'] }),
  );
  database.close();
  await close(nowMs);
  assert.deepEqual((await raw()).days[0]?.sites, ['untouched']);
});

test('A database of version 1, which was never released, is begun anew', async () => {
  const old = indexedDB.open('tiers', 1);
  old.onupgradeneeded = () => {
    const visits = old.result.createObjectStore('visits', { keyPath: 'id' });
    visits.createIndex('startedAtMs', 'startedAtMs');
    visits.put({ id: 'old-1', site: 'old.test', startedAtMs: 1, bytes: new Uint8Array([1]) });
    for (const table of ['live', 'settings', 'meta']) old.result.createObjectStore(table, { keyPath: 'key' });
  };
  (await resultOf(old)).close();
  await browse(1);
  assert.equal((await raw()).visits.length, SITES.length);
});
