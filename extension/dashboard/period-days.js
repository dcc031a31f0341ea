// Owns what days mean as a period: the parts of an address that name them, and the days before them.
import { dateOf, today } from '../calendar.js';

/**
 * The parts of an address that mean some days in a row.
 *
 * @param {number} first
 * @param {number} [last] The same, if it is one day.
 * @returns {import('./place.js').Parts}
 */
export function periodOf(first, last = first) {
  return { period: '', from: dateOf(first), to: dateOf(last) };
}

/**
 * The days just before a period, as many as it has.
 *
 * @param {number | undefined} from Its first day; none: there is nothing before it.
 * @param {number | undefined} to Its last day; none: today.
 * @returns {{ from: number, to: number } | null}
 */
export function daysBefore(from, to) {
  if (from === undefined || from === 0) return null;
  const length = Math.max(1, (to ?? today()) - from + 1);
  return { from: Math.max(0, from - length), to: from - 1 };
}

/**
 * The parts of an address that mean a period with days before it: the one that is shown; where that begins with what is stored, the last
 * month.
 *
 * @param {{ from: number | undefined }} shown
 * @returns {import('./place.js').Parts}
 */
export function periodToCompare({ from }) {
  return from === undefined ? { period: '30', from: '', to: '' } : {};
}
