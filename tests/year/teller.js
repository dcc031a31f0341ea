// Owns the order in which a browser tells of a planned day: what begins, what ends, with numbers that do not come again.

/**
 * @typedef {import('./visit-plan.js').PlannedVisit} PlannedVisit
 * @typedef {import('./visit-plan.js').PlannedRequest} PlannedRequest
 *
 * @typedef {object} Asked a request that is told
 * @property {number} id a redirect keeps it
 * @property {string} host
 * @property {string} type
 * @property {number} tabId -1: no tab's
 * @property {number} frameId
 * @property {string} documentId empty: none is named
 * @property {string} pageHost the page's, or of the worker's site
 * @property {number} atMs
 *
 * @typedef {object} ToldDocument
 * @property {string} documentId
 * @property {string} parentId empty: it is a page
 * @property {number} tabId
 * @property {number} frameId
 * @property {string} host
 * @property {number} atMs
 *
 * @typedef {object} Listener who is told
 * @property {(asked: Asked) => void} asked by a document, a tab that goes to a page (`main_frame`), or a worker (no tab)
 * @property {(asked: Asked, atMs: number) => void} redirected
 * @property {(asked: Asked, fromCache: boolean, atMs: number) => void} answered
 * @property {(asked: Asked, error: string, atMs: number) => void} failed
 * @property {(document: ToldDocument) => void} committed
 * @property {(document: ToldDocument) => void} found it was there as the browser started
 * @property {(tabId: number, atMs: number) => void} tabClosed
 */

/** Requests that are under way at a time. */
const UNDER_WAY = 12;

/** What Chromium says. @type {Partial<Record<import('./visit-plan.js').End, string>>} */
const ERRORS = {
  blocked: 'net::ERR_BLOCKED_BY_CLIENT',
  failed: 'net::ERR_NAME_NOT_RESOLVED',
  aborted: 'net::ERR_ABORTED',
};

/** Tells of one day after the other. */
export class Teller {
  #listener;
  #requestId = 1_000;
  #frameId = 0;
  #document = 0;
  /** The documents of the visits that go on, in the order of their plan. @type {Map<PlannedVisit, ToldDocument[]>} */
  #documents = new Map();
  /** Of redirects, the number with which it goes on. @type {Map<PlannedRequest, number>} */
  #redirected = new Map();
  /** How many requests were told. */
  requests = 0;

  /** @param {Listener} listener */
  constructor(listener) {
    this.#listener = listener;
  }

  /** Another browser session begins: what went on is over. */
  begin() {
    this.#documents.clear();
    this.#redirected.clear();
  }

  /** @param {import('./day-plan.js').Moment} moment */
  tell({ kind, visit, from, to, atMs }) {
    switch (kind) {
      case 'comes':
        this.#come(visit);
        this.#ask(visit, visit.requests.slice(from, to));
        break;
      case 'asks':
        this.#ask(visit, visit.requests.slice(from, to));
        break;
      case 'worker':
        this.#askAsWorker(visit);
        break;
      case 'closed':
        this.#documents.delete(visit);
        this.#listener.tabClosed(visit.tabId, atMs);
        break;
      default:
    }
  }

  /** @param {PlannedVisit} visit */
  #come(visit) {
    const { tabId, startMs } = visit;
    const [{ host }] = /** @type {[import('./visit-plan.js').PlannedDocument]} */ (visit.documents);
    for (const [other] of this.#documents) if (other.endMs < startMs) this.#documents.delete(other);
    const page = { documentId: this.#newDocument(), parentId: '', tabId, frameId: 0, host, atMs: startMs };
    this.#documents.set(visit, [page]);
    if (visit.isBroughtBack) {
      this.#listener.found(page);
      return;
    }
    const navigation = { id: this.#newId(), type: 'main_frame', tabId, frameId: 0, documentId: '', pageHost: host };
    const ways = [...visit.hops, host];
    for (const [at, stop] of ways.entries()) {
      this.requests += 1;
      const asked = { ...navigation, host: stop, atMs: startMs - 80 * (ways.length - at) };
      this.#listener.asked(asked);
      if (at < ways.length - 1) this.#listener.redirected(asked, asked.atMs + 60);
      else this.#listener.answered(asked, false, asked.atMs + 60);
    }
    this.#listener.committed(page);
  }

  /** @param {PlannedVisit} visit @param {PlannedRequest[]} requests */
  #ask(visit, requests) {
    const documents = this.#documents.get(visit);
    const page = documents?.[0];
    if (!documents || !page) return;
    /** @type {[PlannedRequest, Asked][]} */
    const underWay = [];
    for (const request of requests) {
      const before = visit.requests[request.follows];
      const asker = documents[request.document] ?? page;
      const id = (before && this.#redirected.get(before)) ?? this.#newId();
      if (before) this.#redirected.delete(before);
      const { type, atMs } = request;
      const { tabId, frameId, documentId } = asker;
      const asked = { id, host: request.host.name, type, tabId, frameId, documentId, pageHost: page.host, atMs };
      this.requests += 1;
      this.#listener.asked(asked);
      if (request.end === 'redirected') {
        this.#redirected.set(request, id);
        this.#listener.redirected(asked, atMs + 20);
      } else if (request.opens !== -1) {
        this.#end(request, asked);
        this.#frameId += 1;
        const frame = { tabId, frameId: this.#frameId, documentId: this.#newDocument(), parentId: documentId };
        const document = { ...frame, host: request.host.name, atMs: atMs + 20 };
        documents[request.opens] = document;
        this.#listener.committed(document);
      } else {
        underWay.push([request, asked]);
      }
      if (underWay.length > UNDER_WAY) this.#end(.../** @type {[PlannedRequest, Asked]} */ (underWay.shift()));
    }
    for (const [request, asked] of underWay) this.#end(request, asked);
  }

  /** @param {PlannedVisit} visit */
  #askAsWorker({ site, workers }) {
    const pageHost = /** @type {import('./web.js').Host} */ (site.own[0]).name;
    for (const request of workers) {
      const { host, type, atMs } = request;
      this.requests += 1;
      const asker = { tabId: -1, frameId: -1, documentId: '', pageHost };
      const asked = { id: this.#newId(), host: host.name, type, atMs, ...asker };
      this.#listener.asked(asked);
      this.#end(request, asked);
    }
  }

  /** @param {PlannedRequest} request @param {Asked} asked */
  #end({ end, atMs }, asked) {
    const error = ERRORS[end];
    if (error) this.#listener.failed(asked, error, atMs + 40);
    else if (end !== 'never') this.#listener.answered(asked, end === 'cached', atMs + 40);
  }

  #newId() {
    this.#requestId += 1;
    return this.#requestId;
  }

  #newDocument() {
    this.#document += 1;
    // 128 bits in capitals, as Chromium's.
    const mixed = BigInt(this.#document) * 0x9e3779b97f4a7c15f39cc0605cedc835n;
    return BigInt.asUintN(128, mixed).toString(16).padStart(32, '0').toUpperCase();
  }
}
