// Owns the judging of a situation: what an export tells of it against what was expected, and against the server's log.
import assert from 'node:assert/strict';
import { siteOf } from '../e2e/truth.js';

/** @typedef {import('./situation.js').ExpectedVisit} ExpectedVisit */
/** @typedef {import('./situation.js').Outcomes} Outcomes */
/** @typedef {Pick<import('../e2e/saved-export.js').SavedExport, 'visits' | 'hops' | 'contacts'>} Told */

const OUTCOMES = /** @type {const} */ (['sent', 'cached', 'blocked', 'failed', 'unknown', 'pending']);

/**
 * Holds the told visits against the expected ones, which are all that there are to be.
 * @param {Told} told
 * @param {ExpectedVisit[]} expected
 */
export function assertVisits(told, expected) {
  const isThirdOf = (/** @type {string} */ id) => (/** @type {Told['contacts'][number]} */ row) =>
    row.visit_id === id && row.third_party;
  const ownOf = (/** @type {string} */ id) => told.contacts.filter((row) => row.visit_id === id && !row.third_party);
  // A record of what a site's workers did among themselves: their scripts, looked at again in the browser's own time.
  const isIdle = (/** @type {Told['visits'][number]} */ { kind, site, visit_id: id }) =>
    kind === 'background' &&
    !told.contacts.some(isThirdOf(id)) &&
    !expected.some((one) => one.kind === 'background' && one.own && one.site === site);
  const visits = told.visits
    .filter((visit) => !isIdle(visit))
    .sort((one, other) => order(one.site, other.site) || order(one.started_at, other.started_at));
  const said = visits.map((visit, place) => {
    const like = expected[place];
    const { visit_id: id, site, kind, end_reason: end, incomplete_reasons: gaps } = visit;
    const contacts = told.contacts.filter(isThirdOf(id));
    return {
      site,
      kind,
      gaps,
      hops: told.hops.filter((hop) => hop.visit_id === id).map(({ host }) => host),
      third: sorted(contacts.map((row) => [row.host, outcomesOf(row)])),
      tied: sorted(contacts.filter(isTiedOtherwise).map((row) => [row.host, row.attribution])),
      ...(like?.end !== undefined && { end }),
      ...(like?.own && { own: sorted(ownOf(id).map((row) => [row.host, outcomesOf(row)])) }),
      ...(like?.broughtBy && {
        broughtBy: sorted(
          contacts.filter(({ host }) => like.broughtBy?.[host] !== undefined).map((row) => [row.host, wayOf(row)]),
        ),
      }),
    };
  });
  const wanted = expected.map(({ kind = 'page', gaps = [], hops = [], third, own, tied, broughtBy, ...rest }) => ({
    ...rest,
    kind,
    gaps,
    hops,
    third: sorted(Object.entries(third).map(([host, outcomes]) => [host, spelledOut(outcomes)])),
    ...(own && { own: sorted(Object.entries(own).map(([host, outcomes]) => [host, spelledOut(outcomes)])) }),
    tied: sorted(Object.entries(tied ?? (kind === 'page' ? {} : tiedBySite(third)))),
    ...(broughtBy && { broughtBy: sorted(Object.entries(broughtBy)) }),
  }));
  assert.deepEqual(said, wanted, 'what is told, against what is expected');
}

/**
 * Holds the expected visits against the log: each request of a third party, and of an own host that is told of, that reached the server is sent, or a hop, or
 * one that is said to be nobody's; and nothing is said to be sent that did not reach it.
 * @param {ExpectedVisit[]} expected
 * @param {Record<string, number>} log requests by host, from `logOf`
 * @param {Record<string, number>} uncounted
 */
export function assertLog(expected, log, uncounted) {
  /** @type {Map<string, { least: number, most: number }>} */
  const bounds = new Map();
  const add = (/** @type {string} */ host, /** @type {number} */ sure, /** @type {number} */ unsure) => {
    const { least, most } = bounds.get(host) ?? { least: 0, most: 0 };
    bounds.set(host, { least: least + sure, most: most + sure + unsure });
  };
  for (const { hops = [], third, own } of expected) {
    for (const hop of hops) add(hop, 1, 0);
    for (const [host, outcomes] of Object.entries({ ...third, ...own })) {
      const { sent = 0, unknown = 0, pending = 0 } = spelledOut(outcomes);
      add(host, sent, unknown + pending);
    }
  }
  for (const [host, times] of Object.entries(uncounted)) add(host, times, 0);
  const sites = new Set(expected.filter(({ own }) => !own).map(({ site }) => site));
  for (const host of new Set([...Object.keys(log), ...bounds.keys()])) {
    if (sites.has(siteOf(host))) continue;
    const seen = log[host] ?? 0;
    const { least, most } = bounds.get(host) ?? { least: 0, most: 0 };
    assert.ok(least <= seen && seen <= most, `${host}: ${seen} in the log, ${least} to ${most} expected`);
  }
}

/**
 * Requests by host, but not those that a browser makes of its own accord: the script of a service worker, see `truth.js`.
 * @param {readonly import('../web/request-log.js').LoggedRequest[]} entries
 * @returns {Record<string, number>}
 */
export function logOf(entries) {
  /** @type {Map<string, number>} */
  const hosts = new Map();
  for (const { host, secFetchDest } of entries) {
    if (secFetchDest !== 'serviceworker') hosts.set(host, (hosts.get(host) ?? 0) + 1);
  }
  return sorted([...hosts]);
}

/** @param {number | Outcomes} [outcomes] @returns {Outcomes} */
function spelledOut(outcomes = {}) {
  return typeof outcomes === 'number' ? { sent: outcomes } : outcomes;
}

/** @param {Told['contacts'][number]} row @returns {Outcomes} those that there are */
function outcomesOf(row) {
  return Object.fromEntries(OUTCOMES.filter((name) => row[name] > 0).map((name) => [name, row[name]]));
}

/** Whether it is not by the document, as nearly all are. @param {Told['contacts'][number]} row */
function isTiedOtherwise({ attribution }) {
  return attribution !== 'document';
}

/** What belongs to no page is tied to its site. @param {ExpectedVisit['third']} third @returns {Record<string, string>} */
function tiedBySite(third) {
  return Object.fromEntries(Object.keys(third).map((host) => [host, 'site']));
}

/** @param {Told['contacts'][number]} row */
function wayOf(row) {
  return row.brought_by.map(({ kind, host }) => `${kind} ${host}`).join(', ');
}

/** @template T @param {[string, T][]} entries @returns {Record<string, T>} sorted by name */
function sorted(entries) {
  return Object.fromEntries(entries.sort(([one], [other]) => order(one, other)));
}

/** @param {string} one @param {string} other */
function order(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}
