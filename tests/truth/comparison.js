// Owns the comparison of one run: the export as the user gets it, contact by contact, against the server's log.
import { siteOf } from '../e2e/truth.js';
import { runOf } from './case.js';
import { NONE, reachedText, sum, tallyText } from './contact-rows.js';
import { excuseOf, gone, LOOK_FOR_A_WORKER, missingOf, WHO_ASKED_IS_GONE } from './exceptions.js';
import { isPrepared, matchVisits } from './match.js';
import { askingSites, SiteRecords } from './site-records.js';

/**
 * @typedef {import('../e2e/saved-export.js').SavedExport} SavedExport
 * @typedef {SavedExport['visits'][number]} Visit
 * @typedef {SavedExport['contacts'][number]} Contact
 * @typedef {import('./server-truth.js').Truth} Truth
 * @typedef {import('./server-truth.js').LoadTruth} LoadTruth
 * @typedef {import('./server-truth.js').Reached} Reached
 *
 * @typedef {object} Run what is known of a run beside its log and its export
 * @property {number} number
 * @property {import('../drive/browser-binary.js').BrowserName} browser
 * @property {ReadonlySet<number>} rested loads that were let come to rest
 * @property {ReadonlyMap<number, readonly number[]>} touched when a load that was there was gone back to, or asked for more
 * @property {readonly import('./user.js').Stop[]} stops
 * @property {ReadonlySet<number>} shown loads that are shown at the end
 * @property {ReadonlyMap<number, number>} seenAt when each load was last seen in a tab
 * @property {readonly number[]} toldAt when the browser told of anything
 *
 * @typedef {'contact' | 'hops' | 'chain' | 'visit missing' | 'visit invented' | 'stray' | 'site' | 'incomplete'} Kind
 *
 * @typedef {object} Difference
 * @property {Kind} kind
 * @property {string} where
 * @property {string} said by the export
 * @property {string} true by the log
 * @property {string | null} excuse the exception that explains it; null: nothing does
 */

/**
 * @param {SavedExport} saved
 * @param {Truth} truth
 * @param {Run} run
 * @returns {Difference[]}
 */
export function compare(saved, truth, run) {
  /** @type {{ difference: Difference, about: Circumstances }[]} */
  const noted = [];
  const note = (/** @type {Omit<Difference, 'excuse'>} */ difference, /** @type {Circumstances} */ about = {}) => {
    noted.push({ difference: { ...difference, excuse: excuseOf(difference, { ...about, run, truth }) }, about });
  };
  const visits = saved.visits.filter((visit) => runOf(visit.host) === run.number);
  const { pairs, visitsLeft, loadsLeft } = matchVisits(saved, visits, truth, run.shown);
  const records = new SiteRecords(saved, visits, truth);
  for (const { visits: showings, of } of pairs) {
    const visit = together(showings);
    const about = { visit, showings: showings.length, of };
    // Only a page that was fetched ahead is shown more than once.
    if (showings.length > 1 && !isPrepared(of)) {
      note({ kind: 'visit invented', where: showings.map(nameOf).join(' and '), said: '', true: 'one load' }, about);
    }
    compareVisit(saved, showings, visit, of, { ...truth, records }, (difference) =>
      note(difference, { ...about, ...difference.about }),
    );
  }
  for (const visit of visitsLeft) {
    const hosts = saved.contacts.filter((one) => one.visit_id === visit.visit_id).map(({ host }) => host);
    note({ kind: 'visit invented', where: nameOf(visit), said: hosts.join(' '), true: 'no load' }, { visit });
  }
  for (const of of loadsLeft) {
    const hosts = [...of.contacts.keys()].join(' ');
    note(
      { kind: 'visit missing', where: `load ${of.load.number} of ${of.load.host}`, said: 'no visit', true: hosts },
      { of },
    );
  }
  for (const entry of truth.stray) {
    note({ kind: 'stray', where: entry.url, said: '', true: `${entry.method} ${entry.secFetchDest}` });
  }
  compareRecords(records, missingFrom(saved, pairs), truth, note);
  takeBackSpent(noted, records, truth);
  return noted.map(({ difference }) => difference);
}

/**
 * @typedef {object} Circumstances what is known of a difference
 * @property {Visit} [visit]
 * @property {number} [showings] how many visits there are of the load: a page that was fetched ahead can be shown more than once
 * @property {LoadTruth} [of]
 * @property {string} [host]
 * @property {Contact} [contact]
 * @property {Reached[]} [reached]
 * @property {number} [sockets]
 * @property {number} [others]
 * @property {number} [scripts]
 * @property {number} [adrift] so many requests to the host the export ties to the site of who asked alone; of a site's record:
 *   so many the visits of the pages do not say that hold documents of the site
 * @property {string[]} [said] the steps of a way, or hops, as the export has them
 * @property {string[][]} [ways] those of which that is to be one
 */

/**
 * @param {SavedExport} saved
 * @param {Visit[]} showings
 * @param {Visit} visit all of them together
 * @param {LoadTruth} of
 * @param {Pick<Truth, 'workerScripts'> & { records: SiteRecords }} truth
 * @param {(difference: Omit<Difference, 'excuse'> & { about?: Circumstances }) => void} note
 */
function compareVisit(saved, showings, visit, of, { workerScripts: scripts, records }, note) {
  const name = `${showings.map(nameOf).join(' and ')}, load ${of.load.number}`;
  const ids = new Set(showings.map(({ visit_id: id }) => id));
  const rows = saved.contacts.filter((one) => ids.has(one.visit_id));
  const contacts = new Map(rows.map(({ host }) => [host, sum(rows.filter((one) => one.host === host))]));
  if (visit.site !== siteOf(of.load.host)) {
    note({ kind: 'site', where: name, said: visit.site, true: siteOf(of.load.host) });
  }
  if (!visit.complete) {
    note({ kind: 'incomplete', where: name, said: visit.incomplete_reasons.join(' '), true: 'complete' });
  }
  for (const host of new Set([...contacts.keys(), ...of.contacts.keys()])) {
    const contact = contacts.get(host);
    const reached = of.contacts.get(host) ?? [];
    const about = {
      host,
      reached,
      sockets: requestsOf(saved, ids, host, 'websocket'),
      others: requestsOf(saved, ids, host, 'other'),
      scripts: scripts.get(host) ?? 0,
      adrift: records.beyondWorkers(host, askingSites(of, host)),
      ...(contact && { contact }),
    };
    const { sent, pending, unknown } = contact ?? NONE;
    const where = `${name}: ${host}`;
    if (sent !== reached.length || pending > 0 || unknown > 0) {
      note({
        kind: 'contact',
        where,
        said: tallyText(contact),
        true: reachedText(reached),
        about,
      });
    }
    if (contact && contact.third_party !== (siteOf(host) !== siteOf(of.load.host))) {
      note({ kind: 'site', where, said: `third party: ${contact.third_party}`, true: siteOf(host), about });
    }
    const ways = new Set(reached.map(({ way }) => wayText(way)));
    // Where all requests reached the server: of others, which may have been the first, the log tells nothing.
    for (const row of rows.filter((one) => one.host === host && ways.size > 0 && one.sent === one.requests)) {
      const said = wayText(row.brought_by);
      const way = { said: row.brought_by.map(stepText), ways: reached.map((one) => one.way.map(stepText)) };
      if (!ways.has(said))
        note({ kind: 'chain', where, said, true: [...ways].join(' or '), about: { ...about, ...way } });
    }
  }
  const hops = saved.hops
    .filter((hop) => ids.has(hop.visit_id))
    .sort((one, other) => one.seq - other.seq)
    .map(({ host }) => host);
  if (hops.join() !== of.hops.join()) {
    const about = { said: hops, ways: [of.hops] };
    note({ kind: 'hops', where: name, said: hops.join(' '), true: of.hops.join(' '), about });
  }
}

/**
 * What a site's records say of a host beyond its worker explains as many requests that visits do not say, and no more; a worker's
 * script that was asked for explains one request beyond the log.
 *
 * @param {{ difference: Difference, about: Circumstances }[]} noted
 * @param {SiteRecords} records
 * @param {Pick<Truth, 'workerScripts'>} truth
 */
function takeBackSpent(noted, records, { workerScripts }) {
  const most = /** @type {const} */ ([
    [WHO_ASKED_IS_GONE, (/** @type {string} */ host) => records.beyondWorkers(host)],
    [LOOK_FOR_A_WORKER, (/** @type {string} */ host) => workerScripts.get(host) ?? 0],
  ]);
  for (const [excuse, allowed] of most) {
    const explained = noted.filter(({ difference, about }) => difference.excuse === excuse && about.host);
    for (const host of new Set(explained.map(({ about }) => about.host ?? ''))) {
      const ofHost = explained.filter(({ about }) => about.host === host && (about.of || excuse === LOOK_FOR_A_WORKER));
      const spent = ofHost.reduce((all, { about }) => all + Math.abs(missingOf(about)), 0);
      if (spent > allowed(host)) for (const { difference } of ofHost) difference.excuse = null;
    }
  }
}

/**
 * @param {SiteRecords} records
 * @param {(site: string, host: string) => number} missingFromPages
 * @param {Truth} truth
 * @param {(difference: Omit<Difference, 'excuse'>, about?: Circumstances) => void} note
 */
function compareRecords(records, missingFromPages, truth, note) {
  for (const { site, host, contact, reached } of records.all) {
    if (contact.sent === reached.length && contact.pending === 0 && contact.unknown === 0) continue;
    note(
      {
        kind: 'contact',
        where: `worker of ${site}: ${host}`,
        said: tallyText(contact),
        true: reachedText(reached),
      },
      { host, contact, reached, scripts: truth.workerScripts.get(host) ?? 0, adrift: missingFromPages(site, host) },
    );
  }
}

/**
 * So many of what documents of a site asked of a host the visits of their pages do not say.
 *
 * @param {SavedExport} saved
 * @param {ReturnType<typeof matchVisits>['pairs']} pairs
 * @returns {(site: string, host: string) => number}
 */
function missingFrom(saved, pairs) {
  return (site, host) =>
    pairs
      .filter(({ of }) => askingSites(of, host).has(site))
      .reduce((missing, { visits, of }) => {
        const ids = visits.map(({ visit_id: id }) => id);
        const { sent } = sum(saved.contacts.filter((one) => one.host === host && ids.includes(one.visit_id)));
        const reached = of.contacts.get(host) ?? [];
        return missing + Math.min(Math.max(0, reached.length - sent), gone({ of, reached }).length);
      }, 0);
}

/** The visits of one load as one. @param {Visit[]} showings @returns {Visit} */
function together(showings) {
  const [first, ...others] = showings;
  if (!first) throw new Error('A load without a visit is compared elsewhere.');
  if (others.length === 0) return first;
  const ends = showings.map((one) => one.ended_at);
  return {
    ...first,
    started_at: showings.map((one) => one.started_at).sort()[0] ?? first.started_at,
    ended_at: ends.includes(null) ? null : (ends.sort().at(-1) ?? null),
    complete: showings.every((one) => one.complete),
    incomplete_reasons: showings.flatMap((one) => one.incomplete_reasons),
  };
}

/**
 * How many requests of a type visits made to a host.
 *
 * @param {SavedExport} saved
 * @param {ReadonlySet<string>} ids
 * @param {string} host
 * @param {string} type
 */
function requestsOf(saved, ids, host, type) {
  return saved.contact_types
    .filter((one) => ids.has(one.visit_id) && one.host === host && one.type === type)
    .reduce((all, { requests }) => all + requests, 0);
}

/** @param {Visit} visit */
function nameOf({ host, visit_id: id }) {
  return `visit ${id.split('-').at(-1)} of ${host}`;
}

/** @param {{ kind: string, host: string }} step */
function stepText({ kind, host }) {
  return `${kind} ${host}`;
}

/** @param {{ kind: string, host: string }[]} way */
function wayText(way) {
  return way.map(stepText).join(' → ') || 'the page';
}
