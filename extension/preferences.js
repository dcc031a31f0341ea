// Owns what a page remembers of its own look, over the core's use of the page's local storage.

import * as glue from './core/preferences.js';
import { wasmBase64 } from './core/preferences-embedded.js';
import { bytesOf } from './base64.js';

let isInstantiated = false;

/** The wasm, small enough to be there at once: what it knows decides what is drawn first. */
function preferencesModule() {
  if (!isInstantiated) glue.initSync({ module: bytesOf(wasmBase64) });
  isInstantiated = true;
  return glue;
}

/**
 * A preference; undefined where none was kept, or none can be read. For pages only: a worker has no local storage.
 *
 * @param {string} key
 * @returns {string | undefined}
 */
export function readPreference(key) {
  try {
    return preferencesModule().preference(key);
  } catch (cause) {
    console.warn(`preferences: “${key}” could not be read; the page looks as it does by default.`, cause);
    return undefined;
  }
}

/**
 * Keeps a preference, unless the user wants none kept. Where it cannot be kept, the page goes on without.
 *
 * @param {string} key
 * @param {string} value
 */
export function writePreference(key, value) {
  if (!arePreferencesKept()) return;
  write(key, value);
}

/** @param {string} key @param {string} value */
function write(key, value) {
  try {
    preferencesModule().setPreference(key, value);
  } catch (cause) {
    console.warn(`preferences: “${key}” could not be kept.`, cause);
  }
}

/** The one preference that is kept where the user wants none: that they want none. */
const NONE_KEPT = 'none-kept';

/** @returns {boolean} */
export function arePreferencesKept() {
  return readPreference(NONE_KEPT) === undefined;
}

/** @returns {{ count: number, characters: number }} What is kept. */
export function keptPreferences() {
  const kept = Object.entries(localStorage).filter(([key]) => !key.endsWith(`.${NONE_KEPT}`));
  return { count: kept.length, characters: kept.reduce((all, [key, value]) => all + key.length + value.length, 0) };
}

/**
 * Forgets every preference.
 *
 * @param {boolean} areKept Whether those that are set from now on are kept.
 */
export function forgetPreferences(areKept) {
  localStorage.clear();
  if (!areKept) write(NONE_KEPT, 'true');
}
