// Owns the other judges of a run: what the browsers themselves say of its requests, against what Tiers says of them.
import { askedOf } from './asked-address.js';
import { runOf } from './case.js';
import { destinations } from './destinations.js';
import { hearWitness } from './witness.js';

/**
 * @typedef {import('./comparison.js').SavedExport} SavedExport
 * @typedef {import('./server-truth.js').Truth} Truth
 * @typedef {import('./server-truth.js').Reached} Reached
 *
 * @typedef {'Sec-Fetch-Site' | 'Sec-Fetch-Dest' | 'thirdParty' | 'witness'} Judge
 *
 * @typedef {object} Verdict
 * @property {Judge} judge
 * @property {string} where
 * @property {string} said by the browser; of the witness, by the export
 * @property {string} follows from what Tiers says; of the witness, from what the browser told
 *
 * @typedef {object} Hearing
 * @property {Record<Judge, number>} heard how many verdicts of each
 * @property {Verdict[]} disagreements
 */

/**
 * All verdicts on the run, and those that do not follow from what Tiers says. No fact about browsers explains any.
 *
 * @param {SavedExport} saved
 * @param {Truth} truth
 * @param {readonly import('../situations/recording.js').RecordedEvent[]} seen
 * @param {import('./comparison.js').Run} run
 * @returns {Hearing}
 */
export function hearJudges(saved, truth, seen, run) {
  const domains = new Map(saved.contacts.map(({ host, domain }) => [host, domain]));
  for (const { host, site } of saved.visits) domains.set(host, site);
  const verdicts = {
    'Sec-Fetch-Site': fetchSites(truth, domains),
    'Sec-Fetch-Dest': destinations(saved, truth),
    thirdParty: thirdParties(truth, domains, seen, run.number),
    witness: hearWitness(saved, seen, run),
  };
  const judges = /** @type {Judge[]} */ (Object.keys(verdicts));
  return {
    heard: /** @type {Hearing['heard']} */ (Object.fromEntries(judges.map((judge) => [judge, verdicts[judge].length]))),
    disagreements: judges.flatMap((judge) =>
      verdicts[judge].filter(({ said, follows }) => said !== follows).map((one) => ({ judge, ...one })),
    ),
  };
}

/**
 * `Sec-Fetch-Site`, as the server saw it: the browser's verdict on whoever asked and every host of the redirects, scheme included
 * (Fetch Metadata; HTML "same site").
 *
 * @param {Truth} truth
 * @param {ReadonlyMap<string, string>} domains
 * @returns {Omit<Verdict, 'judge'>[]}
 */
function fetchSites(truth, domains) {
  const reached = truth.loads.flatMap((of) => [...of.contacts.values()].flat().map((one) => ({ one, load: of.load })));
  return reached.flatMap(({ one: { entry, way, kind }, load }) => {
    if (kind === 'document' || entry.secFetchSite === '') return [];
    const frames = way.filter((step) => step.kind === 'frame').map(({ host }) => host);
    const asker = { host: frames.at(-1) ?? load.host, scheme: frames.length > 0 ? 'https' : load.request.scheme };
    const hosts = [...way.filter((step) => step.kind === 'redirect').map(({ host }) => host), entry.host];
    const scheme = entry.scheme.replace('ws', 'http');
    if (![asker.host, ...hosts].every((host) => domains.has(host))) return [];
    const isSameSite = hosts.every((host) => scheme === asker.scheme && domains.get(host) === domains.get(asker.host));
    const isSameOrigin = isSameSite && hosts.every((host) => host === asker.host);
    const follows = isSameOrigin ? 'same-origin' : isSameSite ? 'same-site' : 'cross-site';
    const where = `${kind} ${hosts.join(' → ')} asked by ${asker.scheme}://${asker.host}`;
    return [{ where, said: entry.secFetchSite, follows }];
  });
}

/**
 * Firefox' `thirdParty`: whether the host, or any document between it and the tab, is of another site than the tab's page.
 *
 * @param {Truth} truth
 * @param {ReadonlyMap<string, string>} domains
 * @param {readonly import('../situations/recording.js').RecordedEvent[]} seen
 * @param {number} run that the events are to be of: as the pages of the run before close, they send their last beacons
 * @returns {Omit<Verdict, 'judge'>[]}
 */
function thirdParties(truth, domains, seen, run) {
  const pages = new Map(truth.loads.map(({ load }) => [load.number, load.host]));
  return seen.flatMap(([event, details]) => {
    const { url, thirdParty, type } = /** @type {{ url: string, thirdParty?: boolean, type: string }} */ (details);
    if (event !== 'webRequest.onBeforeRequest' || thirdParty === undefined) return [];
    const { pathname, hostname } = new URL(url);
    const asked = askedOf(pathname);
    const page = pages.get(asked?.l ?? 0);
    if (!asked || asked.w || !page) return [];
    const hosts = [...asked.i, hostname];
    if (runOf(hostname) !== run || ![page, ...hosts].every((host) => domains.has(host))) return [];
    const follows = String(hosts.some((host) => domains.get(host) !== domains.get(page)));
    const where = `${type} ${hosts.join(' in ')} of ${page}`;
    return [{ where, said: String(thirdParty), follows }];
  });
}
