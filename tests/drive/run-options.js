// Owns the command line of `run.js`: what it takes, what it says of itself.
import path from 'node:path';
import { parseArgs } from 'node:util';

export const USAGE = `Usage: cargo xtask run [options] [URL…]

Starts a browser with the extension, over a local web that is every host, and opens each URL, one after the other, in
one tab. Without a URL: the bundled demo's newspaper.

Options:
  --browser NAME     chromium (default) or firefox
  --headless         no window: prints what the popup shows for each page, and ends
  --replay FILE.har  opens the pages recorded in FILE; headless: compares what the popup shows with what the server saw
  --json FILE        writes the dashboard's export to FILE
  --language CODE    en (default) or fr
  --help             this text

Other pages of the demo: https://zero.test/ https://five.test/ https://crowd.test/
The browsers: CHROMIUM and FIREFOX name their binaries; else the usual names on PATH.
Exit codes: 0 done; 1 the popup and the server's log differ; 2 wrong usage, unusable file, missing tool, or a page that
did not load.
`;

/**
 * @typedef {object} RunOptions
 * @property {import('./browser-binary.js').BrowserName} browser
 * @property {boolean} headless
 * @property {string | null} replay
 * @property {string | null} json
 * @property {'en' | 'fr'} language
 * @property {boolean} help
 * @property {string[]} urls
 * @property {string} extensionPath
 */

/** What the caller got wrong, in words for the caller. */
export class UsageError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(`${message} See --help.`);
    this.name = 'UsageError';
  }
}

/**
 * @param {string[]} args
 * @returns {RunOptions}
 * @throws {UsageError}
 */
export function runOptions(args) {
  const { values, positionals } = parse(args);
  const { browser = 'chromium', language = 'en' } = values;
  if (browser !== 'chromium' && browser !== 'firefox') {
    throw new UsageError(`--browser ${browser}: the browsers are chromium and firefox.`);
  }
  if (language !== 'en' && language !== 'fr')
    throw new UsageError(`--language ${language}: the languages are en and fr.`);
  for (const url of positionals) {
    if (!URL.canParse(url) || !/^https?:/.test(url)) throw new UsageError(`${url} is no http or https URL.`);
  }
  if (values.replay !== undefined && positionals.length > 0) {
    throw new UsageError('--replay opens the recorded pages: give it or URLs, not both.');
  }
  const built = path.join(import.meta.dirname, '..', '..', 'dist', browser);
  return {
    browser,
    headless: values.headless ?? false,
    replay: values.replay ?? null,
    json: values.json ?? null,
    language,
    help: values.help ?? false,
    urls: positionals,
    extensionPath: values.extension ?? built,
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        browser: { type: 'string' },
        headless: { type: 'boolean' },
        replay: { type: 'string' },
        json: { type: 'string' },
        language: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        // Another build than dist/: for work on the drivers themselves.
        extension: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
