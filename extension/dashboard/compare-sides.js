// Owns what two compared sides are as a whole: their totals beside each other, the difference, and what makes them hard to compare.
import { drawContent, drawText, hostName, make, symbol } from '../../popup/element.js';
import { decimal, differenceOfMeans, number, plural, signed, text } from '../i18n.js';

/**
 * @typedef {import('../core/types.js').Comparison} Comparison
 * @typedef {import('../core/types.js').SideTotals} SideTotals
 *
 * @typedef {object} SideName
 * @property {string} written As people read it.
 * @property {string} [ascii] Where it is a name of the network: as the browser writes it.
 * @property {string} address Of the screen of this side alone.
 * @property {number} metDays Days of the period on which there is something of it.
 * @property {number} allDays Days that the period has.
 * @property {string} [warning] What keeps it from being compared.
 *
 * @typedef {object} Line
 * @property {string} name
 * @property {string} label The key of what it counts.
 * @property {(totals: SideTotals, side: SideName) => number} of
 * @property {boolean} [isMean]
 */

/** @type {Line[]} */
const LINES = [
  { name: 'visits', label: 'compareVisits', of: ({ visits }) => visits },
  { name: 'sites', label: 'compareSitesVisited', of: ({ sites }) => sites },
  { name: 'domains', label: 'compareDomains', of: ({ domains }) => domains },
  { name: 'requests', label: 'compareRequests', of: ({ requests }) => requests },
  { name: 'mean', label: 'compareMean', of: ({ domainsAVisit }) => domainsAVisit, isMean: true },
  { name: 'days', label: 'compareDays', of: (_totals, { metDays }) => metDays },
  { name: 'incomplete', label: 'compareIncomplete', of: ({ incomplete }) => incomplete },
];

export class CompareSides {
  #heads = [make('th', { scope: 'col', class: 'number' }), make('th', { scope: 'col', class: 'number' })];
  /** @type {Map<string, HTMLElement[]>} */
  #cells = new Map();
  #warnings = make('div', { class: 'warnings', role: 'status', 'data-testid': 'compare-warnings' });

  constructor() {
    const corner = make('td');
    const last = make('th', { scope: 'col', class: 'number' }, text('compareDifference'));
    const body = make('tbody');
    for (const { name, label } of LINES) {
      const cells = ['a', 'b', 'difference'].map((side) =>
        make('td', { class: 'number', 'data-testid': `${name}-${side}` }),
      );
      this.#cells.set(name, cells);
      body.append(
        make('tr', { 'data-testid': `compare-${name}` }, make('th', { scope: 'row' }, text(label)), ...cells),
      );
    }
    const table = make('table', {
      class: 'sides',
      'aria-label': text('compareTotals'),
      'data-testid': 'compare-totals',
    });
    table.append(make('thead', {}, make('tr', {}, corner, ...this.#heads, last)), body);
    this.element = make('div', {}, make('div', { class: 'table-frame' }, table), this.#warnings);
  }

  /**
   * @param {Comparison} comparison
   * @param {[SideName, SideName]} sides
   * @param {boolean} isSites Else periods are compared.
   */
  draw({ one, other }, sides, isSites) {
    [text('compareSideA'), text('compareSideB')].forEach((letter, at) => this.#drawHead(letter, at, sides));
    // What lies between something and nothing is no change.
    const isComparable = sides.every(({ metDays }) => metDays > 0);
    for (const line of LINES) {
      const [first, second, difference] = this.#cells.get(line.name) ?? [];
      const [a, b] = [line.of(one, sides[0]), line.of(other, sides[1])];
      const words = (/** @type {number} */ figure) => (line.isMean ? decimal(figure) : number(figure));
      const days = (/** @type {number} */ figure, /** @type {SideName} */ side) =>
        line.name === 'days' ? text('compareDaysOf', number(figure), number(side.allDays)) : words(figure);
      drawFigure(first, a, days(a, sides[0]));
      drawFigure(second, b, days(b, sides[1]));
      // Two means of 0.05 and 0.02 do not differ by 0.
      const apart = line.isMean ? differenceOfMeans(a, b) : signed(a - b);
      drawFigure(difference, a - b, isComparable ? apart : text('compareNothing'));
      // A site is one site.
      const row = first?.parentElement;
      if (row) row.hidden = line.name === 'sites' && isSites;
    }
    const incomplete = [one, other].map((totals, at) =>
      totals.incomplete > 0
        ? [
            text(
              'compareSideSays',
              text(at === 0 ? 'compareSideA' : 'compareSideB'),
              plural('incompleteVisits', totals.incomplete),
            ),
          ]
        : [],
    );
    const warnings = [...sides.flatMap(({ warning }) => warning ?? []), ...incomplete.flat()];
    drawContent(
      this.#warnings,
      ...warnings.map((words) => make('p', { class: 'incomplete small' }, symbol('warn'), make('span', {}, words))),
    );
  }

  /**
   * @param {string} letter
   * @param {number} at
   * @param {[SideName, SideName]} sides
   */
  #drawHead(letter, at, sides) {
    const { written, ascii, address } = /** @type {SideName} */ (sides[at]);
    const words = ascii === undefined ? written : hostName(written, ascii);
    const name = make('a', { class: 'quiet-link', href: address }, words);
    const head = this.#heads[at];
    if (head) drawContent(head, make('span', { class: 'side-letter' }, letter), ' ', name);
  }
}

/**
 * @param {HTMLElement | undefined} cell
 * @param {number} figure
 * @param {string} words
 */
function drawFigure(cell, figure, words) {
  if (!cell) return;
  cell.setAttribute('data-value', String(figure));
  drawText(cell, words);
}
