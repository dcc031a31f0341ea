// Owns a browser without a browser: what the shell's modules call while their tests run under Node. Import it first.

/**
 * @typedef {object} Call
 * @property {string} name
 * @property {any[]} args
 */

/** What was called, in order. @type {Call[]} */
export const calls = [];

/** Answers of the browser, by the name of the call; a test sets what it needs. @type {Record<string, (...args: any[]) => unknown>} */
export const answers = {};

/**
 * @param {string} name
 * @returns {(...args: any[]) => Promise<unknown>}
 */
function call(name) {
  return async (...args) => {
    calls.push({ name, args });
    return answers[name]?.(...args);
  };
}

/** Whether all that the extension's process sees is private, as in Chromium's process for private windows. */
export const context = { inIncognitoContext: false };

/** The listeners of `runtime.onMessage`. @type {Set<Function>} */
export const messageListeners = new Set();

// The few members that are called stand in for the whole interface.
/** @type {any} */ (globalThis).chrome = {
  runtime: {
    id: 'tiers',
    getURL: (/** @type {string} */ path) => `chrome-extension://tiers/${path}`,
    getManifest: () => ({ version: '0.1.0' }),
    sendMessage: call('runtime.sendMessage'),
    onMessage: {
      addListener: (/** @type {Function} */ listener) => messageListeners.add(listener),
      removeListener: (/** @type {Function} */ listener) => messageListeners.delete(listener),
    },
  },
  extension: context,
  storage: { session: { get: call('storage.session.get'), set: call('storage.session.set') } },
  tabs: { query: call('tabs.query') },
  permissions: { contains: call('permissions.contains') },
  webNavigation: { getAllFrames: call('webNavigation.getAllFrames') },
  action: {
    setBadgeText: call('action.setBadgeText'),
    getBadgeText: call('action.getBadgeText'),
    setBadgeBackgroundColor: call('action.setBadgeBackgroundColor'),
    setTitle: call('action.setTitle'),
  },
  i18n: {
    getMessage: (/** @type {string} */ key, /** @type {string[]} */ substitutions = []) =>
      [key, ...substitutions].join(' '),
    getUILanguage: () => 'en',
  },
};

/** Forgets what was called, the answers, and the context. */
export function resetBrowser() {
  calls.length = 0;
  for (const name of Object.keys(answers)) delete answers[name];
  context.inIncognitoContext = false;
}
