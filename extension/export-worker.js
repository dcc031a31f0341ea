// Owns the worker that makes an export: it is told of what, says how far it is, and gives the file.

import { makeExport } from './export-making.js';
import { failureOf } from './failure.js';
import { readerModule } from './reader-instance.js';

/**
 * @typedef {import('./export-making.js').ExportOrder} ExportOrder
 * @typedef {import('./export-making.js').MadeExport} MadeExport
 *
 * @typedef {{ kind: 'progress', read: number, all: number } | { kind: 'made', made: MadeExport } | { kind: 'failed', failure: import('./failure.js').Failure }} ExportWord
 */

addEventListener('message', async (/** @type {MessageEvent<ExportOrder>} */ { data }) => {
  try {
    const reader = await readerModule();
    tell({ kind: 'made', made: await makeExport(reader, data, (read, all) => tell({ kind: 'progress', read, all })) });
  } catch (error) {
    tell({ kind: 'failed', failure: failureOf(error) });
  }
});

/** @param {ExportWord} word */
function tell(word) {
  postMessage(word);
}
