// Owns the overview: the totals of a period, its last days, the sites and third parties that stand out.
import { drawText, make } from '../../popup/element.js';
import { decimal, text } from '../i18n.js';
import { afterTotals, together } from './after-totals.js';
import { DayChart } from './day-chart.js';
import { OF_PERIOD } from './day-figures.js';
import { dayTable } from './day-table.js';
import { Incomplete } from './incomplete.js';
import { newContactTable } from './new-contact-table.js';
import { siteTable } from './site-table.js';
import { thirdPartyTable } from './third-party-table.js';
import { REQUESTS, SITES, THIRD_PARTIES, Totals, VISITS } from './totals.js';

/**
 * @typedef {import('./view.js').Place} Place
 * @typedef {import('./view.js').Shown} Shown
 */

/** Rows of each table: enough to see what stands out. */
const [TOP, NEW, DAYS] = [8, 5, 7];

/** @param {Place} place @returns {import('./view.js').View} */
export function overview(place) {
  const totals = new Totals([THIRD_PARTIES, SITES, VISITS, REQUESTS], ['hintSpread']);
  const spread = make('p', { class: 'spread', 'data-testid': 'spread', title: text('hintSpread') });
  const incomplete = new Incomplete();
  const sites = siteTable(place, { limit: TOP });
  const thirdParties = thirdPartyTable(place, { limit: TOP });
  const chart = new DayChart({ place, figures: OF_PERIOD, isElsewhere: true });
  const days = dayTable(place, { figures: OF_PERIOD, limit: DAYS });
  const news = newContactTable(place, { limit: NEW });
  const drawNews = afterTotals(news.element, news.draw);
  const drawChange = afterTotals(thirdParties.element, thirdParties.drawChange);
  const tables = make('div', { class: 'beside' }, sites.element, thirdParties.element);
  const element = make('div', {}, totals.element, incomplete.element, spread, chart.element, tables);
  element.append(news.element, days.element);
  return {
    element,
    draw: (shown) => {
      const { summary } = shown;
      totals.draw(numbersOf(shown));
      incomplete.draw(shown.totals.incomplete);
      // What sites' workers asked for can be all that there is: it is in the totals, and of no visit.
      const isAny = shown.totals.days !== null;
      for (const part of [tables, days.element]) part.hidden = !isAny;
      spread.hidden = shown.totals.visits === 0;
      drawText(spread, spreadWords(shown.totals));
      sites.draw((query) => summary.sites(query));
      thirdParties.draw(shown);
      const rows = summary.days();
      days.draw(rows);
      const later = [chart.draw({ rows, shown }), drawNews(shown), drawChange(shown)];
      return { words: text('dashboardHeading'), settled: together(...later) };
    },
  };
}

/** @param {Shown} shown */
function numbersOf({ totals: { domains, sites, visits, requests } }) {
  return { domains, sites, visits, requests };
}

/** @param {Shown['totals']} totals */
function spreadWords({ domainsAVisit, requestsAVisit }) {
  const [domains, requests] = [domainsAVisit, requestsAVisit].map(({ mean, median }) =>
    text('meanAndMedian', decimal(mean), decimal(median)),
  );
  return text('spread', domains ?? '', requests ?? '');
}
