// Owns the adding and the reading of an export's contact rows.

/** @typedef {import('./comparison.js').Contact} Contact */

/** No request of any outcome. */
export const NONE = Object.freeze({ sent: 0, pending: 0, cached: 0, blocked: 0, failed: 0, unknown: 0 });

const OUTCOMES = /** @type {(keyof typeof NONE)[]} */ (Object.keys(NONE));

/** Rows of one host as one. @param {readonly Contact[]} rows @returns {Contact} */
export function sum(rows) {
  const total = { ...(rows[0] ?? /** @type {Contact} */ ({})), ...NONE };
  for (const row of rows) {
    for (const outcome of OUTCOMES) total[outcome] += row[outcome];
  }
  return total;
}

/** @param {Partial<Contact> | undefined} contact */
export function tallyText(contact) {
  if (!contact) return 'nothing';
  const told = OUTCOMES.filter((outcome) => contact[outcome]).map((outcome) => `${outcome} ${contact[outcome]}`);
  return told.join(' ') || 'nothing';
}

/** @param {readonly import('./server-truth.js').Reached[]} reached */
export function reachedText(reached) {
  return `sent ${reached.length} (${reached.map(({ kind }) => kind).join(' ')})`;
}
