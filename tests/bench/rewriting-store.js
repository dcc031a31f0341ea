// Owns the yardstick of a day: a store that keeps its whole history in one value, as DTC does: it is read, a visit is added with its
// requests, and all of it is written again.
import { plannedPages } from './url-list.js';

/**
 * @typedef {object} Rewriting
 * @property {number} ms of processor time
 * @property {number} bytes handed over
 */

/**
 * @param {number} visits
 * @returns {Rewriting}
 */
export function rewriteForADay(visits) {
  const pages = plannedPages();
  // What a browser keeps of such a value is its JSON text.
  let stored = '[]';
  let bytes = 0;
  const begin = performance.now();
  for (let visit = 0; visit < visits; visit += 1) {
    const page = pages[visit % pages.length] ?? [];
    const at = 1_790_000_000_000 + visit * 60_000;
    const history = JSON.parse(stored);
    const requests = page.map(({ url, type }) => ({ url, domain: new URL(url).hostname, type, at }));
    history.push({ page: page[0]?.url ?? '', at, requests });
    stored = JSON.stringify(history);
    // Plain letters: as many bytes as characters.
    bytes += stored.length;
  }
  return { ms: performance.now() - begin, bytes };
}
