// Owns the replay of a recorded page: the web answers as recorded, and a page asks for everything again.
import { pageHtml } from './page-html.js';

/** @typedef {import('./har.js').HarPage} HarPage */
/** @typedef {import('./har.js').HarEntry} HarEntry */
/** @typedef {import('./page-requests.js').PageRequest} PageRequest */

/** A page of 600 requests takes a few seconds; one that hangs must not hang a whole run. */
const PAGE_BOUND_MS = 30_000;

/** Kinds that a document loads once per URL, however often it is asked: the second time is made a fetch. */
const LOADED_ONCE = new Set(['script', 'stylesheet', 'image', 'font', 'media']);

/** Statuses that make a browser ask again, ask somebody, or wait for a body that cannot come. */
const UNREPEATABLE = new Set([304, 401, 407, 408, 421, 425]);

/** Answers the recorded requests of one page at a time. */
export class Replay {
  /** Recorded answers not yet given, by address without its scheme. @type {Map<string, HarEntry[]>} */
  #answers = new Map();
  /** @type {HarPage | null} */
  #page = null;

  /** @param {import('./web.js').TestWeb} web */
  constructor(web) {
    web.serve(
      (request) => this.#answers.has(withoutScheme(request.url)),
      (request) => this.#answer(request),
    );
  }

  /**
   * Makes the web ready for the page; navigate to `page.startUrl` then. Begin again before every load.
   * @param {HarPage} page
   */
  begin(page) {
    this.#page = page;
    this.#answers = new Map();
    for (const entry of page.entries) {
      const key = withoutScheme(entry.url);
      this.#answers.set(key, [...(this.#answers.get(key) ?? []), entry]);
    }
    // A page whose document was not recorded, or came from a cache, still gets one.
    const key = withoutScheme(page.url);
    if (!this.#answers.has(key)) this.#answers.set(key, []);
  }

  /**
   * @param {import('./web.js').WebRequest} request
   * @returns {import('./blank-answer.js').Answer | null}
   */
  #answer(request) {
    const page = this.#page;
    if (!page) return null;
    const key = withoutScheme(request.url);
    const isPage = key === withoutScheme(page.url) && isNavigation(request);
    if (isPage && !isReplayed(page)) return replayedDocument(page);
    // Same address, several recorded answers: they are given in the recorded order.
    const entry = this.#answers.get(key)?.shift();
    if (request.type === 'websocket') return null;
    if (entry?.redirectTo) return { status: entry.status, headers: { location: entry.redirectTo } };
    if (entry ? entry.role === 'navigation' : isPage) return replayedDocument(page);
    if (!entry || entry.kind === 'frame' || entry.status < 200 || UNREPEATABLE.has(entry.status)) return null;
    // A redirect that leads nowhere recorded is an empty answer.
    return { status: entry.status >= 300 && entry.status < 400 ? 204 : entry.status };
  }
}

/**
 * The requests that the page makes by itself; those behind redirects come of them.
 * @param {HarPage} page
 * @returns {PageRequest[]}
 */
export function pageRequests(page) {
  /** @type {Set<string>} */
  const loaded = new Set();
  return page.entries
    .filter((entry) => entry.role === 'request')
    .map(({ kind, url, method, preflighted }) => {
      if (kind === 'websocket') return { kind, url: url.replace(/^http/, 'ws') };
      const again = LOADED_ONCE.has(kind) && loaded.has(url);
      loaded.add(url);
      // Only CORS requests ask for permission first; this header is one that needs it.
      if (preflighted) return { kind: 'fetch', url, method, cors: true, headers: { 'x-replay': '1' } };
      const cors = !['GET', 'HEAD', 'POST'].includes(method);
      return { kind: again ? 'fetch' : kind, url, method, cors };
    });
}

/**
 * The addresses of the navigation, in order: hops, then the document.
 * @param {HarPage} page
 * @returns {string[]}
 */
export function navigationUrls(page) {
  const urls = page.entries.filter((entry) => entry.role === 'navigation').map((entry) => entry.url);
  return isReplayed(page) ? urls : [...urls, page.url];
}

/**
 * Whether the page's document is among the replayed requests.
 * @param {HarPage} page
 */
function isReplayed(page) {
  return page.entries.some((entry) => entry.role === 'navigation' && entry.redirectTo === null);
}

/**
 * @param {HarPage} page
 * @returns {import('./blank-answer.js').Answer}
 */
function replayedDocument(page) {
  const secure = page.url.startsWith('https:');
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      // A browser blocks a secure page's plain-http scripts, frames and calls; asked to upgrade them it contacts the
      // same host over https.
      ...(secure && { 'content-security-policy': 'upgrade-insecure-requests' }),
    },
    body: pageHtml({ title: page.title || page.url, requests: pageRequests(page), boundMs: PAGE_BOUND_MS }),
  };
}

/**
 * Browsers upgrade plain http on their own (HSTS, mixed images); the answer is the same.
 * @param {string} url
 */
function withoutScheme(url) {
  const { host, port, protocol, pathname, search } = new URL(url);
  const secure = protocol === 'https:' || protocol === 'wss:';
  // A port that is the other scheme's own is dropped too, as the upgrade does (`http://a.test:443` is `https://a.test`).
  const name = port === (secure ? '80' : '443') ? host.replace(/:\d+$/, '') : host;
  return `//${name}${pathname}${search}`;
}

/** @param {import('./web.js').WebRequest} request */
function isNavigation(request) {
  return request.secFetchDest
    ? request.secFetchDest === 'document'
    : (request.headers.accept ?? '').includes('text/html');
}
