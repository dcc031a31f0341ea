// Owns what the background writes and reads of the store: one transaction a commit, one to start from, one for each day that is closed.

import { openDatabase, resultOf, storeError, StoreError } from './database.js';
import { daysOfSite, deleteDays } from './days-without.js';
import { deleteFrom, deletesAnything, deleteVisitsOf, noteDeletion } from './deletion.js';
import { forgetRoom, LEAST_ROOM, LEAST_ROOM_TO_DELETE, needRoom, room, ROOM_TO_DELETE_A_BYTE } from './room.js';
import { makeSpan, missingSpans } from './spans.js';
import { readStart } from './start-record.js';
import { DAY_TABLES, daysOfVisits, daysWithoutSum, foldInto, rebuildFrom } from './stored-days.js';
import { TornLog } from './torn-log.js';
import { DELETE_WITHIN_MS, limited, made, READ_WITHIN_MS, WRITE_WITHIN_MS } from './transaction.js';

/**
 * @typedef {import('./core/types.js').StoredCommit} StoredCommit
 * @typedef {import('./core/types.js').Deleted} Deleted
 * @typedef {import('./set-aside.js').SetAsideRecord} SetAsideRecord
 * @typedef {import('./core/types.js').ClosedDay} ClosedDay
 * @typedef {import('./given-up.js').GivenUpRecord} GivenUpRecord
 * @typedef {import('./days-without.js').DaysWithout} DaysWithout
 * @typedef {import('./stored-days.js').DayFolds} DayFolds
 * @typedef {import('./start-record.js').Mark} Mark
 * @typedef {import('./start-record.js').Stored} Stored
 */

/** More than the record of a day takes: 500 visits are 0.2 MB. */
const MOST_OF_A_DAY = 1 << 20;

/** The store. It is opened at once, and again after it failed or was closed. */
export class Store {
  #days;
  /** @type {Promise<IDBDatabase> | null} */
  #opening = null;
  /** @type {StoreError | null} */
  #refusal = null;
  #tornLog = new TornLog();

  /** @param {DaysWithout & { load: () => Promise<unknown> }} days */
  constructor(days) {
    this.#days = days;
  }

  /** Begins to open the database. What fails is told by the first use. */
  open() {
    this.#opened().catch(() => {});
  }

  /**
   * Leaves the store untouched from now on: it was written by a later version.
   *
   * @param {string} reason
   */
  refuse(reason) {
    this.#refusal = new StoreError('storeFromFuture', reason);
  }

  /**
   * Reads what a core starts from, in one transaction.
   *
   * @param {(live: Uint8Array) => string[]} openVisits Which visits the snapshot needs.
   * @returns {Promise<Stored>} Rejects with a {@link StoreError}.
   */
  read(openVisits) {
    return this.#read((database) => readStart(database, openVisits));
  }

  /**
   * Stores a commit: all of it, or nothing.
   *
   * Durability: what the clock commits is `relaxed`: safe against a crash of the browser, and a power cut costs seconds of
   * counts, against a wait for the disk every second. What the user decided (delete, exclude, pause) is `strict`: once it is
   * said to be done, it stays done.
   *
   * @param {StoredCommit} commit
   * @param {Uint8Array} live The snapshot that belongs to it.
   * @param {{ strict: boolean, mark?: Mark }} options
   * @returns {Promise<void>} Rejects with a {@link StoreError}, or with what the core failed of where it takes a site out of a day.
   */
  async write(commit, live, { strict, mark }) {
    const isDeleting = deletesAnything(commit.deleted);
    if (isDeleting) await this.#loadDays();
    // Whoever reads the days waits for no commit that leaves them alone.
    const tables = ['visits', 'live', 'settings', ...(isDeleting ? DAY_TABLES : [])];
    const needed = LEAST_ROOM + (isDeleting ? await this.#roomToDelete(commit.deleted) : 0);
    return this.#change(tables, { strict, needed, isDeleting }, async (transaction) => {
      await deleteFrom(transaction, commit.deleted, this.#days);
      for (const visit of commit.visits) transaction.objectStore('visits').put(visit);
      transaction.objectStore('live').put({ key: 'live', bytes: live, ...(mark && { mark }) });
      if (commit.settings) transaction.objectStore('settings').put({ key: 'settings', settings: commit.settings });
    });
  }

  /**
   * Deletes visits, and does nothing else: on a full disk there can be room for that where there is none for the whole commit.
   *
   * @param {Deleted} deleted
   * @returns {Promise<void>} Rejects like {@link Store.write}.
   */
  async delete(deleted) {
    await this.#loadDays();
    const needed = LEAST_ROOM_TO_DELETE + (await this.#roomToDelete(deleted));
    await this.#change(['visits', ...DAY_TABLES], { strict: true, needed, isDeleting: true }, (transaction) =>
      deleteFrom(transaction, deleted, this.#days),
    );
  }

  /**
   * How much room a deletion takes: what is deleted, and the days that are written anew without it.
   *
   * @param {Deleted} deleted
   * @returns {Promise<number>} In bytes.
   */
  async #roomToDelete({ all, days, sites, visits }) {
    const { used } = await room();
    if (used === 0) return 0;
    const share =
      all || days.length > 0 ? 1 : await this.#read((database) => this.#shareOf(database, sites), DELETE_WITHIN_MS);
    return ROOM_TO_DELETE_A_BYTE * (used * share + MOST_OF_A_DAY * visits.length);
  }

  /**
   * The share of the closed days that have, or may have, any of these sites.
   *
   * @param {IDBDatabase} database
   * @param {string[]} sites
   */
  async #shareOf(database, sites) {
    if (sites.length === 0) return 0;
    const transaction = database.transaction(['days', 'rollups'], 'readonly');
    const all = await resultOf(transaction.objectStore('days').count());
    const found = new Set();
    for (const site of sites) {
      const { visits, unread } = await daysOfSite(transaction, site, this.#days.rollupVisits);
      for (const day of [...visits.keys(), ...unread]) found.add(day);
    }
    return found.size / Math.max(found.size, all, 1);
  }

  /**
   * Folds the visits of the days before this one into these days, each in one transaction: a visit is in one place or in the other.
   *
   * @param {number} before Days since 1970.
   * @param {DayFolds} folds
   * @param {(id: string) => boolean} isToBeFolded Of a visit, as far as is known now.
   * @returns {Promise<boolean>} Whether visits of those days are left, to be folded later. Rejects with a {@link StoreError}, or with what the
   *   core throws: then nothing has changed of that day.
   */
  async closeDays(before, folds, isToBeFolded) {
    const { days, isAnyLeft } = await this.#read((database) => daysOfVisits(database, before, isToBeFolded));
    if (days.length > 0) await this.#loadDays();
    for (const day of days) {
      await this.#change(['visits', ...DAY_TABLES], {}, (transaction) => foldInto(transaction, day, folds));
    }
    return isAnyLeft;
  }

  /**
   * Sums up the closed days that are not, each in one transaction.
   *
   * @param {(day: number, stored: Uint8Array) => ClosedDay | null} rebuild Null where a day is to be left as it is.
   * @returns {Promise<void>} Rejects as {@link Store.closeDays}.
   */
  async sumUpDays(rebuild) {
    for (const day of await this.#read((database) => daysWithoutSum(database))) await this.rebuildDay(day, rebuild);
  }

  /**
   * Makes the spans before this one that are missing, each in one transaction.
   *
   * @param {number} before
   * @param {import('./spans.js').PackSpan} pack
   * @returns {Promise<void>} Rejects as {@link Store.closeDays}.
   */
  async makeSpans(before, pack) {
    const spans = await this.#read((database) => missingSpans(database, before));
    if (spans.length > 0) await this.#loadDays();
    for (const span of spans) {
      await this.#change(['rollups', 'spans'], {}, (transaction) => makeSpan(transaction, span, pack));
    }
  }

  /**
   * Makes one closed day anew from its visits.
   *
   * @param {number} day
   * @param {(day: number, stored: Uint8Array) => ClosedDay | null} rebuild
   * @returns {Promise<void>} Rejects as {@link Store.closeDays}.
   */
  async rebuildDay(day, rebuild) {
    await this.#loadDays();
    await this.#change(DAY_TABLES, {}, (transaction) => rebuildFrom(transaction, day, rebuild));
  }

  /**
   * Deletes what is kept no longer, in one transaction.
   *
   * @param {object} expired
   * @param {number} expired.visitsBefore The day before which no visits are kept.
   * @param {number} expired.sumsBefore The day before which nothing is.
   * @param {() => string[]} unsettled The visits, by their `id`, that may still change now: they stay until they can no more.
   * @returns {Promise<void>} Rejects as {@link Store.closeDays}.
   */
  async expire({ visitsBefore, sumsBefore }, unsettled) {
    const visitsRange = IDBKeyRange.upperBound(visitsBefore, true);
    const sumsRange = IDBKeyRange.upperBound(sumsBefore, true);
    const isThereAny = await this.#read(async (database) => {
      const transaction = database.transaction(['visits', 'days', 'rollups'], 'readonly');
      const keys = await Promise.all([
        resultOf(transaction.objectStore('visits').index('day').getKey(visitsRange)),
        resultOf(transaction.objectStore('days').getKey(visitsRange)),
        resultOf(transaction.objectStore('rollups').getKey(sumsRange)),
      ]);
      return keys.some((key) => key !== undefined);
    });
    if (!isThereAny) return;
    const options = { strict: true, needed: LEAST_ROOM_TO_DELETE, isDeleting: true };
    await this.#change(['visits', ...DAY_TABLES], options, async (transaction) => {
      noteDeletion(transaction);
      await deleteVisitsOf(transaction.objectStore('visits'), visitsRange, unsettled);
      await deleteDays(transaction, visitsRange, ['days']);
      await deleteDays(transaction, sumsRange, ['rollups']);
    });
  }

  /**
   * Notes something for the backgrounds to come: what {@link Stored} has under this name.
   *
   * @param {'setAside' | 'givenUp'} key
   * @param {SetAsideRecord | GivenUpRecord} record
   * @returns {Promise<void>} Rejects with a {@link StoreError}.
   */
  writeNote(key, record) {
    return this.#change(['meta'], {}, async (transaction) => {
      transaction.objectStore('meta').put({ key, ...record });
    });
  }

  /** Before a transaction that asks the module of days, not within: it would end while it waits for anything but its own requests. */
  #loadDays() {
    return limited(READ_WITHIN_MS, () => this.#days.load());
  }

  /**
   * @template Result
   * @param {(database: IDBDatabase) => Promise<Result>} reading
   * @param {number} [withinMs]
   * @returns {Promise<Result>} Rejects with a {@link StoreError}, or with what the core throws.
   */
  async #read(reading, withinMs = READ_WITHIN_MS) {
    try {
      return await limited(withinMs, async () => reading(await this.#opened()));
    } catch (cause) {
      throw await this.#failureOf(cause);
    }
  }

  /**
   * @param {string[]} tables
   * @param {{ strict?: boolean, needed?: number, isDeleting?: boolean }} options `needed`: how much room the disk must have. A deletion may take
   *   longer than what is put.
   * @param {(transaction: IDBTransaction) => Promise<void>} request
   */
  async #change(tables, { strict = false, needed = LEAST_ROOM, isDeleting = false }, request) {
    try {
      await limited(isDeleting ? DELETE_WITHIN_MS : WRITE_WITHIN_MS, async (signal) => {
        if (this.#refusal) throw this.#refusal;
        const isTorn = await this.#tornLog.isTorn();
        await needRoom(isTorn ? Math.max(needed, LEAST_ROOM) : needed);
        const database = await this.#opened();
        if (isTorn) await this.#tornLog.mend(database, signal);
        signal.throwIfAborted();
        const transaction = database.transaction(tables, 'readwrite', { durability: strict ? 'strict' : 'relaxed' });
        await made(transaction, () => request(transaction), signal);
      });
    } catch (cause) {
      const failure = await this.#failureOf(cause);
      // It was tried: the browser says so, and not `needRoom`.
      if (failure instanceof StoreError && failure.kind === 'storeFull' && failure !== cause) {
        forgetRoom();
        this.#tornLog.note();
      }
      throw failure;
    }
  }

  /** @returns {Promise<IDBDatabase>} */
  #opened() {
    if (this.#refusal) return Promise.reject(this.#refusal);
    if (this.#opening) return this.#opening;
    const opening = openDatabase().then((database) => {
      const forget = () => {
        if (this.#opening === opening) this.#opening = null;
      };
      // The browser closes it where the disk fails or the user clears the site data.
      database.addEventListener('close', forget);
      // The database closes itself for a later version: opening it again says whether that is what came.
      database.addEventListener('versionchange', forget);
      return database;
    });
    this.#opening = opening;
    return opening;
  }

  /**
   * What the core throws in the middle of a transaction is no failure of the store.
   *
   * @param {unknown} cause
   */
  async #failureOf(cause) {
    return cause instanceof DOMException || cause instanceof StoreError ? this.#failed(cause) : cause;
  }

  /**
   * @param {unknown} cause
   * @returns {Promise<StoreError>}
   */
  async #failed(cause) {
    const error = storeError(cause);
    // Nothing was tried: the database is well.
    if (error.kind === 'storeFull' && error === cause) return error;
    // The next use tries to open it anew; a database that works is as cheap to open as to keep.
    this.#opening?.then((database) => database.close()).catch(() => {});
    this.#opening = null;
    // Chromium 156 calls it an “Internal error” that a full disk keeps it from opening the database.
    const isFull = error.kind === 'storeUnavailable' && (await room()).left < LEAST_ROOM;
    return isFull ? new StoreError('storeFull', error.message, error) : error;
  }
}
