// Owns the tasks of the popup that hold its page up: how long the longest takes, while it opens and while its numbers change.
import { rest } from './bench-browser.js';

/** From here on a task is long, and Chromium tells of it (Long Tasks API); Firefox 153 tells of none. */
export const LONG_TASK_MS = 50;

/** Longer than the popup takes to open. */
const OPENING_MS = 1_000;
/** So many times all third parties are asked again, and the popup draws what has changed. */
const ROUNDS = 8;
const ROUND_MS = 250;

/**
 * @param {import('../drive/driver.js').Driver} driver of Chromium
 * @param {import('puppeteer-core').Page} page that the popup speaks of
 * @param {string[]} hosts that the page asks meanwhile
 * @returns {Promise<number[]>} how long each long task took, in milliseconds
 */
export async function longTasksOfPopup(driver, page, hosts) {
  const popup = await driver.openExtensionPage(`popup/popup.html?tab=${driver.tabIdOf(page)}`);
  // Also those that were over before anybody asked.
  await popup.evaluate(() => {
    /** @type {number[]} */
    const tasks = [];
    Object.assign(window, { tasks });
    const note = (/** @type {PerformanceObserverEntryList} */ list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration));
    new PerformanceObserver(note).observe({ type: 'longtask', buffered: true });
  });
  await rest(OPENING_MS);
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.evaluate((asked) => {
      for (const host of asked) fetch(`https://${host}/again`, { mode: 'no-cors' }).catch(() => {});
    }, hosts);
    await rest(ROUND_MS);
  }
  await rest(OPENING_MS);
  const tasks = await popup.evaluate(() => /** @type {number[]} */ (Reflect.get(window, 'tasks')));
  await popup.close();
  return tasks;
}
