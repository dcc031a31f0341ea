// Owns row 14: what a day costs in an export of many, and what the core holds of them; against JavaScript that reads and writes the same file.

// The days are those of the year that the other rows use, made here. The extension's own making of the file, with the reader's core, in Node;
// the store is not part of it. JavaScript has the whole file in memory, and makes no digest.
import { ExportMaking } from '../../extension/export-making.js';
import { freshCounter, freshDays, freshReader } from '../wasm/core-module.js';
import { ENVIRONMENT } from '../wasm/target.js';
import { LivedDays } from '../year/lived-days.js';
import { yearSize } from '../year/year-file.js';
import { printRow, progress } from './measured-row.js';
import { median, spread } from './median.js';

/** @typedef {import('../../extension/core/types.js').StoredDay} StoredDay */

const [DAYS, ROUNDS] = [14, 5];
const MB = 1e6;
const lived = new LivedDays(await freshCounter(), await freshDays(), { ...yearSize(), days: DAYS });
const days = [...lived.records()]
  .filter(([table]) => table === 'days')
  .map(([, record]) => /** @type {StoredDay} */ (/** @type {unknown} */ (record)));
const one = await exportOf(days.slice(0, 1));
const rounds = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const all = await exportOf(days);
  const text = await all.file.text();
  const begin = performance.now();
  JSON.stringify(JSON.parse(text));
  rounds.push({ ...all, plainMs: performance.now() - begin });
  progress(`${all.ms.toFixed(0)} ms, JavaScript ${rounds.at(-1)?.plainMs.toFixed(0)} ms`);
}
const [ms, plainMs] = [rounds.map((round) => round.ms / DAYS), rounds.map((round) => round.plainMs / DAYS)];
const ratio = median(ms) / median(plainMs);
const [last] = rounds.slice(-1);
const [held, heldOfOne] = [last?.memoryBytes ?? Infinity, one.memoryBytes];
printRow({
  row: 14,
  what: 'export of many days, a day',
  yardstick: { name: 'JSON.parse and stringify of the same file', value: median(plainMs), unit: 'ms' },
  tiers: { value: median(ms), unit: 'ms' },
  ratio,
  budget: { text: '≤ 1.5 × JSON; memory ≤ 1.5 × of one day', ok: ratio <= 1.5 && held <= 1.5 * heldOfOne },
  notes:
    `${spread(ms)} ms a day, ${DAYS} days, median (middle half) of ${ROUNDS} exports; ${((last?.file.size ?? 0) / MB / DAYS).toFixed(1)} MB a day; ` +
    `the core's memory ${(held / MB).toFixed(1)} MB, after one day ${(heldOfOne / MB).toFixed(1)} MB; in Node`,
});

/** @param {StoredDay[]} some */
async function exportOf(some) {
  const reader = await freshReader();
  const begin = performance.now();
  const making = new ExportMaking(reader, { site: undefined, environment: ENVIRONMENT, nowMs: 0, id: 'bench' });
  for (const day of some) making.add(day, []);
  const { file } = await making.finish();
  const ms = performance.now() - begin;
  // Of the instance that is there.
  const { memory } = /** @type {any} */ (reader).initSync(undefined);
  return { file, ms, memoryBytes: memory.buffer.byteLength };
}
