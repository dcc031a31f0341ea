// Owns all that is known of one third party: its reach in a period, and the sites that contacted it.
import { drawText, make } from '../../popup/element.js';
import { calendarDay, percent, plural, text } from '../i18n.js';
import { together } from './after-totals.js';
import { contactTable } from './contact-table.js';
import { DayChart } from './day-chart.js';
import { OF_THIRD_PARTY } from './day-figures.js';
import { dayTable } from './day-table.js';
import { laterPart } from './later-view.js';
import { namedPage } from './named-page.js';
import { periodToCompare } from './period-days.js';
import { Totals } from './totals.js';

/** @typedef {import('../core/types.js').ThirdPartyRow} ThirdPartyRow */

const SITES_MET = { name: 'sites', label: 'totalSitesMet', formula: 'hintSitesMet' };
const REQUESTS_MET = { name: 'requests', label: 'totalRequestsMet', formula: 'hintRequestsMet' };
const OWN_VISITS = { name: 'own-visits', label: 'totalOwnVisits', formula: 'hintOwnVisits' };
const VISITS_MET = { name: 'visits', label: 'totalVisitsMet', formula: 'hintVisitsMet' };

/** @param {import('./view.js').Place} place @returns {import('./view.js').View} */
export function thirdPartyPage(place) {
  const totals = new Totals([SITES_MET, VISITS_MET, REQUESTS_MET, OWN_VISITS]);
  const reach = make('p', { class: 'spread', 'data-testid': 'reach' });
  const asSite = make('a', { 'data-testid': 'as-site' }, text('seeAsSite'));
  const visits = make('a', { 'data-testid': 'visits-with-it' }, text('visitsWithThirdParty'));
  const way = make('a', { 'data-testid': 'compare-before-way' }, text('compareBeforeWay'));
  const table = contactTable(place, {
    name: 'met',
    of: 'site',
    title: 'sitesOfThirdParty',
    label: 'columnSite',
    counted: 'siteCount',
    search: 'searchSites',
    none: 'searchNone',
  });
  const chart = new DayChart({ place, figures: OF_THIRD_PARTY });
  const detail = laterPart(async () => (await import('./third-party-detail.js')).thirdPartyDetail(place));
  const days = dayTable(place, { figures: OF_THIRD_PARTY });
  return namedPage({
    place,
    list: 'third-parties',
    listTitle: 'thirdPartiesTitle',
    nothing: 'thirdPartyNothing',
    content: [
      totals.element,
      reach,
      make('p', { class: 'ways' }, visits, asSite, way),
      chart.element,
      table.element,
      detail.element,
      days.element,
    ],
    rowOf: ({ summary }, domain) => summary.thirdParty(domain),
    draw: (row, shown, domain) => {
      const { summary, totals: all } = shown;
      totals.draw({ sites: row.sites, visits: row.visits, requests: row.requests, 'own-visits': row.ownVisits });
      visits.href = place.of('visits', '', { with: domain });
      asSite.hidden = row.ownVisits === 0;
      asSite.href = place.of('site', domain);
      drawText(reach, reachText(row, all.sites));
      way.href = place.of('compare', '', { ...periodToCompare(shown), compare: 'periods', search: domain });
      table.draw((query) => summary.sitesWith(domain, query));
      const rows = summary.daysOfThirdParty(domain);
      days.draw(rows);
      const charted = chart.draw({ rows, shown, of: { name: domain, text: row.text }, much: row });
      return together(charted, detail.draw(shown));
    },
  });
}

/**
 * @param {ThirdPartyRow} row
 * @param {number} sites That were visited; 0 where only workers asked.
 */
function reachText({ visitedSites, firstDay, lastDay }, sites) {
  const [first, last] = [calendarDay(firstDay), calendarDay(lastDay)];
  const when = firstDay === lastDay ? text('metOneDay', first) : text('metDays', first, last);
  return sites === 0 ? when : `${plural('reachOf', sites, percent(visitedSites / sites))} ${when}`;
}
