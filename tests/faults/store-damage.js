// Owns what happens to a store from outside: it is deleted, cleared, held, of a later version, or parts of it are damaged or gone.

/** @typedef {import('../e2e/stage.js').Stage} Stage */

/** A page of the extension deletes the database. @param {Stage} stage */
export async function deleteDatabase(stage) {
  const end = await stage.driver.asExtension(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.deleteDatabase('tiers');
        request.onsuccess = () => resolve('deleted');
        request.onerror = () => resolve(String(request.error));
      }),
  );
  if (end !== 'deleted') throw new Error(`The database was not deleted: ${end}.`);
}

/** The browser clears the data of the extension's origin, as its settings do. @param {Stage} stage */
export async function clearSiteData({ driver }) {
  await driver.clearSiteData();
}

/**
 * Damages what is stored of a site, or takes it away.
 *
 * @param {Stage} stage
 * @param {'a damaged visit' | 'no visit' | 'a damaged snapshot' | 'no snapshot'} what
 * @param {string} site
 */
export async function damage(stage, what, site) {
  const left = await stage.driver.asExtension(
    async (how, of) => {
      /** @type {<T>(request: IDBRequest<T>) => Promise<T>} */
      const result = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await result(indexedDB.open('tiers'));
      const transaction = database.transaction(['visits', 'live'], 'readwrite');
      const [visits, live] = [transaction.objectStore('visits'), transaction.objectStore('live')];
      const [visit] = await result(visits.index('site').getAll(of));
      const snapshot = await result(live.get('live'));
      const isVisit = how.endsWith('visit');
      const [table, record, key] = isVisit ? [visits, visit, visit.id] : [live, snapshot, 'live'];
      if (how.startsWith('no')) {
        await result(table.delete(key));
      } else {
        // Behind the version, which stays.
        record.bytes.set([255, 255, 255, 255], 1);
        await result(table.put(record));
      }
      database.close();
      return Boolean(visit && snapshot);
    },
    what,
    site,
  );
  if (!left) throw new Error('There was nothing to damage.');
}

/**
 * A page of the extension holds the database: whoever wants to open it waits.
 *
 * @param {Stage} stage
 * @returns {Promise<() => Promise<void>>} Lets it go.
 */
export async function holdDatabase({ driver }) {
  await driver.asExtension(async () => {
    const open = indexedDB.open('tiers');
    await new Promise((resolve) => (open.onsuccess = resolve));
    // It is not closed for whoever wants another version; all that comes later stands in line behind that.
    const later = indexedDB.open('tiers', 1_000);
    later.onupgradeneeded = () => later.transaction?.abort();
    Object.assign(globalThis, { held: open.result });
  });
  return () => driver.asExtension(() => Reflect.get(globalThis, 'held').close());
}

/** The database is what a later version of the extension leaves. @param {Stage} stage */
export async function makeLater({ driver }) {
  const end = await driver.asExtension(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open('tiers', 1_000);
        request.onsuccess = () => {
          request.result.close();
          resolve('done');
        };
        request.onerror = () => resolve(String(request.error));
      }),
  );
  if (end !== 'done') throw new Error(`The database is of no later version: ${end}.`);
}

/** The database is there, of this version, and its tables are not. @param {Stage} stage */
export async function takeTablesAway({ driver }) {
  const tables = await driver.asExtension(async () => {
    const { DATABASE_VERSION } = await import(/** @type {string} */ ('/extension/database.js'));
    // In one turn: nobody makes the tables in between.
    indexedDB.deleteDatabase('tiers');
    const open = indexedDB.open('tiers', DATABASE_VERSION);
    await new Promise((resolve) => (open.onsuccess = resolve));
    const left = open.result.objectStoreNames.length;
    open.result.close();
    return left;
  });
  if (tables !== 0) throw new Error(`${tables} tables are left.`);
}
