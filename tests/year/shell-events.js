// Owns a planned day as the events that Chromium fires for it: what the shell listens to, with every field that the browser gives.

/**
 * @typedef {import('../bench/request-events.js').BrowserEvent} BrowserEvent
 * @typedef {import('./teller.js').Asked} Asked
 * @typedef {import('./teller.js').ToldDocument} ToldDocument
 * @typedef {import('./teller.js').Listener} Listener
 */

/** As long as those of real URLs. The hosts are the year's; what follows them tells the counting nothing. */
const PATHS = Array.from(
  { length: 64 },
  (_, at) => `/assets/v2/${'0123456789abcdef'.repeat(10).slice(0, 20 + 2 * at)}`,
);

/** @implements {Listener} */
export class ShellEvents {
  /** @type {BrowserEvent[]} */
  #events = [];

  /** Takes the events since the last time. */
  take() {
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  /** @param {Asked} asked */
  asked(asked) {
    this.#add('webRequest.onBeforeRequest', detailsOf(asked));
  }

  /** @param {Asked} asked @param {number} atMs */
  redirected(asked, atMs) {
    const answer = { ...answerAt(atMs, false), statusCode: 302, redirectUrl: 'https://elsewhere.test/' };
    this.#add('webRequest.onBeforeRedirect', { ...detailsOf(asked), ...answer });
  }

  /** @param {Asked} asked @param {boolean} fromCache @param {number} atMs */
  answered(asked, fromCache, atMs) {
    this.#add('webRequest.onResponseStarted', { ...detailsOf(asked), ...answerAt(atMs, fromCache) });
  }

  /** @param {Asked} asked @param {string} error @param {number} atMs */
  failed(asked, error, atMs) {
    this.#add('webRequest.onErrorOccurred', { ...detailsOf(asked), timeStamp: atMs, fromCache: false, error });
  }

  /** @param {ToldDocument} document */
  committed({ documentId, parentId, tabId, frameId, host, atMs }) {
    this.#add('webNavigation.onCommitted', {
      url: flat(`https://${host}/`),
      tabId,
      documentId,
      frameId,
      parentFrameId: frameId === 0 ? -1 : 0,
      timeStamp: atMs,
      transitionType: frameId === 0 ? 'link' : 'auto_subframe',
      transitionQualifiers: [],
      documentLifecycle: 'active',
      processId: 9,
      ...(parentId !== '' && { parentDocumentId: parentId }),
    });
  }

  /** A page that the browser brings back comes as any other: this background was there before. @param {ToldDocument} document */
  found(document) {
    this.committed(document);
  }

  /** @param {number} tabId */
  tabClosed(tabId) {
    this.#events.push({ name: 'tabs.onRemoved', details: /** @type {any} */ (tabId) });
  }

  /** @param {string} name @param {Record<string, unknown>} details */
  #add(name, details) {
    this.#events.push({ name, details });
  }
}

/** @param {Asked} asked */
function detailsOf({ id, host, type, tabId, frameId, documentId, pageHost, atMs }) {
  const isPage = type === 'main_frame';
  const details = {
    requestId: String(id),
    url: flat(`https://${host}${PATHS[id % PATHS.length] ?? ''}`),
    type,
    method: type === 'ping' ? 'POST' : 'GET',
    tabId,
    frameId,
    parentFrameId: frameId === 0 || tabId === -1 ? -1 : 0,
    timeStamp: atMs,
    documentLifecycle: 'active',
    frameType: frameId === 0 ? 'outermost_frame' : 'sub_frame',
  };
  if (isPage) return details;
  const initiator = `https://${pageHost}`;
  if (documentId === '') return { ...details, initiator };
  // Of a frame's own request the document that holds it is named as the one that asks.
  const asker = type === 'sub_frame' ? { parentDocumentId: documentId } : { documentId };
  return { ...details, initiator, ...asker };
}

/** @param {number} atMs @param {boolean} fromCache */
function answerAt(atMs, fromCache) {
  return { timeStamp: atMs, fromCache, ip: '203.0.113.7', statusCode: 200, statusLine: 'HTTP/1.1 200' };
}

/** A text in one piece, as the browser hands it over: one that was put together is put together when it is first read. @param {string} text */
function flat(text) {
  text.charCodeAt(text.length - 1);
  return text;
}
