// Owns row 11: from the opening of the popup to its list drawn, for a page with 150 third parties.

// The popup is opened as a page in a new tab each time, as its button opens it anew, and its own mark (`tiers-drawn`, set after
// the browser has laid the list out) tells the time since that page's navigation began. What lies before, from the click to
// the navigation, is the browser's. The background is awake, as it is on a page that was just read; how much longer it takes
// where it sleeps is in the notes. The yardstick is a page of the extension with nothing but one script that sets the same mark:
// no popup is there sooner. The two are opened in turn, and nothing is asked of either while it loads.
import { settledPopup } from '../drive/popup-view.js';
import { until } from '../drive/condition.js';
import { declareDemo, DEMO_URLS } from '../web/demo-web.js';
import { TestWeb } from '../web/web.js';
import { BROWSERS, launchForBench, rest } from './bench-browser.js';
import { DistVariants } from './dist-variant.js';
import { LONG_TASK_MS, longTasksOfPopup } from './long-tasks.js';
import { printRow, progress } from './measured-row.js';
import { median, readable, spread } from './median.js';

/** @typedef {import('../drive/driver.js').Driver} Driver */
/** @typedef {import('./bench-browser.js').BrowserName} BrowserName */

/**
 * @typedef {object} Openings milliseconds
 * @property {BrowserName} browser
 * @property {number[]} blank the yardstick
 * @property {number} first
 * @property {number[]} awake
 * @property {number[]} asleep
 * @property {number[] | null} longTasks of a popup that opens and changes; null where the browser tells of none
 */

const THIRD_PARTIES = 150;
const OPENINGS = 20;
const OPENINGS_ASLEEP = 5;
const BUDGET_MS = 100;
/** Longer than any opening takes: to ask a page whether it is there yet would delay it. */
const OPENING_MS = 600;
const BLANK_SCRIPT = `document.documentElement.dataset.height = String(document.documentElement.offsetHeight);
performance.mark('tiers-drawn');`;

const web = await TestWeb.start();
const variants = await DistVariants.open();
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
  await variants.close();
}

/**
 * @param {BrowserName} browser
 * @returns {Promise<Openings>}
 */
async function openingsOf(browser) {
  const variant = await variants.copy(browser, 'blank');
  await variant.write('popup/blank.html', '<!doctype html><script type="module" src="blank.js"></script>');
  await variant.write('popup/blank.js', BLANK_SCRIPT);
  const driver = await launchForBench(browser, variant.folder, web);
  try {
    const page = await driver.newPage();
    await driver.goto(page, DEMO_URLS.crowd);
    const tabId = driver.tabIdOf(page);
    const { domainCount } = await settledPopup(driver, tabId);
    if (domainCount !== THIRD_PARTIES) throw new Error(`${browser}: the popup knows ${domainCount} third parties.`);
    const popup = `popup/popup.html?tab=${tabId}`;
    const drawn = (/** @type {() => Promise<void>} */ prepare = async () => {}) =>
      timeOfOpening(driver, popup, THIRD_PARTIES, prepare);
    /** @type {Openings} */
    const openings = { browser, first: await drawn(), blank: [], awake: [], asleep: [], longTasks: null };
    while (openings.awake.length < OPENINGS) {
      openings.blank.push(await timeOfOpening(driver, 'popup/blank.html', 0));
      openings.awake.push(await drawn());
    }
    while (openings.asleep.length < OPENINGS_ASLEEP) {
      await driver.asExtension(() => chrome.runtime.sendMessage({ kind: 'flush' }));
      // The tab first: the driver's question for its number would wake the background.
      openings.asleep.push(await drawn(() => driver.killBackground()));
    }
    if (browser === 'chromium') openings.longTasks = await longTasksOfPopup(driver, page, await hostsOf(driver, tabId));
    return openings;
  } finally {
    await driver.close();
  }
}

/**
 * A host of each third party.
 * @param {Driver} driver
 * @param {number} tabId
 * @returns {Promise<string[]>}
 */
async function hostsOf(driver, tabId) {
  const page = await driver.openExtensionPage(`popup/popup.html?tab=${tabId}`);
  await rest(OPENING_MS);
  const domains = await page.$$eval('li[data-domain]', (rows) => rows.map((row) => row.getAttribute('data-domain')));
  await page.close();
  return domains.map((domain) => `again.${domain}`);
}

/**
 * @param {Driver} driver
 * @param {string} file of the extension
 * @param {number} expected rows
 * @param {() => Promise<void>} [prepare]
 * @returns {Promise<number>} milliseconds
 */
async function timeOfOpening(driver, file, expected, prepare) {
  const page = await driver.newPage();
  await prepare?.();
  await rest(100);
  // Puppeteer's own waits do not end for every page of an extension; the mark below tells what became of it.
  page.goto(driver.extensionUrl(file), { waitUntil: [], timeout: 0 }).catch(() => {});
  await rest(OPENING_MS);
  const { drawnAtMs, rows } = await until(`${driver.name}'s ${file} to be drawn`, () =>
    page.evaluate(() => {
      const [mark] = performance.getEntriesByName('tiers-drawn');
      return mark && { drawnAtMs: mark.startTime, rows: document.querySelectorAll('li[data-domain]').length };
    }),
  );
  if (rows !== expected) throw new Error(`${driver.name}: ${file} drew ${rows} rows.`);
  await page.close();
  return drawnAtMs;
}

/** @param {Openings | undefined} openings */
function figures(openings) {
  if (!openings) return '';
  const { browser, blank, first, awake, asleep, longTasks } = openings;
  const others = `the first ${readable(first)}, with the background asleep ${spread(asleep)}`;
  return `${browser} ${spread(awake)} ms, a blank page ${spread(blank)}, ${others}${tasks(longTasks)}`;
}

/** @param {number[] | null} longTasks */
function tasks(longTasks) {
  if (!longTasks) return '';
  if (longTasks.length === 0) return `, no task over ${LONG_TASK_MS} ms while it opens and changes`;
  return `, ${longTasks.length} tasks over ${LONG_TASK_MS} ms, the longest ${readable(Math.max(...longTasks))}`;
}

/** @param {Openings[]} measured */
function print(measured) {
  const worst = measured.reduce((one, other) => (median(other.awake) > median(one.awake) ? other : one));
  const value = median(worst.awake);
  const blank = median(worst.blank);
  printRow({
    row: 11,
    what: `popup: opened → list of ${THIRD_PARTIES} third parties drawn (${worst.browser})`,
    yardstick: { name: 'a blank page of the extension, with one script', value: blank, unit: 'ms' },
    tiers: { value, unit: 'ms' },
    ratio: value / blank,
    budget: { text: `≤ ${BUDGET_MS} ms`, ok: value <= BUDGET_MS },
    notes: `${measured.map(figures).join('; ')}. Median (middle half) of ${OPENINGS} openings, each in a new tab`,
  });
}
