// Owns the waiting for what a page shows: it is asked again and again. Puppeteer's own wait looks at each frame that is drawn, and a tab that is
// not in front draws none.
import { until } from '../drive/condition.js';

/** @typedef {import('puppeteer-core').Page} Page */

/**
 * Waits until a page of the extension is drawn, the files of its view too.
 * @param {Page} page
 * @param {number} [timeoutMs]
 * @returns {Promise<true>}
 */
export function untilDrawn(page, timeoutMs) {
  const isDrawn = () =>
    document.documentElement.dataset['drawn'] === 'true' && !document.querySelector('[data-loading]');
  return untilIn(page, 'the page to be drawn', isDrawn, timeoutMs);
}

/**
 * Waits until something is to be seen in a page.
 * @param {Page} page
 * @param {string} selector of the first of its kind
 */
export async function untilVisible(page, selector) {
  await until(`${selector} to be seen`, () =>
    page.evaluate((css) => {
      const element = document.querySelector(css);
      const { width = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
      return width > 0 && height > 0 && element?.checkVisibility({ visibilityProperty: true });
    }, selector),
  );
}

/**
 * Clicks something in a page once it is to be seen. Puppeteer's own wait looks at each frame that is drawn, and a tab that is not in front draws
 * none.
 * @param {Page} page
 * @param {string} selector of the first of its kind
 */
export async function clickOnceSeen(page, selector) {
  await until(`${selector} to be clicked`, () =>
    page.evaluate((css) => {
      const element = document.querySelector(css);
      const canBeSeen = element instanceof HTMLElement && element.checkVisibility({ visibilityProperty: true });
      if (canBeSeen) element.click();
      return canBeSeen;
    }, selector),
  );
}

/**
 * Waits until something holds in a page.
 * @param {Page} page
 * @param {string} what
 * @param {() => boolean} holds runs in the page
 * @param {number} [timeoutMs]
 * @returns {Promise<true>}
 */
export async function untilIn(page, what, holds, timeoutMs) {
  await until(what, () => page.evaluate(holds), timeoutMs);
  return true;
}
