// Owns whether a screen fits: its window at any width, and the finger that presses what is in it.
import { untilIn } from './drawn.js';

/** From a small telephone's to a very wide screen's. */
export const WIDTHS = [320, 360, 412, 800, 1280, 1920, 3840];

/** What a finger needs, in CSS pixels (WCAG 2.2, 2.5.5). */
const FINGER_PX = 44;

/** More than the eye finds its way back from. */
const LONGEST_LINE_EM = 80;

/**
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<string[]>} at which widths it is wider than its window, or a line of text longer than can be read
 */
export async function widthFaults(page) {
  const faults = [];
  for (const width of WIDTHS) {
    await page.setViewport({ width, height: 800 });
    const { overflow, longest } = await page.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - innerWidth,
      longest: Math.max(
        0,
        ...[...document.querySelectorAll('main p')].map(
          (line) => line.getBoundingClientRect().width / parseFloat(getComputedStyle(line).fontSize),
        ),
      ),
    }));
    if (overflow > 0) faults.push(`at ${width} px: ${overflow} px too wide`);
    if (longest > LONGEST_LINE_EM) faults.push(`at ${width} px: a text of ${Math.round(longest)} em`);
  }
  return faults;
}

/**
 * @param {import('puppeteer-core').Page} page that believes to be touched
 * @returns {Promise<string[]>} what is too low for a finger
 */
export async function fingerFaults(page) {
  await untilIn(page, 'a finger', () => matchMedia('(pointer: coarse)').matches);
  const low = await page.evaluate((least) => {
    const controls = document.querySelectorAll('button, select, input:not([type="checkbox"]), summary, nav a');
    return [...controls]
      .filter((control) => control.checkVisibility() && control.getBoundingClientRect().height < least)
      .map((control) => {
        const { height } = control.getBoundingClientRect();
        return `${control.getAttribute('data-testid') ?? control.outerHTML.slice(0, 60)}: ${height}`;
      });
  }, FINGER_PX);
  return [...new Set(low)];
}
