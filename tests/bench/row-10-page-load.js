// Owns row 10: the load of a page with 300 requests, in a browser with Tiers against one without.

// The browsers run at the same time and load the page in turns: whatever slows the machine slows both. From the start of the
// navigation to the last answer, by the page's own clock. The server answers at once and from the same machine, so there is no
// network to hide behind. The browser without has an extension that listens to nothing and may do nothing, because the driver
// opens tabs through one. Before each load the browser with Tiers has stored what it counted: that its background then writes
// to disk must not slow the other's load. A third one, in the notes, has an extension that listens to the same events and does
// nothing: what it costs is the price of the browser's interface, which every extension pays that counts requests.
import { TestWeb } from '../web/web.js';
import { BROWSERS, launchForBench, rest } from './bench-browser.js';
import { ANSWER_EVENTS } from './request-events.js';
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
 * @property {number[]} listening
 */

const LOADS = 30;
/** Loads that are not counted: connections are opened, scripts compiled. */
const WARM_UP = 3;
const REST_MS = 100;
const BUDGET = 1.02;
/** @param {BrowserName} browser */
const listening = (browser) => `
const api = globalThis.browser ?? chrome;
const filter = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] };
for (const name of ['onBeforeRequest', 'onBeforeRedirect', '${ANSWER_EVENTS[browser]}', 'onErrorOccurred']) {
  api.webRequest[name].addListener(() => {}, filter);
}
api.webNavigation.onCommitted.addListener(() => {});
`;

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
  const silent = await variants.copy(browser, 'silent');
  await silent.replaceBackground();
  await silent.changeManifest((manifest) => {
    manifest['permissions'] = [];
    manifest['host_permissions'] = [];
  });
  const idle = await variants.copy(browser, 'idle');
  await idle.replaceBackground(listening(browser));
  /** @type {Loads} */
  const loads = { browser, tiers: [], bare: [], listening: [] };
  /** @type {import('../drive/driver.js').Driver[]} */
  const drivers = [];
  /** @param {string} folder @param {{ showsFirstSteps: boolean }} extension */
  const open = async (folder, extension) => {
    const driver = await launchForBench(browser, folder, web, extension);
    drivers.push(driver);
    return { driver, page: await driver.newPage() };
  };
  try {
    const full = await open(builtExtension(browser), { showsFirstSteps: true });
    const bare = await open(silent.folder, { showsFirstSteps: false });
    const listening = await open(idle.folder, { showsFirstSteps: false });
    const sides = [
      async () => {
        loads.tiers.push(await timeOfLoad(full.driver, full.page));
        await full.driver.asExtension(() => chrome.runtime.sendMessage({ kind: 'flush' }));
      },
      async () => void loads.bare.push(await timeOfLoad(bare.driver, bare.page)),
      async () => void loads.listening.push(await timeOfLoad(listening.driver, listening.page)),
    ];
    for (let load = -WARM_UP; load < LOADS; load += 1) {
      for (const side of sides) {
        await side();
        await rest(REST_MS);
      }
      // Forwards, then backwards: nobody always comes after the same one.
      sides.reverse();
      if (load < 0) loads.tiers.length = loads.bare.length = loads.listening.length = 0;
      web.log.clear();
    }
    return loads;
  } finally {
    for (const driver of drivers) await driver.close();
  }
}

/** @param {Loads} loads */
function ratioOf({ tiers, bare }) {
  return median(tiers) / median(bare);
}

/** @param {Loads | undefined} loads */
function figures(loads) {
  if (!loads) return '';
  const { browser, tiers, bare, listening } = loads;
  const pairs = tiers.map((time, at) => time / /** @type {number} */ (bare[at]));
  // Of the median of this many pairs, by the width of their middle half: what the machine's noise lets one see.
  const error = (1.25 * (quantile(pairs, 0.75) - quantile(pairs, 0.25))) / 1.35 / Math.sqrt(pairs.length);
  const ratio = `${ratioOf(loads).toFixed(3)} × (pairs ${median(pairs).toFixed(3)} ± ${error.toFixed(3)})`;
  const idle = `listeners that do nothing ${(median(listening) / median(bare)).toFixed(3)} ×`;
  return `${browser} ${spread(tiers)} ms, without ${spread(bare)} ms: ${ratio}, ${idle}`;
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
