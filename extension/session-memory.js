// Owns what is kept in the browser's session storage: in memory, where it outlives the background and ends with the browser.

import { api } from './browser.js';

/**
 * Chromium 156 runs a background of its own for private windows (`incognito: split`), with a database of its own, and gives it the
 * same session storage as the other: each has its own keys.
 *
 * @param {string} key
 */
function ownKey(key) {
  return api?.extension?.inIncognitoContext === true ? `private.${key}` : key;
}

/**
 * What was kept, by key; undefined where nothing was.
 *
 * @template {string} Key
 * @param {readonly Key[]} keys
 * @returns {Promise<Record<Key, unknown>>} Rejects where the browser does not say.
 */
export async function recall(keys) {
  const kept = await api.storage.session.get(keys.map(ownKey));
  const entries = keys.map((key) => [key, kept[ownKey(key)]]);
  // The entries are one a key.
  return /** @type {Record<Key, unknown>} */ (Object.fromEntries(entries));
}

/**
 * Keeps a value; where that fails, says what follows.
 *
 * @param {string} key
 * @param {unknown} value
 * @param {string} otherwise What follows where it is not kept, for the console.
 */
export function keep(key, value, otherwise) {
  api.storage.session.set({ [ownKey(key)]: value }).catch((cause) => {
    console.error(`session-memory: “${key}” was not kept: ${otherwise}.`, cause);
  });
}
