// Owns the exceptions: differences between export and log that a fact about browsers explains. A short list.
import { askedOf } from './asked-address.js';
import { isPrepared } from './match.js';
import {
  HEARD_AFTER_MS,
  STORED_AFTER_MS,
  WOKEN_AFTER_MS,
  aroundStops,
  arrivedAt,
  goneAt,
  inTheMomentOf,
  isBetween,
  isWithin,
  lastOf,
  lastWords,
  wasStopped,
  wokenAt,
} from './stops.js';

/**
 * @typedef {import('./comparison.js').Difference} Difference
 *
 * @typedef {import('./comparison.js').Circumstances & {
 *   run: import('./comparison.js').Run, truth: import('./server-truth.js').Truth }} About
 *
 * @typedef {object} Exception
 * @property {string} name
 * @property {string} fact
 * @property {(difference: Omit<Difference, 'excuse'>, about: About) => boolean} explains
 */

/** The name of the exception of which each site's record allows so many. */
export const WHO_ASKED_IS_GONE = 'who asked is gone';

/** The name of the exception of which each worker's script allows so many. */
export const LOOK_FOR_A_WORKER = 'a look for a newer worker';

/** @type {Exception[]} */
export const EXCEPTIONS = [
  {
    name: 'broken off',
    fact:
      'A page that is left breaks off what it still asks for. Both browsers then report an abort, which does not tell ' +
      'whether the request had reached the server: it is `unknown`.',
    explains: ({ kind }, { contact, reached = [], of, run }) =>
      kind === 'contact' && of !== undefined && !run.rested.has(of.load.number) && isUncertain(contact, reached),
  },
  {
    name: 'the background was stopped',
    fact:
      'What happens while the browser has stopped the background as a page comes or goes is lost. The visit says that it ' +
      'is incomplete, and its count is never too high; nor is anything lost that was stored, or came later.',
    explains: ({ kind }, { visit, of, contact, reached = [], said = [], ways = [], run }) =>
      visit !== undefined &&
      !visit.complete &&
      visit.incomplete_reasons.length > 0 &&
      visit.incomplete_reasons.every((reason) => reason === 'background_restarted') &&
      wasStopped(visit, of, run) &&
      (kind === 'incomplete' ||
        (['hops', 'chain'].includes(kind) && ways.some((way) => isPartOf(said, way))) ||
        (kind === 'contact' &&
          isNeverTooHigh(contact, reached, of !== undefined && run.rested.has(of.load.number)) &&
          missingOf({ contact, reached }) - (contact?.pending ?? 0) - (contact?.unknown ?? 0) <=
            aroundStops(reached, run.stops).length)),
  },
  {
    name: 'in the moment of a kill',
    fact:
      'What the browser tells a background in the moment in which it is killed (some hundredths of a second, on a busy machine) is ' +
      'heard by nobody, and nothing says that it was told.',
    explains: ({ kind }, { of, contact, reached = [], run }) =>
      kind === 'contact' &&
      of !== undefined &&
      (contact?.pending ?? 0) + (contact?.unknown ?? 0) === 0 &&
      isBetween(missingOf({ contact, reached }), 1, inTheMomentOf(run.stops, reached).length),
  },
  {
    name: 'a worker while the background was stopped',
    fact:
      'What a service worker asks around a stop of the background is lost like a page’s; its record may be lost whole, and ' +
      'with it the word that it is incomplete.',
    explains: ({ kind }, { of, contact, reached = [], run }) =>
      kind === 'contact' &&
      of === undefined &&
      isBetween(missingOf({ contact, reached }), 1, aroundStops(reached, run.stops).length) &&
      (contact?.pending ?? 0) + (contact?.unknown ?? 0) <= missingOf({ contact, reached }),
  },
  {
    name: 'stopped before it was stored',
    fact:
      'A background that is killed takes the last second with it: pages that began in it, and ended before anything that the ' +
      'browser tells woke the next one, leave no visit.',
    explains: ({ kind }, { of, run }) =>
      kind === 'visit missing' &&
      of !== undefined &&
      !run.shown.has(of.load.number) &&
      run.stops.some(
        (stop) =>
          isWithin(of, stop.at - STORED_AFTER_MS, goneAt(stop)) &&
          Math.max(lastOf(of, run), run.seenAt.get(of.load.number) ?? 0) <= wokenAt(run, stop) + WOKEN_AFTER_MS,
      ),
  },
  {
    name: 'a prepared page whose beginning was lost',
    fact:
      'Chromium 156 shows a page that it prepared without a request. Where the background was killed before it had stored that ' +
      'page, the page seems to begin at that moment.',
    explains: ({ kind }, { of, contact, reached = [], run }) =>
      kind === 'contact' &&
      of !== undefined &&
      isPrepared(of) &&
      missingOf({ contact, reached }) >= Math.max(1, (contact?.pending ?? 0) + (contact?.unknown ?? 0)) &&
      run.stops.some((stop) => isWithin(of, stop.at - STORED_AFTER_MS, goneAt(stop) + HEARD_AFTER_MS)),
  },
  {
    name: WHO_ASKED_IS_GONE,
    fact:
      'What a prepared page asks for as Chromium 156 drops it, and what a page and its frames send as the page goes, is told without ' +
      'document and tab, by the origin that asks: it is the site’s, and said to be.',
    explains: ({ kind }, { of, contact, reached = [], adrift = 0, run }) => {
      const missing = missingOf({ contact, reached });
      const { pending = 0, unknown = 0 } = contact ?? {};
      if (kind !== 'contact' || run.browser !== 'chromium' || pending > 0) return false;
      if (of) return unknown === 0 && isBetween(missing, 1, Math.min(adrift, gone({ of, reached }).length));
      // What is broken off with its page need not have reached the server.
      return isBetween(-missing, 0, adrift) && unknown - missing > 0;
    },
  },
  {
    name: 'a page that was fetched ahead',
    fact:
      'Chromium 156 shows a page that it has fetched ahead without asking again, and tells of it as of any other: the page’s own ' +
      'request is counted once more for each time that it is shown.',
    explains: ({ kind }, { of, contact, reached = [], said = [], showings = 0, run }) =>
      run.browser === 'chromium' &&
      of !== undefined &&
      isPrepared(of) &&
      contact?.host === of.load.host &&
      contact.pending + contact.unknown === 0 &&
      // As the first to that host, it was brought by nobody.
      (kind === 'contact' || (kind === 'chain' && said.length === 0 && contact.sent > reached.length)) &&
      isBetween(contact.sent, reached.length, reached.length + showings),
  },
  {
    name: 'the browser was ended',
    fact:
      'A browser that is ended takes the last second with it: what was not stored yet; and of a page that was at rest what it sends ' +
      'as it is closed.',
    explains: ({ kind }, { of, contact, reached = [], run }) => {
      const ends = of ? run.stops.filter(({ by }) => by === 'restart') : [];
      if (kind === 'visit missing') {
        return ends.some(
          ({ at, backAt, rested }) => !rested && of !== undefined && isWithin(of, at - STORED_AFTER_MS, backAt),
        );
      }
      const { pending = 0, unknown = 0 } = contact ?? {};
      const missing = missingOf({ contact, reached });
      const isLost = (/** @type {import('./user.js').Stop} */ stop) =>
        isBetween(missing, 1, (stop.rested ? lastWords(reached, stop.at) : aroundStops(reached, [stop])).length);
      return kind === 'contact' && pending + unknown <= missing && ends.some(isLost);
    },
  },
  {
    name: 'a page that is prepared as its page is left',
    fact:
      'Of who wants a page to be prepared Chromium 156 names the origin alone. Where that page is left at this moment for one of the ' +
      'same host, the request is taken for the next one’s.',
    explains: ({ kind }, { of, contact, reached = [], run, truth }) => {
      if (kind !== 'contact' || run.browser !== 'chromium' || of === undefined || contact?.host !== of.load.host)
        return false;
      const [left, next] = [preparedAsLeft(of, truth).length, preparedByLeft(of, truth).length];
      if (contact.pending > 0) return false;
      return isBetween(contact.sent, reached.length - left, reached.length) && contact.unknown <= next;
    },
  },
  {
    name: 'a copy that is still good',
    fact:
      'Chromium 156 tells of a copy that a server has found to be still good (304) as of any copy from its cache: it is `cached`. ' +
      '(Two frames that show the same ask for the same.)',
    explains: ({ kind }, { contact, reached = [], run }) => {
      const conditional = reached.filter(({ entry }) => entry.isConditional).length;
      return (
        kind === 'contact' &&
        run.browser === 'chromium' &&
        contact !== undefined &&
        contact.pending + contact.unknown === 0 &&
        isBetween(missingOf({ contact, reached }), 1, Math.min(conditional, contact.cached))
      );
    },
  },
  {
    name: 'a socket that fails',
    fact:
      'Chromium 156 reports a WebSocket that fails by `net::ERR_FAILED` alone, whether its name is unknown or the server ' +
      'refused it: it is `unknown`.',
    explains: ({ kind }, { contact, reached = [], sockets = 0, run }) =>
      kind === 'contact' &&
      run.browser === 'chromium' &&
      isUncertain(contact, reached, reached.length === 0 ? sockets : refusedSockets(reached).length),
  },
  {
    name: 'a prefetch that is put off',
    fact:
      'Firefox 153 breaks off what a page wants to have fetched ahead (type `other`) where something else is to be loaded first, ' +
      'and reports the abort: it is `unknown`.',
    explains: ({ kind }, { contact, reached = [], others = 0, run }) =>
      kind === 'contact' && run.browser === 'firefox' && isUncertain(contact, reached, others),
  },
  {
    name: LOOK_FOR_A_WORKER,
    fact:
      'A service worker’s own script is asked for by no page, when it is registered and whenever the browser looks for a newer ' +
      'one: it may come before, in or after a page of its site.',
    explains: ({ kind }, { contact, reached = [], scripts = 0, run }) => {
      if (kind !== 'contact' || contact === undefined) return false;
      // One that is under way at a stop can stay so.
      const uncertain = contact.pending + contact.unknown;
      const isCertain = uncertain === 0 || (run.stops.length > 0 && reached.length === 0);
      return isCertain && isBetween(contact.sent + uncertain, reached.length, reached.length + scripts);
    },
  },
  {
    name: 'never arrived',
    fact: 'A navigation that is broken off before its document is committed leads to no page: there is no visit.',
    explains: ({ kind }, { of, run }) =>
      kind === 'visit missing' && of !== undefined && of.contacts.size <= 1 && !run.rested.has(of.load.number),
  },
];

/**
 * @param {Omit<Difference, 'excuse'>} difference
 * @param {About} about
 * @returns {string | null}
 */
export function excuseOf(difference, about) {
  return EXCEPTIONS.find(({ explains }) => explains(difference, about))?.name ?? null;
}

/**
 * So many requests that reached the server an export does not say.
 *
 * @param {{ contact?: import('./comparison.js').Contact | undefined,
 *   reached?: readonly import('./server-truth.js').Reached[] | undefined }} about
 */
export function missingOf({ contact, reached = [] }) {
  return reached.length - (contact?.sent ?? 0);
}

/**
 * What Chromium can tell without the document that asks: what a prepared page and a page's frames asked for, and beacons.
 *
 * @param {{ of: import('./server-truth.js').LoadTruth, reached: readonly import('./server-truth.js').Reached[] }} about
 */
export function gone({ of, reached }) {
  const isBeacon = (/** @type {import('./server-truth.js').Reached} */ { kind }) =>
    kind === 'beacon' || kind === 'unload-beacon';
  return reached.filter((one) => isPrepared(of) || isBeacon(one) || one.way.some(({ kind }) => kind === 'frame'));
}

/** @param {readonly import('./server-truth.js').Reached[]} reached */
function refusedSockets(reached) {
  return reached.filter(({ entry, kind }) => kind === 'websocket' && askedOf(entry.path)?.f === 'missing');
}

/**
 * Whether all of a way's steps stand in another one, in their order.
 *
 * @param {readonly string[]} part
 * @param {readonly string[]} whole
 */
function isPartOf(part, whole) {
  let from = 0;
  return part.every((step) => {
    from = whole.indexOf(step, from) + 1;
    return from > 0;
  });
}

/**
 * Whether what reached the server is what the export is sure of, or that and some of what it is uncertain of.
 *
 * @param {import('./comparison.js').Contact | undefined} contact
 * @param {readonly import('./server-truth.js').Reached[]} reached
 * @param {number} [most] so many may be uncertain
 */
function isUncertain(contact, reached, most = Infinity) {
  return (
    contact !== undefined &&
    contact.pending === 0 &&
    contact.unknown <= most &&
    isBetween(reached.length, contact.sent, contact.sent + contact.unknown)
  );
}

/**
 * What a page had prepared as it was left for another one of its host.
 *
 * @param {import('./server-truth.js').LoadTruth} of
 * @param {import('./server-truth.js').Truth} truth
 */
function preparedAsLeft(of, truth) {
  const next = truth.loads.filter(({ load }) => load.host === of.load.host && load.number > of.load.number);
  const prepared = (of.contacts.get(of.load.host) ?? []).filter(({ entry }) => entry.purpose.includes('prerender'));
  return prepared.filter(({ entry }) =>
    next.some((one) => one.load.request !== entry && isBetween(entry.at, one.load.at, arrivedAt(one))),
  );
}

/**
 * What the page before had prepared as it was left for this one.
 *
 * @param {import('./server-truth.js').LoadTruth} of
 * @param {import('./server-truth.js').Truth} truth
 */
function preparedByLeft(of, truth) {
  const before = truth.loads.filter(({ load }) => load.host === of.load.host && load.number < of.load.number);
  return before
    .flatMap((one) => preparedAsLeft(one, truth))
    .filter(({ entry }) => isBetween(entry.at, of.load.at, arrivedAt(of)));
}

/**
 * Whether a count is at most what reached the server; that of a page that was left may hold requests that were broken off.
 *
 * @param {import('./comparison.js').Contact | undefined} contact
 * @param {readonly import('./server-truth.js').Reached[]} reached
 * @param {boolean} hasRested
 */
function isNeverTooHigh(contact, reached, hasRested) {
  const { sent = 0, pending = 0 } = contact ?? {};
  const isReachable = reached.length > 0;
  return sent + (hasRested && isReachable ? pending : 0) <= reached.length;
}
