// Owns which browser it is: the name of its extension interface, and the sign by which its events are told.

/**
 * Firefox calls it `browser`, Chromium `chrome`. In Manifest V3 both answer with promises, so that one source fits both.
 *
 * @type {typeof chrome}
 */
// `browser` is in nobody's types: the cast says that it is the same interface.
export const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;

/**
 * Whether Firefox tells of a request: it marks each as private or not, Chromium none.
 *
 * @param {{ incognito?: boolean }} details
 * @returns {boolean}
 */
export function isOfFirefox({ incognito }) {
  return incognito !== undefined;
}
