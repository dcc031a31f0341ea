// Owns the measuring of a day: the shell's real listeners are told 500 visits of 100 requests, and commit as they go. Runs the same in
// Node and in an extension's page, beside a copy of the shell (`shell/`) that found `captured-browser.js` and `weighing-store.js`.
import { beside } from './beside.js';
import { RequestEvents } from './request-events.js';
import { plannedPages } from './url-list.js';

/**
 * @typedef {object} DayTimes
 * @property {number} ms of the background
 * @property {number} commits
 * @property {number} bytes handed to the store
 * @property {number} memoryBytes of both modules, at the end
 */

export const VISITS = 500;
/** A page loads for some seconds: a commit each, and one that says that it is at rest. */
const COMMITS_A_LOAD = 4;

/**
 * @param {import('../drive/browser-binary.js').BrowserName} browser whose events are told
 * @returns {Promise<DayTimes>}
 */
export async function measureDay(browser) {
  await beside('./shell/background.js');
  /** @type {typeof import('./captured-browser.js')} */
  const { ask, listeners } = await beside('./shell/browser.js');
  /** @type {typeof import('./weighing-store.js')} */
  const { takeVisits, weigh } = await beside('./shell/store.js');
  /** @type {typeof import('../../extension/core/counter.js')} */
  const counter = await beside('./shell/core/counter.js');
  /** @type {typeof import('../../extension/core/days.js')} */
  const daysCore = await beside('./shell/core/days.js');
  /** @type {typeof import('../../extension/days-instance.js')} */
  const { days } = await beside('./shell/days-instance.js');
  await days.load();
  // Answered once the core is there.
  await ask({ kind: 'flush' });
  const pages = plannedPages();
  const source = new RequestEvents(browser);
  let [ms, commits, bytes] = [0, 0, 0];
  // The one before the first is not measured: it lets the inbox settle, which waits for the clock.
  for (let visit = -1; visit < VISITS; visit += 1) {
    if (visit === 0) [ms, commits, bytes] = [0, 0, 0];
    const events = source.of([pages[Math.abs(visit) % pages.length] ?? []]);
    const share = Math.ceil(events.length / COMMITS_A_LOAD);
    for (let first = 0; first < events.length; first += share) {
      const some = events.slice(first, first + share);
      const calls = some.map(({ name }) => listeners.get(name) ?? []);
      const details = structuredClone(some.map((event) => event.details));
      const begin = performance.now();
      calls.forEach((heard, at) => heard.forEach((listener) => listener(details[at])));
      await ask({ kind: 'flush' });
      ms += performance.now() - begin;
    }
    const begin = performance.now();
    await ask({ kind: 'flush' });
    ms += performance.now() - begin;
    const weighed = weigh();
    commits += weighed.commits;
    bytes += weighed.bytes;
  }
  const visits = takeVisits().map((visit) => visit.bytes);
  const begin = performance.now();
  const { day, rollup } = days.foldDay(0, undefined, visits).closed;
  ms += performance.now() - begin;
  bytes += day.bytes.length + rollup.bytes.length;
  // Of the instances that are there: the days' stays for the background's life.
  const memories = [counter, daysCore].map(({ initSync }) => initSync(/** @type {any} */ (undefined)).memory);
  const memoryBytes = memories.reduce((all, memory) => all + memory.buffer.byteLength, 0);
  return { ms, commits, bytes, memoryBytes };
}
