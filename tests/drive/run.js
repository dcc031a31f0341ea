// Owns `cargo xtask run` behind cargo: the web, the browser with the built extension, and the pages that it opens.
import { access, constants, copyFile, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { declareDemo, DEMO_URLS } from '../web/demo-web.js';
import { HarError } from '../web/har-error.js';
import { readHar } from '../web/har.js';
import { navigationUrls, Replay } from '../web/replay.js';
import { TestWeb } from '../web/web.js';
import { MissingTool } from './browser-binary.js';
import { hostDifference, thirdPartiesOfLog } from './compare-hosts.js';
import { downloadedFile } from './download.js';
import { launch } from './launch.js';
import { popupTable } from './popup-table.js';
import { settledPopup } from './popup-view.js';
import { removeFolder } from './remove-folder.js';
import { runOptions, USAGE, UsageError } from './run-options.js';

/**
 * A page to open.
 * @typedef {object} Stop
 * @property {string} url
 * @property {string} name
 * @property {import('../web/har.js').HarPage | null} recorded
 */

/** A page did not load. */
class LoadError extends Error {}

/**
 * @param {string} file Written at the end: it should not be then that it cannot be.
 * @throws {UsageError}
 */
async function refuseUnwritable(file) {
  const folder = path.dirname(path.resolve(file));
  await access(folder, constants.W_OK).catch(() => {
    throw new UsageError(`--json ${file}: nothing can be written to the folder ${folder}.`);
  });
}

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
async function run(args) {
  const options = runOptions(args);
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (options.json) await refuseUnwritable(options.json);
  const stops = await plannedStops(options);
  const downloadsPath = await mkdtemp(path.join(os.tmpdir(), 'tiers-downloads-'));
  const web = await TestWeb.start();
  try {
    declareDemo(web);
    const { browser, headless, language, extensionPath } = options;
    const driver = await launch({ browser, headless, language, extensionPath, web, downloadsPath });
    try {
      const same = await visit(driver, web, stops, options);
      if (options.json) await saveExport(driver, downloadsPath, options.json);
      if (!headless) {
        process.stdout.write('The browser is yours: close it to end.\n');
        await driver.gone();
      }
      return same ? 0 : 1;
    } finally {
      await driver.close();
    }
  } finally {
    await web.stop();
    await removeFolder(downloadsPath);
  }
}

/**
 * @param {import('./run-options.js').RunOptions} options
 * @returns {Promise<Stop[]>}
 */
async function plannedStops({ replay, urls }) {
  if (replay === null) {
    const opened = urls.length > 0 ? urls : [DEMO_URLS.journal];
    return opened.map((url) => ({ url, name: url, recorded: null }));
  }
  const har = await readHar(replay);
  return har.pages.map((page) => ({ url: page.startUrl, name: `${har.file} ${page.id}: ${page.url}`, recorded: page }));
}

/**
 * Opens the pages one after the other in one tab; headless, prints each.
 * @param {import('./driver.js').Driver} driver
 * @param {TestWeb} web
 * @param {Stop[]} stops
 * @param {import('./run-options.js').RunOptions} options
 * @returns {Promise<boolean>} whether the popup always showed what the server saw; true where nothing was compared
 */
async function visit(driver, web, stops, { headless }) {
  const replay = new Replay(web);
  const page = await driver.newPage();
  let same = true;
  for (const { url, name, recorded } of stops) {
    const mark = web.log.mark();
    if (recorded) replay.begin(recorded);
    await driver.goto(page, url, { timeoutMs: 60_000 }).catch((error) => {
      throw new LoadError(`${url} did not load: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (!headless) continue;
    const shown = await settledPopup(driver, driver.tabIdOf(page));
    process.stdout.write(popupTable(name, shown));
    if (recorded) {
      const seen = thirdPartiesOfLog(web.log.since(mark), navigationUrls(recorded), shown.site);
      const difference = hostDifference(seen, shown);
      same &&= difference.unseen.length + difference.unproven.length === 0;
      process.stdout.write(comparison(recorded, seen, difference));
    }
    process.stdout.write('\n');
  }
  return same;
}

/**
 * @param {import('../web/har.js').HarPage} recorded
 * @param {string[]} seen
 * @param {import('./compare-hosts.js').HostDifference} difference
 */
function comparison(recorded, seen, { unseen, unproven }) {
  const lines = [
    '',
    `replayed ${recorded.entries.length} of ${recorded.entries.length + recorded.leftOut.length} requests`,
  ];
  for (const { url, reason } of recorded.leftOut) lines.push(`  left out  ${url.slice(0, 100)}  (${reason})`);
  if (unseen.length + unproven.length === 0) {
    lines.push(`the popup and the server's log agree on ${seen.length} third-party hosts`);
  }
  for (const host of unseen) lines.push(`  the server saw, the popup lacks  ${host}`);
  for (const host of unproven) lines.push(`  the popup shows, the server never saw  ${host}`);
  return `${lines.join('\n')}\n`;
}

/**
 * @param {import('./driver.js').Driver} driver
 * @param {string} downloadsPath
 * @param {string} file
 */
async function saveExport(driver, downloadsPath, file) {
  const dashboard = await driver.openExtensionPage('extension/dashboard/dashboard.html');
  const button = await dashboard.waitForSelector('[data-testid="export-json"]:not([disabled])');
  await button?.click();
  await copyFile(await downloadedFile(downloadsPath), file);
  await dashboard.close();
  process.stdout.write(`export written to ${file}\n`);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const expected = [UsageError, HarError, MissingTool, LoadError].some((kind) => error instanceof kind);
  process.stderr.write(
    `error: ${expected || !(error instanceof Error) ? String(error).replace(/^\w+: /, '') : error.stack}\n`,
  );
  process.exitCode = expected ? 2 : 1;
}
