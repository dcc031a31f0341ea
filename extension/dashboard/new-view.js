// Owns the view of what is new: third parties that a site had not contacted before, on all sites or on the one that the address names.
import { drawContent, hostName, make } from '../../popup/element.js';
import { sentence, text } from '../i18n.js';
import { newContactTable } from './new-contact-table.js';

/** @param {import('./view.js').Place} place @returns {import('./view.js').View} */
export function newView(place) {
  const every = newContactTable(place, {});
  const ofSite = newContactTable(place, { site: () => place.part('name') });
  const only = make('p', { 'data-testid': 'new-only' });
  const nothing = make('p', { 'data-testid': 'new-nothing' }, text('newNothing'));
  const what = make('p', { class: 'soft' }, text('newText'));
  const element = make('div', {}, what, only, nothing, every.element, ofSite.element);
  return {
    element,
    draw: (shown) => {
      const name = place.part('name');
      only.hidden = name === '';
      const site = make('a', { href: place.of('site', name) }, hostName(shown.summary.site(name)?.text ?? name, name));
      const all = make('a', { href: place.of('new'), 'data-testid': 'new-all' }, text('newAllSites'));
      drawContent(only, ...sentence('newOnly', site), ' ', all);
      const [table, other] = name === '' ? [every, ofSite] : [ofSite, every];
      other.element.hidden = true;
      table.draw(shown);
      nothing.hidden = !table.element.hidden;
      return { words: text('newTitle') };
    },
  };
}
