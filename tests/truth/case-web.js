// Owns the web of one run of a case: who answers what, and which load each request of the log is of.
import { blankAnswer } from '../web/blank-answer.js';
import { inText, pageHtml } from '../web/page-html.js';
import { askedAddress, askedOf, isKept, wayAddress, wayOf } from './asked-address.js';
import { addressOf, markAddress, markupOf, scriptedRequests, workersAddress } from './asks.js';
import { hostIn, runOf } from './case.js';
import { workerScript } from './worker-script.js';

/**
 * @typedef {import('./asked-address.js').Asked} Asked
 * @typedef {import('./case.js').Ask} Ask
 * @typedef {import('./case.js').Case} Case
 * @typedef {import('../web/web.js').WebRequest} WebRequest
 * @typedef {import('../web/blank-answer.js').Answer} Answer
 *
 * @typedef {object} Load a page's document, served once
 * @property {number} number
 * @property {string} host
 * @property {number} at
 * @property {string} address
 * @property {WebRequest} request
 */

/** Long enough to come after what else the page does. */
const SLOW_MS = 250;
/** A page waits no longer for what it asks for. */
const BOUND_MS = 6000;
/** Numbers of what a page asks for after it was loaded begin here. */
const LATER = 1000;

export class CaseWeb {
  /** @type {Load[]} */
  loads = [];
  #case;
  #later = 0;
  /** So many documents of frames were given. */
  #frames = 0;
  /** The load that each frame's request was of. @type {Map<import('../web/request-log.js').LoggedRequest, number>} */
  #frameLoads = new Map();
  /** The requests of frames that a browser filled with what they showed before. @type {Set<import('../web/request-log.js').LoggedRequest>} */
  #filledAgain = new Set();
  /** The load of the document that each request had as its referrer, at that time. @type {Map<import('../web/request-log.js').LoggedRequest, number>} */
  #referringLoads = new Map();
  /** The load that the document of a frame's address was last served to. @type {Map<string, number>} */
  #servedTo = new Map();
  #run;
  #web;

  /**
   * @param {import('../web/web.js').TestWeb} web
   * @param {Case} tried
   * @param {number} run
   */
  constructor(web, tried, run) {
    this.#web = web;
    this.#case = tried;
    this.#run = run;
    this.mark = web.log.mark();
    web.serve(
      ({ host }) => runOf(host) === run,
      (request) => this.#answer(request),
    );
  }

  /** What reached the server in this run, first to last. */
  get entries() {
    return this.#web.log.since(this.mark).filter(({ host }) => runOf(host) === this.#run);
  }

  /**
   * The load that a request of the log was of, as far as its address tells, or the way on which it came.
   *
   * @param {import('../web/request-log.js').LoggedRequest} entry
   * @param {Asked | null} asked
   */
  loadOf(entry, asked) {
    return this.#frameLoads.get(entry) ?? asked?.l ?? this.#referringLoads.get(entry) ?? 0;
  }

  /**
   * The hosts that redirected to a request of the log. A frame that is filled with what it showed before asks at the end of the way.
   *
   * @param {import('../web/request-log.js').LoggedRequest} entry
   * @param {Asked} asked
   */
  redirectsTo(entry, asked) {
    return this.#filledAgain.has(entry) ? [] : asked.v;
  }

  /**
   * The load of the document whose address a referrer is: a page's, or a frame's. 0: of none.
   *
   * @param {string} referer
   */
  #referringLoad(referer) {
    if (!URL.canParse(referer)) return 0;
    const { pathname, searchParams } = new URL(referer);
    return this.#servedTo.get(referer) ?? askedOf(pathname)?.l ?? Number(searchParams.get('load') ?? 0);
  }

  /** @param {import('./case.js').HostPattern} pattern */
  host(pattern) {
    return hostIn(pattern, this.#run);
  }

  /**
   * @param {number} site
   * @param {number} page
   */
  pageAddress(site, page) {
    const { scheme, host } = this.#site(site);
    return `${scheme}://${this.host(host)}/p${page}`;
  }

  /**
   * The address that a navigation asks for first. Its redirects lead to one that names the step, so that they can be told from
   * another navigation's to the same page.
   *
   * @param {import('./case.js').Target} target
   * @param {number} step
   */
  entrance(target, step) {
    const page = this.pageAddress(target.site, target.page);
    const [first, ...to] = target.via.map((host) => this.host(host));
    return first === undefined ? page : wayAddress(first, { to, end: `${page}?step=${step}` });
  }

  /**
   * The address of what a page asks for after it was loaded.
   *
   * @param {Ask} ask
   * @param {number} load
   * @param {string} self
   */
  laterAddress(ask, load, self) {
    this.#later += 1;
    return addressOf(ask, LATER + this.#later, { run: this.#run, load, frames: [], self });
  }

  /** @param {number} place */
  #site(place) {
    const site = this.#case.sites[place];
    if (!site) throw new Error(`The case has no site ${place}.`);
    return site;
  }

  /**
   * @param {WebRequest} request
   * @returns {Answer | null}
   */
  #answer(request) {
    const { host, path, referer } = request;
    this.#referringLoads.set(request, this.#referringLoad(referer));
    const way = wayOf(path);
    if (way) {
      const [next, ...to] = way.to;
      return redirect(302, next === undefined ? way.end : wayAddress(next, { ...way, to }));
    }
    const asked = askedOf(path);
    if (asked) return this.#answerAsked(request, asked);
    if (isKept(path)) return blank(request, { 'cache-control': 'public, max-age=3600' });
    const site = this.#case.sites.find((one) => this.host(one.host) === host);
    if (!site) return null;
    if (path === '/worker.js') return script(workerScript(host));
    const page = /^\/p(\d+)(\?|$)/.exec(path);
    return page ? this.#answerPage(request, site, Number(page[1])) : null;
  }

  /**
   * @param {WebRequest} request
   * @param {import('./case.js').Site} site
   * @param {number} place
   * @returns {Answer | null}
   */
  #answerPage(request, site, place) {
    const page = site.pages[place];
    if (!page) return null;
    const { host, url } = request;
    const number = this.loads.length + 1;
    this.loads.push({ number, host, at: Date.now(), address: url, request });
    const from = { run: this.#run, load: number, frames: [], self: host };
    const mark = markAddress(from);
    const worker = site.worker && site.scheme === 'https' ? `https://${host}/worker.js` : null;
    const requests = scriptedRequests(page.asks, from);
    if (worker) requests.push({ kind: 'service-worker', url: worker });
    const head =
      '<meta name="referrer" content="unsafe-url">' +
      // What is asked for by an address that says nothing is told by its referrer.
      `<script>LOAD=${number};history.replaceState(null,'','?load=${number}')</script>` +
      (page.prerenders === undefined ? '' : prerendering(`/p${page.prerenders}`));
    const body = `<img src="${inText(mark)}" alt="">${markupOf(page.asks, from)}`;
    return html(pageHtml({ title: `load ${number}`, head, body, requests, boundMs: BOUND_MS }));
  }

  /**
   * @param {WebRequest} request
   * @param {Asked} asked
   * @returns {Answer | null}
   */
  #answerAsked(request, asked) {
    const { host, scheme } = request;
    const [next, ...to] = asked.to;
    if (asked.k === 'frame') {
      const load = this.#frameLoad(request.url, asked.l);
      // Frames of one page that show the same ask for the same within them.
      if (load !== (this.#servedTo.get(request.url) ?? load)) this.#filledAgain.add(request);
      this.#frameLoads.set(request, load);
      this.#servedTo.set(request.url, load);
    }
    if (next !== undefined) {
      const web = scheme.startsWith('ws') ? 'https' : scheme;
      return redirect(307, askedAddress(web, next, { ...asked, to, v: [...asked.v, host] }));
    }
    if (asked.f === 'drop') return { drop: true };
    if (asked.f === 'missing') return { status: 404 };
    const late = asked.f === 'slow' ? { delayMs: SLOW_MS } : {};
    if (asked.k === 'websocket') return null;
    if (asked.k === 'frame') {
      return { ...this.#frame(host, { ...asked, l: this.loadOf(request, asked) }), ...late };
    }
    if (asked.k === 'worker') return { ...this.#worker(host, asked), ...late };
    if (asked.k === 'eventsource') return { headers: { 'content-type': 'text/event-stream' }, body: ':\n\n', ...late };
    if (asked.f === 'etag') return revalidated(request);
    return { ...blank(request), ...late };
  }

  /**
   * The load that asks for a frame now. Firefox 153 fills the frames of a page that comes again with the addresses and referrers
   * that they had before, which are of the load before; the page itself was asked for by that load's address.
   *
   * @param {string} address
   * @param {number} said by the address
   */
  #frameLoad(address, said) {
    const before = this.#servedTo.get(address);
    if (before === undefined) return said;
    const again = this.loads.findLast((load) => new URL(load.address).searchParams.get('load') === String(before));
    return again?.number ?? before;
  }

  /**
   * @param {string} self
   * @param {Asked} asked
   */
  #frame(self, asked) {
    this.#frames += 1;
    const from = { run: this.#run, load: asked.l, frames: [...asked.i, self], self, serial: this.#frames };
    const asks = this.#case.frames[asked.fr ?? -1]?.asks ?? [];
    const head = '<meta name="referrer" content="unsafe-url">';
    const answer = html(
      pageHtml({ head, body: markupOf(asks, from), requests: scriptedRequests(asks, from), boundMs: BOUND_MS }),
    );
    // Chromium 156 fills the frames of a page that comes again from its cache; asked again, the server can tell the new load.
    return { ...answer, headers: { ...answer.headers, vary: '*' } };
  }

  /**
   * @param {string} self
   * @param {Asked} asked
   */
  #worker(self, asked) {
    const from = { run: this.#run, load: asked.l, frames: asked.i, self };
    const address = workersAddress(asked.in ?? self, from);
    return script(`fetch('${address}', { mode: 'no-cors' }).finally(() => postMessage('done'))`);
  }
}

/**
 * @param {WebRequest} request
 * @param {Record<string, string>} [headers]
 * @returns {Answer}
 */
function blank(request, headers = {}) {
  const answer = blankAnswer(request, request.headers.accept ?? '');
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** @param {string} path */
function prerendering(path) {
  const rules = { prerender: [{ source: 'list', urls: [path], eagerness: 'immediate' }] };
  return `<script type="speculationrules">${JSON.stringify(rules)}</script>`;
}

/**
 * @param {number} status
 * @param {string} location
 * @returns {Answer}
 */
function redirect(status, location) {
  return { status, headers: { location } };
}

/** @param {string} body @returns {Answer} */
function html(body) {
  // May be kept by the back/forward cache, which `no-store` would forbid.
  return { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' }, body };
}

/** @param {string} body @returns {Answer} */
function script(body) {
  return { headers: { 'content-type': 'text/javascript; charset=utf-8' }, body };
}

/** @param {WebRequest} request @returns {Answer} */
function revalidated(request) {
  const known = { etag: '"1"', 'cache-control': 'no-cache' };
  return request.headers['if-none-match'] === '"1"' ? { status: 304, headers: known } : blank(request, known);
}
