// Owns many closed days in the store of a stage: small ones, as a browser would have lived them.
import { putRecords } from '../year/filled-profile.js';
import { LivedDays } from '../year/lived-days.js';
import { freshCounter, freshDays } from '../wasm/core-module.js';
import { today } from './noon.js';

/** Of a closed day there are its visits and its sum; of many, what they are packed into. */
const CLOSED = new Set(['days', 'rollups', 'spans']);

/**
 * @param {import('../drive/driver.js').Driver} driver
 * @param {number} days How many, the last one yesterday.
 * @returns {Promise<number>} How many pages were visited on them.
 */
export async function putClosedHistory(driver, days) {
  const size = { seed: 1, firstDay: today() - days, days, visits: 3, requests: 8 };
  const lived = new LivedDays(await freshCounter(), await freshDays(), size);
  const records = [];
  let pages = 0;
  for (const [table, { bytes, ...record }] of lived.records()) {
    if (!CLOSED.has(table) || !(bytes instanceof Uint8Array)) continue;
    if (table === 'days') pages += Number(record['visits']);
    records.push({ table, record, bytes: Buffer.from(bytes).toString('base64') });
  }
  await driver.asExtension(putRecords, records);
  return pages;
}
