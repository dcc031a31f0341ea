// Owns the drawing of the daily chart: bars on an axis of time, in the sizes of the screen or of a picture.
import { DAY_MS } from '../calendar.js';
import { calendarPart, compact } from '../i18n.js';
import { apart, namedDays } from './day-axis.js';
import { incompleteOf, lengthOf } from './day-bins.js';
import { draw } from './svg.js';

/**
 * @typedef {import('./d3.js').D3} D3
 * @typedef {import('./day-bins.js').Bin} Bin
 *
 * @typedef {object} Bars
 * @property {Bin[]} bins One at least.
 * @property {import('./day-figures.js').FigureName} figure What is shown of them.
 * @property {number} from The axis's first day.
 * @property {number} to Its last one.
 *
 * @typedef {object} Drawing
 * @property {SVGSVGElement} svg
 * @property {number} left Where its axis of time begins.
 * @property {(place: number) => { x: number, width: number }} slot The room of a bar: over all its days.
 */

/** The least room for a bar, in pixels: two for itself, the rest for the paper before the next. */
const LEAST_SLOT = 2.4;
/** Of a bar's room. */
const BAR = 0.8;
const MOST_GAP = 8;

/** For the type of 13 px; larger type takes more. */
const [TYPE, HEIGHT, TOP] = [13, 220, 14];
const MARK = { gap: 3, height: 3 };
/** From the line where a month or a year begins to its name. */
const TICK_GAP = 4;
const SHORT_TICK = 5;
/** How wide a digit of an axis is, in its type's size, and the least room for a label of time. */
const [DIGIT, LABEL] = [0.62, 7];

/**
 * How many bars have room.
 *
 * @param {number} width Of the whole drawing.
 */
export function roomFor(width) {
  // Before the bars are known, so are not the numbers beside them: four characters, as `120K`.
  return Math.max(1, Math.floor((width - TYPE * DIGIT * 5) / LEAST_SLOT));
}

/**
 * @param {D3} d3
 * @param {Bars} bars
 * @param {number} width
 * @param {number} [type] The size of its type.
 * @returns {Drawing}
 */
export function dayDrawing(d3, { bins, figure, from, to }, width, type = TYPE) {
  const lengths = bins.map((bin) => lengthOf(bin, figure));
  const bottom = HEIGHT - type * 2;
  const y = d3.scaleLinear([0, Math.max(1, ...lengths)], [bottom, TOP]).nice(4);
  const counts = y.ticks(4).filter(Number.isInteger);
  const left = Math.max(...counts.map((count) => compact(count).length)) * type * DIGIT + 8;
  const x = d3.scaleUtc([from * DAY_MS, (to + 1) * DAY_MS], [left, width]);
  const slot = (/** @type {number} */ place) => {
    const { first, last } = bins[place] ?? { first: from, last: from };
    const begin = x(first * DAY_MS);
    return { x: begin, width: x((last + 1) * DAY_MS) - begin };
  };
  const bar = (/** @type {number} */ place) => {
    const room = slot(place);
    const gap = Math.min(MOST_GAP, room.width * (1 - BAR));
    return { x: rounded(room.x + gap / 2), width: rounded(room.width - gap) };
  };
  const svg = draw(
    'svg',
    { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT },
    draw('g', { class: 'chart-grid' }, ...counts.map((count) => draw('line', line(left, width, y(count))))),
    draw('g', {}, ...counts.map((count) => label(compact(count), left - 6, y(count) + type * 0.35, type, 'end'))),
    draw(
      'g',
      {},
      ...bins.map(({ first, last }, place) => {
        const top = y(lengths[place] ?? 0);
        return draw('rect', {
          class: 'day-bar',
          'data-testid': 'bar',
          'data-day': first,
          'data-last': last,
          'data-value': lengths[place],
          ...bar(place),
          y: rounded(top),
          height: rounded(bottom - top),
        });
      }),
    ),
    draw('line', { class: 'chart-base', ...line(left, width, bottom) }),
    draw(
      'g',
      {},
      ...bins.flatMap((bin, place) => {
        if (incompleteOf(bin) === 0) return [];
        const at = { ...bar(place), y: bottom + MARK.gap, height: MARK.height };
        return [
          draw('rect', { class: 'incomplete-line', 'data-testid': 'bar-incomplete', 'data-day': bin.first, ...at }),
        ];
      }),
    ),
    draw('g', {}, ...timeLabels(x, { from, to, left, width, bottom, y: HEIGHT - type * 0.45, type })),
  );
  return { svg, left, slot };
}

/**
 * The days, months or years of the axis, each under where it begins; a day in the middle of its bar.
 *
 * @param {import('./day-axis.js').TimeScale} x
 * @param {{ from: number, to: number, left: number, width: number, bottom: number, y: number, type: number }} place
 */
function timeLabels(x, { from, to, left, width, bottom, y, type }) {
  const most = Math.max(2, Math.floor((width - left) / (type * LABEL)));
  const { part, days } = namedDays(x, { from, to }, most);
  const isDay = part === 'day';
  const named = days.map((day) => {
    const [begin, end] = [x(day * DAY_MS), x((day + 1) * DAY_MS)];
    const words = calendarPart(day, part);
    const length = words.length * type * DIGIT;
    const start = isDay ? (begin + end - length) / 2 : begin + TICK_GAP;
    return { begin, words, start, end: start + length };
  });
  const whole = named.filter(({ start, end }) => start >= 0 && end <= width);
  const kept = apart(whole, type * DIGIT);
  if (isDay) return kept.map(({ words, start, end }) => label(words, (start + end) / 2, y, type, 'middle'));
  // A line without a name ends above the names.
  const ticks = named.map((one) => {
    const end = kept.includes(one) ? y : bottom + SHORT_TICK;
    return draw('line', { class: 'chart-base', x1: rounded(one.begin), x2: rounded(one.begin), y1: bottom, y2: end });
  });
  return [...ticks, ...kept.map(({ words, start }) => label(words, start, y, type, 'start'))];
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} at
 */
function line(from, to, at) {
  // In the middle of a pixel, so that it is one pixel thin.
  const y = Math.round(at) + 0.5;
  return { x1: from, x2: to, y1: y, y2: y };
}

/**
 * @param {string} words
 * @param {number} x
 * @param {number} y
 * @param {number} type
 * @param {'start' | 'middle' | 'end'} anchor
 */
function label(words, x, y, type, anchor) {
  const attributes = { class: 'chart-label', x: rounded(x), y: rounded(y), 'font-size': type, 'text-anchor': anchor };
  return draw('text', attributes, words);
}

/** @param {number} figure */
function rounded(figure) {
  return Number(figure.toFixed(2));
}
