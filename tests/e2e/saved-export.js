// Owns the export as a user gets it: the click, the file, its rows, and its digest worked out anew.
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { downloadedFile } from '../drive/download.js';
import { untilIn } from './drawn.js';

/**
 * The parts of an export that tests look at.
 * @typedef {object} SavedExport
 * @property {string} format
 * @property {string} format_version
 * @property {{ id: string, created_at: string, unreadable_visits: number, days_without_visits: number }} export
 * @property {{ name: string, version: string, commit: string | null }} producer
 * @property {{ visit_id: string, kind: string, site: string, host: string, scheme: string, started_at: string, ended_at: string | null,
 *   end_reason: string | null, complete: boolean, incomplete_reasons: string[] }[]} visits
 * @property {{ visit_id: string, seq: number, host: string, domain: string }[]} hops
 * @property {{ visit_id: string, host: string, domain: string, icann_domain: string, host_kind: string,
 *   third_party: boolean, requests: number, sent: number, cached: number, blocked: number, failed: number,
 *   unknown: number, pending: number, first_ms: number, last_ms: number, attribution: string, brought_by: { kind: string, host: string }[] }[]} contacts
 * @property {{ visit_id: string, host: string, type: string, requests: number }[]} contact_types
 * @property {{ visits: number, sites: number, third_party_domains: number, third_party_hosts: number,
 *   third_party_requests: number }} totals
 * @property {{ algorithm: string, digest: string }} integrity
 */

/**
 * Clicks the button that saves the export, and reads the file.
 * @param {import('puppeteer-core').Page} page popup or dashboard
 * @param {string} folder of downloads; empty before and after
 * @returns {Promise<{ saved: SavedExport, text: string, name: string }>}
 */
export async function saveExport(page, folder) {
  // Puppeteer's own wait looks at each frame that is drawn, and a tab that is not in front draws none.
  await untilIn(page, 'the button that saves the export', () => {
    const button = document.querySelector('[data-testid="export-json"]');
    const canBeSeen = button instanceof HTMLElement && button.checkVisibility({ visibilityProperty: true });
    if (canBeSeen) button.click();
    return canBeSeen;
  });
  const file = await downloadedFile(folder);
  const text = await readFile(file, 'utf8');
  await rm(file);
  return { saved: JSON.parse(text), text, name: file.slice(folder.length + 1) };
}

/**
 * SHA-256 over the canonical form (RFC 8785) of all but `integrity`, in hexadecimal.
 * @param {string} text of the file
 */
export function digestOf(text) {
  const { integrity: _, ...rest } = JSON.parse(text);
  return createHash('sha256').update(canonical(rest)).digest('hex');
}

/**
 * RFC 8785: keys sorted by their UTF-16 units, no space, numbers and strings as ECMAScript writes them.
 * @param {unknown} value
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${members.join()}}`;
}

/**
 * Requests that left, by third-party host, of one visit.
 * @param {SavedExport} saved
 * @param {string} visitId
 * @returns {Record<string, number>} sorted by name
 */
export function sentOf(saved, visitId) {
  const rows = saved.contacts.filter(
    (row) => row.visit_id === visitId && row.third_party && row.sent + row.pending > 0,
  );
  return Object.fromEntries(
    rows.sort((a, b) => (a.host < b.host ? -1 : 1)).map((row) => [row.host, row.sent + row.pending]),
  );
}

/**
 * The visits of one site, first to last.
 * @param {SavedExport} saved
 * @param {string} site
 * @param {'page' | 'background'} [kind]
 */
export function visitsOf(saved, site, kind = 'page') {
  return saved.visits.filter((visit) => visit.site === site && visit.kind === kind);
}
