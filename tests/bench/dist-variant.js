// Owns the copies of the built extension that a benchmark changes: made in a temporary folder, gone at the end.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** @typedef {import('../drive/browser-binary.js').BrowserName} BrowserName */

/**
 * The built extension as it is. `TIERS_DIST` names another folder than `dist`.
 * @param {BrowserName} browser
 * @returns {string}
 */
export function builtExtension(browser) {
  const root = path.join(import.meta.dirname, '..', '..');
  return path.resolve(root, process.env['TIERS_DIST'] ?? 'dist', browser);
}

/** The variants of one benchmark. */
export class DistVariants {
  #folder;

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder;
  }

  static async open() {
    return new DistVariants(await mkdtemp(path.join(os.tmpdir(), 'tiers-bench-')));
  }

  /**
   * A copy of the built extension.
   * @param {BrowserName} browser
   * @param {string} name of the variant
   * @returns {Promise<DistVariant>}
   */
  async copy(browser, name) {
    const folder = path.join(this.#folder, `${browser}-${name}`);
    await cp(builtExtension(browser), folder, { recursive: true });
    return new DistVariant(folder);
  }

  async close() {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** One variant: a folder that a browser loads unpacked. */
export class DistVariant {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * @param {string} file
   * @param {string} content
   */
  write(file, content) {
    return writeFile(path.join(this.folder, file), content);
  }

  /**
   * @param {string} source
   * @param {string} file or folder, inside the variant
   */
  add(source, file) {
    return cp(source, path.join(this.folder, file), { recursive: true });
  }

  /**
   * Copies the shell beside what measures it, with the browser's interface that is captured; runs in Node and in a page.
   * @param {readonly string[]} files of this folder that measure
   */
  async addShell(files) {
    const here = (/** @type {string} */ file) => path.join(import.meta.dirname, file);
    await this.add(path.join(this.folder, 'extension'), 'bench/shell');
    await this.add(here('captured-browser.js'), 'bench/shell/browser.js');
    for (const file of ['beside.js', 'lots.js', 'request-events.js', 'url-list.js', ...files]) {
      await this.add(here(file), `bench/${file}`);
    }
    // For Node, which takes a file for CommonJS where nothing says otherwise.
    await this.write('bench/package.json', '{ "type": "module" }');
  }

  /** @param {(manifest: Record<string, unknown>) => void} change */
  async changeManifest(change) {
    const file = path.join(this.folder, 'manifest.json');
    /** @type {Record<string, unknown>} */
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    change(manifest);
    await writeFile(file, JSON.stringify(manifest, null, 2));
  }

  /**
   * Puts another background in the place of the real one.
   * @param {string} [code] by default none: nothing is listened to
   */
  async replaceBackground(code = '') {
    const file = 'other-background.js';
    await this.write(file, `// Owns what a benchmark compares with.\n${code}`);
    await this.changeManifest((manifest) => {
      manifest['background'] = { service_worker: file, scripts: [file], type: 'module' };
    });
  }
}
