// Owns the table of a comparison: each third party with its share and its requests on both sides, and how far its shares lie apart.
import { drawText, make } from '../../popup/element.js';
import { number, percent, plural, text } from '../i18n.js';
import * as cell from './cell.js';
import { RowTable } from './row-table.js';

/**
 * @typedef {import('../core/types.js').ComparedRow} ComparedRow
 * @typedef {import('../core/types.js').ComparisonSort} ComparisonSort
 * @typedef {import('../core/types.js').Side} Side
 *
 * @typedef {object} Compared What the shares are of.
 * @property {boolean} isSites Of a site's visits; else of the sites of a period.
 * @property {[number, number]} all How many there are on each side.
 */

export class CompareTable {
  /** @type {Compared} */
  #compared = { isSites: true, all: [0, 0] };
  /** @type {RowTable<ComparedRow, ComparisonSort>} */
  #table;

  /** @param {import('./place.js').Place} place */
  constructor(place) {
    this.#table = new RowTable({
      name: 'compared',
      title: 'thirdPartiesTitle',
      counted: 'domainCount',
      search: 'searchThirdParties',
      none: 'searchNoneThirdParty',
      sorted: 'difference',
      key: ({ name }) => name,
      columns: [
        {
          name: 'third-party',
          label: 'columnThirdParty',
          sort: 'name',
          first: 'ascending',
          cell: cell.name(({ name, text: written }) => ({ name, written, address: place.of('third-party', name) })),
        },
        this.#share('a', 'compareSideA', 'one', ({ one }) => one, 0),
        this.#share('b', 'compareSideB', 'other', ({ other }) => other, 1),
        {
          name: 'difference',
          label: 'compareDifference',
          look: 'number',
          sort: 'difference',
          first: 'descending',
          hint: () => text('compareDifferenceHint'),
          cell: cell.points('compared-difference', ({ one, other }) => {
            const [a, b] = this.#compared.all;
            return a === 0 || b === 0 ? null : one.share - other.share;
          }),
        },
        requests('a-requests', 'compareRequestsA', 'oneRequests', ({ one }) => one),
        requests('b-requests', 'compareRequestsB', 'otherRequests', ({ other }) => other),
      ],
      place,
    });
    this.element = this.#table.element;
    this.element.classList.add('compared');
  }

  /**
   * @param {Compared} compared
   * @param {import('./row-table.js').Ask<ComparedRow, ComparisonSort>} ask
   */
  draw(compared, ask) {
    this.#compared = compared;
    this.#table.draw(ask);
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {ComparisonSort} sort
   * @param {(row: ComparedRow) => Side} sideOf
   * @param {0 | 1} at
   * @returns {import('./row-table.js').Column<ComparedRow, ComparisonSort>}
   */
  #share(name, label, sort, sideOf, at) {
    const draw = (/** @type {HTMLElement} */ share, /** @type {HTMLElement} */ words, /** @type {Side} */ side) => {
      const { isSites, all } = this.#compared;
      const isThere = side.requests > 0;
      share.setAttribute('data-value', String(side.share));
      drawText(share, isThere ? percent(side.share) : text('compareNothing'));
      const [some, of] = [number(isSites ? side.visits : side.visitedSites), all[at]];
      drawText(words, isThere ? plural(isSites ? 'compareOfVisits' : 'compareOfSites', of, some) : '');
    };
    return {
      name,
      label,
      look: 'number',
      sort,
      first: 'descending',
      cell: () => {
        const share = make('span', { 'data-testid': `compared-${name}` });
        const words = make('span', { class: 'share-words soft small' });
        return { content: [share, words], draw: (row) => draw(share, words, sideOf(row)) };
      },
    };
  }
}

/**
 * @param {string} name
 * @param {string} label
 * @param {ComparisonSort} sort
 * @param {(row: ComparedRow) => Side} sideOf
 * @returns {import('./row-table.js').Column<ComparedRow, ComparisonSort>}
 */
function requests(name, label, sort, sideOf) {
  return {
    name,
    label,
    look: 'number',
    sort,
    first: 'descending',
    cell: cell.count(`compared-${name}`, (row) => sideOf(row).requests),
  };
}
