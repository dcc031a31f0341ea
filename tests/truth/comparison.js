// Owns the comparison of one run: the export as the user gets it, contact by contact, against the server's log.
import { siteOf } from '../e2e/truth.js';
import { runOf } from './case.js';
import { excuseOf } from './exceptions.js';
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
  for (const { visit, of } of pairs) {
    const about = { visit, of };
    compareVisit(saved, visit, of, truth.workerScripts, (difference) =>
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
  compareWorkers(saved, visits, truth, note);
  return differences;
}

/** @typedef {{ visit?: Visit, of?: LoadTruth, contact?: Contact, reached?: Reached[],
 *   sockets?: number, others?: number, scripts?: number }} Circumstances */

/**
 * @param {SavedExport} saved
 * @param {Visit} visit
 * @param {LoadTruth} of
 * @param {ReadonlyMap<string, number>} scripts
 * @param {(difference: Omit<Difference, 'excuse'> & { about?: Circumstances }) => void} note
 */
function compareVisit(saved, visit, of, scripts, note) {
  const name = `${nameOf(visit)}, load ${of.load.number}`;
  const contacts = new Map(
    saved.contacts.filter((one) => one.visit_id === visit.visit_id).map((one) => [one.host, one]),
  );
  if (visit.site !== siteOf(of.load.host)) {
    note({ kind: 'site', where: name, said: visit.site, true: siteOf(of.load.host) });
  }
  if (!visit.complete) {
    note({ kind: 'incomplete', where: name, said: visit.incomplete_reasons.join(' '), true: 'complete' });
  }
  for (const host of new Set([...contacts.keys(), ...of.contacts.keys()])) {
    const contact = contacts.get(host);
    const reached = of.contacts.get(host) ?? [];
    const sockets = requestsOf(saved, visit, host, 'websocket');
    const others = requestsOf(saved, visit, host, 'other');
    const about = { reached, sockets, others, scripts: scripts.get(host) ?? 0, ...(contact && { contact }) };
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
    const ways = reached.map(({ way }) => wayText(way));
    const said = wayText(contact?.brought_by ?? []);
    if (contact && reached.length > 0 && !ways.includes(said)) {
      note({ kind: 'chain', where, said, true: [...new Set(ways)].join(' or '), about });
    }
  }
  const hops = saved.hops
    .filter((hop) => hop.visit_id === visit.visit_id)
    .sort((one, other) => one.seq - other.seq)
    .map(({ host }) => host);
  if (hops.join() !== of.hops.join()) {
    note({ kind: 'hops', where: name, said: hops.join(' '), true: of.hops.join(' ') });
  }
}

/**
 * A service worker's requests belong to no page: all of a site together are compared.
 *
 * @param {SavedExport} saved
 * @param {Visit[]} visits
 * @param {Truth} truth
 * @param {(difference: Omit<Difference, 'excuse'>, about?: Circumstances) => void} note
 */
function compareWorkers(saved, visits, truth, note) {
  const backgrounds = visits.filter(({ kind }) => kind === 'background');
  for (const site of new Set([...backgrounds.map((one) => one.site), ...truth.workers.keys()])) {
    const ids = new Set(backgrounds.filter((one) => one.site === site).map((one) => one.visit_id));
    const rows = saved.contacts.filter((one) => ids.has(one.visit_id));
    const reachedBy = truth.workers.get(site) ?? new Map();
    for (const host of new Set([...rows.map((one) => one.host), ...reachedBy.keys()])) {
      const contact = sum(rows.filter((one) => one.host === host));
      const reached = reachedBy.get(host) ?? [];
      const where = `worker of ${site}: ${host}`;
      if (contact.sent !== reached.length || contact.pending > 0 || contact.unknown > 0) {
        const true_ = `sent ${reached.length} (${kindsOf(reached)})`;
        const scripts = truth.workerScripts.get(host) ?? 0;
        note({ kind: 'contact', where, said: tallyOf(contact), true: true_ }, { contact, reached, scripts });
      }
    }
  }
}

/**
 * How many requests of a type a visit made to a host.
 *
 * @param {SavedExport} saved
 * @param {Visit} visit
 * @param {string} host
 * @param {string} type
 */
function requestsOf(saved, visit, host, type) {
  const row = saved.contact_types.find(
    (one) => one.visit_id === visit.visit_id && one.host === host && one.type === type,
  );
  return row?.requests ?? 0;
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
