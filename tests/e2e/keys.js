// Owns the keys that a test presses in a page, and where the focus is by them.
import assert from 'node:assert/strict';
import { until } from '../drive/condition.js';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').KeyInput} KeyInput */

/** @param {Page} page @param {...KeyInput} keys */
export async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

/** What has the focus: its `data-testid` or `id`, and what it belongs to. @param {Page} page */
export function focusOf(page) {
  return page.evaluate(() => {
    const focused = document.activeElement;
    return {
      on: focused?.getAttribute('data-testid') ?? (focused?.id || (focused?.tagName ?? '')),
      of: focused?.closest('[data-domain]')?.getAttribute('data-domain') ?? '',
      row: focused?.closest('[data-name]')?.getAttribute('data-name') ?? '',
      expanded: focused?.getAttribute('aria-expanded') ?? null,
    };
  });
}

/** @param {Page} page @param {string} on */
export function untilFocus(page, on) {
  return until(`the focus on ${on}`, async () => {
    const focus = await focusOf(page);
    if (focus.on !== on) throw new Error(JSON.stringify(focus));
    return focus;
  });
}

/** Goes on by the Tab key until something has the focus. @param {Page} page @param {string} on */
export async function tabTo(page, on) {
  for (let stops = 0; stops < 40; stops += 1) {
    await press(page, 'Tab');
    if ((await focusOf(page)).on === on) return;
  }
  assert.fail(`the Tab key never comes to ${on}, but to ${JSON.stringify(await focusOf(page))}`);
}
