// Owns what many noisy times are boiled down to: their median, and how far they lie apart.

/**
 * @param {readonly number[]} values
 * @param {number} share of the values that are below the one asked for: 0.5 is the median
 * @returns {number}
 */
export function quantile(values, share) {
  if (values.length === 0) throw new Error('Nothing was measured, so there is no median.');
  const sorted = [...values].sort((one, other) => one - other);
  const at = (sorted.length - 1) * share;
  const below = /** @type {number} */ (sorted[Math.floor(at)]);
  const above = /** @type {number} */ (sorted[Math.ceil(at)]);
  return below + (above - below) * (at - Math.floor(at));
}

/** @param {readonly number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}

/**
 * The median and the half of all values that lies around it, as in `1.25 (1.20–1.41)`.
 * @param {readonly number[]} values
 * @returns {string}
 */
export function spread(values) {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => readable(quantile(values, share)));
  return `${middle} (${low}–${high})`;
}

/**
 * A number with the three digits that a noisy machine is good for.
 * @param {number} value
 * @returns {string}
 */
export function readable(value) {
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0);
  return value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
