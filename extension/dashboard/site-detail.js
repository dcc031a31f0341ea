// Owns what only the visits tell of one site: of which types its requests to third parties were, and what became of them.
import { Detail } from './detail.js';
import { RequestFacts } from './request-facts.js';

/**
 * @param {import('./view.js').Place} place
 * @returns {import('./view.js').View}
 */
export function siteDetail(place) {
  const requests = new RequestFacts('outcomesToThirdParties');
  return new Detail({
    place,
    whole: 'siteDetailWhole',
    none: 'siteDetailNone',
    isOfSite: true,
    content: [requests.element],
    rowOf: ({ summary }, site) => summary.site(site),
    daysOf: ({ summary }, site) => summary.daysOfSite(site),
    begin: ({ reader }, site) => new reader.SiteDetail(site),
    draw: (_, view) => requests.draw(view),
  });
}
