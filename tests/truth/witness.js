// Owns the witness of a run: a page of the extension, which no kill of the background concerns, heard the same events.
import { runOf } from './case.js';
import { sum } from './contact-rows.js';

/**
 * @typedef {import('./comparison.js').SavedExport} SavedExport
 * @typedef {import('../situations/recording.js').RecordedEvent} RecordedEvent
 *
 * @typedef {{ begun: number, cached: Set<string>, errors: number, redirects: number }} Heard of one host; each cached request by its number and address,
 *   though more than one event says so
 */

/**
 * Whether the export says of a host no more than a listener could have been told: no more requests than began, from a cache than came
 * from one, failed, blocked or uncertain than ended so. A background that was killed need not have heard of a redirect, so that a
 * hop is uncertain.
 *
 * @param {SavedExport} saved
 * @param {readonly RecordedEvent[]} seen
 * @param {import('./comparison.js').Run} run
 * @returns {{ where: string, said: string, follows: string }[]} for each host what the export says beyond that, and that it is to be
 *   nothing; empty where the browser was started again, for the witness ends with it
 */
export function hearWitness(saved, seen, { number, stops }) {
  if (stops.some(({ by }) => by === 'restart')) return [];
  const heard = hear(seen, number);
  const hosts = new Set(saved.contacts.map(({ host }) => host).filter((host) => runOf(host) === number));
  return [...hosts].map((host) => {
    const said = sum(saved.contacts.filter((one) => one.host === host));
    const { begun = 0, cached, errors = 0, redirects = 0 } = heard.get(host) ?? {};
    const requests = said.sent + said.pending + said.cached + said.blocked + said.failed + said.unknown;
    const unheard = stops.length > 0 ? redirects : 0;
    const most = /** @type {const} */ ([
      ['requests', requests, begun],
      ['cached', said.cached, cached?.size ?? 0],
      ['blocked and failed', said.blocked + said.failed, errors],
      ['blocked, failed and unknown', said.blocked + said.failed + said.unknown, errors + unheard],
    ]);
    const beyond = most
      .filter(([, many, told]) => many > told)
      .map(([what, many, told]) => `${many} ${what}, at most ${told}`);
    return { where: host, said: beyond.join('; '), follows: '' };
  });
}

/**
 * @param {readonly RecordedEvent[]} seen
 * @param {number} run
 * @returns {Map<string, Heard>}
 */
function hear(seen, run) {
  /** @type {Map<string, Heard>} */
  const heard = new Map();
  for (const [event, details] of seen) {
    if (!event.startsWith('webRequest.')) continue;
    const { url, requestId, fromCache } = /** @type {{ url: string, requestId: string, fromCache?: boolean }} */ (
      details
    );
    const host = new URL(url).hostname;
    if (runOf(host) !== run) continue;
    const of = heard.get(host) ?? { begun: 0, cached: new Set(), errors: 0, redirects: 0 };
    heard.set(host, of);
    if (event === 'webRequest.onBeforeRequest') of.begun += 1;
    if (event === 'webRequest.onErrorOccurred') of.errors += 1;
    if (event === 'webRequest.onBeforeRedirect') of.redirects += 1;
    if (fromCache) of.cached.add(`${requestId} ${url}`);
  }
  return heard;
}
