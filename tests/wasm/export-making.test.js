// Proves what an export holds where the store changes while it is read, or cannot be read in part.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { makeExport } from '../../extension/export-making.js';
import { DAY_MS, deleteRaw, HOUR_MS, MORNING_MS, putRaw, raw, reader, StoredBrowsing } from './stored-browsing.js';
import { ENVIRONMENT } from './target.js';

/** @type {StoredBrowsing} */
let browsing;

beforeEach(() => {
  browsing = new StoredBrowsing();
});

test('An export of which something is deleted while it is read is read anew, and holds no part of what went', async () => {
  const nowMs = await browsing.browse(4);
  await browsing.close(nowMs);
  let read = 0;
  const onProgress = (/** @type {number} */ days) => {
    read += 1;
    // Once, as the second day was read: the first days have told of it.
    if (read === 3 && days === 2) deleting = browsing.decide({ kind: 'deleteSite', site: 'secret.test' }, nowMs);
  };
  /** @type {Promise<void> | undefined} */
  let deleting;
  const order = { site: undefined, environment: ENVIRONMENT, nowMs, id: 'export' };
  const { file } = await makeExport(reader, order, onProgress);
  await deleting;
  const text = await file.text();
  assert.ok(read > 5, `begun anew: ${read} words of how far it is`);
  assert.ok(!text.includes('secret.test'));
  assert.equal(JSON.parse(text).visits.length, 8);
});

test('An export that is never read without a deletion is an error and no file', async () => {
  const nowMs = await browsing.browse(3);
  await browsing.close(nowMs);
  /** @type {Promise<void>[]} */
  const deleting = [];
  const onProgress = (/** @type {number} */ days) => {
    if (days === 1) deleting.push(browsing.decide({ kind: 'deleteSite', site: `other${deleting.length}.test` }, nowMs));
  };
  const order = { site: undefined, environment: ENVIRONMENT, nowMs, id: 'export' };
  await assert.rejects(makeExport(reader, order, onProgress), { kind: 'deletedMeanwhile' });
  assert.equal(deleting.length, 3);
  await Promise.all(deleting);
});

test('An export says of how many days sums alone are kept, of all sites and of one', async () => {
  const nowMs = await browsing.browse(4);
  await browsing.close(nowMs);
  const [first, second] = (await raw()).days;
  // As a retention leaves it: the visits go, the sums stay.
  for (const day of [first, second]) await deleteRaw('days', Number(day?.day));
  const missed = async (/** @type {string | undefined} */ site) => {
    const order = { site, environment: ENVIRONMENT, nowMs, id: 'export' };
    const { missing, file } = await makeExport(reader, order);
    return [missing.daysNotKept, JSON.parse(await file.text()).export.days_without_visits];
  };
  assert.deepEqual(await missed(undefined), [2, 2]);
  assert.deepEqual(await missed('news.test'), [2, 2]);
  assert.deepEqual(await missed('nobody.test'), [0, 0]);
});

test('What is missing of a day that cannot be read is pages, and one at least of a site whose workers alone asked', async () => {
  browsing.worker('worker.test', MORNING_MS - HOUR_MS);
  const nowMs = await browsing.browse(2);
  await browsing.close(nowMs);
  const [first] = (await raw()).days;
  assert.ok(first);
  await putRaw('days', { ...first, bytes: first.bytes.slice(0, -2) });
  const unreadableOf = async (/** @type {string | undefined} */ site) => {
    const { missing } = await makeExport(reader, { site, environment: ENVIRONMENT, nowMs, id: 'export' });
    return missing.unreadable.damaged;
  };
  assert.deepEqual([await unreadableOf(undefined), await unreadableOf('worker.test')], [3, 1]);
  const [rollup] = (await raw()).rollups;
  assert.equal(rollup?.visits, first.visits, 'one unit, whether the visits or their sum cannot be read');
});

test('Of a day that cannot be read the export of a site counts its own visits as missing, and none of a day that has none of it', async () => {
  const nowMs = await browsing.browse(3);
  await browsing.close(nowMs);
  const [first, second] = (await raw()).days;
  assert.ok(first && second);
  for (const day of [first, second]) await putRaw('days', { ...day, bytes: day.bytes.slice(0, -2) });
  // A visit of another site beside the second day: its sum knows nothing of it.
  browsing.visit('late.test', MORNING_MS + DAY_MS + 30 * 60_000);
  await browsing.commit(nowMs);
  const unreadableOf = async (/** @type {string | undefined} */ site) => {
    const order = { site, environment: ENVIRONMENT, nowMs, id: 'export' };
    const { missing, file } = await makeExport(reader, order);
    return [missing.unreadable.damaged, JSON.parse(await file.text()).visits.length];
  };
  assert.deepEqual(await unreadableOf('news.test'), [2, 1]);
  assert.deepEqual(await unreadableOf('late.test'), [0, 1]);
  assert.deepEqual(await unreadableOf(undefined), [6, 4]);
});
