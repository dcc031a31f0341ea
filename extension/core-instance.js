// Owns the instance of the core's wasm in this process.

import * as glue from './core/tiers.js';
import { wasmBase64 } from './core/embedded.js';

/**
 * What the core exports.
 *
 * @typedef {Pick<typeof glue, 'Core' | 'exportJson' | 'overview' | 'preference' | 'setPreference'>} CoreModule
 */

let isInstantiated = false;

/**
 * The core, instantiated at the first call, without waiting for anything. Throws where the wasm does not load.
 *
 * @returns {CoreModule}
 */
export function coreModule() {
  if (!isInstantiated) {
    glue.initSync({ module: bytesOf(wasmBase64) });
    isInstantiated = true;
  }
  return glue;
}

/**
 * A new instance of the core, with a memory of its own, in the place of one that trapped: the memory of that one can be in any
 * state. Objects of the old instance throw when they are used, and their memory is gone with it.
 *
 * @returns {CoreModule}
 */
export function newCoreModule() {
  if (!isInstantiated) return coreModule();
  // `initSync` keeps the first instance for ever; this is wasm-bindgen's way to another one of the same module.
  glue.__wbg_reset_state();
  return glue;
}

/**
 * @param {string} base64
 * @returns {Uint8Array<ArrayBuffer>}
 */
function bytesOf(base64) {
  // In Chromium since 140 and in Firefox since 133, and not yet in TypeScript's types: fifty times as fast as the loop.
  const native = /** @type {{ fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }} */ (
    /** @type {unknown} */ (Uint8Array)
  );
  if (native.fromBase64) return native.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
