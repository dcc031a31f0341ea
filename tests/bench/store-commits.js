// Owns the cost of commits in a real browser: the extension's own store, in a page of the extension, on a profile with or without a year.

/**
 * @typedef {import('../drive/driver.js').Driver} Driver
 * @typedef {import('../year/year-file.js').MadeCommit} MadeCommit
 *
 * @typedef {object} SentCommit as it crosses to the page
 * @property {{ id: string, site: string, day: number, bytes: string }[]} visits
 * @property {string} live
 */

/** @param {MadeCommit[]} commits @returns {SentCommit[]} */
export function asSent(commits) {
  const text = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString('base64');
  return commits.map(({ commit, live }) => ({
    visits: commit.visits.map((visit) => ({ ...visit, bytes: text(visit.bytes) })),
    live: text(live),
  }));
}

/**
 * A page in which the store is, as the background has it.
 * @param {Driver} driver
 */
export async function pageWithStore(driver) {
  const page = await driver.openExtensionPage('extension/method/method.html');
  await page.evaluate(async () => {
    const file = '/extension/store.js';
    const { Store } = await import(file);
    const refuse = () => {
      throw new Error('Nothing is deleted here.');
    };
    const store = new Store({
      load: async () => {},
      dayWithout: refuse,
      rollupVisits: refuse,
      rollupWithoutSite: refuse,
    });
    Reflect.set(globalThis, 'benchStore', store);
  });
  return page;
}

/**
 * Writes commits, one after the other, each when the one before is stored.
 * @param {import('puppeteer-core').Page} page
 * @param {SentCommit[]} commits
 * @returns {Promise<number>} milliseconds, of all
 */
export function timeOfCommits(page, commits) {
  return page.evaluate(async (sent) => {
    // Newer than the types: both browsers have it.
    const decode = /** @type {(text: string) => Uint8Array} */ (Reflect.get(Uint8Array, 'fromBase64'));
    const deleted = { all: false, sites: [], visits: [], days: [] };
    const made = sent.map(({ visits, live }) => ({
      commit: {
        deleted,
        settings: null,
        givenUp: 0,
        visits: visits.map((visit) => ({ ...visit, bytes: decode(visit.bytes) })),
      },
      live: decode(live),
    }));
    /** @type {import('../../extension/store.js').Store} */
    const store = Reflect.get(globalThis, 'benchStore');
    const begin = performance.now();
    for (const { commit, live } of made) await store.write(commit, live, { strict: false });
    return performance.now() - begin;
  }, commits);
}
