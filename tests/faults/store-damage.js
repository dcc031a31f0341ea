// Owns what happens to a store from outside: it is deleted, cleared, or its records are damaged or gone.

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
