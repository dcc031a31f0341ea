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
    this.#add('webRequest.onBeforeRequest', detailsOf(asked, asked.atMs));
  }

  /** @param {Asked} asked @param {number} atMs */
  redirected(asked, atMs) {
    const redirectUrl = 'https://elsewhere.test/';
    this.#add('webRequest.onBeforeRedirect', { ...answerTo(asked, atMs, false), statusCode: 302, redirectUrl });
  }

  /** @param {Asked} asked @param {boolean} fromCache @param {number} atMs */
  answered(asked, fromCache, atMs) {
    this.#add('webRequest.onResponseStarted', answerTo(asked, atMs, fromCache));
  }

  /** @param {Asked} asked @param {string} error @param {number} atMs */
  failed(asked, error, atMs) {
    this.#add('webRequest.onErrorOccurred', { ...detailsOf(asked, atMs), fromCache: false, error });
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

// Written out twice, and with fields that are undefined where the browser gives none: to put each object together of others takes longer than
// the shell takes for it.

/** @param {Asked} asked @param {number} timeStamp */
function detailsOf(asked, timeStamp) {
  const { id, type, tabId, frameId } = asked;
  return {
    requestId: String(id),
    url: urlOf(asked),
    type,
    method: 'GET',
    tabId,
    frameId,
    parentFrameId: frameId === 0 || tabId === -1 ? -1 : 0,
    timeStamp,
    documentLifecycle: 'active',
    frameType: frameId === 0 ? 'outermost_frame' : 'sub_frame',
    initiator: initiatorOf(asked),
    documentId: documentOf(asked),
    parentDocumentId: parentOf(asked),
  };
}

/** @param {Asked} asked @param {number} timeStamp @param {boolean} fromCache */
function answerTo(asked, timeStamp, fromCache) {
  const { id, type, tabId, frameId } = asked;
  return {
    requestId: String(id),
    url: urlOf(asked),
    type,
    method: 'GET',
    tabId,
    frameId,
    parentFrameId: frameId === 0 || tabId === -1 ? -1 : 0,
    timeStamp,
    documentLifecycle: 'active',
    frameType: frameId === 0 ? 'outermost_frame' : 'sub_frame',
    initiator: initiatorOf(asked),
    documentId: documentOf(asked),
    parentDocumentId: parentOf(asked),
    fromCache,
    ip: '203.0.113.7',
    statusCode: 200,
    statusLine: 'HTTP/1.1 200',
  };
}

/** @param {Asked} asked */
function urlOf({ id, host }) {
  return flat(`https://${host}${PATHS[id % PATHS.length] ?? ''}`);
}

/** @param {Asked} asked */
function initiatorOf({ type, pageHost }) {
  return type === 'main_frame' ? undefined : `https://${pageHost}`;
}

// Of a frame's own request the document that holds it is named as the one that asks.

/** @param {Asked} asked */
function documentOf({ type, documentId }) {
  return documentId === '' || type === 'sub_frame' ? undefined : documentId;
}

/** @param {Asked} asked */
function parentOf({ type, documentId }) {
  return documentId !== '' && type === 'sub_frame' ? documentId : undefined;
}

/** A text in one piece, as the browser hands it over: one that was put together is put together when it is first read. @param {string} text */
function flat(text) {
  text.charCodeAt(text.length - 1);
  return text;
}
