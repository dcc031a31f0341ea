// Owns the file that the user saves: its name, and the way to the browser's downloads.

import { dateOf, dayAt } from './calendar.js';

/** How long the browser may take to begin to read the file. */
const REVOKE_AFTER_MS = 60_000;

/**
 * @param {string} what Is in it.
 * @param {number} nowMs
 * @param {string} ending Without a dot.
 * @returns {string} Fit for every file system: an IPv6 address has colons.
 */
export function fileName(what, nowMs, ending) {
  return `tiers-${what.replaceAll(/[^a-z0-9.-]+/gi, '_')}-${dateOf(dayAt(nowMs))}.${ending}`;
}

/**
 * @param {Blob} content
 * @param {string} name
 */
export function saveFile(content, name) {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
}
