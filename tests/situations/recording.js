// Owns the recordings: what a browser told of a situation, as files that are replayed without one.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** @typedef {import('../drive/browser-binary.js').BrowserName} BrowserName */

const FOLDER = path.join(import.meta.dirname, '..', 'fixtures', 'recordings');

/**
 * One event: its name (`webRequest.onCompleted`), and of what its listener was given the fields that the shell reads.
 * @typedef {[name: string, ...given: any[]]} RecordedEvent
 */

/**
 * An open tab with its frames, as `tabs.query` and `webNavigation.getAllFrames` answered.
 * @typedef {{ tab: chrome.tabs.Tab, frames: chrome.webNavigation.GetAllFrameResultDetails[] }} RecordedTab
 */

/**
 * @typedef {object} Recording
 * @property {string} browser name and version
 * @property {Record<string, number>} log requests by host, from `logOf`
 * @property {RecordedTab[]} open what was open before the first event
 * @property {RecordedEvent[]} events in the order in which they came
 */

/**
 * @param {BrowserName} browser
 * @param {string} situation
 * @param {Recording} recording
 */
export async function writeRecording(browser, situation, { browser: version, log, open, events }) {
  const folder = path.join(FOLDER, browser);
  await mkdir(folder, { recursive: true });
  const lines = (/** @type {unknown[]} */ list) => `[${list.map((one) => `\n${JSON.stringify(one)}`).join()}\n]`;
  const text = `{
"browser": ${JSON.stringify(version)},
"log": ${JSON.stringify(log)},
"open": ${lines(open)},
"events": ${lines(events)}
}
`;
  await writeFile(path.join(folder, `${situation}.json`), text);
}

/**
 * @param {BrowserName} browser
 * @param {string} situation
 * @returns {Promise<Recording>}
 */
export async function readRecording(browser, situation) {
  return JSON.parse(await readFile(path.join(FOLDER, browser, `${situation}.json`), 'utf8'));
}

/**
 * The situations that are recorded in a browser.
 * @param {BrowserName} browser
 */
export async function recordedSituations(browser) {
  const files = await readdir(path.join(FOLDER, browser));
  return files.map((file) => path.basename(file, '.json'));
}
