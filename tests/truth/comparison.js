// Owns the comparison of one run: the export as the user gets it, contact by contact, against the server's log.
import { siteOf } from '../e2e/truth.js';
import { runOf } from './case.js';
import { excuseOf, isPrepared } from './exceptions.js';
import { matchVisits } from './match.js';

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
 * @property {readonly import('./user.js').Stop[]} stops
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

/** No request of any outcome. */
const NONE = Object.freeze({ sent: 0, pending: 0, cached: 0, blocked: 0, failed: 0, unknown: 0 });

/**
 * @param {SavedExport} saved
 * @param {Truth} truth
 * @param {Run} run
 * @returns {Difference[]}
 */
export function compare(saved, truth, run) {
  /** @type {Difference[]} */
  const differences = [];
  const note = (/** @type {Omit<Difference, 'excuse'>} */ difference, /** @type {Circumstances} */ about = {}) => {
    differences.push({ ...difference, excuse: excuseOf(difference, { ...about, run, truth }) });
  };
  const visits = saved.visits.filter((visit) => runOf(visit.host) === run.number);
  const { pairs, visitsLeft, loadsLeft } = matchVisits(saved, visits, truth);
  const untied = untiedBySite(saved, visits, truth);
  for (const { visits: showings, of } of pairs) {
    const visit = together(showings);
    const about = { visit, showings: showings.length, of };
    compareVisit(saved, showings, visit, of, { ...truth, untied }, (difference) =>
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
  compareUntied(untied, untiedFrom(saved, pairs), truth, note);
  return differences;
}

/**
 * @typedef {object} Circumstances what is known of a difference
 * @property {Visit} [visit]
 * @property {number} [showings] how many visits there are of the load: a page that was fetched ahead can be shown more than once
 * @property {LoadTruth} [of]
 * @property {Contact} [contact]
 * @property {Reached[]} [reached]
 * @property {number} [sockets]
 * @property {number} [others]
 * @property {number} [scripts]
 * @property {number} [adrift] of a load's visit: so many requests to the host the export ties to the load's site alone; of a
 *   site: so many of what its prepared pages asked of the host the export does not tie to them
 */

/**
 * @param {SavedExport} saved
 * @param {Visit[]} showings
 * @param {Visit} visit all of them together
 * @param {LoadTruth} of
 * @param {Pick<Truth, 'workerScripts'> & { untied: Map<string, Map<string, Untied>> }} truth
 * @param {(difference: Omit<Difference, 'excuse'> & { about?: Circumstances }) => void} note
 */
function compareVisit(saved, showings, visit, of, { workerScripts: scripts, untied }, note) {
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
      reached,
      sockets: requestsOf(saved, ids, host, 'websocket'),
      others: requestsOf(saved, ids, host, 'other'),
      scripts: scripts.get(host) ?? 0,
      adrift: surplusOf(untied.get(visit.site)?.get(host)),
      ...(contact && { contact }),
    };
    const { sent, pending, unknown } = contact ?? NONE;
    const where = `${name}: ${host}`;
    if (sent !== reached.length || pending > 0 || unknown > 0) {
      note({
        kind: 'contact',
        where,
        said: tallyOf(contact),
        true: `sent ${reached.length} (${kindsOf(reached)})`,
        about,
      });
    }
    if (contact && contact.third_party !== (siteOf(host) !== siteOf(of.load.host))) {
      note({ kind: 'site', where, said: `third party: ${contact.third_party}`, true: siteOf(host), about });
    }
    const ways = new Set(reached.map(({ way }) => wayText(way)));
    // Where all requests reached the server: of others, which may have been the first, the log tells nothing.
    for (const row of rows.filter((one) => one.host === host && one.sent > 0 && one.sent === one.requests)) {
      const said = wayText(row.brought_by);
      if (!ways.has(said)) note({ kind: 'chain', where, said, true: [...ways].join(' or '), about });
    }
  }
  const hops = saved.hops
    .filter((hop) => ids.has(hop.visit_id))
    .sort((one, other) => one.seq - other.seq)
    .map(({ host }) => host);
  if (hops.join() !== of.hops.join()) {
    note({ kind: 'hops', where: name, said: hops.join(' '), true: of.hops.join(' ') });
  }
}

/** @typedef {{ contact: Contact, reached: Reached[] }} Untied what a site's record says of a host, and what its worker asked of it */

/**
 * What belongs to a site and to no page of it: a service worker's requests, all of a site together.
 *
 * @param {SavedExport} saved
 * @param {Visit[]} visits
 * @param {Truth} truth
 * @returns {Map<string, Map<string, Untied>>} by site and host
 */
function untiedBySite(saved, visits, truth) {
  const backgrounds = visits.filter(({ kind }) => kind === 'background');
  const sites = new Set([...backgrounds.map((one) => one.site), ...truth.workers.keys()]);
  return new Map(
    [...sites].map((site) => {
      const ids = new Set(backgrounds.filter((one) => one.site === site).map((one) => one.visit_id));
      const rows = saved.contacts.filter((one) => ids.has(one.visit_id));
      const reachedBy = truth.workers.get(site) ?? new Map();
      const hosts = new Set([...rows.map((one) => one.host), ...reachedBy.keys()]);
      const untiedOf = (/** @type {string} */ host) => ({
        contact: sum(rows.filter((one) => one.host === host)),
        reached: reachedBy.get(host) ?? [],
      });
      return [site, new Map([...hosts].map((host) => [host, untiedOf(host)]))];
    }),
  );
}

/** By how much a site's record says more than its worker asked for. @param {Untied | undefined} untied */
function surplusOf(untied) {
  return untied ? untied.contact.sent - untied.reached.length : 0;
}

/**
 * What prepared pages asked for and their visits do not say.
 *
 * @param {SavedExport} saved
 * @param {ReturnType<typeof matchVisits>['pairs']} pairs
 * @returns {(site: string, host: string) => number}
 */
function untiedFrom(saved, pairs) {
  const prepared = pairs.filter(({ of }) => isPrepared(of));
  return (site, host) =>
    prepared
      .filter(({ visits: [first] }) => first?.site === site)
      .reduce((missing, { visits, of }) => {
        const ids = visits.map(({ visit_id: id }) => id);
        const { sent } = sum(saved.contacts.filter((one) => one.host === host && ids.includes(one.visit_id)));
        return missing + (of.contacts.get(host)?.length ?? 0) - sent;
      }, 0);
}

/**
 * @param {ReturnType<typeof untiedBySite>} untied
 * @param {ReturnType<typeof untiedFrom>} missingOf
 * @param {Truth} truth
 * @param {(difference: Omit<Difference, 'excuse'>, about?: Circumstances) => void} note
 */
function compareUntied(untied, missingOf, truth, note) {
  for (const [site, hosts] of untied) {
    for (const [host, { contact, reached }] of hosts) {
      if (contact.sent !== reached.length || contact.pending > 0 || contact.unknown > 0) {
        const difference = {
          kind: /** @type {const} */ ('contact'),
          where: `worker of ${site}: ${host}`,
          said: tallyOf(contact),
          true: `sent ${reached.length} (${kindsOf(reached)})`,
        };
        const scripts = truth.workerScripts.get(host) ?? 0;
        note(difference, { contact, reached, scripts, adrift: missingOf(site, host) });
      }
    }
  }
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

/** @param {Contact[]} rows @returns {Contact} */
function sum(rows) {
  const total = { ...(rows[0] ?? /** @type {Contact} */ ({})), ...NONE };
  for (const row of rows) {
    for (const outcome of /** @type {(keyof typeof NONE)[]} */ (Object.keys(NONE))) total[outcome] += row[outcome];
  }
  return total;
}

/** @param {Visit} visit */
function nameOf({ host, visit_id: id }) {
  return `visit ${id.split('-').at(-1)} of ${host}`;
}

/** @param {Partial<Contact> | undefined} contact */
function tallyOf(contact) {
  if (!contact) return 'nothing';
  const outcomes = /** @type {(keyof typeof NONE)[]} */ (Object.keys(NONE));
  const told = outcomes.filter((outcome) => contact[outcome]).map((outcome) => `${outcome} ${contact[outcome]}`);
  return told.join(' ') || 'nothing';
}

/** @param {Reached[]} reached */
function kindsOf(reached) {
  return reached.map(({ kind }) => kind).join(' ');
}

/** @param {{ kind: string, host: string }[]} way */
function wayText(way) {
  return way.map(({ kind, host }) => `${kind} ${host}`).join(' → ') || 'the page';
}
