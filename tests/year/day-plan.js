// Owns one day as it is planned: the visits in their tabs, one browser session, and the moments at which something is told.
import { Lots } from '../bench/lots.js';
import { HOP_SHARE, HOURS, KILLS_A_DAY, STAYS_SHARE, TABS, TABS_BROUGHT_BACK } from './proportions.js';
import { weighted } from './host-names.js';
import { MINUTE_MS, momentOf } from './paris-clock.js';
import { planRequests } from './visit-plan.js';

/**
 * @typedef {import('./visit-plan.js').PlannedVisit} PlannedVisit
 *
 * @typedef {object} Moment something that is told in one go
 * @property {number} atMs
 * @property {'comes' | 'asks' | 'worker' | 'closed' | 'killed'} kind a page comes to its tab; it, or its site's worker, asks for something; its
 *   tab is closed; the background is killed
 * @property {PlannedVisit} visit
 * @property {number} from of its requests, the first that is told
 * @property {number} to the first that is not
 *
 * @typedef {object} PlannedDay
 * @property {number} day days since 1970
 * @property {number} startMs when the browser starts
 * @property {number} endMs when it ends
 * @property {PlannedVisit[]} visits
 * @property {Moment[]} moments in the order of time
 */

/** So much of a page's requests is its load: a commit comes in its middle and at its end. */
const LOAD_MS = 9_000;
/** What comes later is told in so long parts. */
const PART_MS = 60_000;
const READ_MEDIAN_MS = 50_000;
/** Of the pages, those whose tab is closed when they are read; and of the pages that come, those in a new tab. */
const CLOSED_SHARE = 0.3;

/**
 * @param {import('./web.js').Web} web
 * @param {object} which
 * @param {number} which.seed
 * @param {number} which.day days since 1970
 * @param {number} which.visits
 * @param {number} which.requests a visit, in the mean
 * @returns {PlannedDay}
 */
export function plannedDay(web, { seed, day, visits: count, requests }) {
  const lots = new Lots((seed ^ Math.imul(day, 0x9e3779b1)) | 0);
  const hours = HOURS.map((weight, hour) => /** @type {[number, number]} */ ([hour, weight]));
  const inHour = () => (weighted(lots, hours) + lots.next()) * 60 * MINUTE_MS;
  const times = Array.from({ length: count }, inHour).sort((one, other) => one - other);
  const starts = times.map((ms) => Math.floor(momentOf(day, ms)));
  const endMs = (starts.at(-1) ?? 0) + 20_000;
  const visits = inTabs(lots, web, starts, endMs);
  const sizes = visits.map(({ site }) => site.size * lots.factor(0.3));
  const share = (count * requests) / sizes.reduce((sum, size) => sum + size, 0);
  let owed = 0;
  for (const [at, visit] of visits.entries()) {
    // What rounding takes from the one is given to the next.
    owed += share * (sizes[at] ?? 0);
    const own = Math.max(3, Math.round(owed));
    owed -= own;
    planRequests(lots, visit, own);
  }
  return { day, startMs: (starts[0] ?? 0) - 2_000, endMs, visits, moments: momentsOf(lots, visits) };
}

/**
 * @param {Lots} lots
 * @param {import('./web.js').Web} web
 * @param {number[]} starts
 * @param {number} endMs
 * @returns {PlannedVisit[]}
 */
function inTabs(lots, web, starts, endMs) {
  /** What each place of the tab strip shows. @type {(PlannedVisit | undefined)[]} */
  const shown = Array.from({ length: TABS });
  let tabId = 0;
  let slot = 0;
  return starts.map((startMs, at) => {
    const stays = at > 0 && lots.chance(STAYS_SHARE);
    if (!stays) slot = lots.below(TABS);
    const before = shown[slot];
    const isInNewTab = !before || before.endMs < startMs || (!stays && lots.chance(CLOSED_SHARE));
    const site = stays && before ? before.site : web.site(lots);
    if (before && before.endMs >= startMs) {
      before.endMs = startMs;
      before.ends = isInNewTab ? 'closed' : 'navigated';
    }
    if (isInNewTab) tabId += 1;
    const isClosed = lots.chance(CLOSED_SHARE);
    const readUntil = startMs + READ_MEDIAN_MS * lots.factor(1);
    /** @type {PlannedVisit} */
    const visit = {
      site,
      startMs,
      endMs: isClosed ? Math.min(endMs, Math.floor(readUntil)) : endMs,
      ends: isClosed && readUntil < endMs ? 'closed' : 'left',
      tabId: isInNewTab || !before ? tabId : before.tabId,
      isBroughtBack: at < TABS_BROUGHT_BACK && isInNewTab,
      hops: lots.chance(HOP_SHARE) ? Array.from({ length: 1 + lots.below(2) }, () => web.hop(lots).name) : [],
      documents: [{ host: /** @type {import('./web.js').Host} */ (site.own[0]).name, parent: -1 }],
      requests: [],
      workers: [],
    };
    shown[slot] = visit;
    return visit;
  });
}

/** @param {Lots} lots @param {PlannedVisit[]} visits @returns {Moment[]} */
function momentsOf(lots, visits) {
  const kills = new Set(Array.from({ length: KILLS_A_DAY }, () => visits[lots.below(visits.length)]));
  /** @type {Moment[]} */
  const moments = [];
  for (const visit of visits) {
    const { startMs, endMs, requests, workers } = visit;
    const loaded = indexAfter(requests, startMs + LOAD_MS);
    const half = Math.ceil(loaded / 2);
    const halfMs = requests[half]?.atMs ?? endMs;
    moments.push({ atMs: startMs, kind: 'comes', visit, from: 0, to: half });
    if (kills.has(visit)) moments.push({ atMs: halfMs, kind: 'killed', visit, from: 0, to: 0 });
    for (let from = half, to = loaded; from < requests.length; from = to, to = partEnd(requests, from)) {
      if (to > from) moments.push({ atMs: requests[from]?.atMs ?? startMs, kind: 'asks', visit, from, to });
    }
    const [first] = workers;
    if (first) moments.push({ atMs: first.atMs, kind: 'worker', visit, from: 0, to: workers.length });
    if (visit.ends === 'closed') moments.push({ atMs: endMs, kind: 'closed', visit, from: 0, to: 0 });
  }
  // Of what is at one time, what was first here stays first.
  return moments.sort((one, other) => one.atMs - other.atMs);
}

/** @param {import('./visit-plan.js').PlannedRequest[]} requests @param {number} from */
function partEnd(requests, from) {
  return indexAfter(requests, (requests[from]?.atMs ?? 0) + PART_MS);
}

/** @param {import('./visit-plan.js').PlannedRequest[]} requests @param {number} atMs @returns {number} the first that comes later */
function indexAfter(requests, atMs) {
  const at = requests.findIndex((request) => request.atMs > atMs);
  return at === -1 ? requests.length : at;
}
