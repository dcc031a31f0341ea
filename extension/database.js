// Owns the shape of the IndexedDB database, and how it is opened.

/** The database's name. */
export const DATABASE = 'tiers';
/** Its version: that of its tables. The records carry versions of their own, which the core knows. */
export const DATABASE_VERSION = 4;

const OPEN_WITHIN_MS = 5_000;

/**
 * The store does not work. `kind` is the problem that the pages name; the message is the browser's own words.
 */
export class StoreError extends Error {
  /**
   * @param {'storeUnavailable' | 'storeFull' | 'storeFromFuture' | 'storeBlocked' | 'storeDamaged'} kind
   * @param {string} message
   * @param {unknown} [cause]
   */
  constructor(kind, message, cause) {
    super(message, { cause });
    this.name = 'StoreError';
    this.kind = kind;
  }
}

/**
 * Opens the database, and makes its tables where it is new, or of an earlier version.
 *
 * @returns {Promise<IDBDatabase>} Rejects with a {@link StoreError}.
 */
export function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, DATABASE_VERSION);
    let isGivenUp = false;
    const timer = setTimeout(() => {
      isGivenUp = true;
      const message = `The database did not open within ${OPEN_WITHIN_MS / 1_000} s; another page may hold it.`;
      reject(new StoreError('storeBlocked', message));
    }, OPEN_WITHIN_MS);
    request.onupgradeneeded = ({ oldVersion }) => {
      // It is not held up by anybody any more.
      clearTimeout(timer);
      if (request.transaction) upgrade(request.result, request.transaction, oldVersion);
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      const database = request.result;
      // A page of a later version wants to change the tables, or the browser to delete them: not to be held up.
      database.onversionchange = () => database.close();
      if (isGivenUp) database.close();
      else resolve(database);
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(storeError(request.error));
    };
  });
}

/**
 * Deletes the database with all that is in it: whoever opens it next makes its tables anew. Nothing calls that off: where another page holds it, it
 * is done once that page lets go.
 *
 * @param {() => void} onWaiting Another page may hold it.
 * @returns {Promise<void>} When it is done. Rejects with a {@link StoreError}.
 */
export function deleteDatabase(onWaiting) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    const timer = setTimeout(onWaiting, OPEN_WITHIN_MS);
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve();
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(storeError(request.error));
    };
  });
}

/**
 * Opens the database for one use, and closes it.
 *
 * @template Result
 * @param {(database: IDBDatabase) => Promise<Result>} use
 * @param {AbortSignal} [signal] What fails where it is aborted failed of that.
 * @returns {Promise<Result>} Rejects with a {@link StoreError} where IndexedDB fails, with the signal's reason, or with what else `use` failed of.
 */
export async function inDatabase(use, signal) {
  try {
    const database = await openDatabase();
    try {
      return await use(database);
    } finally {
      database.close();
    }
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    throw cause instanceof DOMException ? storeError(cause) : cause;
  }
}

/**
 * What a failure of IndexedDB means.
 *
 * @param {unknown} cause
 * @returns {StoreError}
 */
export function storeError(cause) {
  if (cause instanceof StoreError) return cause;
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : 'Error';
  const message = cause instanceof Error || cause instanceof DOMException ? cause.message : String(cause);
  return new StoreError(kindOf(name, message), `${name}: ${message}`, cause);
}

/**
 * Both browsers have an error for a full disk, `QuotaExceededError` (Firefox 153 gives no other). Chromium 156 gives it where the database
 * cannot be opened; where it cannot be written, an `UnknownError` that quotes the disk's own word.
 *
 * @param {string} name
 * @param {string} message
 * @returns {StoreError['kind']}
 */
function kindOf(name, message) {
  // The one failure that waiting does not heal: a later version of the extension made the tables.
  if (name === 'VersionError') return 'storeFromFuture';
  // A table is missing, or the file of a large record (Chromium 156: `NotReadableError`, or a `DataError` of these words).
  if (/^(NotFoundError|NotReadableError)$/.test(name) || /read large IndexedDB value/.test(message))
    return 'storeDamaged';
  return name === 'QuotaExceededError' || /NO_SPACE|full disk/.test(message) ? 'storeFull' : 'storeUnavailable';
}

/**
 * The result of one request.
 *
 * @template Result
 * @param {IDBRequest<Result>} request
 * @returns {Promise<Result>}
 */
export function resultOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Makes of the tables of any earlier version those of this one.
 *
 * @param {IDBDatabase} database
 * @param {IDBTransaction} transaction Of the upgrade.
 * @param {number} from Its version; 0 where it is new.
 */
function upgrade(database, transaction, from) {
  // Version 1 was in nobody's hands.
  if (from === 1) for (const table of database.objectStoreNames) database.deleteObjectStore(table);
  if (from < 2) {
    const visits = database.createObjectStore('visits', { keyPath: 'id' });
    visits.createIndex('site', 'site');
    visits.createIndex('day', 'day');
    // One record each: the core's snapshot of what is live, the user's settings; and what the shell notes for itself.
    database.createObjectStore('live', { keyPath: 'key' });
    database.createObjectStore('settings', { keyPath: 'key' });
    database.createObjectStore('meta', { keyPath: 'key' });
  }
  // Version 2 named the sites of each day beside its visits, and indexed them: a fifth of what a year took. The background makes each day
  // anew as it sums it up, where it looks for room first.
  if (from === 2) transaction.objectStore('days').deleteIndex('sites');
  if (from < 3) database.createObjectStore('rollups', { keyPath: 'day' });
  if (from < 4) database.createObjectStore('spans', { keyPath: 'span' });
  // Last of all: Firefox 153 keeps the tables one after the other, and a year of large records between those of each commit made each
  // commit a fifth slower.
  if (from < 2) database.createObjectStore('days', { keyPath: 'day' });
}
