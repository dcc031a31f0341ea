// Owns row 4: what a request costs on day 365, against the first days: in the background, and in the store of a real browser.

// In the background: one shell with one core lives through the year in Node (in a browser none lives so long), then a young one, which has
// lived for some days so that its code is as warm, and both are told the same last days, in turn, a few minutes of the day at a time. Told is
// the real shell, commits are encoded, days are closed; a disk is not measured. In a browser: two profiles side by side, one with a year in
// its store and one with the open day alone, and the same commits written to both in turn by the extension's own store. Times of a busy machine vary by more
// than the budget allows: in the background it is processor time, and the median of the pairs; in the store the medians of twenty commits at a time.
import { rm } from 'node:fs/promises';
import { TestWeb } from '../web/web.js';
import { filledProfile, launchOn, TIME_ZONE } from '../year/filled-profile.js';
import { plannedDay } from '../year/day-plan.js';
import { Web } from '../year/web.js';
import { verdictOn, YearFile, yearSize } from '../year/year-file.js';
import { BROWSERS } from './bench-browser.js';
import { DistVariants } from './dist-variant.js';
import { beginAt, LivedShell } from './lived-shell.js';
import { fetchOwnFiles } from './own-files.js';
import { printRow, progress } from './measured-row.js';
import { median, readable, spread } from './median.js';
import { asSent, pageWithStore, timeOfCommits } from './store-commits.js';

/**
 * @typedef {object} Growth
 * @property {string} where
 * @property {string} unit
 * @property {number[]} young
 * @property {number[]} old what the same took there, at the same place
 * @property {number} ratio
 * @property {string} notes
 */

const BUDGET = 1.1;
const MEASURED_DAYS = 5;
const YOUNG_DAYS = 5;
/** Moments of a day that one shell is told before the other has its turn. */
const MOMENTS = 100;
/** Commits that go to one profile before the other has its turn, and how often all of them are written. */
const COMMITS = 20;
const ROUNDS = 6;

// The user's, whose clock the shell reads.
process.env['TZ'] = TIME_ZONE;
const size = yearSize();
const year = await YearFile.open(progress);
const web = await TestWeb.start();
fetchOwnFiles();
const variants = await DistVariants.open();
try {
  /** @type {Growth[]} */
  const measured = [];
  for (const browser of BROWSERS) {
    measured.push(await growthInStore(browser));
    progress(figures(measured.at(-1)));
  }
  // Last: it changes what this process takes for the time.
  measured.push(await growthInBackground());
  progress(figures(measured.at(-1)));
  print(measured);
} finally {
  await web.stop();
  await variants.close();
}
// The shells' timers would keep Node for seconds.
process.exit();

/** @returns {Promise<Growth>} */
async function growthInBackground() {
  const browsed = new Web(size.seed);
  const planOf = (/** @type {number} */ day) => plannedDay(browsed, { ...size, day });
  const { firstDay } = size;
  const end = firstDay + size.days;
  beginAt(planOf(firstDay).startMs);
  const old = await LivedShell.start(await variants.copy('chromium', 'old'));
  const begin = performance.now();
  for (let day = firstDay; day < end - MEASURED_DAYS; day += 1) {
    await old.live(planOf(day));
    if ((day - firstDay) % 60 === 59) progress(`one shell has lived for ${day - firstDay + 1} days`);
  }
  const livedMs = performance.now() - begin;
  const young = await LivedShell.start(await variants.copy('chromium', 'young'));
  for (let day = end - MEASURED_DAYS - YOUNG_DAYS; day < end - MEASURED_DAYS; day += 1) {
    const plan = planOf(day);
    await young.liveThrough(plan.moments);
    await young.end(plan);
  }
  /** @type {{ young: number[], old: number[] }} microseconds a request */
  const times = { young: [], old: [] };
  const cost = async (
    /** @type {LivedShell} */ shell,
    /** @type {import('../year/day-plan.js').Moment[]} */ moments,
  ) => {
    const { ms, requests } = await shell.liveThrough(moments);
    return (ms / requests) * 1_000;
  };
  for (let day = end - MEASURED_DAYS; day < end; day += 1) {
    const plan = planOf(day);
    for (let at = 0; at < plan.moments.length; at += MOMENTS) {
      const moments = plan.moments.slice(at, at + MOMENTS);
      if ((at / MOMENTS) % 2 === 0) times.young.push(await cost(young, moments));
      times.old.push(await cost(old, moments));
      if ((at / MOMENTS) % 2 === 1) times.young.push(await cost(young, moments));
    }
    await young.end(plan);
    await old.end(plan);
  }
  const megabytes = (/** @type {LivedShell} */ shell) => `${readable(shell.memoryBytes / 1e6)} MB`;
  const memory = `wasm memory ${megabytes(old)}, of a young core ${megabytes(young)}`;
  const ratio = median(times.old.map((cost, at) => cost / /** @type {number} */ (times.young[at])));
  const notes = `${memory}; lived in ${readable(livedMs / 1_000)} s`;
  return { where: 'background', unit: 'µs a request', ...times, ratio, notes };
}

/**
 * @param {import('./bench-browser.js').BrowserName} browser
 * @returns {Promise<Growth>}
 */
async function growthInStore(browser) {
  const profiles = [
    await filledProfile(browser, year, web, progress, 'open-day'),
    await filledProfile(browser, year, web, progress),
  ];
  const drivers = [];
  try {
    for (const profile of profiles) drivers.push(await launchOn(profile, browser, web));
    const [young, old] = await Promise.all(drivers.map((driver) => pageWithStore(driver)));
    if (!young || !old) throw new Error(`${browser}: one of the two was not started.`);
    const commits = asSent(await year.commits());
    /** @type {{ young: number[], old: number[] }} milliseconds a commit */
    const times = { young: [], old: [] };
    for (let round = -1; round < ROUNDS; round += 1) {
      for (let at = 0; at < commits.length; at += COMMITS) {
        const some = commits.slice(at, at + COMMITS);
        const turns = (at / COMMITS) % 2 === 0 ? [young, old] : [old, young];
        for (const page of turns) {
          // Of all together: Chromium's clock tells tenths of a millisecond, and a commit takes a few of them.
          const took = (await timeOfCommits(page, some)) / some.length;
          // The first round is not measured.
          if (round > -1) (page === old ? times.old : times.young).push(took);
        }
      }
    }
    const ratio = median(times.old) / median(times.young);
    // Where the disk is tidied up now and then, it shows in the mean.
    const mean = readable(sumOf(times.old) / sumOf(times.young));
    const notes = `the means ×${mean}; ${commits.length} commits, ${ROUNDS} times`;
    return { where: `store of ${browser}`, unit: 'ms a commit', ...times, ratio, notes };
  } finally {
    for (const driver of drivers) await driver.close();
    for (const { userDataDir } of profiles) await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {number[]} values */
function sumOf(values) {
  return values.reduce((one, other) => one + other, 0);
}

/** @param {Growth | undefined} growth */
function figures(growth) {
  if (!growth) return '';
  const { where, unit, young, old, ratio, notes } = growth;
  return `${where} ×${readable(ratio)}: ${spread(old)} ${unit}, young ${spread(young)}; ${notes}`;
}

/** @param {Growth[]} measured */
function print(measured) {
  const worst = measured.reduce((one, other) => (other.ratio > one.ratio ? other : one));
  const { ratio } = worst;
  printRow(
    verdictOn(size, {
      row: 4,
      what: `a request on day ${size.days} ÷ on day 1 (${worst.where})`,
      yardstick: { name: `with ${YOUNG_DAYS} days or none`, value: median(worst.young), unit: worst.unit },
      tiers: { value: median(worst.old), unit: worst.unit },
      ratio,
      budget: { text: `≤ ${BUDGET}`, ok: ratio <= BUDGET },
      notes: `${measured.map(figures).join('. ')}. Medians (middle half), measured in turn`,
    }),
  );
}
