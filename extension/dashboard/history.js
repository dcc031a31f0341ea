// Owns the history of a period: visit by visit, of all sites or of one, with any third party or one, or by site; and the ways to delete what it shows.
import { drawContent, drawCurrent, hostName, make } from '../../popup/element.js';
import { sentence, text } from '../i18n.js';
import { siteTable } from './site-table.js';
import { VisitList } from './visit-list.js';

/**
 * @param {import('./view.js').Place} place
 * @param {import('./view.js').Orders} orders
 * @returns {import('./view.js').View}
 */
export function historyView(place, orders) {
  const list = new VisitList(place, orders);
  const sites = siteTable(place, { remove: (row) => orders.site(row), address: (site) => place.of('visits', site) });
  const group = make('nav', { class: 'switch-links', 'aria-label': text('historyGroup') });
  const byVisit = make('a', { 'data-testid': 'by-visit' }, text('historyByVisit'));
  const bySite = make('a', { 'data-testid': 'by-site' }, text('historyBySite'));
  group.append(byVisit, bySite);
  const ofSite = make('p', { 'data-testid': 'visits-of-site' });
  const withThirdParty = make('p', { 'data-testid': 'visits-with' });
  /** @type {import('./view.js').Shown | null} */
  let last = null;
  const remove = make(
    'button',
    { type: 'button', class: 'button button-danger', 'data-testid': 'delete-shown' },
    text('deletePeriod'),
  );
  remove.addEventListener('click', () => {
    const site = place.part('name');
    const row = site === '' ? undefined : last?.summary.site(site);
    if (row) orders.site(row);
    else if (last) orders.days(last);
  });
  const shown = make('div');
  const actions = make('div', { class: 'page-actions' }, remove);
  return {
    element: make('div', {}, group, ofSite, withThirdParty, shown, actions),
    draw: (now) => {
      last = now;
      const [site, domain] = [place.part('name'), place.part('with')];
      const isGrouped = site === '' && place.part('group') === 'site';
      byVisit.href = place.of('visits', '', { search: place.part('search') });
      // What is searched for among visits can be a third party, whose name no site has.
      bySite.href = place.of('visits', '', { group: 'site' });
      drawCurrent(byVisit, !isGrouped && site === '' && domain === '');
      drawCurrent(bySite, isGrouped);
      drawSite(ofSite, place, site, now);
      drawThirdParty(withThirdParty, place, isGrouped ? '' : domain, now);
      actions.hidden = now.totals.days === null || (site !== '' && !now.summary.site(site));
      remove.textContent = site === '' ? text('deletePeriod') : text('deleteSite');
      const view = isGrouped ? sites.element : list.element;
      if (shown.firstChild !== view) shown.replaceChildren(view);
      const heading = { words: text('visitsTitle') };
      if (!isGrouped) return { ...heading, settled: list.draw(now) };
      sites.draw((query) => now.summary.sites(query));
      return heading;
    },
  };
}

/**
 * Says of which site alone the visits are, and leads to all that is known of it.
 *
 * @param {HTMLElement} element
 * @param {import('./view.js').Place} place
 * @param {string} site Empty: of all.
 * @param {import('./view.js').Shown} shown
 */
function drawSite(element, place, site, { summary }) {
  element.hidden = site === '';
  const name = make('a', { href: place.of('site', site) }, hostName(summary.site(site)?.text ?? site, site));
  drawContent(element, ...sentence('historyOfSite', name));
}

/**
 * Says which third party the visits contacted, leads to all that is known of it, and to all visits.
 *
 * @param {HTMLElement} element
 * @param {import('./view.js').Place} place
 * @param {string} domain Empty: any, or none.
 * @param {import('./view.js').Shown} shown
 */
function drawThirdParty(element, place, domain, { summary }) {
  element.hidden = domain === '';
  const written = hostName(summary.thirdParty(domain)?.text ?? domain, domain);
  const name = make('a', { href: place.of('third-party', domain) }, written);
  const all = make(
    'a',
    { href: place.with({ with: '', page: '' }), 'data-testid': 'visits-all' },
    text('historyAllVisits'),
  );
  drawContent(element, ...sentence('historyWith', name), ' ', all);
}
