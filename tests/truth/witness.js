// Owns the witness of a run: a page of the extension, which no kill of the background concerns, heard the same events.
import { runOf } from './case.js';
import { sum } from './contact-rows.js';

/**
 * @typedef {import('./comparison.js').SavedExport} SavedExport
 * @typedef {import('../situations/recording.js').RecordedEvent} RecordedEvent
 *
 * @typedef {{ url: string, requestId: string, fromCache?: boolean, error?: string }} Details
 *
 * @typedef {object} Heard of one host; requests by their number and address, though more than one event tells of them
 * @property {number} begun
 * @property {Set<string>} cached
 * @property {number} errors
 * @property {number} unanswered those of the errors that no answer came before
 * @property {Set<string>} failed of an error that says that nobody was reached
 * @property {Set<string>} blocked of an error that says that it was blocked
 * @property {number} redirects
 */

/** @returns {Heard} */
const nothing = () => ({
  ...{ begun: 0, errors: 0, unanswered: 0, redirects: 0 },
  ...{ cached: new Set(), failed: new Set(), blocked: new Set() },
});

/** What is said where a name is not known. */
const GONE = ['net::ERR_NAME_NOT_RESOLVED', 'NS_ERROR_UNKNOWN_HOST'];
/** What is said where another extension blocks. */
const BLOCKED = ['net::ERR_BLOCKED_BY_CLIENT', 'NS_ERROR_ABORT'];

/**
 * Whether the export says of a host no more than a listener could have been told: no more requests than began, from a cache than came
 * from one, failed, blocked or uncertain than ended so without an answer. A background that was killed need not have heard of a
 * redirect, so that a hop is uncertain, nor of an answer. Where none was, the export also says no less: every request that failed, was
 * blocked or came from the cache. (What Firefox 153 asks for twice in vain is one.)
 *
 * @param {SavedExport} saved
 * @param {readonly RecordedEvent[]} seen
 * @param {import('./comparison.js').Run} run
 * @returns {{ where: string, said: string, follows: string }[]} for each host what the export says beyond that, and that it is to be
 *   nothing; empty where the browser was started again, for the witness ends with it
 */
export function hearWitness(saved, seen, { number, browser, stops }) {
  if (stops.some(({ by }) => by === 'restart')) return [];
  const heard = hear(seen, number, browser);
  const hosts = new Set([...saved.contacts.map(({ host }) => host), ...heard.keys()]);
  return [...hosts]
    .filter((host) => runOf(host) === number)
    .map((host) => {
      const said = sum(saved.contacts.filter((one) => one.host === host));
      const told = heard.get(host) ?? nothing();
      const requests = said.sent + said.pending + said.cached + said.blocked + said.failed + said.unknown;
      const isWhole = stops.length === 0;
      const inVain = isWhole ? told.unanswered : told.errors;
      /** What, how many the export says, and how many at least and at most it is to say. @type {[string, number, number, number][]} */
      const bounds = [
        ['requests', requests, 0, told.begun],
        ['cached', said.cached, isWhole && browser === 'chromium' ? told.cached.size : 0, told.cached.size],
        ['blocked', said.blocked, isWhole ? told.blocked.size : 0, inVain],
        ['failed', said.failed, isWhole ? told.failed.size : 0, inVain],
        ['blocked and failed', said.blocked + said.failed, 0, inVain],
        [
          'blocked, failed and unknown',
          said.blocked + said.failed + said.unknown,
          0,
          inVain + (isWhole ? 0 : told.redirects),
        ],
      ];
      const beyond = bounds
        .filter(([, many, least, most]) => many < least || many > most)
        .map(([what, many, least, most]) => `${many} ${what}, ${least} to ${most}`);
      return { where: host, said: beyond.join('; '), follows: '' };
    });
}

/**
 * @param {readonly RecordedEvent[]} seen
 * @param {number} run
 * @param {import('../drive/browser-binary.js').BrowserName} browser
 * @returns {Map<string, Heard>}
 */
function hear(seen, run, browser) {
  /** @type {Map<string, Heard>} */
  const heard = new Map();
  /** @type {Set<string>} */
  const answered = new Set();
  for (const [event, details] of seen) {
    if (!event.startsWith('webRequest.')) continue;
    const { url, requestId, fromCache, error = '' } = /** @type {Details} */ (details);
    const host = new URL(url).hostname;
    if (runOf(host) !== run) continue;
    const of = heard.get(host) ?? nothing();
    heard.set(host, of);
    const request = `${requestId} ${url}`;
    if (event === 'webRequest.onBeforeRequest') of.begun += 1;
    if (event === 'webRequest.onBeforeRedirect') of.redirects += 1;
    if (fromCache) of.cached.add(request);
    if (event === 'webRequest.onResponseStarted' || event === 'webRequest.onHeadersReceived') answered.add(request);
    if (event !== 'webRequest.onErrorOccurred') continue;
    of.errors += 1;
    if (answered.has(request)) continue;
    of.unanswered += 1;
    // Firefox 153 asks for the same once more.
    const one = browser === 'chromium' ? request : url;
    if (GONE.includes(error)) of.failed.add(one);
    if (BLOCKED.includes(error)) of.blocked.add(one);
  }
  return heard;
}
