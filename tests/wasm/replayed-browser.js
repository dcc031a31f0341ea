// Owns a browser that is a recording: the listeners of the shell's own `events.js`, and who tells them what was recorded.
// Import it before anything of the shell, which looks for the browser once.

/** @typedef {import('../situations/recording.js').Recording} Recording */

/** @type {Map<string, Set<(...given: any[]) => unknown>>} */
const listeners = new Map();

/** What was open when the recording began. @type {Recording['open']} */
let open = [];

/** Whether Firefox told what was recorded. */
let isFirefox = false;

/** @param {string} name */
function event(name) {
  const listening = new Set();
  listeners.set(name, listening);
  return { addListener: (/** @type {() => void} */ listener) => listening.add(listener) };
}

/** @param {string} area @param {string[]} names */
function events(area, names) {
  return Object.fromEntries(names.map((name) => [name, event(`${area}.${name}`)]));
}

/** By which Chromium and Firefox tell of answers. */
const ANSWERS = ['onResponseStarted', 'onHeadersReceived'];

// The few members that are called stand in for the whole interface.
/** @type {any} */ (globalThis).chrome = {
  extension: { inIncognitoContext: false },
  runtime: {
    ...events('runtime', ['onSuspend', 'onStartup', 'onInstalled']),
    getURL: () => `${isFirefox ? 'moz' : 'chrome'}-extension://replay/`,
  },
  storage: { session: { set: async () => {} } },
  tabs: {
    ...events('tabs', ['onCreated', 'onRemoved', 'onReplaced']),
    query: async () => open.map(({ tab }) => tab),
  },
  webNavigation: {
    ...events('webNavigation', ['onCommitted', 'onErrorOccurred']),
    getAllFrames: async (/** @type {{ tabId: number }} */ { tabId }) =>
      open.find(({ tab }) => tab.id === tabId)?.frames ?? null,
  },
  webRequest: events('webRequest', ['onBeforeRequest', 'onBeforeRedirect', ...ANSWERS, 'onErrorOccurred']),
};

/**
 * Forgets who listens, and is the browser of this recording, with its tabs open.
 * @param {Recording} recording
 */
export function openAsRecorded(recording) {
  isFirefox = recording.browser.toLowerCase().includes('firefox');
  for (const listening of listeners.values()) listening.clear();
  open = recording.open;
}

/**
 * Tells the listeners all that was recorded.
 * @param {Recording} recording
 */
export function tellAsRecorded(recording) {
  for (const [name, ...given] of recording.events) {
    for (const listener of listeners.get(name) ?? []) listener(...given);
  }
}
