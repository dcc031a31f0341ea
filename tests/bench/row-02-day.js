// Owns rows 2, 3 and 7: what a day of browsing costs the background, what it hands to the store, and the memory of the core after it;
// against a store that rewrites its whole history.

// A day is 500 visits of 100 requests. The shell is the built one; the browser's interface is `captured-browser.js`, as in row 1, and the
// store takes a copy of what it is handed and weighs it afterwards, so that a disk is not measured. Each visit makes four commits: three
// while it loads, one at its end; the fifth, which says that it is at rest, finds nothing new. At the end the day is closed. Measured in Node.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DistVariants } from './dist-variant.js';
import { printRows, progress } from './measured-row.js';
import { median, readable, spread } from './median.js';
import { fetchOwnFiles } from './own-files.js';

const DAYS = 7;
const [BUDGET_S, BUDGET_RATIO, BUDGET_MB, BUDGET_MEMORY_MB] = [0.25, 100, 20, 16];
const MB = 1e6;

fetchOwnFiles();
const variants = await DistVariants.open();
try {
  const { folder } = await benchVariant();
  /** @type {typeof import('./day-rounds.js')} */
  const { measureDay, VISITS } = await import(pathToFileURL(path.join(folder, 'bench/day-rounds.js')).href);
  /** @type {typeof import('./rewriting-store.js')} */
  const { rewriteForADay } = await import(pathToFileURL(path.join(folder, 'bench/rewriting-store.js')).href);
  const days = [];
  for (let day = 0; day < DAYS; day += 1) days.push(await measureDay('chromium'));
  const rewritten = rewriteForADay(VISITS);
  progress(`${days.map(({ ms }) => readable(ms)).join(', ')} ms; rewriting ${readable(rewritten.ms)} ms`);
  print(days, rewritten);
} finally {
  await variants.close();
}
// The shell's timers would keep Node for seconds.
process.exit();

async function benchVariant() {
  const variant = await variants.copy('chromium', 'day');
  await variant.addShell(['day-rounds.js', 'rewriting-store.js']);
  await variant.add(path.join(import.meta.dirname, 'weighing-store.js'), 'bench/shell/store.js');
  return variant;
}

/**
 * @param {import('./day-rounds.js').DayTimes[]} days
 * @param {import('./rewriting-store.js').Rewriting} rewritten
 */
function print(days, rewritten) {
  const seconds = days.map(({ ms }) => ms / 1_000);
  const [last] = days.slice(-1);
  if (!last) throw new Error('No day was measured.');
  const ratio = rewritten.ms / 1_000 / median(seconds);
  const megabytes = median(days.map(({ bytes }) => bytes)) / MB;
  const memory = last.memoryBytes / MB;
  const name = 'a store that rewrites its history';
  printRows([
    {
      row: 2,
      what: 'a day, all CPU in the background',
      yardstick: { name, value: rewritten.ms / 1_000, unit: 's' },
      tiers: { value: median(seconds), unit: 's' },
      ratio,
      budget: {
        text: `≤ ${BUDGET_S} s, ≥ ${BUDGET_RATIO} × less`,
        ok: median(seconds) <= BUDGET_S && ratio >= BUDGET_RATIO,
      },
      notes: `${spread(seconds)} s, median (middle half) of ${days.length} days; ${last.commits} commits a day; in Node, without a disk`,
    },
    {
      row: 3,
      what: 'a day, bytes handed to the store',
      yardstick: { name, value: rewritten.bytes / MB, unit: 'MB' },
      tiers: { value: megabytes, unit: 'MB' },
      ratio: rewritten.bytes / MB / megabytes,
      budget: { text: `≤ ${BUDGET_MB} MB`, ok: megabytes <= BUDGET_MB },
      notes: 'bytes as they are, all else as its JSON text; 1 MB is 1,000,000 bytes',
    },
    {
      row: 7,
      what: 'wasm memory after a day',
      yardstick: null,
      tiers: { value: memory, unit: 'MB' },
      ratio: null,
      budget: { text: `≤ ${BUDGET_MEMORY_MB} MB`, ok: memory <= BUDGET_MEMORY_MB },
      notes: `after ${days.length} days in one background`,
    },
  ]);
}
