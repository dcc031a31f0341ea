// Owns a private window, as a test is in it: a page of the extension there, and tabs beside it.
import { until } from '../drive/condition.js';

/**
 * A page of the extension in a private window, with what the extension there can do: Chromium 156 runs it in another process. The background
 * there listens: Chromium starts it with the first event for it, and tells it nothing of what was asked for before.
 * @param {import('./stage.js').Stage} stage
 * @returns {Promise<import('puppeteer-core').Page>}
 */
export async function privateDesk({ driver }) {
  const desk = await driver.openPrivately(driver.extensionUrl('manifest.json'));
  await until('the background of private windows to answer', () =>
    desk.evaluate(async () => typeof (await chrome.runtime.sendMessage({ kind: 'wake' })) === 'string'),
  );
  return desk;
}

/**
 * Opens a URL in a new tab of the private window that the desk is in.
 * @param {import('./stage.js').Stage} stage
 * @param {import('puppeteer-core').Page} desk
 * @param {string} url
 * @returns {Promise<{ page: import('puppeteer-core').Page, tabId: number }>}
 */
export async function openBeside({ driver }, desk, url) {
  const tabId = await desk.evaluate(async (address) => {
    const { windowId } = await new Promise((resolve) => chrome.tabs.getCurrent(resolve));
    return (await chrome.tabs.create({ windowId, url: address })).id ?? -1;
  }, url);
  return { page: await driver.pageThatShows(url), tabId };
}
