// Owns the table of sites: all of a period, or those with the most third parties.
import { text } from '../i18n.js';
import * as cell from './cell.js';
import { RowTable } from './row-table.js';

/**
 * @typedef {import('../core/types.js').SiteRow} SiteRow
 * @typedef {import('./place.js').Place} Place
 */

/**
 * The sites of a period.
 *
 * @param {Place} place
 * @param {{ limit?: number, remove?: (row: SiteRow) => void, address?: (site: string) => string }} options `address`: where a name leads.
 * @returns {RowTable<SiteRow>}
 */
export function siteTable(place, { limit, remove, address = (site) => place.of('site', site) }) {
  /** @type {import('./row-table.js').Column<SiteRow>[]} */
  const columns = [
    {
      name: 'site',
      label: 'columnSite',
      sort: 'name',
      first: 'ascending',
      cell: cell.name(
        ({ site, text: written }) => ({ name: site, written, address: address(site) }),
        (row) => row.incomplete,
      ),
    },
    {
      name: 'domains',
      label: 'columnDomains',
      look: 'number',
      sort: 'domains',
      first: 'descending',
      cell: cell.count('site-domains', (row) => row.domains),
    },
    {
      name: 'requests',
      label: 'columnRequests',
      look: 'number',
      sort: 'requests',
      first: 'descending',
      cell: cell.count('site-requests', (row) => row.requests),
    },
    {
      name: 'visits',
      label: 'columnVisits',
      look: 'number',
      sort: 'visits',
      first: 'descending',
      cell: cell.count('site-visits', (row) => row.visits),
    },
  ];
  if (limit === undefined) {
    columns.push({
      name: 'last',
      label: 'columnLast',
      look: 'when',
      sort: 'last',
      first: 'descending',
      hint: () => text('columnLastHint'),
      cell: cell.when('site-last', (row) => row.lastAtMs),
    });
  }
  if (remove) {
    columns.push({
      name: 'actions',
      label: '',
      look: 'row-actions',
      cell: cell.together([
        cell.way(
          'compare-site',
          text('compareRow'),
          (row) => text('compareRowOf', row.text),
          (row) => place.of('compare', '', { one: row.site }),
        ),
        cell.removal('delete-site', (row) => text('deleteRowOf', row.text), remove),
      ]),
    });
  }
  return new RowTable({
    name: 'site',
    title: limit === undefined ? 'sitesTitle' : 'topSitesTitle',
    isAlone: limit === undefined,
    counted: 'siteCount',
    ...(limit === undefined ? { search: 'searchSites', none: 'searchNone' } : { limit, all: 'sites' }),
    sorted: limit === undefined ? 'last' : 'domains',
    key: ({ site }) => site,
    columns,
    place,
  });
}
