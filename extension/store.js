// Owns what the background writes and reads of the store: one transaction a commit, one to start from, one for each day that is closed.

import { openDatabase, resultOf, storeError, StoreError } from './database.js';
import { deleteFrom, deletesAnything } from './deletion.js';
import { LEAST_ROOM, LEAST_ROOM_TO_DELETE, needRoom, room, ROOM_TO_DELETE_A_BYTE } from './room.js';
import { daysOfVisits, foldInto } from './stored-days.js';
import { TornLog } from './torn-log.js';
import { limited, made, READ_WITHIN_MS, WRITE_WITHIN_MS } from './transaction.js';

/**
 * @typedef {import('./core/types.js').StoredCommit} StoredCommit
 * @typedef {import('./core/types.js').Settings} Settings
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 * @typedef {import('./core/types.js').Deleted} Deleted
 * @typedef {import('./set-aside.js').SetAsideRecord} SetAsideRecord
 * @typedef {import('./given-up.js').GivenUpRecord} GivenUpRecord
 * @typedef {import('./stored-days.js').DayWithoutSite} DayWithoutSite
 * @typedef {import('./stored-days.js').FoldDay} FoldDay
 *
 * @typedef {object} Mark How far a commit tells of what a background was told.
 * @property {string} journal Whose events are numbered.
 * @property {number} end The number of the first that is not part of it.
 *
 * @typedef {object} Stored What a core starts from.
 * @property {Uint8Array} [live]
 * @property {Mark} [mark]
 * @property {StoredVisit[]} visits Those that the snapshot says are open.
 * @property {Settings} [settings]
 * @property {SetAsideRecord} [setAside] Events that the core could not take, as noted in `meta`.
 * @property {GivenUpRecord} [givenUp] What was given up since it could not be stored, likewise.
 * @property {unknown} [unreadable] Why the core refused the snapshot; then `live` and `visits` are empty.
 */

/** The store. It is opened at once, and again after it failed or was closed. */
export class Store {
  #dayWithoutSite;
  /** @type {Promise<IDBDatabase> | null} */
  #opening = null;
  /** @type {StoreError | null} */
  #refusal = null;
  #tornLog = new TornLog();

  /** @param {DayWithoutSite} dayWithoutSite */
  constructor(dayWithoutSite) {
    this.#dayWithoutSite = dayWithoutSite;
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
    return this.#read((database) => readAll(database, openVisits));
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
    const tables = ['visits', 'days', 'live', 'settings'];
    // No more is deleted than there is.
    const needed = LEAST_ROOM + (deletesAnything(commit.deleted) ? ROOM_TO_DELETE_A_BYTE * (await room()).used : 0);
    return this.#change(tables, { strict, needed }, async (transaction) => {
      await deleteFrom(transaction, commit.deleted, this.#dayWithoutSite);
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
    const weight = deleted.all ? (await room()).used : await this.#weightOf(deleted.sites);
    const needed = LEAST_ROOM_TO_DELETE + ROOM_TO_DELETE_A_BYTE * weight;
    await this.#change(['visits', 'days'], { strict: true, needed }, (transaction) =>
      deleteFrom(transaction, deleted, this.#dayWithoutSite),
    );
  }

  /**
   * How many bytes the closed days have that hold any of these sites: all of them are written anew.
   *
   * @param {string[]} sites
   */
  #weightOf(sites) {
    return this.#read(async (database) => {
      const days = database.transaction('days', 'readonly').objectStore('days');
      let weight = 0;
      for (const site of sites) {
        const keys = await resultOf(days.index('sites').getAllKeys(IDBKeyRange.only(site)));
        // One after the other: a year of days at once would fill the memory.
        for (const key of keys) weight += (await resultOf(days.get(key))).bytes.length;
      }
      return weight;
    });
  }

  /**
   * Folds the visits of the days before this one into these days, each in one transaction: a visit is in one place or in the other.
   *
   * @param {number} before Days since 1970.
   * @param {FoldDay} fold
   * @returns {Promise<void>} Rejects with a {@link StoreError}, or with what `fold` throws: then nothing has changed of that day.
   */
  async closeDays(before, fold) {
    for (const day of await this.#read((database) => daysOfVisits(database, before))) {
      await this.#change(['visits', 'days'], {}, (transaction) => foldInto(transaction, day, fold));
    }
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

  /**
   * @template Result
   * @param {(database: IDBDatabase) => Promise<Result>} reading
   * @returns {Promise<Result>} Rejects with a {@link StoreError}.
   */
  async #read(reading) {
    try {
      return await limited(READ_WITHIN_MS, async () => reading(await this.#opened()));
    } catch (cause) {
      throw await this.#failed(cause);
    }
  }

  /**
   * @param {string[]} tables
   * @param {{ strict?: boolean, needed?: number }} options `needed`: how much room the disk must have.
   * @param {(transaction: IDBTransaction) => Promise<void>} request
   */
  async #change(tables, { strict = false, needed = LEAST_ROOM }, request) {
    try {
      await limited(WRITE_WITHIN_MS, async (signal) => {
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
      if (failure instanceof StoreError && failure.kind === 'storeFull' && failure !== cause) this.#tornLog.note();
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

/**
 * @param {IDBDatabase} database
 * @param {(live: Uint8Array) => string[]} openVisits
 * @returns {Promise<Stored>}
 */
async function readAll(database, openVisits) {
  const transaction = database.transaction(['live', 'visits', 'settings', 'meta'], 'readonly');
  const settingsRequest = transaction.objectStore('settings').get('settings');
  const setAsideRequest = transaction.objectStore('meta').get('setAside');
  const givenUpRequest = transaction.objectStore('meta').get('givenUp');
  /** @type {{ bytes: Uint8Array, mark?: Mark } | undefined} */
  const snapshot = await resultOf(transaction.objectStore('live').get('live'));
  // A transaction lives on over `await` as long as only its own requests are awaited.
  /** @type {Stored} */
  const stored = { visits: [] };
  if (snapshot) {
    try {
      const ids = openVisits(snapshot.bytes);
      stored.live = snapshot.bytes;
      if (snapshot.mark) stored.mark = snapshot.mark;
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
  stored.givenUp = givenUpRequest.result;
  return stored;
}
