// Owns days before today in a store that is filled by real visits: each is summed up by the core from some of those visits, as a day whose visits
// are kept no longer, or still are.

/**
 * @typedef {object} EarlierDay
 * @property {number} ago How many days before today.
 * @property {string[]} sites Whose visits it has: all that are stored of them.
 * @property {boolean} [keepsVisits] And not their sum alone.
 */

/**
 * @param {import('../drive/driver.js').Driver} driver
 * @param {EarlierDay[]} earlier
 * @returns {Promise<number>} Today, in days since 1970.
 */
export async function putEarlierDays(driver, earlier) {
  const { today, put } = await driver.asExtension(sumUp, earlier);
  if (put !== earlier.length) throw new Error(`${put} of ${earlier.length} days were put.`);
  return today;
}

/**
 * Runs inside a page of the extension.
 * @param {EarlierDay[]} earlier
 */
async function sumUp(earlier) {
  await chrome.runtime.sendMessage({ kind: 'flush' });
  /** @type {<T>(request: IDBRequest<T>) => Promise<T>} */
  const result = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const file = '/extension/days-instance.js';
  /** @type {typeof import('../../extension/days-instance.js')} */
  const { days } = await import(file);
  await days.load();
  const database = await result(indexedDB.open('tiers'));
  /** @type {import('../../extension/core/types.js').StoredVisit[]} */
  const visits = await result(database.transaction('visits').objectStore('visits').getAll());
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86_400_000;
  const closed = earlier.map(({ ago, sites, keepsVisits = false }) => {
    const bytes = visits.filter(({ site }) => sites.includes(site)).map((visit) => visit.bytes);
    return { keepsVisits, ...days.foldDay(today - ago, undefined, bytes).closed };
  });
  const transaction = database.transaction(['rollups', 'days'], 'readwrite');
  const puts = closed.flatMap(({ keepsVisits, day, rollup }) => [
    transaction.objectStore('rollups').put({ day: day.day, bytes: rollup.bytes }),
    ...(keepsVisits ? [transaction.objectStore('days').put(day)] : []),
  ]);
  await Promise.all(puts.map(result));
  const put = await result(database.transaction('rollups').objectStore('rollups').count());
  database.close();
  return { today, put };
}
