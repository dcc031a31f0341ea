// Owns how the border's tests get at the built core: each call is another instance of the wasm.

import { readFile } from 'node:fs/promises';
import path from 'node:path';

const DIST = path.resolve(process.env['TIERS_DIST'] ?? path.join(import.meta.dirname, '../../dist'));

/**
 * The folder of the built core.
 *
 * @param {'chromium' | 'firefox' | 'trapping/chromium'} build
 * @returns {string}
 */
export function coreFolder(build = 'chromium') {
  return path.join(DIST, build, 'extension/core');
}

/** The wasm modules of the core that are embedded in a module of text. */
export const EMBEDDED_PARTS = /** @type {const} */ (['counter', 'popup', 'reader', 'preferences']);

let instances = 0;

/**
 * A fresh instance of the counter, which the background runs.
 *
 * @param {'chromium' | 'firefox' | 'trapping/chromium'} [build]
 * @returns {Promise<typeof import('../../extension/core/counter.js')>}
 */
export function freshCounter(build) {
  return freshInstance('counter', build);
}

/**
 * A fresh instance of the days' module, which the background runs over closed days; there from the beginning on.
 *
 * @returns {Promise<typeof import('../../extension/core/days.js') & { load: () => Promise<void> }>}
 */
export async function freshDays() {
  return { ...(await freshInstance('days')), load: async () => {} };
}

/**
 * A fresh instance of the reader, which pages run over what is stored.
 *
 * @returns {Promise<typeof import('../../extension/core/reader.js')>}
 */
export function freshReader() {
  return freshInstance('reader');
}

/**
 * A fresh instance of the popup's module.
 *
 * @returns {Promise<typeof import('../../extension/core/popup.js')>}
 */
export function freshPopup() {
  return freshInstance('popup');
}

/**
 * @param {typeof EMBEDDED_PARTS[number] | 'days'} part
 * @param {'chromium' | 'firefox' | 'trapping/chromium'} [build]
 */
async function freshInstance(part, build) {
  const folder = coreFolder(build);
  instances += 1;
  // The glue keeps one instance a module; another query makes another module. As text, for Node would take the file for
  // CommonJS.
  const glue = await readFile(path.join(folder, `${part}.js`), 'utf8');
  const module = await import(`data:text/javascript,${encodeURIComponent(`${glue}\n// ${instances}`)}`);
  module.initSync({ module: await readFile(path.join(folder, `${part}_bg.wasm`)) });
  return module;
}
