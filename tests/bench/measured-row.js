// Owns what a benchmark prints: its rows as JSON on stdout, and nothing else; what goes on meanwhile goes to stderr.
import os from 'node:os';

/**
 * `crate/xtask/src/measurement.rs` reads it.
 * @typedef {object} MeasuredRow
 * @property {number} row the budget's number
 * @property {string} what
 * @property {{ name: string, value: number, unit: string } | null} yardstick
 * @property {{ value: number, unit: string }} tiers
 * @property {number | null} ratio
 * @property {{ text: string, ok: boolean }} budget
 * @property {string} notes
 */

/** @param {MeasuredRow} row */
export function printRow(row) {
  printRows([row]);
}

/** @param {MeasuredRow[]} rows that were measured together */
export function printRows(rows) {
  // A machine that does other work makes everything slower, and some things slower than others.
  const load = `load of the machine ${os.loadavg()[0]?.toFixed(1)} on ${os.cpus().length} cores`;
  process.stdout.write(`${JSON.stringify(rows.map((row) => ({ ...row, notes: `${row.notes}; ${load}` })))}\n`);
}

/** @param {string} text */
export function progress(text) {
  process.stderr.write(`  ${text}\n`);
}
