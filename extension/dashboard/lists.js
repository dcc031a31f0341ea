// Owns the views of all sites, of all third parties and of all days of a period, each with its table.
import { drawText, make } from '../../popup/element.js';
import { text } from '../i18n.js';
import { DayChart } from './day-chart.js';
import { OF_PERIOD } from './day-figures.js';
import { dayTable } from './day-table.js';
import { periodToCompare } from './period-days.js';
import { siteTable } from './site-table.js';
import { thirdPartyTable } from './third-party-table.js';

/**
 * @typedef {import('./view.js').Place} Place
 * @typedef {import('./view.js').View} View
 */

/** @param {Place} place @param {import('./view.js').Orders} orders @returns {View} */
export function siteList(place, orders) {
  const table = siteTable(place, { remove: (row) => orders.site(row) });
  return {
    element: table.element,
    draw: ({ summary }) => {
      table.draw((query) => summary.sites(query));
      return { words: text('sitesTitle') };
    },
  };
}

/** @param {Place} place @returns {View} */
export function thirdPartyList(place) {
  const table = thirdPartyTable(place, {});
  const way = make('a', { 'data-testid': 'compare-before-way' }, text('compareAllBeforeWay'));
  const change = make('span', { 'data-testid': 'reach-change' });
  const what = make('p', { class: 'soft' }, text('reachText'), ' ', change, ' ', way);
  return {
    element: make('div', {}, what, table.element),
    draw: (shown) => {
      way.href = place.of('compare', '', { ...periodToCompare(shown), compare: 'periods' });
      drawText(change, table.drawChange(shown));
      return { words: text('thirdPartiesTitle') };
    },
  };
}

/** @param {Place} place @returns {View} */
export function dayList(place) {
  // From a day here the reader goes to all that is known of it.
  const leads = { view: '' };
  const chart = new DayChart({ place, figures: OF_PERIOD, leads });
  const table = dayTable(place, { figures: OF_PERIOD, isAlone: true, leads });
  return {
    element: make('div', {}, chart.element, table.element),
    draw: (shown) => {
      const rows = shown.summary.days();
      table.draw(rows);
      return { words: text('daysTitle'), settled: chart.draw({ rows, shown }) };
    },
  };
}
