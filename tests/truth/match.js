// Owns which visit of the export is which load of the server's.

/**
 * @typedef {import('./comparison.js').SavedExport} SavedExport
 * @typedef {import('./comparison.js').Visit} Visit
 * @typedef {import('./server-truth.js').LoadTruth} LoadTruth
 */

/** The server logs a load before its document is committed: by how much their clocks' readings may be apart. */
const CLOCKS_MS = 50;

/**
 * By the mark that a page asks first of all; where a page was left before it asked, by host and time.
 *
 * @param {SavedExport} saved
 * @param {Visit[]} visits of this run
 * @param {import('./server-truth.js').Truth} truth
 */
export function matchVisits(saved, visits, truth) {
  const pages = visits.filter(({ kind }) => kind === 'page');
  const byMark = new Map(truth.loads.map((of) => [of.mark, of]));
  /** @type {Map<Visit, LoadTruth>} */
  const matched = new Map();
  const idOf = new Map(pages.map((visit) => [visit.visit_id, visit]));
  for (const { visit_id: id, host } of saved.contacts) {
    const visit = idOf.get(id);
    const of = byMark.get(host);
    if (visit && of) matched.set(visit, of);
  }
  const taken = new Set(matched.values());
  const loadsLeft = truth.loads.filter((of) => !taken.has(of));
  const visitsLeft = [];
  for (const visit of pages.filter((one) => !matched.has(one))) {
    const began = Date.parse(visit.started_at);
    const place = loadsLeft.findLastIndex(({ load }) => load.host === visit.host && load.at <= began + CLOCKS_MS);
    const [of] = place === -1 ? [] : loadsLeft.splice(place, 1);
    if (of) matched.set(visit, of);
    else visitsLeft.push(visit);
  }
  return { pairs: [...matched].map(([visit, of]) => ({ visit, of })), visitsLeft, loadsLeft };
}
