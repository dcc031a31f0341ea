// Owns what only the visits tell of one third party: its hosts, what was asked of them and what became of it, who brought it.
import { make } from '../../popup/element.js';
import { text } from '../i18n.js';
import { chainTable } from './chain-table.js';
import { Detail } from './detail.js';
import { hostTable } from './host-table.js';
import { RequestFacts } from './request-facts.js';

/**
 * @param {import('./view.js').Place} place
 * @returns {import('./view.js').View}
 */
export function thirdPartyDetail(place) {
  const requests = new RequestFacts('outcomesOfThirdParty');
  const hosts = hostTable(place);
  const chains = chainTable(place);
  return new Detail({
    place,
    whole: 'detailWhole',
    none: 'detailNone',
    content: [
      requests.element,
      hosts.element,
      chains.element,
      make('p', { class: 'table-hint soft small' }, text('chainsHint')),
    ],
    rowOf: ({ summary }, domain) => summary.thirdParty(domain),
    daysOf: ({ summary }, domain) => summary.daysOfThirdParty(domain),
    begin: ({ reader }, domain) => new reader.ThirdPartyDetail(domain),
    draw: (detail, view) => {
      requests.draw(view);
      hosts.draw((query) => detail.hosts(query));
      chains.draw((query) => detail.chains(query));
    },
  });
}
