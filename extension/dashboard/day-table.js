// Owns the table of days: of a period, of one site or of one third party; all of them, or the last.
import * as cell from './cell.js';
import { periodOf } from './period-days.js';
import { FIRST_PAGES } from './place.js';
import { RowTable } from './row-table.js';

/**
 * @typedef {import('./day-figures.js').DayFigures} DayFigures
 * @typedef {import('./day-figures.js').FigureName} FigureName
 * @typedef {import('./place.js').Place} Place
 *
 * @typedef {object} DayTableOptions
 * @property {readonly { name: FigureName, column: string }[]} figures Its columns; the first has a length beside its number.
 * @property {boolean} [isAlone] Its view has no other table.
 * @property {number} [limit] It shows so many days and leads to all of them.
 * @property {import('./place.js').Parts} [leads] What else the address of a day has.
 */

/**
 * The days on which there is something, the last first.
 *
 * @param {Place} place
 * @param {DayTableOptions} options
 * @returns {{ element: HTMLElement, draw: (rows: readonly DayFigures[]) => void }} Drawn with the days in their order.
 */
export function dayTable(place, { figures, isAlone = false, limit, leads }) {
  let most = 0;
  const [first] = figures;
  const table = new RowTable({
    name: 'day',
    title: 'daysTitle',
    counted: 'dayCount',
    isAlone,
    ...(isAlone ? {} : { beside: /** @type {const} */ ('days') }),
    ...(limit === undefined ? {} : { limit, all: /** @type {const} */ ('days') }),
    sorted: '',
    key: (/** @type {DayFigures} */ { day }) => String(day),
    columns: [
      {
        name: 'day',
        label: 'columnDay',
        cell: cell.day(
          'day',
          (row) => row.day,
          (row) => place.with({ ...periodOf(row.day), ...FIRST_PAGES, ...leads }),
          (row) => row.incomplete ?? 0,
        ),
      },
      ...figures.map((figure) => {
        const of = (/** @type {DayFigures} */ row) => row[figure.name] ?? 0;
        const [testid, { name, column: label }] = [`day-${figure.name}`, figure];
        return {
          name,
          label,
          look: /** @type {const} */ ('number'),
          cell: figure === first ? cell.bar(testid, of, () => most) : cell.count(testid, of),
        };
      }),
    ],
    place,
  });
  return {
    element: table.element,
    draw: (days) => {
      const rows = [...days].reverse();
      most = first ? Math.max(0, ...rows.map((row) => row[first.name] ?? 0)) : 0;
      table.draw(({ offset, limit: count }) => ({ total: rows.length, rows: rows.slice(offset, offset + count) }));
    },
  };
}
