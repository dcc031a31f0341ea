// Owns what the tests of readings read: days of browsing that are closed, with a visit beside them, days of which something is missing; and a reading
// that ends early.
import assert from 'node:assert/strict';

import { DAY_MS, deleteRaw, MORNING_MS, putRaw, raw, StoredBrowsing } from './stored-browsing.js';

/**
 * Three sites on each of some days, all of them closed.
 *
 * @param {number} days
 */
export async function closedBrowsing(days) {
  const browsing = new StoredBrowsing();
  const nowMs = await browsing.browse(days);
  await browsing.close(nowMs);
  return { browsing, nowMs };
}

/**
 * The same, with a visit on the second day that is stored beside its record.
 *
 * @param {number} days
 * @param {string} site
 */
export async function closedBrowsingAndOne(days, site) {
  const { browsing, nowMs } = await closedBrowsing(days);
  browsing.visit(site, MORNING_MS + DAY_MS + 30 * 60_000);
  await browsing.commit(nowMs);
}

/** The first day's visits are kept no longer, only their sum; and the second day's record is damaged. */
export async function missFirstDays() {
  const [first, second] = (await raw()).days;
  assert.ok(first && second);
  await deleteRaw('days', first.day);
  await damageDay(second);
}

/** @param {import('../../extension/core/types.js').StoredDay | undefined} day Whose record cannot be read any more. */
export async function damageDay(day) {
  assert.ok(day);
  await putRaw('days', { ...day, bytes: day.bytes.slice(0, -2) });
}

/**
 * How a reading is told to stop, as its user does, once so many days are read.
 *
 * @param {number} days
 */
export function stoppedAfter(days) {
  const stop = new AbortController();
  const onProgress = (/** @type {number} */ read) => {
    if (read === days) stop.abort(new Error('stopped'));
  };
  return { signal: stop.signal, onProgress };
}
