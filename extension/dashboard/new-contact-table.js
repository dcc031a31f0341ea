// Owns the table of third parties that are new to a site: on all sites or on one, all of them or the last ones.
import * as cell from './cell.js';
import { RowTable } from './row-table.js';

/**
 * @typedef {import('../core/types.js').NewContactRow} NewContactRow
 * @typedef {import('./place.js').Place} Place
 */

/**
 * The third parties that were first met on a site in a period although there had been a day with that site before, the last first.
 *
 * @param {Place} place
 * @param {{ limit?: number, site?: () => string }} options `site`: the one that they are of; none: all, and each row says on which.
 * @returns {{ element: HTMLElement, draw: (shown: import('./view.js').Shown) => void }}
 */
export function newContactTable(place, { limit, site }) {
  /** @type {import('./row-table.js').Column<NewContactRow>[]} */
  const columns = [
    {
      name: 'third-party',
      label: 'columnThirdParty',
      sort: 'name',
      first: 'ascending',
      cell: cell.name((row) => ({ name: row.name, written: row.text, address: place.of('third-party', row.name) })),
    },
    {
      name: 'site',
      label: 'columnNewOn',
      look: 'name',
      sort: 'sites',
      first: 'ascending',
      cell: cell.name((row) => ({ name: row.site, written: row.siteText, address: place.of('site', row.site) })),
    },
    {
      name: 'first',
      label: 'columnFirst',
      look: 'when',
      sort: 'last',
      first: 'descending',
      cell: cell.date('new-first', (row) => row.firstDay),
    },
    {
      name: 'requests',
      label: 'columnRequests',
      look: 'number',
      sort: 'requests',
      first: 'descending',
      cell: cell.count('new-requests', (row) => row.requests),
    },
    {
      name: 'visits',
      label: 'columnVisits',
      look: 'number',
      sort: 'visits',
      first: 'descending',
      cell: cell.count('new-visits', (row) => row.visits),
    },
  ];
  const table = new RowTable({
    name: 'new',
    title: site ? 'newOnThisSiteTitle' : 'newTitle',
    isAlone: limit === undefined,
    counted: 'newCount',
    ...(limit === undefined
      ? { search: 'searchNew', none: 'searchNoneNew' }
      : { limit, all: /** @type {const} */ ('new'), ...(site ? { allName: site } : {}) }),
    sorted: 'first',
    key: (row) => `${row.site} ${row.name}`,
    columns: site ? columns.filter(({ name }) => name !== 'site') : columns,
    place,
  });
  table.element.hidden = true;
  return {
    element: table.element,
    draw: ({ summary }) => {
      let found = 0;
      table.draw((query) => {
        const page = summary.newContacts(site?.(), query);
        found = page.total;
        return page;
      });
      // The first rows are searched by nobody; of all, nothing that is found may be all but nothing.
      table.element.hidden = found === 0 && (limit !== undefined || isNothingNew(summary, site?.()));
    },
  };
}

/**
 * Whether nothing is new in the period, on a site or on any.
 *
 * @param {import('../core/reader.js').Summary} summary
 * @param {string} [site]
 */
function isNothingNew(summary, site) {
  return summary.newContacts(site, { search: '', sort: 'last', back: false, offset: 0, limit: 0 }).total === 0;
}
