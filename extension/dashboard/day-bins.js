// Owns how the days of a period become the bars of a chart: each a day, or where those would be too thin a week, a month or a year.
import { DAY_MS } from '../calendar.js';

/**
 * @typedef {import('./day-figures.js').DayFigures} DayFigures
 * @typedef {import('./day-figures.js').FigureName} FigureName
 *
 * @typedef {typeof UNITS[number]} Unit
 *
 * @typedef {object} Bin One bar's days.
 * @property {number} first Its first day, in days since 1970; within the period.
 * @property {number} last
 * @property {DayFigures[]} rows Those on which there is something: one at least.
 */

export const UNITS = /** @type {const} */ (['day', 'week', 'month', 'year']);

/** What is counted once however often it is met: over several days it cannot be added up. @type {ReadonlySet<FigureName>} */
const DISTINCT = new Set(['domains', 'sites']);

/**
 * The days of an axis: those of the period, but none that lie further from what there is than can be drawn.
 *
 * @param {readonly DayFigures[]} rows In their order: one at least.
 * @param {number | undefined} from The period's first day, if it has one.
 * @param {number | undefined} to
 * @param {number} most Of bars that have room.
 * @returns {{ from: number, to: number, unit: Unit }}
 */
export function axisOf(rows, from, to, most) {
  const stored = { from: rows.at(0)?.day ?? 0, to: rows.at(-1)?.day ?? 0 };
  const chosen = { from: from ?? stored.from, to: to ?? stored.to };
  for (const range of [chosen, stored]) {
    const unit = UNITS.find((one) => placeOf(range.to, one) - placeOf(range.from, one) < most);
    if (unit) return { ...range, unit };
  }
  return { ...stored, unit: 'year' };
}

/**
 * @param {readonly DayFigures[]} rows In their order.
 * @param {{ from: number, to: number, unit: Unit }} axis
 * @returns {Bin[]} In their order; none where there is nothing.
 */
export function binsOf(rows, { from, to, unit }) {
  /** @type {Map<number, Bin>} */
  const bins = new Map();
  for (const row of rows) {
    const place = placeOf(row.day, unit);
    const bin = bins.get(place) ?? {
      first: Math.max(from, startOf(place, unit)),
      last: Math.min(to, startOf(place + 1, unit) - 1),
      rows: [],
    };
    bin.rows.push(row);
    bins.set(place, bin);
  }
  return [...bins.values()];
}

/**
 * How long a bar is: what can be added up over its days is, of what cannot it is the mean of those days on which there is something.
 *
 * @param {Bin} bin
 * @param {FigureName} figure
 */
export function lengthOf({ rows }, figure) {
  const sum = sumOf(rows, figure);
  return isDistinct(figure) ? sum / rows.length : sum;
}

/** @param {FigureName} figure */
export function isDistinct(figure) {
  return DISTINCT.has(figure);
}

/**
 * How many visits of a bar may be incomplete.
 *
 * @param {Bin} bin
 */
export function incompleteOf({ rows }) {
  return rows.reduce((sum, { incomplete = 0 }) => sum + incomplete, 0);
}

/**
 * What a period's days are like, whatever its bars are.
 *
 * @param {readonly DayFigures[]} rows One at least.
 * @param {FigureName} figure
 * @returns {{ most: number, day: number, mean: number }} The greatest day, the first of several; the mean of those with something.
 */
export function extent(rows, figure) {
  const [most, day] = rows.reduce(
    ([most, day], row) => ((row[figure] ?? 0) > most ? [row[figure] ?? 0, row.day] : [most, day]),
    [-1, 0],
  );
  return { most, day, mean: sumOf(rows, figure) / rows.length };
}

/**
 * @param {readonly DayFigures[]} rows
 * @param {FigureName} figure
 */
function sumOf(rows, figure) {
  return rows.reduce((sum, row) => sum + (row[figure] ?? 0), 0);
}

/**
 * Which day, week, month or year it is, by their number. Weeks begin on Mondays, as those of ISO 8601 do.
 *
 * @param {number} day In days since 1970, whose first was a Thursday.
 * @param {Unit} unit
 */
function placeOf(day, unit) {
  if (unit === 'day') return day;
  if (unit === 'week') return Math.floor((day + 3) / 7);
  const date = new Date(day * DAY_MS);
  return unit === 'year' ? date.getUTCFullYear() : date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/**
 * Its first day.
 *
 * @param {number} place
 * @param {Unit} unit
 */
function startOf(place, unit) {
  if (unit === 'day') return place;
  if (unit === 'week') return place * 7 - 3;
  const [year, month] = unit === 'year' ? [place, 0] : [Math.floor(place / 12), place % 12];
  return Date.UTC(year, month, 1) / DAY_MS;
}
