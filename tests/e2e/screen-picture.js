// Owns the pictures of screens that are kept, with a copy of those that the README shows, and what a reader would see at once to be broken in one.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { copyForDocs } from './docs-picture.js';
import { BROWSER } from './stage.js';

const FOLDER = path.join(import.meta.dirname, '..', '..', 'artifacts', 'screenshots');

/** The README's pictures: name there, by screen, language and scheme. */
const README = new Map([
  ['popup-journal-en-light', 'popup-en-light.png'],
  ['popup-journal-fr-dark', 'popup-fr-dark.png'],
  ['dashboard-full-en-light', 'dashboard-en-light.png'],
]);

/** The height at which browsers cut a popup off. */
export const POPUP_HEIGHT = 600;

/**
 * Makes the picture of a screen as it is.
 * @param {import('./screens.js').Screen} screen
 * @param {string} how In which language, in which scheme, and what else is special in it.
 * @returns {Promise<string>} Its file.
 */
export async function picture({ name, page }, how) {
  await mkdir(FOLDER, { recursive: true });
  const file = path.join(FOLDER, `${BROWSER}-${name}-${how}.png`);
  await page.screenshot({ path: file });
  return file;
}

/**
 * Makes the picture of a screen, which shows something, and is in the docs where they have one of it.
 * @param {import('./screens.js').Screen} screen
 * @param {string} how In which language and scheme.
 * @returns {Promise<string[]>} What is broken in it.
 */
export async function pictureFaults(screen, how) {
  const { name, page } = screen;
  assert.ok(await page.evaluate(() => document.documentElement.dataset['drawn']), name);
  const file = await picture(screen, how);
  const bytes = await readFile(file);
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG', name);
  assert.ok(bytes.length > 5000, `${name} shows something: ${bytes.length} bytes`);
  const faults = await page.evaluate(layoutFaults);
  const copy = README.get(`${name}-${how}`);
  if (!copy) return faults;
  const marks = await page.$$eval('[data-testid*="incomplete"]', (all) =>
    all.filter((mark) => mark.checkVisibility()).map((mark) => mark.textContent),
  );
  assert.deepEqual(marks, [], `${copy} shows what everybody has: a count that is whole`);
  await copyForDocs(file, copy);
  return faults;
}

/** Runs inside the screen. */
function layoutFaults() {
  const faults = [];
  const overflow = document.documentElement.scrollWidth - window.innerWidth;
  if (overflow > 0) faults.push(`${overflow} px wider than its window`);
  for (const number of document.querySelectorAll(
    '[data-testid^="total-"][data-value], td [data-value], [data-testid$="-requests"][data-value]',
  )) {
    const range = document.createRange();
    range.selectNodeContents(number);
    const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
    if (tops.size > 1) faults.push(`the number ${number.textContent} is broken into ${tops.size} lines`);
  }
  return faults;
}
