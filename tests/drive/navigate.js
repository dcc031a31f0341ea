// Owns the wait of a navigation: for the new document to be loaded, the same way in both browsers.
import { until, within } from './condition.js';

/** Marks the documents that are left, each by a number of its own. */
let navigations = 0;

/**
 * Puppeteer's own waits differ by browser, and Firefox's never ends for extension pages. So the document that is left
 * is marked, and what is waited for is a document without that mark.
 * @param {import('puppeteer-core').Page} page
 * @param {string} what
 * @param {() => Promise<unknown>} start
 * @param {{ timeoutMs?: number }} [options]
 */
export async function navigate(page, what, start, { timeoutMs = 30_000 } = {}) {
  const mark = ++navigations;
  const left = (/** @type {number} */ value) => void Object.assign(window, { leftByTest: value });
  await within(page.evaluate(left, mark), 2000).catch(() => {});
  /** @type {{ error: Error | null }} */
  const outcome = { error: null };
  start().catch((error) => {
    if (isFailure(error.message)) outcome.error = error;
  });
  const look = (/** @type {number} */ value) => {
    const isNew = !('leftByTest' in window) || window.leftByTest !== value;
    const flag = document.documentElement?.dataset['done'];
    return { shown: isNew && document.readyState === 'complete' && flag !== 'false', uri: document.documentURI };
  };
  const shown = await until(
    what,
    async () => {
      if (outcome.error) return { uri: '' };
      const state = await within(page.evaluate(look, mark), 1000);
      // Between two processes a page is blank for a moment.
      return state.shown && state.uri !== 'about:blank' ? state : null;
    },
    timeoutMs,
  );
  // The browser's own error page may be there before Puppeteer says so.
  if (/^(chrome-error:|about:(net|cert)error)/.test(shown.uri)) {
    outcome.error ??= new Error(`The browser shows an error page (${shown.uri.slice(0, 60)}) instead of ${what}.`);
  }
  if (outcome.error) throw outcome.error;
}

/**
 * Whether a navigation's error means that the page did not come. To Firefox 153, an address that it makes secure is a navigation
 * that interrupts the one to what was written.
 *
 * @param {string} message
 */
function isFailure(message) {
  return /net::ERR_|NS_ERROR_|Error: /.test(message) && !message.includes('interrupted an unfinished navigation');
}
