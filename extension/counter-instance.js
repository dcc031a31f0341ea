// Owns the instances of the counter, the core's wasm that the background runs.

import * as glue from './core/counter.js';
import { wasmBase64 } from './core/counter-embedded.js';
import { bytesOf } from './base64.js';

/**
 * What the counter exports.
 *
 * @typedef {Pick<typeof glue, 'Core'>} CounterModule
 */

let isInstantiated = false;

/**
 * A new instance of the counter, without waiting for anything. The first one compiles the wasm; each later one has a memory of
 * its own, in the place of one that trapped: the memory of that one can be in any state. Objects of the old instance throw when
 * they are used, and their memory is gone with it. Throws where the wasm does not load.
 *
 * @returns {CounterModule}
 */
export function newCounterModule() {
  if (isInstantiated) {
    // `initSync` keeps the first instance for ever; this is wasm-bindgen's way to another one of the same module.
    glue.__wbg_reset_state();
  } else {
    glue.initSync({ module: bytesOf(wasmBase64) });
    isInstantiated = true;
  }
  return glue;
}
