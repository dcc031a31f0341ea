// Owns row 9: from the opening of the dashboard to its totals drawn, with a year in the store; and from one period to another.

// The dashboard is opened in a new tab each time, and its own mark (`tiers-drawn`, set after the browser has laid the totals and the table out)
// tells the time since the page's navigation began. The background is awake: the page has it store first what it has counted. The yardstick is the same
// page in a new profile, where nothing is stored: what lies between is the year. The two are opened in turn, and nothing is asked of
// either while it loads.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { until } from '../drive/condition.js';
import { TestWeb } from '../web/web.js';
import { filledProfile, launchOn, yearsExtension } from '../year/filled-profile.js';
import { verdictOn, YearFile } from '../year/year-file.js';
import { BROWSERS, rest } from './bench-browser.js';
import { printRow, progress } from './measured-row.js';
import { median, readable, spread } from './median.js';

/**
 * @typedef {import('../drive/driver.js').Driver} Driver
 * @typedef {import('./bench-browser.js').BrowserName} BrowserName
 *
 * @typedef {object} Openings milliseconds
 * @property {BrowserName} browser
 * @property {number[]} empty the yardstick
 * @property {number} first
 * @property {number[]} filled
 * @property {number[]} changes from one period to another
 */

const OPENINGS = 5;
const [BUDGET_MS, BUDGET_CHANGE_MS] = [300, 100];
/** Longer than the opening may take: to ask a page whether it is there yet would delay it. */
const OPENING_MS = 600;
const DRAWN_WITHIN_MS = 120_000;

const year = await YearFile.open(progress);
const web = await TestWeb.start();
try {
  /** @type {Openings[]} */
  const measured = [];
  for (const browser of BROWSERS) {
    measured.push(await openingsIn(browser));
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
async function openingsIn(browser) {
  const profile = await filledProfile(browser, year, web, progress);
  const blank = {
    userDataDir: await mkdtemp(path.join(os.tmpdir(), `tiers-${browser}-`)),
    extensionPath: await yearsExtension(browser, year),
  };
  /** @type {Driver[]} */
  const drivers = [];
  try {
    for (const one of [blank, profile]) drivers.push(await launchOn(one, browser, web));
    const [nothing, withYear] = /** @type {[Driver, Driver]} */ (drivers);
    const visits = year.summary.size.visits * (year.summary.size.days + 1);
    const drawn = async () => (await timeOfOpening(withYear, visits)).ms;
    /** @type {Openings} */
    const openings = { browser, first: await drawn(), empty: [], filled: [], changes: [] };
    while (openings.filled.length < OPENINGS) {
      openings.empty.push((await timeOfOpening(nothing, 0)).ms);
      openings.filled.push(await drawn());
    }
    openings.changes = await timesOfChanges(withYear);
    return openings;
  } finally {
    for (const driver of drivers) await driver.close();
    for (const { userDataDir } of [blank, profile])
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Chooses one period after the other on the open dashboard, each until its totals and its table are laid out.
 * @param {Driver} driver
 * @returns {Promise<number[]>} milliseconds
 */
async function timesOfChanges(driver) {
  const page = await driver.openExtensionPage('extension/dashboard/dashboard.html');
  await page.waitForFunction(() => document.documentElement.dataset['drawn'] === 'true', { timeout: DRAWN_WITHIN_MS });
  const times = await page.evaluate(async (rounds) => {
    const choice = /** @type {HTMLSelectElement} */ (document.getElementById('period'));
    // Two dates are chosen as those that are shown, which changes nothing.
    const periods = [...choice.options].map(({ value }) => value).filter((value) => value !== 'dates');
    const taken = [];
    for (let round = 0; round < rounds * periods.length; round += 1) {
      choice.value = periods[(round + 1) % periods.length] ?? '';
      const begin = performance.now();
      choice.dispatchEvent(new Event('change'));
      void document.body.offsetHeight;
      taken.push(performance.now() - begin);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return taken;
  }, OPENINGS);
  await page.close();
  return times;
}

/**
 * @param {Driver} driver
 * @param {number} visits that the totals are to tell of
 * @returns {Promise<{ ms: number }>}
 */
async function timeOfOpening(driver, visits) {
  const page = await driver.newPage();
  await rest(100);
  // Puppeteer's own waits do not end for every page of an extension; the mark below tells what became of it.
  const address = driver.extensionUrl('extension/dashboard/dashboard.html');
  page.goto(address, { waitUntil: [], timeout: 0 }).catch(() => {});
  await rest(OPENING_MS);
  const drawn = () =>
    page.evaluate(() => {
      const [mark] = performance.getEntriesByName('tiers-drawn');
      return (
        mark && { ms: mark.startTime, text: document.querySelector('[data-testid="total-visits"]')?.textContent ?? '' }
      );
    });
  const { ms, text } = await until(`${driver.name}'s dashboard to be drawn`, drawn, DRAWN_WITHIN_MS);
  // Of pages: as many as were planned.
  if (Number(text.replace(/\D/g, '')) !== visits)
    throw new Error(`${driver.name}: the dashboard tells of ${text} visits.`);
  await page.close();
  return { ms };
}

/** @param {Openings | undefined} openings */
function figures(openings) {
  if (!openings) return '';
  const { browser, empty, first, filled, changes } = openings;
  const others = `the first ${readable(first)}, with nothing stored ${spread(empty)}`;
  return `${browser} ${spread(filled)} ms, ${others}; another period ${spread(changes)} ms`;
}

/** @param {Openings[]} measured */
function print(measured) {
  const worst = measured.reduce((one, other) => (median(other.filled) > median(one.filled) ? other : one));
  const [value, empty] = [median(worst.filled), median(worst.empty)];
  const change = measured.map(({ changes }) => median(changes));
  printRow(
    verdictOn(year.summary.size, {
      row: 9,
      what: `dashboard, a year: opened → totals drawn (${worst.browser})`,
      yardstick: { name: 'the same page with nothing stored', value: empty, unit: 'ms' },
      tiers: { value, unit: 'ms' },
      ratio: value / empty,
      budget: {
        text: `≤ ${BUDGET_MS} ms; ≤ ${BUDGET_CHANGE_MS} ms`,
        ok: value <= BUDGET_MS && Math.max(...change) <= BUDGET_CHANGE_MS,
      },
      notes: `${measured.map(figures).join('. ')}. Median (middle half) of ${OPENINGS} openings, each in a new tab`,
    }),
  );
}
