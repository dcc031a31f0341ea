// Proves what a commit leaves in the database, over an IndexedDB in memory; the browsers' own are met by the end-to-end tests.
import 'fake-indexeddb/auto';

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { IDBFactory } from 'fake-indexeddb';

import {
  DATABASE,
  DATABASE_VERSION,
  deleteDatabase,
  openDatabase,
  resultOf,
  StoreError,
} from '../../extension/database.js';
import { Store } from '../../extension/store.js';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** @param {string} id @param {string} site @returns {any} Of a visit the store reads no more than this. */
const visit = (id, site) => ({ id, site, day: 20_000 });

const noDay = () => assert.fail('no day is closed');
const daysWithout = { load: async () => {}, dayWithout: noDay, rollupVisits: noDay, rollupWithoutSite: noDay };

const nothing = { all: false, sites: [], visits: [], days: [] };

/** @param {object} parts @returns {any} */
const commit = (parts) => ({ deleted: nothing, visits: [], settings: null, ...parts });

const live = new Uint8Array([1, 2, 3]);
const relaxed = { strict: false };
const nothingNoted = { setAside: undefined, givenUp: undefined };

async function kept() {
  const database = await openDatabase();
  const visits = await resultOf(database.transaction('visits').objectStore('visits').getAll());
  database.close();
  return visits.map(({ id }) => id);
}

test('What is stored is read again: the snapshot, the visits that it needs, the settings', async () => {
  const store = new Store(daysWithout);
  const settings = { paused: false, excludedSites: ['a.test'] };
  await store.write(commit({ visits: [visit('s-1', 'a.test'), visit('s-2', 'b.test')], settings }), live, {
    strict: true,
  });
  const stored = await new Store(daysWithout).read((bytes) => {
    assert.deepEqual(bytes, live);
    return ['s-2', 's-9'];
  });
  assert.deepEqual(stored, { live, visits: [visit('s-2', 'b.test')], settings, ...nothingNoted });
});

test('An empty store is read as nothing', async () => {
  const stored = await new Store(daysWithout).read(() => assert.fail('there is no snapshot'));
  assert.deepEqual(stored, { visits: [], settings: undefined, ...nothingNoted });
});

test('A snapshot that the core refuses is told, and the settings are read all the same', async () => {
  const store = new Store(daysWithout);
  const settings = { paused: true, excludedSites: [] };
  await store.write(commit({ settings }), live, relaxed);
  const refusal = new Error('not mine');
  const stored = await store.read(() => {
    throw refusal;
  });
  assert.deepEqual(stored, { visits: [], settings, unreadable: refusal, ...nothingNoted });
});

test('A commit deletes first and puts then, so that what it puts stays', async () => {
  const store = new Store(daysWithout);
  const stored = [visit('s-0', 'b.test'), visit('s-1', 'a.test'), visit('s-2', 'b.test')];
  await store.write(commit({ visits: stored }), live, relaxed);
  const deletion = commit({
    deleted: { ...nothing, sites: ['a.test', 'none.test'], visits: ['s-0', 'none'].map((id) => ({ id, day: 20_000 })) },
    visits: [visit('s-3', 'a.test')],
  });
  await store.write(deletion, live, relaxed);
  assert.deepEqual(await kept(), ['s-2', 's-3']);
  await store.write(deletion, live, relaxed);
  assert.deepEqual(await kept(), ['s-2', 's-3'], 'storing it twice equals storing it once');
  await store.write(commit({ deleted: { ...nothing, all: true }, visits: [visit('s-4', 'c.test')] }), live, relaxed);
  assert.deepEqual(await kept(), ['s-4']);
});

test('A commit of which one record cannot be stored leaves nothing behind', async () => {
  const store = new Store(daysWithout);
  await store.write(commit({ visits: [visit('s-1', 'a.test')] }), live, relaxed);
  const broken = commit({ deleted: { ...nothing, all: true }, visits: [{ site: 'has no id' }] });
  await assert.rejects(store.write(broken, live, relaxed), StoreError);
  assert.deepEqual(await kept(), ['s-1']);
  await store.write(commit({ visits: [visit('s-2', 'a.test')] }), live, relaxed);
  assert.deepEqual(await kept(), ['s-1', 's-2'], 'the store goes on after a failure');
});

test('A store of a later version is left untouched, and named as such', async () => {
  const later = await resultOf(indexedDB.open(DATABASE, DATABASE_VERSION + 1));
  later.close();
  const store = new Store(daysWithout);
  store.open();
  await assert.rejects(store.write(commit({}), live, relaxed), (error) => {
    assert.ok(error instanceof StoreError);
    assert.equal(error.kind, 'storeFromFuture');
    return true;
  });
});

test('A store that is refused is neither read nor written again', async () => {
  const store = new Store(daysWithout);
  await store.write(commit({ visits: [visit('s-1', 'a.test')] }), live, relaxed);
  store.refuse('a visit of version 2');
  await assert.rejects(store.write(commit({ deleted: { ...nothing, all: true } }), live, relaxed), /version 2/);
  await assert.rejects(
    store.read(() => []),
    StoreError,
  );
  assert.deepEqual(await kept(), ['s-1']);
});

test('The store gives way to a later version, and says then what came', async () => {
  const store = new Store(daysWithout);
  await store.write(commit({}), live, relaxed);
  const later = await resultOf(indexedDB.open(DATABASE, DATABASE_VERSION + 1));
  later.close();
  await assert.rejects(
    store.write(commit({}), live, relaxed),
    (error) => error instanceof StoreError && error.kind === 'storeFromFuture',
  );
});

test('Events that were set aside are read again', async () => {
  const store = new Store(daysWithout);
  await store.writeNote('setAside', { session: 's', sinceMs: 4, count: 2, detail: 'tabRemoved: RuntimeError' });
  const { setAside } = await store.read(() => []);
  assert.equal(setAside?.count, 2);
});

test('A deletion that another page holds up says that it waits, and is done once that page lets go', async (t) => {
  const { version, ...holder } = await held();
  assert.equal(version, DATABASE_VERSION);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const told = new Promise((resolve) => {
    void deleteDatabase(() => resolve('waits')).then(() => resolve('done'));
  });
  t.mock.timers.tick(5_000);
  assert.equal(await told, 'waits');
  t.mock.timers.reset();
  holder.release();
  const again = await openDatabase();
  assert.equal(await resultOf(again.transaction('visits').objectStore('visits').count()), 0);
  again.close();
});

/** A store with a visit, as a page holds it that lets nobody have it. */
async function held() {
  await new Store(daysWithout).write(commit({ visits: [visit('1', 'a.test')] }), live, relaxed);
  const database = await openDatabase();
  database.onversionchange = null;
  return { version: database.version, release: () => database.close() };
}
