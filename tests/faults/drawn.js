// Owns how much a run of the faults tries, and what it draws.
import fc from 'fast-check';

/** So often the browser is killed, and the background at so many steps of each of its works; where there are fewer, at all. */
export const RUNS = Number(process.env['TIERS_FAULT_RUNS'] ?? 3);
/** The same seed draws the same. */
export const SEED = Number(process.env['TIERS_FAULT_SEED'] ?? 1);

/**
 * Some of the numbers from 1 on, in their order.
 *
 * @param {number} most
 * @returns {number[]}
 */
export function drawnNumbers(most) {
  const all = Array.from({ length: most }, (_, index) => index + 1);
  const length = Math.min(RUNS, most);
  const [drawn = []] = fc.sample(fc.subarray(all, { minLength: length, maxLength: length }), {
    seed: SEED,
    numRuns: 1,
  });
  return drawn;
}

/**
 * Waits, one for each run.
 *
 * @param {number} least
 * @param {number} most
 * @returns {number[]} in milliseconds
 */
export function drawnWaits(least, most) {
  // Without fast-check's inclination towards the ends.
  return fc.sample(fc.noBias(fc.integer({ min: least, max: most })), { seed: SEED, numRuns: RUNS });
}
