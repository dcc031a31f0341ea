// Owns what a page remembers of its own look, over the core's use of the page's local storage.

import { coreModule } from './core-instance.js';

/**
 * A preference; undefined where none was kept, or none can be read. For pages only: a worker has no local storage.
 *
 * @param {string} key
 * @returns {string | undefined}
 */
export function readPreference(key) {
  try {
    return coreModule().preference(key);
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
    coreModule().setPreference(key, value);
  } catch (cause) {
    console.warn(`preferences: “${key}” could not be kept.`, cause);
  }
}
