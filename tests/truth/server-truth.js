// Owns what the server's log says of one run: for each load its contacts, hops and ways; for each site its worker's.
import { siteOf } from '../e2e/truth.js';
import { askedOf, isKept, wayOf } from './asked-address.js';
import { markOf } from './asks.js';

/**
 * @typedef {import('../web/request-log.js').LoggedRequest} LoggedRequest
 *
 * @typedef {object} Reached a request that reached the server
 * @property {LoggedRequest} entry
 * @property {import('./case.js').AskKind | 'document' | 'kept'} kind `kept`: what may come from a cache, icons too
 * @property {{ kind: 'frame' | 'redirect', host: string }[]} way how it came about
 *
 * @typedef {Map<string, Reached[]>} Contacts by host
 *
 * @typedef {object} LoadTruth
 * @property {import('./case-web.js').Load} load
 * @property {string} mark the host that no other load asks
 * @property {Contacts} contacts
 * @property {string[]} hops
 *
 * @typedef {object} Truth
 * @property {LoadTruth[]} loads
 * @property {Map<string, Contacts>} workers by site, what its service worker asked for
 * @property {Map<string, number>} workerScripts by host: a browser looks for a newer one in its own time, for no page
 * @property {LoggedRequest[]} stray requests that no load can be charged with
 */

/**
 * @param {import('./case-web.js').CaseWeb} web
 * @param {number} run
 * @returns {Truth}
 */
export function serverTruth(web, run) {
  /** @type {Map<number, LoadTruth>} */
  const loads = new Map();
  for (const load of web.loads) {
    loads.set(load.number, { load, mark: markOf(load.number, run), contacts: new Map(), hops: [] });
  }
  /** @type {Truth} */
  const truth = { loads: [...loads.values()], workers: new Map(), workerScripts: new Map(), stray: [] };
  const documents = new Map(web.loads.map((load) => [/** @type {LoggedRequest} */ (load.request), load.number]));
  for (const entry of web.entries) {
    const asked = askedOf(entry.path);
    const way = wayOf(entry.path);
    if (entry.path === '/worker.js') {
      truth.workerScripts.set(entry.host, (truth.workerScripts.get(entry.host) ?? 0) + 1);
    } else if (asked?.w) {
      const site = siteOf(asked.w);
      const contacts = truth.workers.get(site) ?? new Map();
      truth.workers.set(site, contacts);
      add(contacts, { entry, kind: asked.k, way: redirects(asked.v) });
    } else if (way) {
      const led = truth.loads.find(({ load }) => load.address === way.end);
      led?.hops.push(entry.host);
    } else {
      const isAsked = asked !== null || isAskedByPage(entry);
      const number = isAsked ? web.loadOf(entry, asked) : (documents.get(entry) ?? 0);
      const of = loads.get(number);
      if (!of) truth.stray.push(entry);
      else if (!asked)
        add(of.contacts, { entry, kind: entry.path.startsWith('/p') ? 'document' : 'kept', way: framesOf(entry) });
      else
        add(of.contacts, {
          entry,
          kind: asked.k,
          way: [...frames(asked.i), ...redirects(web.redirectsTo(entry, asked))],
        });
    }
  }
  return truth;
}

/**
 * @param {Contacts} contacts
 * @param {Reached} reached
 */
function add(contacts, reached) {
  const { host, url } = reached.entry;
  const before = contacts.get(host) ?? [];
  // A server that hangs up on a connection that was used before is asked once more by the network stack of both browsers, which
  // for everything above it is the same request.
  const isRepeated = askedOf(reached.entry.path)?.f === 'drop' && before.some(({ entry }) => entry.url === url);
  if (!isRepeated) contacts.set(host, [...before, reached]);
}

/**
 * What a page asked for although the address does not tell: an answer that may be kept, the icon that Firefox 153 looks for now and
 * then whatever the page names, and a page that is prepared (Chromium 156 names the document that prepares it as the one that
 * asks).
 *
 * @param {LoggedRequest} entry
 */
function isAskedByPage({ path, purpose }) {
  return isKept(path) || path === '/favicon.ico' || purpose.includes('prerender');
}

/** @param {LoggedRequest} entry */
function framesOf({ path, referer }) {
  if (!isKept(path) || !URL.canParse(referer)) return [];
  const { pathname, hostname } = new URL(referer);
  const frame = askedOf(pathname);
  return frame ? frames([...frame.i, hostname]) : [];
}

/** @param {string[]} hosts */
function frames(hosts) {
  return hosts.map((host) => ({ kind: /** @type {const} */ ('frame'), host }));
}

/** @param {string[]} hosts */
function redirects(hosts) {
  return hosts.map((host) => ({ kind: /** @type {const} */ ('redirect'), host }));
}
