// Owns which visit of the export is which load of the server's.

/**
 * @typedef {import('./comparison.js').SavedExport} SavedExport
 * @typedef {import('./comparison.js').Visit} Visit
 * @typedef {import('./server-truth.js').LoadTruth} LoadTruth
 */

/** Whether a load was asked for in order to be prepared. @param {LoadTruth} of */
export function isPrepared({ load }) {
  return load.request.purpose.includes('prerender');
}

/** The server logs a load before its document is committed: by how much their clocks' readings may be apart. */
const CLOCKS_MS = 50;

/**
 * By the mark that a page asks first of all; where it asked before anybody listened, or never, by host, time and what is alike. A
 * visit that goes on is of a page that is shown; a page that was only prepared is the last that a tab can have been found to show.
 *
 * @param {SavedExport} saved
 * @param {Visit[]} visits of this run
 * @param {import('./server-truth.js').Truth} truth
 * @param {ReadonlySet<number>} shown the loads that are shown at the end
 */
export function matchVisits(saved, visits, truth, shown) {
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
  const hostsOf = (/** @type {Visit} */ visit) =>
    new Set(saved.contacts.filter((one) => one.visit_id === visit.visit_id).map(({ host }) => host));
  // Those that say the most first: one that says nothing is like any load.
  const unmarked = pages
    .filter((one) => !matched.has(one))
    .sort((one, other) => hostsOf(other).size - hostsOf(one).size);
  for (const visit of unmarked) {
    const began = Date.parse(visit.started_at);
    const hosts = hostsOf(visit);
    const hops = saved.hops.filter((hop) => hop.visit_id === visit.visit_id).map(({ host }) => host);
    const alike = (/** @type {LoadTruth} */ of) =>
      [...of.contacts.keys()].filter((host) => hosts.has(host)).length + Number(hops.join() === of.hops.join());
    const goesOn = (/** @type {LoadTruth} */ of) => Number(visit.ended_at === null && shown.has(of.load.number));
    const [of] = loadsLeft
      .filter(({ load }) => load.host === visit.host && load.at <= began + CLOCKS_MS)
      .sort(
        (one, other) =>
          goesOn(other) - goesOn(one) ||
          alike(other) - alike(one) ||
          Number(isPrepared(one)) - Number(isPrepared(other)) ||
          other.load.at - one.load.at,
      );
    if (of) {
      matched.set(visit, of);
      loadsLeft.splice(loadsLeft.indexOf(of), 1);
    } else {
      visitsLeft.push(visit);
    }
  }
  const pairs = [...new Set(matched.values())].map((of) => ({
    of,
    visits: [...matched.keys()].filter((visit) => matched.get(visit) === of),
  }));
  return { pairs, visitsLeft, loadsLeft };
}
