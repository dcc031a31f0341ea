// Owns what the pages of one site and of one third party have in common: the way back to the table, and the word where there is nothing.
import { make } from '../../popup/element.js';
import { text } from '../i18n.js';
import { nameHeading } from './heading.js';

/**
 * @template {{ text: string }} Row
 * @typedef {object} NamedPageParts
 * @property {import('./place.js').Place} place
 * @property {import('./place.js').ViewName} list The view of the table that leads here.
 * @property {string} listTitle The key of its heading.
 * @property {string} nothing The key of what is said where there is nothing of the name.
 * @property {HTMLElement[]} content
 * @property {(shown: import('./view.js').Shown, name: string) => Row | undefined} rowOf
 * @property {(row: Row, shown: import('./view.js').Shown, name: string) => Promise<void> | void} draw Gives what is awaited, where something is drawn later.
 */

/**
 * The page of the name that the address has.
 *
 * @template {{ text: string }} Row
 * @param {NamedPageParts<Row>} parts
 * @returns {import('./view.js').View}
 */
export function namedPage({ place, list, listTitle, nothing, content, rowOf, draw }) {
  const back = make('a', { class: 'way-back' }, text(listTitle));
  const none = make('p', { class: 'soft', 'data-testid': 'nothing' }, text(nothing));
  const all = make('div', {}, ...content);
  return {
    element: make('div', {}, make('nav', { 'aria-label': text('wayBack') }, back), none),
    draw: (shown) => {
      back.href = place.backTo(list);
      const name = place.part('name');
      const row = rowOf(shown, name);
      // Not hidden but taken out: what is still read for it, or waits to be drawn in it, looks whether it stands in the page.
      if (row) none.replaceWith(all);
      else all.replaceWith(none);
      const settled = row && draw(row, shown, name);
      return { ...nameHeading(name, row?.text), ...(settled && { settled }) };
    },
  };
}
