// Owns the instance of the popup's module, the core's wasm that makes a view of what the background told.

import { bytesOf } from './base64.js';
import * as glue from './core/popup.js';
import { wasmBase64 } from './core/popup-embedded.js';

let isInstantiated = false;

/** Instantiates the module, where it is not there yet: best while the background works on its answer. Throws where the wasm does not load. */
export function preparePopupModule() {
  if (!isInstantiated) glue.initSync({ module: bytesOf(wasmBase64) });
  isInstantiated = true;
}

/**
 * What the popup shows.
 *
 * @param {import('./reply.js').PopupResponse} response
 * @returns {import('./core/types.js').PopupView}
 */
export function popupView({ base64 }) {
  preparePopupModule();
  return glue.popupView(bytesOf(base64));
}
