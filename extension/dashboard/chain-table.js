// Owns the table of who brought one third party: the ways from the page to it, each with how often it was gone.
import { hostName, make } from '../../popup/element.js';
import { chainLine } from '../../popup/origin-chain.js';
import { bySiteMark } from '../../popup/outcome-marks.js';
import { text } from '../i18n.js';
import * as cell from './cell.js';
import { RowTable } from './row-table.js';

/**
 * @typedef {import('../core/types.js').ChainRow} ChainRow
 * @typedef {import('../core/types.js').ChainStep} ChainStep
 * @typedef {import('./place.js').Place} Place
 */

/**
 * The ways, those of most visits first, or in the order of any column.
 *
 * @param {Place} place
 * @returns {RowTable<ChainRow>}
 */
export function chainTable(place) {
  /** @type {import('./row-table.js').RowTableParts<ChainRow>} */
  const parts = {
    name: 'way',
    title: 'chainsTitle',
    counted: 'chainCount',
    search: 'searchChains',
    none: 'searchNoneChain',
    sorted: 'visits',
    beside: 'chains',
    key: keyOfRow,
    columns: [
      {
        name: 'way',
        label: 'broughtBy',
        sort: 'name',
        first: 'ascending',
        cell: (row) => ({ content: [way(row, place)] }),
      },
      {
        name: 'visits',
        label: 'columnVisits',
        look: 'number',
        sort: 'visits',
        first: 'descending',
        cell: cell.count('way-visits', (row) => row.visits),
      },
      {
        name: 'sites',
        label: 'columnSites',
        look: 'number',
        sort: 'sites',
        first: 'descending',
        cell: cell.count('way-sites', (row) => row.sites),
      },
    ],
    place,
  };
  return new RowTable(parts);
}

/** @param {ChainRow} row */
function keyOfRow({ bySite, steps }) {
  const words = steps.map(({ kind, domain }) => `${kind} ${domain?.name ?? 'own'}`);
  return [bySite ? 'site' : 'page', ...words].join(' ');
}

/**
 * @param {ChainRow} row
 * @param {Place} place
 */
function way({ bySite, steps }, place) {
  const line = make('span', { class: 'chain-line' });
  if (bySite) line.append(bySiteMark(), ' ');
  else if (steps.length === 0) line.append(text('chainPage'));
  line.append(...chainLine(steps.map(({ kind, domain }) => ({ kind, name: nameOf(domain, place) }))));
  return line;
}

/**
 * @param {ChainStep['domain']} domain
 * @param {Place} place
 */
function nameOf(domain, place) {
  if (!domain) return text('chainOwn');
  const { name, text: written } = domain;
  return make('a', { class: 'quiet-link', href: place.of('third-party', name) }, hostName(written, name));
}
