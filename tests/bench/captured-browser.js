// Owns the browser that the shell finds in a benchmark: it takes the place of `extension/browser.js`, keeps what listens, and
// gives the shell nothing to do.

/** @typedef {(...args: any[]) => unknown} Listener */

/** What listens, by the event's name, as in `webRequest.onBeforeRequest`. @type {Map<string, Listener[]>} */
export const listeners = new Map();

/** Of the browser that it runs in; in Node, as Chromium's. */
const OWN_URL = `${globalThis.location?.protocol ?? 'chrome-extension:'}//bench/`;

/** What a call answers that has an answer; all others answer nothing. @type {Record<string, unknown>} */
const ANSWERS = {
  'storage.session.get': {},
  'tabs.query': [],
  'action.getBadgeText': '',
};

/** @type {Record<string, unknown>} */
const VALUES = {
  'runtime.id': 'bench',
  'runtime.getURL': (/** @type {string} */ path) => OWN_URL + path,
  'i18n.getMessage': () => '',
  // Nobody is open to hear it.
  'runtime.sendMessage': () => Promise.reject(new Error('Could not establish connection.')),
  'extension.inIncognitoContext': false,
};

/**
 * Every interface that there may be: one that the shell begins to use is there.
 * @param {string} path
 * @returns {any}
 */
function member(path) {
  if (Object.hasOwn(VALUES, path)) return VALUES[path];
  if (/\.on[A-Z]\w*$/.test(path)) {
    const list = listeners.get(path) ?? [];
    listeners.set(path, list);
    return { addListener: (/** @type {Listener} */ listener) => void list.push(listener), removeListener: () => {} };
  }
  const call = async () => ANSWERS[path];
  return new Proxy(call, { get: (_, name) => member(path === '' ? String(name) : `${path}.${String(name)}`) });
}

/** @type {typeof chrome} */
export const api = member('');

/**
 * Asks the shell's background as one of the extension's pages does.
 * @param {Record<string, unknown>} message
 * @returns {Promise<any>} its reply, read from the JSON text as which it crosses
 */
export function ask(message) {
  return new Promise((resolve) => {
    const sender = { id: VALUES['runtime.id'], url: `${OWN_URL}popup/popup.html` };
    const answered = (/** @type {string} */ reply) => resolve(JSON.parse(reply));
    for (const listener of listeners.get('runtime.onMessage') ?? []) listener(message, sender, answered);
  });
}
