// Owns a few days of browsing, told to the real core and kept in an IndexedDB in memory, and what is stored of them.
import 'fake-indexeddb/auto';

import { IDBFactory } from 'fake-indexeddb';

import { ClosingDays } from '../../extension/closing-days.js';
import { openDatabase, resultOf } from '../../extension/database.js';
import { makeExport } from '../../extension/export-making.js';
import { Store } from '../../extension/store.js';
import { StoredSummary } from '../../extension/stored-summary.js';
import { freshCounter, freshDays, freshReader } from './core-module.js';
import { ENVIRONMENT } from './target.js';

/** @typedef {import('../../extension/core/types.js').StoredVisit} StoredVisit */
/** @typedef {import('../../extension/core/types.js').StoredDay} StoredDay */
/** @typedef {import('../../extension/core/types.js').StoredRollup} StoredRollup */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** The first morning: ten o'clock in Paris. */
export const MORNING_MS = Date.UTC(2026, 10, 27, 9);
export const SITES = ['news.test', 'shop.test', 'secret.test'];

/** Every row. */
export const ALL = { search: '', sort: /** @type {const} */ ('name'), back: false, offset: 0, limit: 1_000 };

export const counter = await freshCounter();
export const days = await freshDays();
export const reader = await freshReader();

/** Browsing over an empty store. */
export class StoredBrowsing {
  store = new Store(days);
  core = new counter.Core('session');
  #requestId = 0;

  constructor() {
    globalThis.indexedDB = new IDBFactory();
    this.core.setUtcOffset(60);
  }

  /**
   * A page of a site, with a third party of its own, that its tab leaves again.
   *
   * @param {string} site
   * @param {number} atMs
   */
  visit(site, atMs) {
    const { core } = this;
    const id = `${site} ${atMs}`;
    const navigation = (this.#requestId += 1);
    core.navigationStarted(navigation, site, 1, false, false, atMs);
    core.requestAnswered(navigation, false);
    core.documentCommitted(id, '', 1, 0, true, 'active', false, 'https', site, atMs);
    const key = core.documentKey(id, '', '', 1, 0, false, atMs);
    const request = (this.#requestId += 1);
    core.requestStarted(request, core.hostKey(`img.of-${site}`), key, core.typeCode('image'), atMs + 1);
    core.requestAnswered(request, false);
    core.tabRemoved(1, atMs + 2);
  }

  /**
   * A worker of a site asks for something.
   *
   * @param {string} site
   * @param {number} atMs
   */
  worker(site, atMs) {
    const { core } = this;
    const request = (this.#requestId += 1);
    const type = core.typeCode('xmlhttprequest');
    core.unnamedRequestStarted(request, `api.of-${site}`, '', -1, -1, site, false, type, false, atMs);
    core.requestAnswered(request, false);
  }

  /** @param {number} atMs */
  async commit(atMs) {
    const made = this.core.commit(atMs);
    if (!made) return;
    await this.store.write(made, this.core.live(), { strict: false });
    this.core.stored();
  }

  /**
   * Three sites on each of some days, the last ones today.
   *
   * @param {number} days
   * @returns {Promise<number>} now
   */
  async browse(days) {
    let atMs = MORNING_MS;
    for (let day = 0; day < days; day += 1) {
      for (const [place, site] of SITES.entries()) {
        atMs = MORNING_MS + day * DAY_MS + place * HOUR_MS;
        this.visit(site, atMs);
        await this.commit(atMs + 3);
      }
    }
    // A minute after its end a visit is forgotten.
    const nowMs = atMs + 2 * HOUR_MS;
    await this.commit(nowMs);
    return nowMs;
  }

  /** @param {Partial<ConstructorParameters<typeof ClosingDays>[0]>} [other] */
  closingDays(other) {
    return new ClosingDays({ store: this.store, onChange: () => {}, ...days, ...other });
  }

  /**
   * @param {number} nowMs
   * @param {ClosingDays} [days]
   */
  close(nowMs, days = this.closingDays()) {
    return days.close(this.core, nowMs);
  }

  /**
   * The user decides something, and it is stored.
   *
   * @param {import('../../extension/core/types.js').Request} request
   * @param {number} atMs
   */
  async decide(request, atMs) {
    this.core.answer(request, atMs);
    await this.commit(atMs);
  }
}

/** Every record of visits, days, their sums and spans. */
export async function raw() {
  return await inDatabase(async (database) => {
    const transaction = database.transaction(['visits', 'days', 'rollups', 'spans']);
    /** @type {[StoredVisit[], StoredDay[], StoredRollup[], { span: number, bytes: Uint8Array }[]]} */
    const [visits, days, rollups, spans] = await Promise.all([
      resultOf(transaction.objectStore('visits').getAll()),
      resultOf(transaction.objectStore('days').getAll()),
      resultOf(transaction.objectStore('rollups').getAll()),
      resultOf(transaction.objectStore('spans').getAll()),
    ]);
    return { visits, days, rollups, spans };
  });
}

/**
 * Puts a record into a table, past the store.
 *
 * @param {'visits' | 'days' | 'rollups' | 'spans'} table
 * @param {object} record
 */
export async function putRaw(table, record) {
  await inDatabase((database) => resultOf(database.transaction(table, 'readwrite').objectStore(table).put(record)));
}

/**
 * Deletes a record of a table, past the store.
 *
 * @param {'visits' | 'days' | 'rollups' | 'spans'} table
 * @param {IDBValidKey} key
 */
export async function deleteRaw(table, key) {
  await inDatabase((database) => resultOf(database.transaction(table, 'readwrite').objectStore(table).delete(key)));
}

/**
 * @template Result
 * @param {(database: IDBDatabase) => Promise<Result>} use
 */
async function inDatabase(use) {
  const database = await openDatabase();
  try {
    return await use(database);
  } finally {
    database.close();
  }
}

/** @param {{ site?: string }} [which] */
export async function exported({ site } = {}) {
  const { file } = await makeExport(reader, { site, environment: ENVIRONMENT, nowMs: MORNING_MS, id: 'export' });
  return { ...JSON.parse(await file.text()), integrity: undefined };
}

/** What a page says of all that is stored: its totals, days, sites and third parties. */
export async function summed(stored = new StoredSummary(async () => reader)) {
  const summary = await stored.read();
  const view = summary.choose(undefined, undefined);
  return { view, days: summary.days(), sites: summary.sites(ALL), thirdParties: summary.thirdParties(ALL) };
}

/**
 * All that the records say, as text.
 *
 * @param {Awaited<ReturnType<typeof raw>>} stored
 */
export function textOf({ visits, days, rollups, spans }) {
  const bytes = [...visits, ...days, ...rollups, ...spans].map((record) =>
    Buffer.from(record.bytes).toString('latin1'),
  );
  return JSON.stringify([bytes, visits.map(({ id, site }) => [id, site])]);
}
