// Owns the web of one run of a case: who answers what, and which load each request of the log is of.
import { blankAnswer } from '../web/blank-answer.js';
import { inText, pageHtml } from '../web/page-html.js';
import { askedAddress, askedOf, isKept, keptAddress, wayAddress, wayOf } from './asked-address.js';
import { hostIn, runOf } from './case.js';
import { workerScript } from './worker-script.js';

/**
 * @typedef {import('./asked-address.js').Asked} Asked
 * @typedef {import('./case.js').Ask} Ask
 * @typedef {import('./case.js').Case} Case
 * @typedef {import('../web/web.js').WebRequest} WebRequest
 * @typedef {import('../web/blank-answer.js').Answer} Answer
 * @typedef {import('../web/page-requests.js').PageRequest} PageRequest
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
    return this.#address(ask, LATER + this.#later, { load, frames: [], self });
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
    const { host, path } = request;
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
    const from = { load: number, frames: [], self: host };
    const mark = askedAddress('https', markOf(number, this.#run), asking('image', 0, from));
    const worker = site.worker && site.scheme === 'https' ? `https://${host}/worker.js` : null;
    const requests = this.#requests(page.asks, from);
    if (worker) requests.push({ kind: 'service-worker', url: worker });
    const head =
      '<meta name="referrer" content="unsafe-url">' +
      // What is asked for by an address that says nothing is told by its referrer.
      `<script>LOAD=${number};history.replaceState(null,'','?load=${number}')</script>` +
      (page.prerenders === undefined ? '' : prerendering(`/p${page.prerenders}`));
    const body = `<img src="${inText(mark)}" alt="">${this.#markup(page.asks, from)}`;
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
    if (next !== undefined) {
      const web = scheme.startsWith('ws') ? 'https' : scheme;
      return redirect(307, askedAddress(web, next, { ...asked, to, v: [...asked.v, host] }));
    }
    if (asked.f === 'drop') return { drop: true };
    if (asked.f === 'missing') return { status: 404 };
    const late = asked.f === 'slow' ? { delayMs: SLOW_MS } : {};
    if (asked.k === 'websocket') return null;
    if (asked.k === 'frame') return { ...this.#frame(host, asked), ...late };
    if (asked.k === 'worker') return { ...this.#worker(host, asked), ...late };
    if (asked.k === 'eventsource') return { headers: { 'content-type': 'text/event-stream' }, body: ':\n\n', ...late };
    if (asked.f === 'etag') return revalidated(request);
    return { ...blank(request), ...late };
  }

  /**
   * @param {string} self
   * @param {Asked} asked
   */
  #frame(self, asked) {
    const from = { load: asked.l, frames: [...asked.i, self], self };
    const asks = this.#case.frames[asked.fr ?? -1]?.asks ?? [];
    const head = '<meta name="referrer" content="unsafe-url">';
    return html(
      pageHtml({ head, body: this.#markup(asks, from), requests: this.#requests(asks, from), boundMs: BOUND_MS }),
    );
  }

  /**
   * @param {string} self
   * @param {Asked} asked
   */
  #worker(self, asked) {
    const from = { load: asked.l, frames: asked.i, self };
    const address = askedAddress('https', asked.in ?? self, asking('fetch', 0, from));
    return script(`fetch('${address}', { mode: 'no-cors' }).finally(() => postMessage('done'))`);
  }

  /**
   * @param {Ask} ask
   * @param {number} number
   * @param {{ load: number, frames: string[], self: string }} from
   */
  #address(ask, number, from) {
    const host = (/** @type {string} */ pattern) => (pattern === 'self' ? from.self : this.host(pattern));
    const scheme = ask.kind === 'websocket' ? ask.scheme.replace('http', 'ws') : ask.scheme;
    if (ask.fate === 'keep') return keptAddress(scheme, host(ask.host), ask.kind);
    const hosts = [...ask.via, ask.host].map(host);
    const [first = '', ...to] = ask.kind === 'worker' ? [from.self] : hosts;
    const more = {
      f: ask.fate,
      to,
      ...(ask.frame !== undefined && { fr: ask.frame }),
      ...(ask.kind === 'worker' && { in: host(ask.host) }),
    };
    return askedAddress(scheme, first, { ...asking(ask.kind, number, from), ...more });
  }

  /**
   * @param {Ask[]} asks
   * @param {{ load: number, frames: string[], self: string }} from
   * @returns {PageRequest[]}
   */
  #requests(asks, from) {
    return asks.flatMap((ask, number) => {
      const { kind } = ask;
      const url = this.#address(ask, number + 1, from);
      if (kind === 'preload' || kind === 'prefetch' || isMarkup(ask)) return [];
      return [kind === 'post' ? { kind: 'fetch', method: 'POST', url } : { kind, url }];
    });
  }

  /**
   * @param {Ask[]} asks
   * @param {{ load: number, frames: string[], self: string }} from
   */
  #markup(asks, from) {
    const tags = asks.map((ask, number) =>
      isMarkup(ask) ? markup(ask.kind, inText(this.#address(ask, number + 1, from))) : '',
    );
    return tags.join('');
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

/**
 * The host that a page asks first of all, different for each load: by it a visit of the export finds its load.
 *
 * @param {number} load
 * @param {number} run
 */
export function markOf(load, run) {
  return `m${load}.marks-${run}.com`;
}

/**
 * @param {import('./case.js').AskKind} kind
 * @param {number} number
 * @param {{ load: number, frames: string[] }} from
 * @returns {Asked}
 */
function asking(kind, number, { load, frames }) {
  return { l: load, n: number, k: kind, f: 'ok', i: frames, v: [], to: [] };
}

/** What the parser itself finds and fetches ahead; an address that says nothing needs the script before it. @param {Ask} ask */
function isMarkup({ kind, by, fate }) {
  if (kind === 'preload' || kind === 'prefetch') return true;
  return by === 'markup' && fate !== 'keep' && ['image', 'script', 'stylesheet', 'frame'].includes(kind);
}

/**
 * @param {import('./case.js').AskKind} kind
 * @param {string} address in markup
 */
function markup(kind, address) {
  if (kind === 'image') return `<img src="${address}" alt="">`;
  if (kind === 'script') return `<script src="${address}"></script>`;
  if (kind === 'stylesheet') return `<link rel="stylesheet" href="${address}">`;
  if (kind === 'frame') return `<iframe src="${address}"></iframe>`;
  if (kind === 'preload') return `<link rel="preload" as="script" href="${address}">`;
  return `<link rel="prefetch" href="${address}">`;
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
