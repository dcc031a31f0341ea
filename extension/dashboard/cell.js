// Owns the cells of the dashboard's tables: each is made once for a row, and drawn again when the row's figures changed.
import { drawMeasure, drawNumeral, drawText, hostName, make, measure, numeral, symbol } from '../../popup/element.js';
import { calendarDate, calendarDay, moment, percent, plural, signed, text } from '../i18n.js';

/**
 * @template Row
 * @typedef {object} Cell
 * @property {Node[]} content
 * @property {(row: Row) => void} [draw]
 */

/**
 * A count.
 *
 * @template Row
 * @param {string} testid
 * @param {(row: Row) => number} of
 * @returns {(row: Row) => Cell<Row>}
 */
export function count(testid, of) {
  return () => {
    const element = numeral(testid, 0);
    return { content: [element], draw: (row) => drawNumeral(element, of(row)) };
  };
}

/**
 * A count with its length beside those of the other rows.
 *
 * @template Row
 * @param {string} testid
 * @param {(row: Row) => number} of
 * @param {() => number} all That of the full length.
 * @param {{ isShare?: boolean }} [options] Whether it is a share of all, to be said in per cent.
 * @returns {(row: Row) => Cell<Row>}
 */
export function bar(testid, of, all, { isShare = false } = {}) {
  return () => {
    const element = numeral(testid, 0);
    const words = make('span', { class: 'soft', 'data-testid': `${testid}-share` });
    const length = measure();
    return {
      content: [make('span', { class: 'barred' }, length, element, ...(isShare ? [words] : []))],
      draw: (row) => {
        const part = of(row) / Math.max(1, all());
        drawNumeral(element, of(row));
        drawText(words, percent(part));
        drawMeasure(length, part);
      },
    };
  };
}

/**
 * How far two shares lie apart, in percentage points.
 *
 * @template Row
 * @param {string} testid
 * @param {(row: Row) => number | null} of From -1 to 1; null: a share of nothing is none.
 * @param {(row: Row) => string} [instead] What says more than the number; empty: nothing does.
 * @returns {(row: Row) => Cell<Row>}
 */
export function points(testid, of, instead = () => '') {
  return () => {
    const element = make('span', { 'data-testid': testid });
    return {
      content: [element],
      draw: (row) => {
        const apart = of(row);
        element.setAttribute('data-value', apart === null ? '' : String(apart * 100));
        const written = apart === null ? text('compareNothing') : text('percentagePoints', signed(apart * 100));
        drawText(element, instead(row) || written);
      },
    };
  };
}

/**
 * A name of the network that leads to all that is known of it.
 *
 * @template Row
 * @param {(row: Row) => { name: string, written: string, address: string }} of
 * @param {(row: Row) => number} [incomplete] How many of its visits may be incomplete.
 * @returns {(row: Row) => Cell<Row>}
 */
export function name(of, incomplete = () => 0) {
  return (first) => {
    const { name: ascii, written } = of(first);
    const link = make('a', { class: 'quiet-link' }, hostName(written, ascii));
    const mark = incompleteMark();
    return {
      content: [link, mark],
      draw: (row) => {
        link.setAttribute('href', of(row).address);
        drawMark(mark, incomplete(row));
      },
    };
  };
}

/** A mark for visits that may be incomplete: many rows have a few, so that it is a symbol; its words are its title. */
function incompleteMark() {
  const words = make('span', { class: 'visually-hidden' });
  return make('span', { class: 'incomplete-mark', 'data-testid': 'row-incomplete', hidden: '' }, symbol('warn'), words);
}

/**
 * @param {HTMLElement} mark
 * @param {number} count
 */
function drawMark(mark, count) {
  const words = plural('incompleteVisits', count);
  mark.hidden = count === 0;
  mark.title = words;
  if (mark.lastElementChild) drawText(mark.lastElementChild, words);
}

/**
 * A moment.
 *
 * @template Row
 * @param {string} testid
 * @param {(row: Row) => number} of In milliseconds since 1970.
 * @returns {(row: Row) => Cell<Row>}
 */
export function when(testid, of) {
  return time(testid, of, (element, ms) => {
    element.dateTime = new Date(ms).toISOString();
    drawTime(element, ms, moment(ms));
  });
}

/**
 * A day of the user's calendar, for a column that has little room.
 *
 * @template Row
 * @param {string} testid
 * @param {(row: Row) => number} of In days since 1970.
 * @returns {(row: Row) => Cell<Row>}
 */
export function date(testid, of) {
  return time(testid, of, (element, day) => drawTime(element, day, calendarDate(day)));
}

/**
 * @template Row
 * @param {string} testid
 * @param {(row: Row) => number} of
 * @param {(element: HTMLTimeElement, value: number) => void} draw
 * @returns {(row: Row) => Cell<Row>}
 */
function time(testid, of, draw) {
  return () => {
    const element = make('time', { 'data-testid': testid });
    return { content: [element], draw: (row) => draw(element, of(row)) };
  };
}

/**
 * @param {HTMLTimeElement} element
 * @param {number} value
 * @param {string} words
 */
function drawTime(element, value, words) {
  element.setAttribute('data-value', String(value));
  drawText(element, words);
}

/**
 * A day of the user's calendar.
 *
 * @template Row
 * @param {string} testid
 * @param {(row: Row) => number} of In days since 1970.
 * @param {(row: Row) => string} address Where it leads.
 * @param {(row: Row) => number} incomplete How many of its visits may be incomplete.
 * @returns {(row: Row) => Cell<Row>}
 */
export function day(testid, of, address, incomplete) {
  return () => {
    const mark = incompleteMark();
    const element = make('time', { 'data-testid': testid });
    const link = make('a', { class: 'quiet-link' }, element);
    return {
      content: [link, mark],
      draw: (row) => {
        drawMark(mark, incomplete(row));
        link.setAttribute('href', address(row));
        drawTime(element, of(row), calendarDay(of(row)));
      },
    };
  };
}

/**
 * A button that has a row's data deleted.
 *
 * @template Row
 * @param {string} testid
 * @param {(row: Row) => string} label What it would delete.
 * @param {(row: Row) => void} remove
 * @returns {(row: Row) => Cell<Row>}
 */
export function removal(testid, label, remove) {
  return (first) => {
    let latest = first;
    const button = make(
      'button',
      { type: 'button', class: 'button', 'data-testid': testid, 'aria-label': label(first) },
      text('deleteRow'),
    );
    button.addEventListener('click', () => remove(latest));
    return { content: [button], draw: (row) => void (latest = row) };
  };
}

/**
 * A link to what can be done with a row.
 *
 * @template Row
 * @param {string} testid
 * @param {string} words
 * @param {(row: Row) => string} label What it would do with this one.
 * @param {(row: Row) => string} address
 * @returns {(row: Row) => Cell<Row>}
 */
export function way(testid, words, label, address) {
  return (first) => {
    const link = make('a', { class: 'button', 'data-testid': testid, 'aria-label': label(first) }, words);
    return { content: [link], draw: (row) => link.setAttribute('href', address(row)) };
  };
}

/**
 * Several cells as one.
 *
 * @template Row
 * @param {((row: Row) => Cell<Row>)[]} cells
 * @returns {(row: Row) => Cell<Row>}
 */
export function together(cells) {
  return (first) => {
    const made = cells.map((cell) => cell(first));
    return {
      content: made.flatMap(({ content }) => content),
      draw: (row) => made.forEach(({ draw }) => draw?.(row)),
    };
  };
}
