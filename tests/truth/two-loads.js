// Owns a small truth that the judge is tried on: two loads of one page and a service worker's request, and the export that says so.

/**
 * @typedef {import('./comparison.js').SavedExport} SavedExport
 * @typedef {import('./server-truth.js').Truth} Truth
 * @typedef {import('./server-truth.js').Reached} Reached
 */

/** @type {import('./comparison.js').Run} */
export const RUN = {
  number: 1,
  browser: 'chromium',
  rested: new Set([1, 2]),
  touched: new Map(),
  stops: [],
  shown: new Set([2]),
  seenAt: new Map(),
  toldAt: [],
};
export const SITE = 'www.s0-1.fr';
export const STARTED = 1_767_225_600_000;

/**
 * @param {string} host
 * @param {Reached['way']} [way]
 * @param {string} [site] as the browser's own header says
 * @returns {Reached}
 */
export function reached(host, way = [], site = 'cross-site') {
  const headers = { secFetchSite: site, secFetchDest: 'image', purpose: '' };
  const entry = { at: STARTED, host, scheme: 'https', ...headers, url: `https://${host}/` };
  return { entry: /** @type {Reached['entry']} */ (entry), kind: 'image', way };
}

/** Two loads of one page, the first led to by a redirect, and a service worker's request. @returns {Truth} */
export function truthOfTwoLoads() {
  const load = (/** @type {number} */ number) => {
    const frame = /** @type {const} */ ({ kind: 'frame', host: 'cdn.t0-1.com' });
    const all = [
      reached(`m${number}.marks-1.com`),
      reached(SITE, [], 'same-origin'),
      reached('cdn.t0-1.com'),
      reached('cdn.t0-1.com', [{ kind: 'redirect', host: 'api.t1-1.co.uk' }]),
      reached('api.t1-1.co.uk', [frame]),
    ];
    const contacts = new Map(all.map(({ entry: { host } }) => [host, all.filter((one) => one.entry.host === host)]));
    const request = /** @type {import('../web/web.js').WebRequest} */ ({ scheme: 'https', purpose: '' });
    const served = { number, host: SITE, at: STARTED + number, address: `https://${SITE}/p0`, request };
    return { load: served, mark: `m${number}.marks-1.com`, contacts, hops: number === 1 ? ['t2-1.github.io'] : [] };
  };
  const workers = new Map([['s0-1.fr', new Map([['10.0.1.1', [reached('10.0.1.1')]]])]]);
  return { loads: [load(1), load(2)], workers, workerScripts: new Map(), stray: [] };
}

/** What the export says where it says what the log does. @param {Truth} truth @returns {SavedExport} */
export function exportOf(truth) {
  const visit = {
    site: 's0-1.fr',
    host: SITE,
    ended_at: null,
    end_reason: null,
    complete: true,
    incomplete_reasons: [],
  };
  const started_at = new Date(STARTED + 5).toISOString();
  const row = (/** @type {string} */ visit_id, /** @type {string} */ host, /** @type {Reached[]} */ all) => ({
    visit_id,
    host,
    domain: host.split('.').slice(-2).join('.'),
    third_party: host !== SITE,
    ...{ requests: all.length, sent: all.length, cached: 0, blocked: 0, failed: 0, unknown: 0, pending: 0 },
    brought_by: [...(all[0]?.way ?? [])],
  });
  const pages = truth.loads.map(({ load }) => ({ ...visit, started_at, visit_id: `v-${load.number}`, kind: 'page' }));
  const worker = { ...visit, started_at, visit_id: 'v-9', kind: 'background' };
  const contacts = truth.loads.flatMap(({ load, contacts: by }) =>
    [...by].map(([host, all]) => row(`v-${load.number}`, host, all)),
  );
  const hops = truth.loads.flatMap(({ load, hops: of }) =>
    of.map((host, place) => ({ visit_id: `v-${load.number}`, seq: place + 1, host, domain: host })),
  );
  const asked = [...(truth.workers.get('s0-1.fr') ?? [])].map(([host, all]) => row('v-9', host, all));
  const all = [...contacts, ...asked];
  const types = all.map(({ visit_id, host, requests }) => ({ visit_id, host, type: 'image', requests }));
  const said = { visits: [...pages, worker], contacts: all, hops, contact_types: types };
  return /** @type {SavedExport} */ (/** @type {unknown} */ (said));
}

/** @param {'kill' | 'restart'} by @param {number} after @param {boolean} [rested] @param {number} [tookMs] @returns {import('./user.js').Stop} */
export function stop(by, after, rested = false, tookMs = by === 'kill' ? 10 : 1_000) {
  return { by, at: STARTED + after, backAt: STARTED + after + tookMs, rested };
}
