// Owns row 13: a frame of the graph of a year, 300 sites and 2,000 third parties, while a node is dragged, and while the whole is.

// The hand is a mouse whose events the page itself sends, one a frame, so that nothing is measured of the way from a driver to the browser. A frame
// is the time from one `requestAnimationFrame` to the next, and its work what of that time had passed, on the page's own thread, once the graph
// was painted. The yardstick is the same hand beside the canvas, where nothing has to be painted: a frame there is what this machine, which
// paints without a graphics card, gives to any page.
import { rm } from 'node:fs/promises';
import { TestWeb } from '../web/web.js';
import { filledProfile, launchOn } from '../year/filled-profile.js';
import { verdictOn, YearFile } from '../year/year-file.js';
import { BROWSERS } from './bench-browser.js';
import { printRow, progress } from './measured-row.js';
import { median, quantile, readable } from './median.js';

/**
 * @typedef {object} Drag milliseconds of each frame
 * @property {number[]} frames
 * @property {number[]} work
 *
 * @typedef {object} Dragged
 * @property {import('./bench-browser.js').BrowserName} browser
 * @property {string} size of the graph, in the page's words
 * @property {number} laidOutMs from the page's beginning, with the reading of the year
 * @property {Drag} beside the yardstick
 * @property {Drag} node
 * @property {Drag} whole
 */

/** 60 frames a second. A frame is told in tenths of milliseconds. */
const BUDGET_MS = 16.8;
const FRAMES = 240;
const LAID_OUT_WITHIN_MS = 120_000;

const year = await YearFile.open(progress);
const web = await TestWeb.start();
try {
  /** @type {Dragged[]} */
  const measured = [];
  for (const browser of BROWSERS) {
    measured.push(await draggedIn(browser));
    progress(figures(measured.at(-1)));
  }
  print(measured);
} finally {
  await web.stop();
}

/**
 * @param {import('./bench-browser.js').BrowserName} browser
 * @returns {Promise<Dragged>}
 */
async function draggedIn(browser) {
  const profile = await filledProfile(browser, year, web, progress);
  const driver = await launchOn(profile, browser, web);
  try {
    const page = await driver.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    await driver.goto(page, driver.extensionUrl('extension/dashboard/dashboard.html?view=graph&min=1'));
    await page.waitForSelector('canvas[data-settled="true"]', { timeout: LAID_OUT_WITHIN_MS });
    const laidOutMs = await page.evaluate(() => performance.now());
    // The largest node is told by choosing it; it is dragged with nothing dimmed.
    await page.focus('canvas');
    await page.keyboard.press('Home');
    await page.waitForSelector('canvas:not([data-chosen=""])');
    const { size, at } = await page.evaluate(() => ({
      size: document.getElementById('graph-summary')?.textContent ?? '',
      at: document.querySelector('canvas')?.dataset['chosenAt']?.split(' ').map(Number) ?? [],
    }));
    await page.keyboard.press('Escape');
    const [x = 0, y = 0] = at;
    const dragged = {
      beside: await page.evaluate(drag, '#graph-summary', 5, 5, FRAMES),
      node: await page.evaluate(drag, 'canvas', x, y, FRAMES),
      whole: await page.evaluate(drag, 'canvas', 4, 4, FRAMES),
    };
    return { browser, size, laidOutMs, ...dragged };
  } finally {
    await driver.close();
    await rm(profile.userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Drags from a point of an element in a circle. Runs in the page.
 * @param {string} selector
 * @param {number} x
 * @param {number} y
 * @param {number} count of frames
 * @returns {Promise<Drag>}
 */
async function drag(selector, x, y, count) {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`There is no ${selector}.`);
  const { left, top } = element.getBoundingClientRect();
  const send = (/** @type {string} */ type, /** @type {EventTarget} */ target, /** @type {number} */ angle) => {
    const [clientX, clientY] = [left + x + 80 * (1 - Math.cos(angle)), top + y + 80 * Math.sin(angle)];
    target.dispatchEvent(new MouseEvent(type, { clientX, clientY, bubbles: true, cancelable: true, view: window }));
  };
  /** @type {Drag} */
  const taken = { frames: [], work: [] };
  send('mousedown', element, 0);
  await new Promise((resolve) => {
    let before = 0;
    const next = (/** @type {number} */ frame) => {
      // The page asked for its frame first, so that it has painted by now.
      taken.work.push(performance.now() - frame);
      if (before > 0) taken.frames.push(frame - before);
      before = frame;
      if (taken.frames.length >= count) {
        resolve(undefined);
        return;
      }
      send('mousemove', window, taken.frames.length / 20);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  send('mouseup', window, 0);
  return taken;
}

/** @param {number[]} times */
function both(times) {
  return `${readable(median(times))}, ${readable(quantile(times, 0.95))}`;
}

/** @param {Dragged | undefined} dragged */
function figures(dragged) {
  if (!dragged) return '';
  const { browser, size, laidOutMs, beside, node, whole } = dragged;
  const of = (/** @type {Drag} */ { frames, work }) => `${both(frames)} ms (work ${both(work)} ms)`;
  return (
    `${browser}: a node ${of(node)}, the whole ${of(whole)}, beside the canvas ${of(beside)}; ` +
    `laid out ${readable(laidOutMs / 1000)} s after the page began; ${size.replace(/\.$/, '')}`
  );
}

/** @param {Dragged[]} measured */
function print(measured) {
  const worst = measured.reduce((one, other) => (median(other.node.frames) > median(one.node.frames) ? other : one));
  const [value, beside] = [median(worst.node.frames), median(worst.beside.frames)];
  printRow(
    verdictOn(year.summary.size, {
      row: 13,
      what: `graph, 300 sites × 2,000 third parties: frame time while dragging (${worst.browser})`,
      yardstick: { name: 'the same hand beside the canvas', value: beside, unit: 'ms' },
      tiers: { value, unit: 'ms' },
      ratio: value / beside,
      budget: {
        text: '60 frames a second',
        ok: measured.every(({ node }) => median(node.frames) <= BUDGET_MS),
      },
      notes: `${measured.map(figures).join('. ')}. Median, 95th percentile of ${FRAMES} frames`,
    }),
  );
}
