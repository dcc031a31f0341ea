// Owns the pictures that the docs show: with TIERS_SCREENSHOTS=DIR a copy of Chromium's goes there.
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { BROWSER } from './stage.js';

/**
 * @param {string} file A picture that was made.
 * @param {string} name What the docs call it.
 */
export async function copyForDocs(file, name) {
  const folder = process.env['TIERS_SCREENSHOTS'];
  if (!folder || BROWSER !== 'chromium') return;
  const copy = path.join(folder, name);
  await mkdir(path.dirname(copy), { recursive: true });
  await copyFile(file, copy);
}
