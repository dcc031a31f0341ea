// Owns the browser's own interface, by whichever name it has.

/**
 * Firefox calls it `browser`, Chromium `chrome`. In Manifest V3 both answer with promises, so that one source fits both.
 *
 * @type {typeof chrome}
 */
// `browser` is in nobody's types: the cast says that it is the same interface.
export const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;
