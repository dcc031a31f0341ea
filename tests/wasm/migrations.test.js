// Proves that the store of every earlier version opens in this one, with nothing lost. `tests/fixtures/stores` keeps one of each
// version, as that version wrote it, and what it exported.
import 'fake-indexeddb/auto';

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { DATABASE_VERSION, resultOf } from '../../extension/database.js';
import { counter, exported, raw, SITES, StoredBrowsing, summed } from './stored-browsing.js';

const FOLDER = path.join(import.meta.dirname, '../fixtures/stores');

/**
 * @typedef {object} OldStore
 * @property {number} version
 * @property {Record<string, { keyPath: string, indexes: Record<string, { keyPath: string, multiEntry?: boolean }> }>} schema
 * @property {Record<string, object[]>} tables
 * @property {Record<string, unknown>} exported
 */

/** @param {string} file @returns {Promise<OldStore>} */
async function readStore(file) {
  return JSON.parse(await readFile(path.join(FOLDER, file), 'utf8'), (_, value) =>
    typeof value?.base64 === 'string' ? Uint8Array.from(Buffer.from(value.base64, 'base64')) : value,
  );
}

/** @param {OldStore} store */
async function putDown({ version, schema, tables }) {
  const opening = indexedDB.open('tiers', version);
  opening.onupgradeneeded = () => {
    for (const [name, { keyPath, indexes }] of Object.entries(schema)) {
      const table = opening.result.createObjectStore(name, { keyPath });
      for (const [index, { keyPath: of, multiEntry = false }] of Object.entries(indexes)) {
        table.createIndex(index, of, { multiEntry });
      }
      for (const record of tables[name] ?? []) table.put(record);
    }
  };
  (await resultOf(opening)).close();
}

const files = (await readdir(FOLDER)).sort();

test('The store of every version but the first, which was in nobody’s hands, and this one is kept', () => {
  const earlier = Array.from({ length: DATABASE_VERSION - 2 }, (_, place) => `${place + 2}.json`);
  assert.deepEqual(files, earlier);
});

for (const file of files) {
  test(`The store of version ${path.parse(file).name} opens, says what it said, and is summed up`, async () => {
    const old = await readStore(file);
    const browsing = new StoredBrowsing();
    await putDown(old);
    const now = await exported();
    const tables = Object.keys(old.exported).map((name) => [name, now[name]]);
    assert.deepEqual(Object.fromEntries(tables), old.exported);
    const before = await summed();
    assert.equal(before.view.visits, /** @type {any[]} */ (old.exported['visits']).length);
    assert.deepEqual(before.view.unreadable, { damaged: 0, laterVersion: 0 });

    // The background that wakes takes up what was live, and the settings.
    const stored = await browsing.store.read((live) => counter.Core.openVisits(live));
    assert.equal(stored.unreadable, undefined);
    assert.ok(stored.visits.length > 0 && stored.setAside);
    const nowMs = Date.UTC(2026, 10, 29);
    const bytes = stored.visits.map((visit) => visit.bytes);
    browsing.core.restore(stored.live, bytes, stored.settings, 'nothing', new Int32Array(), nowMs);
    assert.deepEqual(stored.settings?.excludedSites, ['bank.test']);
    await browsing.commit(nowMs);
    await browsing.close(nowMs);
    const { days, rollups } = await raw();
    assert.deepEqual(
      rollups.map(({ day }) => day),
      days.map(({ day }) => day),
    );
    assert.deepEqual(figuresOf((await summed()).sites), figuresOf(before.sites));
  });
}

/**
 * What was open then may have asked for more, which is said from now on; its figures are the same.
 *
 * @param {{ rows: import('../../extension/core/types.js').SiteRow[] }} sites
 */
function figuresOf({ rows }) {
  return rows.map(({ incomplete: _, ...figures }) => figures);
}

test('A database of version 1, which was never released, is begun anew', async () => {
  const browsing = new StoredBrowsing();
  const old = indexedDB.open('tiers', 1);
  old.onupgradeneeded = () => {
    const visits = old.result.createObjectStore('visits', { keyPath: 'id' });
    visits.createIndex('startedAtMs', 'startedAtMs');
    visits.put({ id: 'old-1', site: 'old.test', startedAtMs: 1, bytes: new Uint8Array([1]) });
    for (const table of ['live', 'settings', 'meta']) old.result.createObjectStore(table, { keyPath: 'key' });
  };
  (await resultOf(old)).close();
  await browsing.browse(1);
  assert.equal((await raw()).visits.length, SITES.length);
});
