// Owns what a stop of the background or of the browser may have taken along: when, and which requests.

/** The core says for 1.5 s after its last request that a page was busy; when it heard of that is known to some ms. */
const AROUND_A_STOP_MS = 3000;

/**
 * A change is stored at the fourth look after it at the latest, and the writing takes its time. Between two looks lies as long as the last commit
 * took, where that is more than a quarter of a second: on a busy machine.
 */
export const STORED_AFTER_MS = 3000;

/** A background is woken by the next event, and asks for what is open. On a busy machine that takes its time. */
export const WOKEN_AFTER_MS = 1500;

/** A navigation takes so long from its answer to its commit. */
const ARRIVES_WITHIN_MS = 200;

/** How long a background may take until it has heard what it is told, and the browser that it did, on a busy machine. */
export const HEARD_AFTER_MS = 200;

/** @typedef {import('./user.js').Stop} Stop */

/**
 * Until when what is told may go down with what is stopped. A background ends at some moment before its kill has settled, on a busy
 * machine a second after it was begun; a browser begins to end at once.
 *
 * @param {Stop} stop
 */
export function goneAt({ by, at, backAt }) {
  return by === 'kill' ? backAt : at;
}

/**
 * Whether a stop was near the beginning or the end of a visit, what the user did in it, or anything that was asked for in it.
 *
 * @param {import('./comparison.js').Visit} visit
 * @param {import('./server-truth.js').LoadTruth | undefined} of its load: a page that is found in its place began before
 * @param {import('./comparison.js').Run} run
 */
export function wasStopped(visit, of, run) {
  const touched = run.touched.get(of?.load.number ?? 0) ?? [];
  const asked = of ? [of.load.at, ...[...of.contacts.values()].flat().map(({ entry }) => entry.at), ...touched] : [];
  const times = [Date.parse(visit.started_at), Date.parse(visit.ended_at ?? visit.started_at), ...asked];
  return run.stops.some((stop) =>
    times.some((time) => isBetween(time, stop.at - AROUND_A_STOP_MS, goneAt(stop) + AROUND_A_STOP_MS)),
  );
}

/** What was asked for in a kill, or right before it. @param {readonly Stop[]} stops @param {readonly import('./server-truth.js').Reached[]} reached */
export function inTheMomentOf(stops, reached) {
  return askedAround(
    reached,
    stops.filter(({ by }) => by === 'kill'),
    HEARD_AFTER_MS,
    0,
  );
}

/** What a page sent as its browser ended. @param {readonly import('./server-truth.js').Reached[]} reached @param {number} at */
export function lastWords(reached, at) {
  const beacons = reached.filter(({ kind }) => kind === 'unload-beacon');
  return beacons.filter(({ entry }) => isBetween(entry.at, at, at + AROUND_A_STOP_MS));
}

/**
 * When a load last asked for something, but not as its browser ended.
 *
 * @param {import('./server-truth.js').LoadTruth} of
 * @param {import('./comparison.js').Run} run
 */
export function lastOf(of, run) {
  const asked = [...of.contacts.values()].flat();
  const last = run.stops.filter(({ by }) => by === 'restart').flatMap(({ at }) => lastWords(asked, at));
  return Math.max(...asked.filter((one) => !last.includes(one)).map(({ entry }) => entry.at));
}

/**
 * When a load's page was there at the latest, on a busy machine much later than it was asked for: before it asked for anything.
 *
 * @param {import('./server-truth.js').LoadTruth} of
 */
export function arrivedAt({ load, contacts }) {
  const asked = [...contacts.values()].flat().map(({ entry }) => entry.at);
  const first = Math.min(...asked.filter((at) => at > load.at));
  return Math.max(load.at + ARRIVES_WITHIN_MS, first === Infinity ? 0 : first);
}

/**
 * When the browser told of something again after a stop: it wakes the next background. Infinity: never.
 *
 * @param {import('./comparison.js').Run} run
 * @param {Stop} stop
 */
export function wokenAt({ toldAt }, stop) {
  // What is told in the moment of the stop is heard by nobody.
  return Math.min(...toldAt.filter((told) => told > goneAt(stop) + HEARD_AFTER_MS));
}

/**
 * @param {import('./server-truth.js').LoadTruth} of
 * @param {number} from
 * @param {number} to
 */
export function isWithin({ load }, from, to) {
  return isBetween(load.at, from, to);
}

/** What was asked for in the last second before a stop, or until the next background is there. @param {readonly import('./server-truth.js').Reached[]} reached @param {readonly Stop[]} stops */
export function aroundStops(reached, stops) {
  return askedAround(reached, stops, STORED_AFTER_MS, WOKEN_AFTER_MS);
}

/**
 * @param {readonly import('./server-truth.js').Reached[]} reached
 * @param {readonly Stop[]} stops
 * @param {number} beforeMs
 * @param {number} afterMs
 */
function askedAround(reached, stops, beforeMs, afterMs) {
  return reached.filter(({ entry }) =>
    stops.some((stop) => isBetween(entry.at, stop.at - beforeMs, goneAt(stop) + afterMs)),
  );
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
export function isBetween(value, least, most) {
  return least <= value && value <= most;
}
