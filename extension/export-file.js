// Owns the export as a file that the user saves.

import { readEnvironment } from './environment.js';
import { FailedElsewhereError } from './failure.js';
import { storeWhatIsLive } from './live-stored.js';
import { fileName, saveFile } from './saved-file.js';

/**
 * @typedef {import('./export-making.js').ExportOrder} ExportOrder
 * @typedef {import('./export-worker.js').ExportWord} ExportWord
 * @typedef {import('./export-making.js').MadeExport} MadeExport
 *
 * @typedef {object} ExportOptions
 * @property {string} [site] Of this site alone; else of all.
 * @property {(read: number, all: number) => void} [onProgress] How many of all days were read. The digest is made then.
 * @property {AbortSignal} [signal] Nobody wants it any more.
 */

/**
 * Saves what is stored of a site, or everything, as JSON.
 *
 * @param {ExportOptions} [options]
 * @returns {Promise<import('./export-making.js').Missing>} What was counted of it and is not in the file. Rejects with a `StoreError`, with what the worker failed
 *   of, or with the signal's reason; the file is then not saved.
 */
export async function saveExport({ site, ...options } = {}) {
  const [environment] = await Promise.all([readEnvironment(), storeWhatIsLive()]);
  const nowMs = Date.now();
  const { file, missing } = await make({ site, environment, nowMs, id: crypto.randomUUID() }, options);
  saveFile(file, fileName(site ?? 'everything', nowMs, 'json'));
  return missing;
}

/**
 * In a worker, which can be ended at any moment: of a year it takes a minute, and in Firefox the pages and the background have one
 * thread.
 *
 * @param {ExportOrder} order
 * @param {Omit<ExportOptions, 'site'>} options
 * @returns {Promise<MadeExport>}
 */
async function make(order, { onProgress, signal }) {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./export-worker.js', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      worker.addEventListener('error', ({ message }) => reject(new Error(message || 'The worker does not run.')));
      worker.addEventListener('message', (/** @type {MessageEvent<ExportWord>} */ { data }) => {
        if (data.kind === 'progress') onProgress?.(data.read, data.all);
        else if (data.kind === 'made') resolve(data.made);
        else reject(new FailedElsewhereError(data.failure));
      });
      worker.postMessage(order);
    });
  } finally {
    worker.terminate();
  }
}
