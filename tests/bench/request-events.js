// Owns the events that a browser fires for planned pages, with the fields that it gives: what the shell listens to.

// The fields are those of an event log (Chromium 156, Firefox 153), those that nobody reads included: an object's size is
// part of what it costs to read it.

/**
 * @typedef {import('./url-list.js').PlannedPage} PlannedPage
 * @typedef {import('./url-list.js').PlannedRequest} PlannedRequest
 * @typedef {import('../drive/browser-binary.js').BrowserName} BrowserName
 *
 * @typedef {object} BrowserEvent
 * @property {string} name as in `webRequest.onBeforeRequest`
 * @property {Record<string, unknown>} details
 */

/** By which each browser tells the shell of an answer. @type {Record<BrowserName, string>} */
export const ANSWER_EVENTS = { chromium: 'onResponseStarted', firefox: 'onHeadersReceived' };

/** Requests that are under way at a time. */
const UNDER_WAY = 12;
/** Places of redirects; each goes on with the next request, in the same document. */
const REDIRECTS = [25, 50, 75];
/** The pages take turns in so many tabs. */
const TABS = 8;

/** Writes the events of page after page, with numbers that never come again. */
export class RequestEvents {
  #browser;
  #requestId = 1_000;
  #document = 0;
  #nowMs = 1_790_000_000_000;

  /** @param {BrowserName} browser whose fields the events have */
  constructor(browser) {
    this.#browser = browser;
  }

  /**
   * @param {PlannedPage[]} pages
   * @returns {BrowserEvent[]}
   */
  of(pages) {
    return pages.flatMap((page, at) => this.#page(page, (at % TABS) + 1));
  }

  /**
   * @param {PlannedPage} page
   * @param {number} tabId
   * @returns {BrowserEvent[]}
   */
  #page(page, tabId) {
    const outer = { documentId: this.#newDocument(), url: page[0]?.url ?? '', frameId: 0 };
    const inner = { documentId: this.#newDocument(), url: '', frameId: 7, parentDocumentId: outer.documentId };
    /** @type {BrowserEvent[]} */
    const events = [];
    /** @type {(() => void)[]} */
    const ends = [];
    /** @type {string | null} */
    let redirected = null;
    for (const [at, request] of page.entries()) {
      this.#nowMs += 1.5;
      const isNavigation = request.type === 'main_frame' || request.type === 'sub_frame';
      /** @type {string} */
      const requestId = redirected ?? String(++this.#requestId);
      redirected = null;
      const details = { ...this.#details(request, request.inFrame ? inner : outer), requestId, tabId };
      events.push({ name: 'webRequest.onBeforeRequest', details });
      if (isNavigation) {
        events.push(this.#answered(details));
        if (request.type === 'sub_frame') inner.url = request.url;
        const committed = request.type === 'sub_frame' ? inner : outer;
        events.push({ name: 'webNavigation.onCommitted', details: this.#committed(committed, tabId) });
      } else if (REDIRECTS.includes(at)) {
        // The answer is a redirect: the next request goes on under the same number.
        redirected = requestId;
        const redirectUrl = page[at + 1]?.url;
        const answer = { ...this.#answer(), statusCode: 302, redirectUrl };
        if (this.#browser === 'firefox') events.push(this.#answered(details, answer));
        events.push({ name: 'webRequest.onBeforeRedirect', details: { ...details, ...answer } });
      } else {
        ends.push(() => events.push(at % 40 === 39 ? this.#failed(details) : this.#answered(details)));
      }
      if (ends.length > UNDER_WAY) ends.shift()?.();
    }
    for (const end of ends) end();
    return events;
  }

  #newDocument() {
    this.#document += 1;
    // 128 bits in capitals, as Chromium's.
    const mixed = BigInt(this.#document) * 0x9e3779b97f4a7c15f39cc0605cedc835n;
    return BigInt.asUintN(128, mixed).toString(16).padStart(32, '0').toUpperCase();
  }

  /**
   * @param {PlannedRequest} request
   * @param {{ documentId: string, url: string, frameId: number, parentDocumentId?: string }} asking
   */
  #details({ url, type }, asking) {
    const isNavigation = type === 'main_frame' || type === 'sub_frame';
    const details = {
      url,
      type,
      method: type === 'ping' ? 'POST' : 'GET',
      frameId: type === 'sub_frame' ? 7 : asking.frameId,
      parentFrameId: asking.frameId === 0 && type !== 'sub_frame' ? -1 : 0,
      timeStamp: this.#nowMs,
      ...(!isNavigation && { documentId: asking.documentId }),
      ...(!isNavigation && asking.parentDocumentId && { parentDocumentId: asking.parentDocumentId }),
      ...(type === 'sub_frame' && { parentDocumentId: asking.documentId }),
    };
    if (this.#browser === 'chromium') {
      const frameType = type === 'sub_frame' || asking.frameId !== 0 ? 'sub_frame' : 'outermost_frame';
      const origin = /^\w+:\/\/[^/]+/.exec(asking.url)?.[0];
      return {
        ...details,
        documentLifecycle: 'active',
        frameType,
        ...(type !== 'main_frame' && { initiator: origin }),
      };
    }
    return {
      ...details,
      originUrl: asking.url,
      documentUrl: asking.url,
      incognito: false,
      thirdParty: !isNavigation,
      cookieStoreId: 'firefox-default',
      proxyInfo: null,
      ip: null,
      frameAncestors: [],
      urlClassification: { firstParty: [], thirdParty: [] },
      requestSize: 0,
      responseSize: 0,
    };
  }

  #answer() {
    return { fromCache: false, ip: '203.0.113.7', statusCode: 200, statusLine: 'HTTP/1.1 200' };
  }

  /** @param {Record<string, unknown>} details */
  #answered(details, answer = this.#answer()) {
    return { name: `webRequest.${ANSWER_EVENTS[this.#browser]}`, details: { ...details, ...answer } };
  }

  /** @param {Record<string, unknown>} details */
  #failed(details) {
    const error = this.#browser === 'chromium' ? 'net::ERR_BLOCKED_BY_CLIENT' : 'NS_ERROR_ABORT';
    return { name: 'webRequest.onErrorOccurred', details: { ...details, fromCache: false, error } };
  }

  /**
   * @param {{ documentId: string, url: string, frameId: number, parentDocumentId?: string }} document
   * @param {number} tabId
   */
  #committed({ documentId, url, frameId, parentDocumentId }, tabId) {
    return {
      url,
      tabId,
      documentId,
      frameId,
      parentFrameId: frameId === 0 ? -1 : 0,
      timeStamp: this.#nowMs,
      transitionType: frameId === 0 ? 'link' : 'auto_subframe',
      transitionQualifiers: [],
      ...(parentDocumentId && { parentDocumentId }),
      ...(this.#browser === 'chromium' && { documentLifecycle: 'active', processId: 9 }),
    };
  }
}
