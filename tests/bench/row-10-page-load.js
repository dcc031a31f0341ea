// Owns row 10: the load of a page with 300 requests, in a browser with Tiers against one without.

// Two browsers run at the same time and load the page in turns: whatever slows the machine slows both. From the start of the
// navigation to the last answer, by the page's own clock. The server answers at once and from the same machine, so there is no
// network to hide behind. The browser without has an extension that listens to nothing and may do nothing, because the driver
// opens tabs through one. Before each load the browser with Tiers has stored what it counted: that its background then writes
// to disk must not slow the other's load.
import { TestWeb } from '../web/web.js';
import { BROWSERS, launchForBench, rest } from './bench-browser.js';
import { builtExtension, DistVariants } from './dist-variant.js';
import { declareMeasuredPage, timeOfLoad } from './measured-page.js';
import { printRow, progress } from './measured-row.js';
import { median, quantile, readable, spread } from './median.js';

/** @typedef {import('./bench-browser.js').BrowserName} BrowserName */

/**
 * @typedef {object} Loads milliseconds
 * @property {BrowserName} browser
 * @property {number[]} tiers
 * @property {number[]} bare
 */

const LOADS = Number(process.env.LOADS ?? 30);
/** Loads that are not counted: connections are opened, scripts compiled. */
const WARM_UP = 3;
const REST_MS = 100;
const BUDGET = 1.02;

const variants = await DistVariants.open();
const web = await TestWeb.start();
declareMeasuredPage(web);
try {
  /** @type {Loads[]} */
  const measured = [];
  for (const browser of BROWSERS) {
    measured.push(await loadsOf(browser));
    progress(figures(measured.at(-1)));
  }
  print(measured);
} finally {
  await web.stop();
  await variants.close();
}

/**
 * @param {BrowserName} browser
 * @returns {Promise<Loads>}
 */
async function loadsOf(browser) {
  const variant = await variants.copy(browser, 'silent');
  await variant.silence();
  await variant.changeManifest((manifest) => {
    manifest['permissions'] = [];
    manifest['host_permissions'] = [];
  });
  const full = await launchForBench(browser, builtExtension(browser), web);
  try {
    const bare = await launchForBench(browser, variant.folder, web);
    try {
      const fullPage = await full.newPage();
      const barePage = await bare.newPage();
      const withTiers = async () => {
        loads.tiers.push(await timeOfLoad(full, fullPage));
        await full.asExtension(() => chrome.runtime.sendMessage({ kind: 'flush' }));
      };
      const without = async () => void loads.bare.push(await timeOfLoad(bare, barePage));
      /** @type {Loads} */
      const loads = { browser, tiers: [], bare: [] };
      for (let load = -WARM_UP; load < LOADS; load += 1) {
        const sides = load % 2 === 0 ? [withTiers, without] : [without, withTiers];
        for (const side of sides) {
          await side();
          await rest(REST_MS);
        }
        if (load < 0) loads.tiers.length = loads.bare.length = 0;
        web.log.clear();
      }
      return loads;
    } finally {
      await bare.close();
    }
  } finally {
    await full.close();
  }
}

/** @param {Loads} loads */
function ratioOf({ tiers, bare }) {
  return median(tiers) / median(bare);
}

/** @param {Loads | undefined} loads */
function figures(loads) {
  if (!loads) return '';
  const { browser, tiers, bare } = loads;
  const pairs = tiers.map((time, at) => time / /** @type {number} */ (bare[at]));
  // Of the median of this many pairs, by the width of their middle half: what the machine's noise lets one see.
  const error = (1.25 * (quantile(pairs, 0.75) - quantile(pairs, 0.25))) / 1.35 / Math.sqrt(pairs.length);
  const ratio = `${ratioOf(loads).toFixed(3)} × (pairs ${median(pairs).toFixed(3)} ± ${error.toFixed(3)})`;
  return `${browser} ${spread(tiers)} ms, without ${spread(bare)} ms: ${ratio}`;
}

/** @param {Loads[]} measured */
function print(measured) {
  const worst = measured.reduce((one, other) => (ratioOf(other) > ratioOf(one) ? other : one));
  printRow({
    row: 10,
    what: `page load, 300 requests (${worst.browser})`,
    yardstick: { name: 'without the extension', value: median(worst.bare), unit: 'ms' },
    tiers: { value: median(worst.tiers), unit: 'ms' },
    ratio: ratioOf(worst),
    budget: { text: `≤ ${readable(BUDGET)} × without`, ok: ratioOf(worst) <= BUDGET },
    notes: `${measured.map(figures).join('; ')}. Median (middle half) of ${LOADS} loads each, in turns`,
  });
}
