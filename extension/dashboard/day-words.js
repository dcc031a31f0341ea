// Owns the words of the daily chart: its title, what a bar stands for, what is said of one bar and of the whole period.
import { calendarDay, calendarDays, decimal, plural, text } from '../i18n.js';
import { extent, incompleteOf, isDistinct, lengthOf } from './day-bins.js';

/**
 * @typedef {import('./day-bins.js').Bin} Bin
 * @typedef {import('./day-bins.js').Unit} Unit
 * @typedef {import('./day-figures.js').DayFigures} DayFigures
 * @typedef {import('./day-figures.js').Figure} Figure
 */

/** Of each unit, the key of the chart's title and what a bar is of something that adds up, and of something that does not. */
const UNITS = {
  day: { title: 'chartByDay' },
  week: { title: 'chartByWeek', sum: 'barWeekSum', mean: 'barWeekMean' },
  month: { title: 'chartByMonth', sum: 'barMonthSum', mean: 'barMonthMean' },
  year: { title: 'chartByYear', sum: 'barYearSum', mean: 'barYearMean' },
};

/**
 * @param {Figure} figure
 * @param {Unit} unit
 */
export function chartTitle({ label }, unit) {
  return text(UNITS[unit].title, text(label));
}

/**
 * What a bar stands for, where it is not one day.
 *
 * @param {Figure} figure
 * @param {Unit} unit
 */
export function barText({ name }, unit) {
  return unit === 'day' ? '' : text(isDistinct(name) ? UNITS[unit].mean : UNITS[unit].sum);
}

/**
 * A bar's days and numbers, that which is shown first.
 *
 * @param {Bin} bin
 * @param {readonly Figure[]} figures
 * @param {Figure} shown
 * @returns {string[]}
 */
export function binWords(bin, figures, shown) {
  const ordered = [shown, ...figures.filter((figure) => figure !== shown)];
  const incomplete = incompleteOf(bin);
  return [
    calendarDays(bin.first, bin.last),
    ...ordered.map(({ name, label, counted }) =>
      bin.first !== bin.last && isDistinct(name)
        ? text('figureMean', text(label), decimal(lengthOf(bin, name)))
        : plural(counted, lengthOf(bin, name)),
    ),
    ...(incomplete > 0 ? [plural('incompleteVisits', incomplete)] : []),
  ];
}

/**
 * A period in one sentence: its greatest day, and the mean.
 *
 * @param {readonly DayFigures[]} rows One at least.
 * @param {Figure} figure
 */
export function summaryText(rows, { name, counted }) {
  const { most, day, mean } = extent(rows, name);
  return plural('chartSummary', rows.length, plural(counted, most), calendarDay(day), decimal(mean));
}
