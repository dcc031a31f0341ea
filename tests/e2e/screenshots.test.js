// Makes the pictures of every screen, and with TIERS_SCREENSHOTS=DIR a copy of those that the README shows.
import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { screens, SCREENS } from './screens.js';
import { BROWSER, Stage } from './stage.js';

const FOLDER = path.join(import.meta.dirname, '..', '..', 'artifacts', 'screenshots');

/** The README's pictures: name there, by screen, language and scheme. */
const README = new Map([
  ['popup-journal-en-light', 'popup-en-light.png'],
  ['popup-journal-fr-dark', 'popup-fr-dark.png'],
  ['dashboard-full-en-light', 'dashboard-en-light.png'],
]);

/** The popup's width, and the height at which browsers cut it off. */
const POPUP = { width: 400, height: 600 };
const DASHBOARD = { width: 1100, height: 800 };

for (const [language, colorScheme] of /** @type {const} */ ([
  ['en', 'light'],
  ['fr', 'dark'],
])) {
  test(`every_screen_is_drawn_and_pictured_in_${language}_and_${colorScheme}`, async () => {
    await mkdir(FOLDER, { recursive: true });
    const stage = await Stage.open({ language, colorScheme });
    const made = [];
    /** @type {string[]} */
    const faults = [];
    try {
      for await (const { name, page, kind } of screens(stage)) {
        const file = path.join(FOLDER, `${BROWSER}-${name}-${language}-${colorScheme}.png`);
        assert.equal(await page.evaluate(() => document.documentElement.dataset['drawn']), 'true', name);
        await page.bringToFront();
        await page.setViewport({ ...(kind === 'popup' ? POPUP : DASHBOARD), deviceScaleFactor: 2 });
        await page.screenshot({ path: file });
        await assertPicture(file, name);
        made.push(name);
        faults.push(...(await page.evaluate(layoutFaults)).map((fault) => `${name}: ${fault}`));
        await copyForReadme(file, `${name}-${language}-${colorScheme}`);
      }
    } finally {
      await stage.close();
    }
    assert.deepEqual(made, SCREENS);
    assert.deepEqual(faults, []);
  });
}

/** Runs inside the screen: what a reader would see at once to be broken. */
function layoutFaults() {
  const faults = [];
  const overflow = document.documentElement.scrollWidth - window.innerWidth;
  if (overflow > 0) faults.push(`${overflow} px wider than its window`);
  for (const number of document.querySelectorAll(
    '[data-testid^="total-"][data-value], [data-testid$="-requests"][data-value]',
  )) {
    const range = document.createRange();
    range.selectNodeContents(number);
    const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
    if (tops.size > 1) faults.push(`the number ${number.textContent} is broken into ${tops.size} lines`);
  }
  return faults;
}

/**
 * @param {string} file
 * @param {string} name
 */
async function assertPicture(file, name) {
  const bytes = await readFile(file);
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG', name);
  assert.ok(bytes.length > 5000, `${name} shows something: ${bytes.length} bytes`);
}

/**
 * @param {string} file
 * @param {string} picture
 */
async function copyForReadme(file, picture) {
  const folder = process.env['TIERS_SCREENSHOTS'];
  const name = README.get(picture);
  if (!folder || !name || BROWSER !== 'chromium') return;
  await mkdir(folder, { recursive: true });
  await copyFile(file, path.join(folder, name));
}
