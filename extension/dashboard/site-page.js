// Owns all that is known of one site: its figures in a period, the third parties that it contacted, and its requests to them.
import { make } from '../../popup/element.js';
import { text } from '../i18n.js';
import { Incomplete } from './incomplete.js';
import { contactTable } from './contact-table.js';
import { afterTotals, together } from './after-totals.js';
import { DayChart } from './day-chart.js';
import { OF_SITE } from './day-figures.js';
import { dayTable } from './day-table.js';
import { laterPart } from './later-view.js';
import { namedPage } from './named-page.js';
import { newContactTable } from './new-contact-table.js';
import { Totals } from './totals.js';

const THIRD_PARTIES = { name: 'domains', label: 'totalThirdParties', formula: 'hintThirdPartiesOfSite' };
const REQUESTS = { name: 'requests', label: 'totalRequests', formula: 'hintRequestsOfSite' };
const VISITS = { name: 'visits', label: 'totalVisits', formula: 'hintVisitsOfSite' };

/** Rows of what is new: enough to see that something is. */
const NEW = 5;

/**
 * @param {import('./view.js').Place} place
 * @param {import('./view.js').Orders} orders
 * @returns {import('./view.js').View}
 */
export function sitePage(place, orders) {
  const totals = new Totals([THIRD_PARTIES, REQUESTS, VISITS]);
  const incomplete = new Incomplete();
  const table = contactTable(place, {
    name: 'contact',
    of: 'third-party',
    title: 'thirdPartiesOfSite',
    label: 'columnThirdParty',
    counted: 'domainCount',
    search: 'searchThirdParties',
    none: 'searchNoneThirdParty',
  });
  const news = newContactTable(place, { limit: NEW, site: () => place.part('name') });
  const drawNews = afterTotals(news.element, news.draw);
  const chart = new DayChart({ place, figures: OF_SITE });
  const detail = laterPart(async () => (await import('./site-detail.js')).siteDetail(place));
  const days = dayTable(place, { figures: OF_SITE });
  const remove = make(
    'button',
    { type: 'button', class: 'button button-danger', 'data-testid': 'delete-this-site' },
    text('deleteSite'),
  );
  const compare = make('a', { 'data-testid': 'compare-this-site' }, text('compareSiteWay'));
  const visits = make('a', { 'data-testid': 'visits-of-this-site' }, text('historyOfThisSite'));
  const ways = make('p', { class: 'ways' }, visits, compare);
  let written = '';
  remove.addEventListener('click', () => orders.site({ site: place.part('name'), text: written }));
  return namedPage({
    place,
    list: 'sites',
    listTitle: 'sitesTitle',
    nothing: 'siteNothing',
    content: [
      totals.element,
      incomplete.element,
      ways,
      chart.element,
      news.element,
      table.element,
      detail.element,
      days.element,
      make('div', { class: 'page-actions' }, remove),
    ],
    rowOf: ({ summary }, site) => summary.site(site),
    draw: (row, shown, site) => {
      const { summary } = shown;
      written = row.text;
      visits.href = place.of('visits', site);
      compare.href = place.of('compare', '', { one: site });
      incomplete.draw(row.incomplete);
      totals.draw({ domains: row.domains, requests: row.requests, visits: row.visits });
      table.draw((query) => summary.thirdPartiesOf(site, query));
      const rows = summary.daysOfSite(site);
      days.draw(rows);
      const ofSite = { name: site, text: row.text };
      const charted = chart.draw({ rows, shown, of: ofSite, much: row });
      return together(charted, drawNews(shown), detail.draw(shown));
    },
  });
}
