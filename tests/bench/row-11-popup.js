// Owns row 11: from the opening of the popup to its list drawn, for a page with 150 third parties.

// The popup is opened as a page in a new tab each time, as its button opens it anew, and its own mark (`tiers-drawn`, set after
// the browser has laid the list out) tells the time since that page's navigation began. What lies before, from the click to
// the navigation, is the browser's. The background is awake, as it is on a page that was just read; how much longer it takes
// where it sleeps is in the notes.
import { settledPopup } from '../drive/popup-view.js';
import { until } from '../drive/condition.js';
import { declareDemo, DEMO_URLS } from '../web/demo-web.js';
import { TestWeb } from '../web/web.js';
import { BROWSERS, launchForBench, rest } from './bench-browser.js';
import { builtExtension } from './dist-variant.js';
import { printRow, progress } from './measured-row.js';
import { median, readable, spread } from './median.js';

/** @typedef {import('../drive/driver.js').Driver} Driver */
/** @typedef {import('./bench-browser.js').BrowserName} BrowserName */

/**
 * @typedef {object} Openings milliseconds
 * @property {BrowserName} browser
 * @property {number} first
 * @property {number[]} awake
 * @property {number[]} asleep
 */

const THIRD_PARTIES = 150;
const OPENINGS = 20;
const OPENINGS_ASLEEP = 5;
const BUDGET_MS = 100;

const web = await TestWeb.start();
declareDemo(web);
try {
  /** @type {Openings[]} */
  const measured = [];
  for (const browser of BROWSERS) {
    measured.push(await openingsOf(browser));
    progress(figures(measured.at(-1)));
  }
  print(measured);
} finally {
  await web.stop();
}

/**
 * @param {BrowserName} browser
 * @returns {Promise<Openings>}
 */
async function openingsOf(browser) {
  const driver = await launchForBench(browser, builtExtension(browser), web);
  try {
    const page = await driver.newPage();
    await driver.goto(page, DEMO_URLS.crowd);
    const tabId = driver.tabIdOf(page);
    const { domainCount } = await settledPopup(driver, tabId);
    if (domainCount !== THIRD_PARTIES) throw new Error(`${browser}: the popup knows ${domainCount} third parties.`);
    /** @type {Openings} */
    const openings = { browser, first: await timeOfOpening(driver, tabId), awake: [], asleep: [] };
    while (openings.awake.length < OPENINGS) openings.awake.push(await timeOfOpening(driver, tabId));
    while (openings.asleep.length < OPENINGS_ASLEEP) {
      await driver.asExtension(() => chrome.runtime.sendMessage({ kind: 'flush' }));
      // The tab first: the driver's question for its number would wake the background.
      openings.asleep.push(await timeOfOpening(driver, tabId, () => driver.killBackground()));
    }
    return openings;
  } finally {
    await driver.close();
  }
}

/**
 * @param {Driver} driver
 * @param {number} tabId
 * @param {() => Promise<void>} [prepare]
 * @returns {Promise<number>} milliseconds
 */
async function timeOfOpening(driver, tabId, prepare) {
  const popup = await driver.newPage();
  await prepare?.();
  await rest(100);
  await driver.goto(popup, driver.extensionUrl(`popup/popup.html?tab=${tabId}`));
  const { drawnAtMs, rows } = await until(`${driver.name}'s popup to be drawn`, () =>
    popup.evaluate(() => {
      const [mark] = performance.getEntriesByName('tiers-drawn');
      return mark && { drawnAtMs: mark.startTime, rows: document.querySelectorAll('li[data-domain]').length };
    }),
  );
  if (rows !== THIRD_PARTIES) throw new Error(`${driver.name}: the popup drew ${rows} rows.`);
  await popup.close();
  return drawnAtMs;
}

/** @param {Openings | undefined} openings */
function figures(openings) {
  if (!openings) return '';
  const { browser, first, awake, asleep } = openings;
  const others = `the first ${readable(first)}, with the background asleep ${spread(asleep)}`;
  return `${browser} ${spread(awake)} ms, ${others}`;
}

/** @param {Openings[]} measured */
function print(measured) {
  const worst = measured.reduce((one, other) => (median(other.awake) > median(one.awake) ? other : one));
  const value = median(worst.awake);
  printRow({
    row: 11,
    what: `popup: opened → list of ${THIRD_PARTIES} third parties drawn (${worst.browser})`,
    yardstick: null,
    tiers: { value, unit: 'ms' },
    ratio: null,
    budget: { text: `≤ ${BUDGET_MS} ms`, ok: value <= BUDGET_MS },
    notes: `${measured.map(figures).join('; ')}. Median (middle half) of ${OPENINGS} openings, each in a new tab`,
  });
}
