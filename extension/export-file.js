// Owns the export as a file that the user saves.

import { readStored } from './archive.js';
import { readEnvironment } from './environment.js';
import { readerModule } from './reader-instance.js';

/** @typedef {import('./core/types.js').UnreadableVisits} UnreadableVisits */

/** How long the browser may take to begin to read the file. */
const REVOKE_AFTER_MS = 60_000;

/**
 * Saves what is stored of a site, or everything, as JSON.
 *
 * @param {{ site?: string }} [which]
 * @returns {Promise<UnreadableVisits>} What is stored of it and is not in the file. Rejects with a `StoreError`, or with the core's error; the file is then not saved.
 */
export async function saveExport({ site } = {}) {
  const reader = await readerModule();
  const [stored, environment] = await Promise.all([readStored(reader, { site }), readEnvironment()]);
  const nowMs = Date.now();
  const { json, unreadable } = reader.exportJson(stored, site, environment, nowMs, crypto.randomUUID());
  save(json, fileName(site, nowMs));
  return unreadable;
}

/**
 * @param {string | undefined} site
 * @param {number} nowMs
 * @returns {string} Fit for every file system: an IPv6 address has colons.
 */
export function fileName(site, nowMs) {
  const what = (site ?? 'everything').replaceAll(/[^a-z0-9.-]+/gi, '_');
  return `tiers-${what}-${new Date(nowMs).toISOString().slice(0, 10)}.json`;
}

/**
 * @param {string} json
 * @param {string} name
 */
function save(json, name) {
  const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
}
