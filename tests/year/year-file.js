// Owns the year on the disk: made once for a generator, a core and a size, and read by each benchmark that needs it.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { once } from 'node:events';
import { deserialize, serialize } from 'node:v8';
import { coreFolder, freshCounter, freshDays } from '../wasm/core-module.js';
import { LivedDays } from './lived-days.js';
import { dayOf } from './paris-clock.js';

/**
 * @typedef {import('./lived-days.js').TableRecord} TableRecord
 * @typedef {import('./lived-days.js').YearSize} YearSize
 *
 * @typedef {object} TableSum
 * @property {number} records
 * @property {number} bytes of their `bytes`
 *
 * @typedef {object} YearSummary
 * @property {YearSize} size
 * @property {number} visits pages of the days that are over
 * @property {number} requests
 * @property {number} madeInMs
 * @property {Record<string, TableSum>} tables
 *
 * @typedef {object} MadeCommit
 * @property {import('../../extension/core/types.js').StoredCommit} commit
 * @property {Uint8Array} live
 */

const SEED = 20260601;
const [DAYS, VISITS, REQUESTS] = [365, 500, 100];
const ROOT = path.join(import.meta.dirname, '../..');
/** Beside the year: as many commits of the day that is open, as they were made one after the other. */
const COMMITS = 400;

/** What only uses the year. */
const USERS = new Set(['filled-profile.js', 'shell-events.js']);

/**
 * The year's size: its open day is today, so that the extension closes none when it finds it. `TIERS_YEAR_DAYS` makes it smaller, for a
 * quick look.
 * @returns {YearSize}
 */
export function yearSize() {
  const days = Number(process.env['TIERS_YEAR_DAYS'] ?? DAYS);
  return { seed: SEED, firstDay: dayOf(Date.now()) - days, days, visits: VISITS, requests: REQUESTS };
}

/**
 * A row as it is printed: where the year is a smaller one, it keeps no budget.
 * @template {import('../bench/measured-row.js').MeasuredRow} Row
 * @param {YearSize} size
 * @param {Row} row
 * @returns {Row}
 */
export function verdictOn({ days }, row) {
  if (days >= DAYS) return row;
  return {
    ...row,
    budget: { ...row.budget, ok: false },
    notes: `A QUICK LOOK at ${days} days, no verdict. ${row.notes}`,
  };
}

/** A made year. */
export class YearFile {
  /**
   * @param {string} folder
   * @param {YearSummary} summary
   */
  constructor(folder, summary) {
    this.folder = folder;
    this.summary = summary;
  }

  /**
   * The year of this size; made where it is not there.
   * @param {(text: string) => void} progress
   * @param {YearSize} [size]
   * @returns {Promise<YearFile>}
   */
  static async open(progress, size = yearSize()) {
    const key = await keyOf(size);
    const folder = path.join(ROOT, 'target/year', `${size.days}-days`, key);
    const summary = await readFile(path.join(folder, 'summary.json'), 'utf8').catch(() => null);
    if (summary) return new YearFile(folder, JSON.parse(summary));
    progress(`making a year of ${size.days} days, which is kept for the other benchmarks`);
    return new YearFile(folder, await make(folder, size, progress));
  }

  /** The records of all tables, those of the first day first. @returns {AsyncGenerator<TableRecord>} */
  async *records() {
    yield* /** @type {AsyncGenerator<TableRecord>} */ (parts(path.join(this.folder, 'records')));
  }

  /** Commits of the day that is open. @returns {Promise<MadeCommit[]>} */
  async commits() {
    /** @type {MadeCommit[]} */
    const commits = [];
    for await (const one of parts(path.join(this.folder, 'commits'))) commits.push(/** @type {MadeCommit} */ (one));
    return commits;
  }
}

/** By what a year is known: everything that decides about its bytes. @param {YearSize} size */
async function keyOf(size) {
  const hash = createHash('sha256').update(JSON.stringify(size));
  const files = (await readdir(import.meta.dirname)).filter((name) => /^[a-z-]+\.js$/.test(name));
  const sources = files.filter((name) => !USERS.has(name)).sort();
  for (const name of sources) hash.update(await readFile(path.join(import.meta.dirname, name)));
  hash.update(await readFile(path.join(ROOT, 'tests/bench/lots.js')));
  // The core, and the tables: a profile that was filled goes with them.
  for (const part of ['counter', 'days']) hash.update(await readFile(path.join(coreFolder(), `${part}_bg.wasm`)));
  hash.update(await readFile(path.join(coreFolder(), '../database.js')));
  return hash.digest('hex').slice(0, 16);
}

/**
 * @param {string} folder
 * @param {YearSize} size
 * @param {(text: string) => void} progress
 * @returns {Promise<YearSummary>}
 */
async function make(folder, size, progress) {
  const unfinished = `${folder}.unfinished`;
  // Years of earlier cores and days are of no more use, and each is as large as a year.
  await rm(path.dirname(folder), { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const [records, commits] = [new Parts(path.join(unfinished, 'records')), new Parts(path.join(unfinished, 'commits'))];
  const began = performance.now();
  const lived = new LivedDays(await freshCounter(), await freshDays(), size);
  /** @type {Record<string, TableSum>} */
  const tables = {};
  /** @type {MadeCommit[]} */
  const made = [];
  for (const [table, record] of lived.records()) {
    const sum = (tables[table] ??= { records: 0, bytes: 0 });
    sum.records += 1;
    const { bytes } = record;
    if (bytes instanceof Uint8Array) sum.bytes += bytes.length;
    await records.write([table, record]);
    if (table !== 'days') continue;
    if (sum.records % 60 === 0) progress(`${sum.records} days`);
    // The open day comes next: its beginning, when there are few tabs yet, is left out.
    if (sum.records === size.days) {
      lived.onCommit = (commit, live) => {
        made.push({ commit, live });
        if (made.length > 2 * COMMITS) made.shift();
      };
    }
  }
  for (const one of made.slice(0, COMMITS)) await commits.write(one);
  await Promise.all([records.end(), commits.end()]);
  const summary = { size, ...lived.made, madeInMs: performance.now() - began, tables };
  await writeFile(path.join(unfinished, 'summary.json'), JSON.stringify(summary, null, 2));
  await rename(unfinished, folder);
  return summary;
}

/** Values one after the other in a file, each behind its length. */
class Parts {
  #stream;

  /** @param {string} file */
  constructor(file) {
    this.#stream = createWriteStream(file);
  }

  /** @param {unknown} value */
  async write(value) {
    const bytes = serialize(value);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    this.#stream.write(length);
    if (!this.#stream.write(bytes)) await once(this.#stream, 'drain');
  }

  async end() {
    this.#stream.end();
    await once(this.#stream, 'finish');
  }
}

/** @param {string} file @returns {AsyncGenerator<unknown>} */
async function* parts(file) {
  let waiting = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    waiting = Buffer.concat([waiting, chunk]);
    let at = 0;
    while (waiting.length >= at + 4) {
      const end = at + 4 + waiting.readUInt32LE(at);
      if (waiting.length < end) break;
      yield deserialize(waiting.subarray(at + 4, end));
      at = end;
    }
    waiting = waiting.subarray(at);
  }
}
