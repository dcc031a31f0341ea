// Owns row 5: how much later the first request is counted, after the browser woke the background, than in a shell without a
// core.

// A page load wakes the dead background, and the background tells by its own clock, which starts with its worker or page, when
// the first request was counted; everything that comes before is in it: the parse of the embedded core, the store's answer, the
// state taken up. Both browsers run at the same time and are woken in turns. Two pages stay open in the background, one with a
// crowd of third parties, so that there is a state to be taken up. The shell without a core stores and reads a snapshot of
// the same size: what is measured is the core.
import { declareDemo } from '../web/demo-web.js';
import { TestWeb } from '../web/web.js';
import { BROWSERS } from './bench-browser.js';
import { takeCoreOut } from './coreless-shell.js';
import { builtExtension, DistVariants } from './dist-variant.js';
import { printRow, progress } from './measured-row.js';
import { median, readable, spread } from './median.js';
import { WokenBackground } from './woken-background.js';

/** @typedef {import('./bench-browser.js').BrowserName} BrowserName */
/** @typedef {import('../../extension/wake-timings.js').wakeTimings} WakeTimings */

/**
 * @typedef {object} Wakes of one browser
 * @property {BrowserName} browser
 * @property {WakeTimings[]} tiers
 * @property {WakeTimings[]} shell
 */

const WAKES = 20;
const BUDGET_MS = 5;
/** What comes before, for whoever looks for the time. @type {[string, keyof WakeTimings][]} */
const MOMENTS = [
  ['first code', 'startMs'],
  ['core ready', 'coreReadyMs'],
  ['state restored', 'restoredMs'],
];

const variants = await DistVariants.open();
const web = await TestWeb.start();
declareDemo(web);
try {
  /** @type {Wakes[]} */
  const measured = [];
  for (const browser of BROWSERS) {
    measured.push(await wakesOf(browser));
    progress(figures(measured.at(-1)));
  }
  print(measured);
} finally {
  await web.stop();
  await variants.close();
}

/**
 * @param {BrowserName} browser
 * @returns {Promise<Wakes>}
 */
async function wakesOf(browser) {
  const full = await WokenBackground.start(browser, builtExtension(browser), web);
  try {
    const variant = await variants.copy(browser, 'coreless');
    await takeCoreOut(variant, await full.liveBytes());
    const bare = await WokenBackground.start(browser, variant.folder, web);
    try {
      /** @type {Wakes} */
      const wakes = { browser, tiers: [], shell: [] };
      // The first of each warms the browser's own caches of compiled code.
      for (let wake = -1; wake < WAKES; wake += 1) {
        const sides = [
          async () => wakes.tiers.push(await full.wake()),
          async () => wakes.shell.push(await bare.wake()),
        ];
        if (wake % 2 === 0) sides.reverse();
        for (const side of sides) await side();
        if (wake < 0) wakes.tiers.length = wakes.shell.length = 0;
      }
      return wakes;
    } finally {
      await bare.driver.close();
    }
  } finally {
    await full.driver.close();
  }
}

/**
 * @param {WakeTimings[]} timings
 * @param {keyof WakeTimings} [moment]
 */
function each(timings, moment = 'firstRequestCountedMs') {
  return timings.map((timing) => timing[moment]);
}

/** @param {Wakes} wakes */
function overOf({ tiers, shell }) {
  return median(each(tiers)) - median(each(shell));
}

/** @param {Wakes | undefined} wakes */
function figures(wakes) {
  if (!wakes) return '';
  const { browser, tiers, shell } = wakes;
  const moments = MOMENTS.map(([word, moment]) => {
    const [own, other] = [tiers, shell].map((timings) => readable(median(each(timings, moment))));
    return `${word} ${own}/${other}`;
  });
  const counted = `${spread(each(tiers))} ms, shell ${spread(each(shell))} ms`;
  return `${browser} ${counted}: ${readable(overOf(wakes))} ms over it (${moments.join(', ')})`;
}

/** @param {Wakes[]} measured */
function print(measured) {
  const worst = measured.reduce((one, other) => (overOf(other) > overOf(one) ? other : one));
  printRow({
    row: 5,
    what: `wake: dead → first request counted (${worst.browser})`,
    yardstick: { name: 'shell without the core', value: median(each(worst.shell)), unit: 'ms' },
    tiers: { value: median(each(worst.tiers)), unit: 'ms' },
    ratio: null,
    budget: { text: `≤ ${BUDGET_MS} ms over the shell alone`, ok: overOf(worst) <= BUDGET_MS },
    notes: `${measured.map(figures).join('; ')}. Median (middle half) of ${WAKES} wakes each, in turns, from the worker's start`,
  });
}
