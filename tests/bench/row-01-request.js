// Owns row 1: what it costs to count one request, start and end, against `tldts.parse` of its URL.

// What is measured is the shell's own way of an event: from the listener that it registered, through its inbox, journal and
// translation and the border of the wasm, into the core; for every event of a page's load, its commits included. Storing is
// row 2. The shell is the built one; only the interface of the browser is another (`captured-browser.js`), so that the same
// events can be told again and again, without the browser's own cost of making them. A round is 5,000 requests; after every few
// events, made right before they are told, the sides take turns. Measured inside a page of the extension in both browsers, and
// in Node for comparison.
import 'fake-indexeddb/auto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TestWeb } from '../web/web.js';
import { BROWSERS, launchForBench } from './bench-browser.js';
import { DistVariants } from './dist-variant.js';
import { printRow, progress } from './measured-row.js';
import { median, readable, spread } from './median.js';

/** @typedef {import('./request-rounds.js').RoundTimes} RoundTimes */

const ROUNDS = 40;
const BUDGET = 1;
const MEASURING_MS = 120_000;

const variants = await DistVariants.open();
const web = await TestWeb.start();
try {
  /** @type {{ place: string, times: RoundTimes }[]} */
  const measured = [];
  for (const browser of BROWSERS) {
    const { folder } = await benchVariant(browser);
    measured.push({ place: browser, times: await inBrowser(browser, folder) });
    report(measured.at(-1));
    if (browser !== 'chromium') continue;
    measured.push({ place: 'Node', times: await inNode(folder) });
    report(measured.at(-1));
  }
  print(measured);
} finally {
  await web.stop();
  await variants.close();
}
// The shell's timers would keep Node for seconds.
process.exit();

/** @param {import('./bench-browser.js').BrowserName} browser */
async function benchVariant(browser) {
  const variant = await variants.copy(browser, 'request');
  await variant.replaceBackground();
  await variant.changeManifest((manifest) => {
    // Chromium's clock then has steps of 5 µs in the page, else of 100.
    manifest['cross_origin_embedder_policy'] = { value: 'require-corp' };
    manifest['cross_origin_opener_policy'] = { value: 'same-origin' };
  });
  await variant.addShell(['request-rounds.js', 'request-page.js']);
  await variant.add(path.join(import.meta.dirname, '../../node_modules/tldts/dist/index.esm.min.js'), 'bench/tldts.js');
  const page = '<!doctype html><html data-done="false"><script type="module" src="request-page.js"></script></html>';
  await variant.write('bench/request.html', page);
  return variant;
}

/**
 * @param {import('./bench-browser.js').BrowserName} browser
 * @param {string} folder
 * @returns {Promise<RoundTimes>}
 */
async function inBrowser(browser, folder) {
  const driver = await launchForBench(browser, folder, web, { showsFirstSteps: false });
  try {
    const page = await driver.newPage();
    const url = driver.extensionUrl(`bench/request.html?browser=${browser}&rounds=${ROUNDS}`);
    await driver.goto(page, url, { timeoutMs: MEASURING_MS });
    const result = JSON.parse(await page.evaluate(() => document.documentElement.dataset['result'] ?? '{}'));
    if (!result.times) throw new Error(`${browser}: ${result.error ?? 'the page measured nothing'}`);
    return result.times;
  } finally {
    await driver.close();
  }
}

/**
 * @param {string} folder
 * @returns {Promise<RoundTimes>}
 */
async function inNode(folder) {
  /** @type {typeof import('./request-rounds.js')} */
  const { measureRequests } = await import(pathToFileURL(path.join(folder, 'bench/request-rounds.js')).href);
  return measureRequests('chromium', ROUNDS);
}

/** @param {RoundTimes} times */
function ratioOf({ tiers, yardstick }) {
  return median(tiers) / median(yardstick);
}

/** @param {{ place: string, times: RoundTimes } | undefined} measured */
function report(measured) {
  if (measured) progress(figures(measured));
}

/** @param {{ place: string, times: RoundTimes }} measured */
function figures({ place, times }) {
  const ratio = readable(ratioOf(times));
  return `${place} ${spread(times.tiers)} µs, tldts ${spread(times.yardstick)} µs: ${ratio} ×`;
}

/** @param {{ place: string, times: RoundTimes }[]} measured */
function print(measured) {
  const browsers = measured.filter(({ place }) => place !== 'Node');
  const worst = browsers.reduce((one, other) => (ratioOf(other.times) > ratioOf(one.times) ? other : one));
  const { times } = worst;
  const size = `${times.urls} URLs of ${times.averageUrlLength.toFixed(0)} characters on average`;
  const count = `${times.tiers.length} times of each, in turns`;
  printRow({
    row: 1,
    what: `one request counted, start and end (${worst.place})`,
    yardstick: { name: 'tldts.parse', value: median(times.yardstick), unit: 'µs' },
    tiers: { value: median(times.tiers), unit: 'µs' },
    ratio: ratioOf(times),
    budget: { text: '≤ 1.0 × tldts', ok: ratioOf(times) <= BUDGET },
    notes: `${measured.map(figures).join('; ')}. Median (middle half) of ${count}; ${size}`,
  });
}
