// Owns the table of what sites and third parties have to do with each other.
import * as cell from './cell.js';
import { RowTable } from './row-table.js';

/**
 * @typedef {import('../core/types.js').ContactRow} ContactRow
 * @typedef {import('./place.js').Place} Place
 */

/**
 * What a site and a third party have to do with each other, seen from one of them: each row names the other.
 *
 * @param {Place} place
 * @param {{ name: 'contact' | 'met', of: 'site' | 'third-party', title: string, label: string, counted: string, search: string, none: string }} words `of`: the view of a row's name.
 * @returns {RowTable<ContactRow>}
 */
export function contactTable(place, { name, of, title, label, counted, search, none }) {
  /** @type {import('./row-table.js').RowTableParts<ContactRow>} */
  const parts = {
    name,
    title,
    counted,
    search,
    none,
    sorted: 'requests',
    key: (row) => row.name,
    columns: [
      {
        name: 'name',
        label,
        sort: 'name',
        first: 'ascending',
        cell: cell.name((row) => ({ name: row.name, written: row.text, address: place.of(of, row.name) })),
      },
      {
        name: 'requests',
        label: 'columnRequests',
        look: 'number',
        sort: 'requests',
        first: 'descending',
        cell: cell.count(`${name}-requests`, (row) => row.requests),
      },
      {
        name: 'visits',
        label: 'columnVisits',
        look: 'number',
        sort: 'visits',
        first: 'descending',
        cell: cell.count(`${name}-visits`, (row) => row.visits),
      },
      { name: 'first', label: 'columnFirst', look: 'when', cell: cell.date(`${name}-first`, (row) => row.firstDay) },
      {
        name: 'last',
        label: 'columnLastMet',
        look: 'when',
        sort: 'last',
        first: 'descending',
        cell: cell.date(`${name}-last`, (row) => row.lastDay),
      },
    ],
    place,
  };
  return new RowTable(parts);
}
