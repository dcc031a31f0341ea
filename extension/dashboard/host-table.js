// Owns the table of the hosts of one third party: how much was asked of each, and what became of that.
import { hostName, make } from '../../popup/element.js';
import { outcomeMarks } from '../../popup/outcome-marks.js';
import * as cell from './cell.js';
import { RowTable } from './row-table.js';

/** @typedef {import('../core/types.js').HostRow} HostRow */

/**
 * The hosts, those with most requests first, or in the order of any column.
 *
 * @param {import('./place.js').Place} place
 * @returns {RowTable<HostRow>}
 */
export function hostTable(place) {
  /** @type {import('./row-table.js').RowTableParts<HostRow>} */
  const parts = {
    name: 'met-host',
    title: 'hostsTitle',
    counted: 'hostCount',
    search: 'searchHosts',
    none: 'searchNoneHost',
    sorted: 'requests',
    beside: 'hosts',
    key: ({ host }) => host,
    columns: [
      { name: 'host', label: 'columnHost', sort: 'name', first: 'ascending', cell: name },
      {
        name: 'requests',
        label: 'columnRequests',
        look: 'number',
        sort: 'requests',
        first: 'descending',
        cell: cell.count('met-host-requests', (row) => row.requests),
      },
      {
        name: 'visits',
        label: 'columnVisits',
        look: 'number',
        sort: 'visits',
        first: 'descending',
        cell: cell.count('met-host-visits', (row) => row.visits),
      },
    ],
    place,
  };
  return new RowTable(parts);
}

/**
 * Its name, and the marks of what became of requests that did not plainly leave.
 *
 * @param {HostRow} row
 * @returns {import('./cell.js').Cell<HostRow>}
 */
function name({ text, host }) {
  const marks = make('span', { class: 'marks' });
  return {
    content: [hostName(text, host), marks],
    draw: ({ outcomes }) => marks.replaceChildren(...outcomeMarks(outcomes)),
  };
}
