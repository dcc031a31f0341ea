// Owns what the background writes and reads of the store: one transaction a commit, one to start from, one for each day that is closed.

import { openDatabase, resultOf, storeError, StoreError } from './database.js';
import {
  clearDays,
  DAY_TABLES,
  daysOfVisits,
  daysWithoutSum,
  deleteDays,
  foldInto,
  leaveSiteOut,
  leaveVisitOut,
  rebuildFrom,
} from './stored-days.js';

/**
 * @typedef {import('./core/types.js').StoredCommit} StoredCommit
 * @typedef {import('./core/types.js').Settings} Settings
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 * @typedef {import('./set-aside.js').SetAsideRecord} SetAsideRecord
 * @typedef {import('./core/types.js').ClosedDay} ClosedDay
 * @typedef {import('./stored-days.js').DaysWithout} DaysWithout
 * @typedef {import('./stored-days.js').FoldDay} FoldDay
 *
 * @typedef {object} Stored What a core starts from.
 * @property {Uint8Array} [live]
 * @property {StoredVisit[]} visits Those that the snapshot says are open.
 * @property {Settings} [settings]
 * @property {SetAsideRecord} [setAside] Events that the core could not take, as noted in `meta`.
 * @property {unknown} [unreadable] Why the core refused the snapshot; then `live` and `visits` are empty.
 */

/** The store. It is opened at once, and again after it failed or was closed. */
export class Store {
  #daysWithout;
  /** @type {Promise<IDBDatabase> | null} */
  #opening = null;
  /** @type {StoreError | null} */
  #refusal = null;

  /** @param {DaysWithout} daysWithout */
  constructor(daysWithout) {
    this.#daysWithout = daysWithout;
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
  async read(openVisits) {
    try {
      const database = await this.#opened();
      const transaction = database.transaction(['live', 'visits', 'settings', 'meta'], 'readonly');
      const settingsRequest = transaction.objectStore('settings').get('settings');
      const setAsideRequest = transaction.objectStore('meta').get('setAside');
      /** @type {{ bytes: Uint8Array } | undefined} */
      const snapshot = await resultOf(transaction.objectStore('live').get('live'));
      // A transaction lives on over `await` as long as only its own requests are awaited.
      /** @type {Stored} */
      const stored = { visits: [] };
      if (snapshot) {
        try {
          const ids = openVisits(snapshot.bytes);
          stored.live = snapshot.bytes;
          const visits = transaction.objectStore('visits');
          const found = await Promise.all(ids.map((id) => resultOf(visits.get(id))));
          stored.visits = found.filter((visit) => visit !== undefined);
        } catch (cause) {
          if (cause instanceof DOMException) throw cause;
          stored.unreadable = cause;
        }
      }
      // Asked for first, so answered by now.
      stored.settings = settingsRequest.result?.settings;
      stored.setAside = setAsideRequest.result;
      return stored;
    } catch (cause) {
      throw this.#failed(cause);
    }
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
   * @param {{ strict: boolean }} options
   * @returns {Promise<void>} Rejects with a {@link StoreError}, or with what the core failed of where it takes a site out of a day.
   */
  async write(commit, live, { strict }) {
    try {
      const database = await this.#opened();
      const { all, ...some } = commit.deleted;
      const isDeleting = all || Object.values(some).some((which) => which.length > 0);
      // Whoever reads the days waits for no commit that leaves them alone.
      const tables = ['visits', 'live', 'settings', ...(isDeleting ? DAY_TABLES : [])];
      const transaction = database.transaction(tables, 'readwrite', { durability: strict ? 'strict' : 'relaxed' });
      await made(transaction, () => putCommit(transaction, commit, live, this.#daysWithout));
    } catch (cause) {
      throw this.#failureOf(cause);
    }
  }

  /**
   * Folds the visits of the days before this one into these days, each in one transaction: a visit is in one place or in the other.
   *
   * @param {number} before Days since 1970.
   * @param {FoldDay} fold
   * @returns {Promise<void>} Rejects with a {@link StoreError}, or with what `fold` throws: then nothing has changed of that day.
   */
  async closeDays(before, fold) {
    try {
      for (const day of await daysOfVisits(await this.#opened(), before)) {
        const database = await this.#opened();
        const transaction = database.transaction(['visits', ...DAY_TABLES], 'readwrite', { durability: 'relaxed' });
        await made(transaction, () => foldInto(transaction, day, fold));
      }
    } catch (cause) {
      throw this.#failureOf(cause);
    }
  }

  /**
   * Sums up the closed days that are not, each in one transaction.
   *
   * @param {(day: number, stored: Uint8Array) => ClosedDay | null} rebuild Null where a day is to be left as it is.
   * @returns {Promise<void>} Rejects as {@link Store.closeDays}.
   */
  async sumUpDays(rebuild) {
    try {
      for (const day of await daysWithoutSum(await this.#opened())) await this.#rebuild(day, rebuild);
    } catch (cause) {
      throw this.#failureOf(cause);
    }
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
    try {
      const database = await this.#opened();
      const transaction = database.transaction(['visits', ...DAY_TABLES], 'readwrite', { durability: 'strict' });
      await made(transaction, async () => {
        const range = IDBKeyRange.upperBound(visitsBefore, true);
        await deleteVisitsOf(transaction.objectStore('visits'), range, unsettled);
        deleteDays(transaction, range, ['days']);
        deleteDays(transaction, IDBKeyRange.upperBound(sumsBefore, true), ['rollups']);
      });
    } catch (cause) {
      throw this.#failureOf(cause);
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
    try {
      await this.#rebuild(day, rebuild);
    } catch (cause) {
      throw this.#failureOf(cause);
    }
  }

  /**
   * @param {number} day
   * @param {(day: number, stored: Uint8Array) => ClosedDay | null} rebuild
   */
  async #rebuild(day, rebuild) {
    const database = await this.#opened();
    const transaction = database.transaction(DAY_TABLES, 'readwrite', { durability: 'relaxed' });
    await made(transaction, () => rebuildFrom(transaction, day, rebuild));
  }

  /**
   * Notes that events were set aside.
   *
   * @param {SetAsideRecord} setAside
   * @returns {Promise<void>} Rejects with a {@link StoreError}.
   */
  async writeSetAside(setAside) {
    try {
      const database = await this.#opened();
      const transaction = database.transaction('meta', 'readwrite');
      transaction.objectStore('meta').put({ key: 'setAside', ...setAside });
      await finished(transaction);
    } catch (cause) {
      throw this.#failed(cause);
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
  #failureOf(cause) {
    return cause instanceof DOMException || cause instanceof StoreError ? this.#failed(cause) : cause;
  }

  /**
   * @param {unknown} cause
   * @returns {StoreError}
   */
  #failed(cause) {
    // The next use tries to open it anew; a database that works is as cheap to open as to keep.
    this.#opening?.then((database) => database.close()).catch(() => {});
    this.#opening = null;
    return storeError(cause);
  }
}

/**
 * @param {IDBTransaction} transaction
 * @param {StoredCommit} commit
 * @param {Uint8Array} live
 * @param {DaysWithout} daysWithout
 */
async function putCommit(transaction, commit, live, daysWithout) {
  const visits = transaction.objectStore('visits');
  const { deleted } = commit;
  if (deleted.all) {
    visits.clear();
    clearDays(transaction);
  } else {
    await deleteSites(visits, deleted.sites);
    for (const site of deleted.sites) await leaveSiteOut(transaction, site, daysWithout);
    for (const { from, to } of deleted.days) {
      const range = IDBKeyRange.bound(from, to);
      await deleteVisitsOf(visits, range);
      deleteDays(transaction, range, ['days', 'rollups']);
    }
    for (const visit of deleted.visits) {
      visits.delete(visit.id);
      await leaveVisitOut(transaction, visit, daysWithout);
    }
  }
  for (const visit of commit.visits) visits.put(visit);
  transaction.objectStore('live').put({ key: 'live', bytes: live });
  if (commit.settings) transaction.objectStore('settings').put({ key: 'settings', settings: commit.settings });
}

/**
 * Makes a transaction's requests and waits for its end: all of it is stored, or nothing.
 *
 * @param {IDBTransaction} transaction
 * @param {() => Promise<void>} request
 */
async function made(transaction, request) {
  const done = finished(transaction);
  // Awaited below; a failure of a request on the way there must not count as nobody's.
  done.catch(() => {});
  try {
    await request();
  } catch (cause) {
    // A record that cannot be stored throws without an end to the transaction: the deletions before it would stay.
    abort(transaction);
    throw cause;
  }
  await done;
}

/** @param {IDBTransaction} transaction */
function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself, which is as good.
  }
}

/**
 * @param {IDBObjectStore} visits
 * @param {string[]} sites
 */
async function deleteSites(visits, sites) {
  const index = visits.index('site');
  const keys = await Promise.all(sites.map((site) => resultOf(index.getAllKeys(IDBKeyRange.only(site)))));
  for (const key of keys.flat()) visits.delete(key);
}

/**
 * @param {IDBObjectStore} visits
 * @param {IDBKeyRange} days
 * @param {() => string[]} [kept] By their `id`.
 */
async function deleteVisitsOf(visits, days, kept = () => []) {
  const ids = await resultOf(visits.index('day').getAllKeys(days));
  const stay = new Set(kept());
  for (const id of ids) if (!stay.has(String(id))) visits.delete(id);
}

/**
 * The end of a transaction: only then is it stored.
 *
 * @param {IDBTransaction} transaction
 * @returns {Promise<void>}
 */
function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    // Also where the disk is full: QuotaExceededError comes with the abort, not with a request.
    transaction.onabort = () =>
      reject(transaction.error ?? new StoreError('storeUnavailable', 'The transaction was aborted.'));
  });
}
