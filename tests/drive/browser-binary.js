// Owns the finding of the browsers: the environment's word first, then the usual names on PATH.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** @typedef {'chromium' | 'firefox'} BrowserName */

/** @type {Record<BrowserName, { variable: string, names: string[], get: string }>} */
const KNOWN = {
  chromium: {
    variable: 'CHROMIUM',
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    get: 'install Chromium 106 or later (Debian, Ubuntu: `apt-get install chromium`; else https://www.chromium.org)',
  },
  firefox: {
    variable: 'FIREFOX',
    // Release builds of Firefox install signed add-ons only; the ESR can be told to install this one.
    names: ['firefox-esr', 'firefox'],
    get: 'install Firefox ESR 153 or later (Debian: `apt-get install firefox-esr`; else https://www.mozilla.org/firefox/enterprise/)',
  },
};

/** A tool that is not on this machine: what it is, and how to get it. */
export class MissingTool extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'MissingTool';
  }
}

/**
 * @param {BrowserName} browser
 * @returns {string} path of the binary
 * @throws {MissingTool}
 */
export function browserBinary(browser) {
  const { variable, names, get } = KNOWN[browser];
  const told = process.env[variable];
  if (told) {
    if (isExecutable(told)) return told;
    throw new MissingTool(`${variable} names ${told}, which is no program: correct it, or unset it and ${get}.`);
  }
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  for (const name of names) {
    const found = folders.map((folder) => path.join(folder, name)).find(isExecutable);
    if (found) return found;
  }
  throw new MissingTool(`No ${browser} on PATH (${names.join(', ')}): ${get}, or set ${variable} to its path.`);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
