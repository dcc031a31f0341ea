// Owns the table of third parties: all of a period, or those with the greatest reach.
import { drawText, make } from '../../popup/element.js';
import { text } from '../i18n.js';
import * as cell from './cell.js';
import { compareWithDaysBefore } from './days-compared.js';
import { RowTable } from './row-table.js';

/**
 * @typedef {import('../core/types.js').ThirdPartyRow} ThirdPartyRow
 * @typedef {import('./place.js').Place} Place
 * @typedef {import('./view.js').Shown} Shown
 */

/**
 * The third parties of a period, each with its reach: the share of the sites visited on which it was met.
 *
 * @param {Place} place
 * @param {{ limit?: number }} options
 * @returns {{ element: HTMLElement, draw: (shown: Shown) => void, drawChange: (shown: Shown) => string }} `drawChange`: with how their
 *   reach has changed; it returns since when, or why that is not said.
 */
export function thirdPartyTable(place, { limit }) {
  let sites = 0;
  let compared = { isCompared: false, words: '' };
  /** For which drawing that was looked up. @type {Shown | null} */
  let comparedFor = null;
  /** @type {import('./row-table.js').Column<ThirdPartyRow>[]} */
  const columns = [
    {
      name: 'third-party',
      label: 'columnThirdParty',
      sort: 'name',
      first: 'ascending',
      cell: cell.name(({ domain, text: written }) => ({
        name: domain,
        written,
        address: place.of('third-party', domain),
      })),
    },
    {
      name: 'reach',
      label: 'columnReach',
      look: 'number',
      sort: 'sites',
      first: 'descending',
      cell: cell.bar(
        'third-party-sites',
        (row) => row.visitedSites,
        () => sites,
        { isShare: true },
      ),
      hint: () => compared.words,
    },
    {
      name: 'change',
      label: 'columnChange',
      look: 'number',
      sort: 'change',
      first: 'descending',
      isShown: () => compared.isCompared,
      hint: () => compared.words,
      cell: cell.points(
        'third-party-change',
        (row) => row.change,
        (row) => (row.isNew ? text('changeNew') : ''),
      ),
    },
    {
      name: 'requests',
      label: 'columnRequests',
      look: 'number',
      sort: 'requests',
      first: 'descending',
      // Beside another table there is room for one of both.
      isShown: () => limit === undefined || !compared.isCompared,
      cell: cell.count('third-party-requests', (row) => row.requests),
    },
  ];
  if (limit === undefined) {
    columns.push(
      {
        name: 'visits',
        label: 'columnVisits',
        look: 'number',
        sort: 'visits',
        first: 'descending',
        cell: cell.count('third-party-visits', (row) => row.visits),
      },
      {
        name: 'own',
        label: 'columnOwnVisits',
        look: 'number',
        sort: 'ownVisits',
        first: 'descending',
        cell: cell.count('third-party-own', (row) => row.ownVisits),
      },
      {
        name: 'first',
        label: 'columnFirst',
        look: 'when',
        cell: cell.date('third-party-first', (row) => row.firstDay),
      },
      {
        name: 'last',
        label: 'columnLastMet',
        look: 'when',
        sort: 'last',
        first: 'descending',
        cell: cell.date('third-party-last', (row) => row.lastDay),
      },
    );
  }
  const table = new RowTable({
    name: 'third-party',
    title: limit === undefined ? 'thirdPartiesTitle' : 'topThirdPartiesTitle',
    isAlone: limit === undefined,
    counted: 'domainCount',
    ...(limit === undefined
      ? { search: 'searchThirdParties', none: 'searchNoneThirdParty' }
      : { limit, all: /** @type {const} */ ('third-parties') }),
    sorted: 'reach',
    key: ({ domain }) => domain,
    columns,
    place,
  });
  // A view of this table alone says so above it.
  const measure = make('p', { class: 'soft small', 'data-testid': 'change-measure', hidden: '' });
  if (limit !== undefined) table.element.append(measure);
  /** @param {Shown} shown */
  const draw = ({ summary, totals }) => {
    sites = totals.sites;
    table.draw((query) => (compared.isCompared ? summary.thirdPartiesCompared(query) : summary.thirdParties(query)));
  };
  /** @param {Shown} shown */
  const drawChange = (shown) => {
    // Adding up the days before takes as long as adding up the period.
    if (comparedFor !== shown) {
      comparedFor = shown;
      compared = compareWithDaysBefore(shown);
      draw(shown);
      measure.hidden = !compared.isCompared;
      drawText(measure, compared.isCompared ? `${text('reachText')} ${compared.words}` : '');
    }
    return compared.words;
  };
  return {
    element: table.element,
    draw: (shown) => {
      // A column that is there stays; nobody who opens the dashboard waits for it.
      if (compared.isCompared) drawChange(shown);
      else draw(shown);
    },
    drawChange,
  };
}
