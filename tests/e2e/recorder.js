// Owns the recording of what the browser tells an extension: a page of the extension listens beside the background.

/** @typedef {import('../drive/driver.js').Driver} Driver */
/** @typedef {import('../situations/recording.js').RecordedEvent} RecordedEvent */
/** @typedef {import('../situations/recording.js').RecordedTab} RecordedTab */

/** What the shell reads of an event (`extension/step.js`), and what a reader of the recording wants to know. */
const FIELDS = [
  ...['requestId', 'url', 'type', 'tabId', 'frameId', 'parentFrameId', 'timeStamp', 'documentId', 'parentDocumentId'],
  ...['documentLifecycle', 'initiator', 'documentUrl', 'incognito', 'fromCache', 'ip', 'error', 'transitionType'],
  ...['statusCode', 'responseSize'],
];

/** What the tests' web is, if nothing else is said. All else is the browser's own errand. */
const TESTED = String.raw`^(http|ws)s?://([^/]*\.(test|invalid)\.?|localhost|[^/]*\.localhost|[\d.]+|\[::1\])(:\d+)?/`;

/**
 * Begins a new recording in the driver's desk, also after the browser was started again. What is open now is noted as such.
 * @param {Driver} driver
 * @param {{ tested?: string, fields?: string[] }} [more] the addresses of the tests' web, and what else is to be kept
 * @returns {Promise<void>}
 */
export function startRecording(driver, { tested = TESTED, fields = [] } = {}) {
  return driver.asExtension(recordInPage, [...FIELDS, ...fields], tested);
}

/**
 * What was recorded until now.
 * @param {Driver} driver
 * @returns {Promise<{ open: RecordedTab[], events: RecordedEvent[] }>}
 */
export function recorded(driver) {
  return driver.asExtension(() => {
    const { open, events } = Reflect.get(globalThis, 'recording');
    return { open, events };
  });
}

/**
 * Runs inside the desk.
 * @param {string[]} fields
 * @param {string} tested
 */
async function recordInPage(fields, tested) {
  const pattern = new RegExp(tested);
  const picked = (/** @type {Record<string, any>} */ details) =>
    Object.fromEntries(fields.filter((name) => details[name] !== undefined).map((name) => [name, details[name]]));
  const isTested = (/** @type {{ url: string }} */ { url }) => pattern.test(url);
  /** @type {RecordedTab[]} */
  const open = [];
  /** @type {RecordedEvent[]} */
  const events = [];
  const isListening = Reflect.has(globalThis, 'recording');
  Object.assign(globalThis, { recording: { open, events } });
  if (!isListening) {
    const keep = (/** @type {RecordedEvent} */ event) => Reflect.get(globalThis, 'recording').events.push(event);
    const filter = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] };
    const requests = /** @type {const} */ ([
      'onBeforeRequest',
      'onBeforeRedirect',
      'onResponseStarted',
      'onHeadersReceived',
      'onErrorOccurred',
    ]);
    for (const name of requests) {
      chrome.webRequest[name].addListener((/** @type {any} */ details) => {
        if (isTested(details)) keep([`webRequest.${name}`, picked(details)]);
        return undefined;
      }, filter);
    }
    chrome.webNavigation.onCommitted.addListener((details) => keep(['webNavigation.onCommitted', picked(details)]));
    chrome.webNavigation.onErrorOccurred.addListener((details) => {
      if (isTested(details)) keep(['webNavigation.onErrorOccurred', picked(details)]);
    });
    chrome.tabs.onCreated.addListener(({ id, incognito }) => keep(['tabs.onCreated', { id, incognito }]));
    chrome.tabs.onRemoved.addListener((tabId) => keep(['tabs.onRemoved', tabId]));
    chrome.tabs.onReplaced?.addListener((added, removed) => keep(['tabs.onReplaced', added, removed]));
  }
  for (const tab of await chrome.tabs.query({})) {
    const frames = (await chrome.webNavigation.getAllFrames({ tabId: tab.id ?? -1 }).catch(() => null)) ?? [];
    if (frames.some(isTested)) {
      const { id, incognito, discarded } = tab;
      open.push(/** @type {RecordedTab} */ ({ tab: { id, incognito, discarded }, frames }));
    }
  }
}
