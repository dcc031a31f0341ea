// Proves what the store does where there is no room, and where the disk does not answer, over an IndexedDB in memory.
import 'fake-indexeddb/auto';
import { answers, calls, resetBrowser } from './fake-browser.js';

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';

import { openDatabase, resultOf, storeError, StoreError } from '../../extension/database.js';
import { LEAST_ROOM, LEAST_ROOM_TO_DELETE, ROOM_TO_DELETE_A_BYTE } from '../../extension/room.js';
import { Store } from '../../extension/store.js';
import { limited, made } from '../../extension/transaction.js';

const live = new Uint8Array([1, 2, 3]);
const relaxed = { strict: false };

/** What the browser says of the disk. */
const disk = { left: Infinity, used: 1_000 };

let clockMs = 0;

beforeEach(() => {
  mock.restoreAll();
  resetBrowser();
  globalThis.indexedDB = new IDBFactory();
  Object.assign(disk, { left: LEAST_ROOM, used: 1_000 });
  // So much later each time that what was told before is no longer relied on.
  mock.method(performance, 'now', () => (clockMs += 60_000));
  const estimate = async () => ({ quota: disk.left + disk.used, usage: disk.used });
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { storage: { estimate } } });
});

/** @param {string} id @param {string} site @returns {any} Of a visit the store reads no more than this. */
const visit = (id, site) => ({ id, site, day: 20_000 });

/** @param {object} parts @returns {any} */
const commit = (parts) => ({ deleted: deleted(), visits: [], settings: null, ...parts });

const deleted = (/** @type {string[]} */ ...sites) => ({ all: false, sites, visits: [], days: [] });

/** A day with one site: its record, or its sum. @param {number} day @param {string} site */
const closed = (day, site) => ({ day, visits: 1, bytes: new TextEncoder().encode(site) });

const newStore = () =>
  new Store({
    load: async () => {},
    dayWithout: () => undefined,
    rollupVisits: (bytes, site) => (new TextDecoder().decode(Uint8Array.from(bytes)) === site ? 1 : undefined),
    rollupWithoutSite: () => undefined,
  });

/** @param {'visits' | 'days' | 'rollups' | 'meta'} table @returns {Promise<IDBValidKey[]>} */
async function keysOf(table) {
  const database = await openDatabase();
  const keys = await resultOf(database.transaction(table).objectStore(table).getAllKeys());
  database.close();
  return keys;
}

/** @param {Promise<unknown>} write */
function isFull(write) {
  return assert.rejects(write, (error) => error instanceof StoreError && error.kind === 'storeFull');
}

test('What the browsers throw on a full disk is known as such', () => {
  const full = [
    // Firefox 153, of every write and of an opening; Chromium 156, of an opening.
    ['QuotaExceededError', 'The current transaction exceeded its quota limitations.'],
    ['QuotaExceededError', 'Encountered full disk while opening backing store for indexedDB.open.'],
    // Chromium 156, of a write.
    [
      'UnknownError',
      'Connection is closing because of: IO error: .../000003.log: FILE_ERROR_NO_SPACE (ChromeMethodBFE: 3::WritableFileAppend::8)',
    ],
  ];
  for (const [name, message] of full) assert.equal(storeError(new DOMException(message, name)).kind, 'storeFull');
  assert.equal(storeError(new DOMException('Internal error.', 'UnknownError')).kind, 'storeUnavailable');
  assert.equal(storeError(new DOMException('later', 'VersionError')).kind, 'storeFromFuture');
});

test('Where the disk has little room left nothing is tried, and everything is written once there is some', async () => {
  const store = newStore();
  await store.write(commit({ visits: [visit('s-1', 'a.test')] }), live, relaxed);
  disk.left = LEAST_ROOM - 1;
  const put = mock.method(IDBObjectStore.prototype, 'put');
  await isFull(store.write(commit({ visits: [visit('s-2', 'a.test')] }), live, relaxed));
  await isFull(store.writeNote('setAside', { session: 's', sinceMs: 1, count: 1, detail: '' }));
  const day = closed(20_000, 'a.test');
  const fold = () => ({ closed: { day, rollup: day }, folded: ['s-1'] });
  await isFull(store.closeDays(20_001, { fold, addToSum: () => null }, () => true));
  assert.equal(put.mock.callCount(), 0);
  assert.deepEqual(await keysOf('visits'), ['s-1']);
  disk.left = LEAST_ROOM;
  await store.write(commit({ visits: [visit('s-2', 'a.test')] }), live, relaxed);
  assert.deepEqual(await keysOf('visits'), ['s-1', 's-2']);
});

test('After a write that found no room nothing is tried on what the browser told before it', async () => {
  const standingMs = (clockMs += 60_000);
  mock.method(performance, 'now', () => standingMs);
  disk.left = 1_000 * LEAST_ROOM;
  const store = newStore();
  await store.write(commit({ visits: [visit('s-1', 'a.test')] }), live, relaxed);
  const full = mock.method(IDBObjectStore.prototype, 'put', () => {
    throw new DOMException('The current transaction exceeded its quota limitations.', 'QuotaExceededError');
  });
  await isFull(store.write(commit({ visits: [visit('s-2', 'a.test')] }), live, relaxed));
  assert.notEqual(full.mock.callCount(), 0);
  full.mock.restore();
  disk.left = 0;
  const put = mock.method(IDBObjectStore.prototype, 'put');
  await isFull(store.write(commit({ visits: [visit('s-2', 'a.test')] }), live, relaxed));
  assert.equal(put.mock.callCount(), 0);
});

test('There is room to delete where there is none to put, but not for more than the deletion takes', async () => {
  const store = newStore();
  await store.write(commit({ visits: [visit('s-1', 'a.test'), visit('s-2', 'b.test')] }), live, relaxed);
  const database = await openDatabase();
  for (const table of ['days', 'rollups']) {
    const records = database.transaction(table, 'readwrite').objectStore(table);
    for (const [place, site] of ['only.test', 'a.test'].entries()) await resultOf(records.put(closed(place + 1, site)));
  }
  database.close();
  disk.left = LEAST_ROOM_TO_DELETE;
  await store.delete(deleted('b.test'));
  assert.deepEqual(await keysOf('visits'), ['s-1']);
  await isFull(store.delete(deleted('only.test')));
  // It is in one of two days.
  disk.left += (ROOM_TO_DELETE_A_BYTE * disk.used) / 2;
  await store.delete(deleted('only.test'));
  assert.deepEqual([await keysOf('days'), await keysOf('rollups')], [[2], [2]]);
  await isFull(store.delete(deleted('a.test')));
  await isFull(store.delete({ ...deleted(), all: true }));
  disk.used /= 2;
  await store.delete({ ...deleted(), all: true });
  assert.deepEqual([await keysOf('visits'), await keysOf('days'), await keysOf('rollups')], [[], [], []]);
});

test('A commit that deletes asks for the room that this takes too', async () => {
  const store = newStore();
  const database = await openDatabase();
  await resultOf(database.transaction('days', 'readwrite').objectStore('days').put(closed(1, 'a.test')));
  database.close();
  disk.left = LEAST_ROOM + ROOM_TO_DELETE_A_BYTE * disk.used - 1;
  await isFull(store.write(commit({ deleted: deleted('a.test') }), live, relaxed));
  disk.left += 1;
  await store.write(commit({ deleted: deleted('a.test') }), live, relaxed);
});

test('Where there is much room it is not asked for before each write, but no longer than a disk could fill it up', async (t) => {
  const store = newStore();
  let asked = 0;
  const estimate = async () => ({ quota: disk.left + (asked += 1) * 0, usage: 0 });
  Object.assign(globalThis.navigator.storage, { estimate });
  t.mock.method(performance, 'now', () => clockMs);
  clockMs += 60_000;
  // What 100 ms of the fastest disk take.
  disk.left = LEAST_ROOM + 100 * (2 << 20);
  for (const laterMs of [0, 50, 49, 1, 100]) {
    clockMs += laterMs;
    await store.write(commit({}), live, relaxed);
  }
  assert.equal(asked, 3);
});

test('A browser that does not tell how much room there is, or not in time, is written to', async (t) => {
  const store = newStore();
  for (const estimate of [async () => ({}), async () => Promise.reject(new Error('no'))]) {
    Object.assign(globalThis.navigator.storage, { estimate });
    mock.method(console, 'warn', () => {});
    await store.write(commit({}), live, relaxed);
  }
  t.mock.timers.enable({ apis: ['setTimeout'] });
  Object.assign(globalThis.navigator.storage, { estimate: () => new Promise(() => {}) });
  const ended = store.write(commit({ visits: [visit('s-1', 'a.test')] }), live, relaxed);
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  t.mock.timers.tick(1_000);
  t.mock.timers.reset();
  await ended;
  assert.deepEqual(await keysOf('visits'), ['s-1']);
});

test('What the browser calls by another name is a full disk where there is no room', async () => {
  const store = newStore();
  mock.method(IDBObjectStore.prototype, 'put', () => {
    disk.left = 0;
    throw new DOMException('Internal error.', 'UnknownError');
  });
  await isFull(store.write(commit({}), live, relaxed));
});

/** Has the next write find no room. */
function tear() {
  const put = mock.method(IDBObjectStore.prototype, 'put', () => {
    put.mock.restore();
    throw new DOMException('FILE_ERROR_NO_SPACE', 'UnknownError');
  });
}

test('After a write that found no room the browser is made to begin another log before anything else is written', async () => {
  const store = newStore();
  tear();
  await isFull(store.write(commit({}), live, relaxed));
  disk.left = LEAST_ROOM - 1;
  await isFull(store.delete(deleted('a.test')));
  disk.left = LEAST_ROOM;
  /** @type {any[]} */
  const written = [];
  const { put } = IDBObjectStore.prototype;
  mock.method(
    IDBObjectStore.prototype,
    'put',
    /** @this {IDBObjectStore} @param {any} record */ function (record) {
      written.push(record);
      return put.call(this, record);
    },
  );
  await store.write(commit({}), live, relaxed);
  const padding = written.slice(0, -1);
  const bytes = padding.reduce((sum, record) => sum + record.bytes.length, 0);
  assert.ok(bytes >= 2 * 4 * 2 ** 20, `${bytes} bytes: twice what a log takes`);
  assert.equal(written.at(-1)?.key, 'live');
  assert.deepEqual(await keysOf('meta'), [], 'it is gone again');
  written.length = 0;
  await store.write(commit({}), live, relaxed);
  assert.equal(written.length, 1, 'once is enough');
});

test('A background that is stopped before it has mended the log leaves that to the next', async () => {
  tear();
  await isFull(newStore().write(commit({}), live, relaxed));
  assert.deepEqual(calls.at(-1)?.args, [{ tornLog: true }]);
  answers['storage.session.get'] = () => ({ tornLog: true });
  await newStore().write(commit({}), live, relaxed);
  assert.deepEqual(calls.at(-1)?.args, [{ tornLog: false }]);
});

test('What takes too long is given up: nobody waits any more, its transaction is undone, and one that has not begun does not begin', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let aborted = 0;
  const transaction = /** @type {any} */ ({ abort: () => void (aborted += 1) });
  /** @type {AbortSignal | undefined} */
  let signal;
  const ended = limited(30_000, (given) => {
    signal = given;
    return made(transaction, async () => {}, given);
  });
  const rejected = assert.rejects(ended, /did not answer within 30 s/);
  t.mock.timers.tick(30_000);
  await rejected;
  assert.equal(aborted, 1);
  assert.throws(() => signal?.throwIfAborted(), StoreError);
});
