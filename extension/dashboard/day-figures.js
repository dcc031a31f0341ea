// Owns what can be counted of a day, for the daily chart and the tables of days alike.

/**
 * @typedef {'domains' | 'newDomains' | 'requests' | 'visits' | 'sites'} FigureName
 *
 * One day on which there is something. What its rows do not count is not there.
 *
 * @typedef {{ day: number, incomplete?: number } & Partial<Record<FigureName, number>>} DayFigures
 *
 * @typedef {object} Figure
 * @property {FigureName} name In the address too.
 * @property {string} label The key of what it is called.
 * @property {string} column The key of its column's heading.
 * @property {string} formula The key of how it comes about.
 * @property {string} counted The key of so many of it.
 */

/** What each is called, wherever it is counted. @type {Record<FigureName, Omit<Figure, 'formula'>>} */
const WORDS = {
  domains: { name: 'domains', label: 'figureDomains', column: 'columnDomains', counted: 'figureDomainCount' },
  newDomains: {
    name: 'newDomains',
    label: 'figureNewDomains',
    column: 'columnNewDomains',
    counted: 'newCount',
  },
  requests: { name: 'requests', label: 'columnRequests', column: 'columnRequests', counted: 'requestCount' },
  visits: { name: 'visits', label: 'columnVisits', column: 'columnVisits', counted: 'visitCount' },
  sites: { name: 'sites', label: 'columnSites', column: 'columnSites', counted: 'siteCount' },
};

/** Those of a period. @type {readonly Figure[]} */
export const OF_PERIOD = [
  { ...WORDS.domains, formula: 'hintThirdParties' },
  { ...WORDS.requests, formula: 'hintRequests' },
  { ...WORDS.visits, formula: 'hintVisits' },
  { ...WORDS.sites, formula: 'hintSites' },
];

/** Those of one site. @type {readonly Figure[]} */
export const OF_SITE = [
  { ...WORDS.domains, formula: 'hintThirdPartiesOfSite' },
  { ...WORDS.newDomains, formula: 'hintNewDomains' },
  { ...WORDS.requests, formula: 'hintRequestsOfSite' },
  { ...WORDS.visits, formula: 'hintVisitsOfSite' },
];

/** Those of one third party. @type {readonly Figure[]} */
export const OF_THIRD_PARTY = [
  { ...WORDS.sites, formula: 'hintSitesMet' },
  { ...WORDS.visits, formula: 'hintVisitsMet' },
  { ...WORDS.requests, formula: 'hintRequestsMet' },
];
