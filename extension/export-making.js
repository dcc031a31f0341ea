// Owns the making of an export: day after day is read, and its rows are handed to the browser, so that years of them fit.

import { DayReading } from './day-reading.js';
import { isDeletedSince, visitedDays } from './visited-days.js';

/** How often it is begun anew, as something was deleted while it was read. */
const TURNS = 3;

/** No reading of all was whole. */
class DeletedMeanwhileError extends Error {
  /** @override */
  name = 'DeletedMeanwhileError';
  kind = 'deletedMeanwhile';
}

/**
 * @typedef {import('./core/types.js').Table} Table
 *
 * @typedef {object} ExportOrder
 * @property {string | undefined} site None: everything.
 * @property {import('./core/types.js').Environment} environment
 * @property {number} nowMs
 * @property {string} id Of this export.
 *
 * @typedef {object} MadeExport
 * @property {Blob} file
 * @property {Missing} missing What is not in the file.
 *
 * @typedef {object} Missing
 * @property {import('./core/types.js').UnreadableVisits} unreadable What is stored and could not be read.
 * @property {number} daysNotKept On how many days visits were counted of which sums alone are kept.
 */

/** An export that is being made, with its rows, which the browser keeps. */
export class ExportMaking {
  #making;
  #daysNotKept = 0;
  /** @type {Record<Table, Blob[]>} */
  #rows = { visits: [], hops: [], contacts: [], contact_types: [] };

  /**
   * @param {Pick<import('./reader-instance.js').ReaderModule, 'ExportMaking'>} reader
   * @param {ExportOrder} order
   */
  constructor(reader, { site, environment, nowMs, id }) {
    this.#making = new reader.ExportMaking(site, environment, nowMs, id);
  }

  /** @param {number} days So many would be in it, were their visits still kept. */
  missDays(days) {
    this.#daysNotKept = days;
    this.#making.missDays(days);
  }

  /**
   * Adds a day, behind those before.
   *
   * @param {import('./core/types.js').StoredDay | undefined} closed Its record, if it is closed.
   * @param {Uint8Array[]} beside The visits beside it.
   */
  add(closed, beside) {
    for (const { table, text } of this.#making.add(closed, beside)) {
      this.#rows[table].push(new Blob([/** @type {Uint8Array<ArrayBuffer>} No wasm shares memory. */ (text)]));
    }
  }

  /**
   * No day follows.
   *
   * @returns {Promise<MadeExport>}
   */
  async finish() {
    const missing = { unreadable: this.#making.unreadable(), daysNotKept: this.#daysNotKept };
    const digest = this.#making.intoDigest();
    for (const table of digest.order()) {
      for (const piece of this.#rows[table]) digest.rows(table, new Uint8Array(await piece.arrayBuffer()));
    }
    const parts = digest.finish().flatMap(({ text, rows }) => [text, ...(rows ? this.#rows[rows] : [])]);
    return { file: new Blob(parts, { type: 'application/json' }), missing };
  }
}

/**
 * Makes the export of what is stored. Each day is read as it is when its turn comes; where something is deleted meanwhile, all are read anew: no
 * file is to hold a part of what was deleted.
 *
 * @param {Pick<import('./reader-instance.js').ReaderModule, 'ExportMaking' | 'rollupVisits'>} reader
 * @param {ExportOrder} order
 * @param {(read: number, all: number) => void} [onProgress] How many of the days were read.
 * @returns {Promise<MadeExport>} Rejects with a `StoreError`, or with a {@link DeletedMeanwhileError}.
 */
export async function makeExport(reader, order, onProgress) {
  const { site } = order;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const { days, pagesOfSite, notKept, deletion } = await visitedDays(reader, site);
    const inOrder = [...days].sort((one, other) => one - other);
    const reading = new DayReading(inOrder, { site, pagesOfSite });
    const making = new ExportMaking(reader, order);
    making.missDays(notKept);
    onProgress?.(0, reading.all);
    await reading.readUntil(
      () => false,
      ({ closed, beside }) => making.add(closed, beside),
      { onProgress },
    );
    if (!(await isDeletedSince(deletion))) return making.finish();
  }
  throw new DeletedMeanwhileError(`Each of the ${TURNS} times that all was read, something was deleted meanwhile.`);
}
