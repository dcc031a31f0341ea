// Owns the wait for a page to be its service worker's: from then on the worker has what the page asks for.
import { until } from './condition.js';

/** @param {import('puppeteer-core').Page} page */
export function untilControlled(page) {
  return until('the page to be controlled by its worker', () =>
    page.evaluate(() => navigator.serviceWorker.controller !== null),
  );
}
