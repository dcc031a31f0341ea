// Owns the start of either browser with the extension, behind one interface.
import { access } from 'node:fs/promises';
import path from 'node:path';
import { MissingTool } from './browser-binary.js';
import { Chromium } from './chromium.js';
import { Firefox } from './firefox.js';

/** @typedef {import('./driver.js').Driver} Driver */

/**
 * @param {import('./driver.js').LaunchOptions} options
 * @returns {Promise<Driver>} settles when the extension's background runs
 */
export async function launch(options) {
  await access(path.join(options.extensionPath, 'manifest.json')).catch(() => {
    throw new MissingTool(`No extension in ${options.extensionPath}: build it with \`cargo xtask build\`.`);
  });
  const driver = options.browser === 'firefox' ? new Firefox(options) : new Chromium(options);
  await driver.start();
  return driver;
}
