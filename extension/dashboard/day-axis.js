// Owns which days are named on the daily chart's axis of time.
import { DAY_MS } from '../calendar.js';

/** @typedef {import('d3-scale').ScaleTime<number, number>} TimeScale */

/**
 * Days, or the first days of months or years; never hours, which a scale of a few days would have.
 *
 * @param {TimeScale} x
 * @param {{ from: number, to: number }} axis Its first and its last day.
 * @param {number} most About so many have room.
 * @returns {{ part: 'day' | 'month' | 'year', days: number[] }} In their order, each of the axis.
 */
export function namedDays(x, { from, to }, most) {
  const length = to - from + 1;
  const days =
    length <= most
      ? Array.from({ length }, (_, at) => from + at)
      : x
          .ticks(most)
          .map((date) => Number(date) / DAY_MS)
          .filter((day) => Number.isInteger(day) && day >= from && day <= to);
  const dates = days.map((day) => new Date(day * DAY_MS));
  // Where each is the first of its month, months are named.
  if (dates.some((date) => date.getUTCDate() !== 1) || days.length < 2) return { part: 'day', days };
  return { part: dates.some((date) => date.getUTCMonth() !== 0) ? 'month' : 'year', days };
}

/**
 * Of labels in a row every one, every second, every third …: the most of them that do not touch.
 *
 * @template {{ start: number, end: number }} Label
 * @param {Label[]} labels In their order.
 * @param {number} gap At least so much is between two.
 * @returns {Label[]}
 */
export function apart(labels, gap) {
  const isApart = (/** @type {Label} */ label, /** @type {Label | undefined} */ before) =>
    before === undefined || label.start - before.end >= gap;
  for (let step = 1; ; step += 1) {
    const kept = labels.filter((_, at) => at % step === 0);
    if (kept.every((label, at) => isApart(label, kept[at - 1]))) return kept;
  }
}
