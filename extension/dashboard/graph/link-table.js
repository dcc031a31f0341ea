// Owns the table of the graph's links: the same as is drawn, to be sorted, searched and read.
import * as cell from '../cell.js';
import { RowTable } from '../row-table.js';
import { pageOf, rowsOf } from './link-rows.js';

/**
 * @typedef {import('./graph-model.js').GraphModel} GraphModel
 * @typedef {import('./graph-model.js').Node} Node
 * @typedef {import('./link-rows.js').LinkRow} LinkRow
 * @typedef {import('./link-rows.js').LinkSort} LinkSort
 */

/**
 * The links of a graph.
 *
 * @param {import('../place.js').Place} place
 * @returns {{ element: HTMLElement, draw: (model: GraphModel) => void }}
 */
export function linkTable(place) {
  const nameOf = (/** @type {Node} */ { kind, name, text }) => ({ name, written: text, address: place.of(kind, name) });
  /** @type {RowTable<LinkRow, LinkSort>} */
  const table = new RowTable({
    name: 'link',
    title: 'linksTitle',
    counted: 'linkCount',
    search: 'searchVisits',
    none: 'searchNoneLink',
    sorted: 'requests',
    key: ({ site, thirdParty }) => `${site.name} ${thirdParty.name}`,
    columns: [
      {
        name: 'site',
        label: 'columnSite',
        sort: 'site',
        first: 'ascending',
        cell: cell.name(({ site }) => nameOf(site)),
      },
      {
        name: 'third-party',
        label: 'columnThirdParty',
        sort: 'thirdParty',
        first: 'ascending',
        cell: cell.name(({ thirdParty }) => nameOf(thirdParty)),
      },
      {
        name: 'requests',
        label: 'columnRequests',
        look: 'number',
        sort: 'requests',
        first: 'descending',
        cell: cell.count('link-requests', (row) => row.requests),
      },
      {
        name: 'visits',
        label: 'columnVisits',
        look: 'number',
        sort: 'visits',
        first: 'descending',
        cell: cell.count('link-visits', (row) => row.visits),
      },
    ],
    place,
  });
  return {
    element: table.element,
    draw: (model) => {
      const rows = rowsOf(model);
      table.draw((query) => pageOf(rows, query));
    },
  };
}
