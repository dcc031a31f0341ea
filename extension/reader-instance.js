// Owns the instance of the reader, the core's wasm that pages run over the stored visits.

import { bytesOf } from './base64.js';

/**
 * What the reader exports.
 *
 * @typedef {Pick<typeof import('./core/reader.js'), 'ExportMaking' | 'hostText' | 'method' | 'rollupVisits' | 'SiteDetail' | 'Summary' | 'ThirdPartyDetail' | 'visitDetail' | 'visitRows'>} ReaderModule
 */

/** @type {Promise<ReaderModule> | undefined} */
let loading;

/**
 * The reader, loaded when it is asked for the first time: a popup that only shows what the background answers does without.
 *
 * @returns {Promise<ReaderModule>} Rejects where the wasm does not load; the next call tries again.
 */
export function readerModule() {
  loading ??= load().catch((cause) => {
    // A rejection that is kept would answer every later click, too.
    loading = undefined;
    throw cause;
  });
  return loading;
}

/** @returns {Promise<ReaderModule>} */
async function load() {
  const [glue, { wasmBase64 }] = await Promise.all([import('./core/reader.js'), import('./core/reader-embedded.js')]);
  await glue.default({ module_or_path: bytesOf(wasmBase64) });
  return glue;
}
