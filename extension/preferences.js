// Owns what a page remembers of its own look, over the core's use of the page's local storage.

import * as glue from './core/preferences.js';
import { wasmBase64 } from './core/preferences-embedded.js';
import { bytesOf } from './wasm-bytes.js';

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
 * Keeps a preference. Where it cannot be kept, the page goes on without.
 *
 * @param {string} key
 * @param {string} value
 */
export function writePreference(key, value) {
  try {
    preferencesModule().setPreference(key, value);
  } catch (cause) {
    console.warn(`preferences: “${key}” could not be kept.`, cause);
  }
}
