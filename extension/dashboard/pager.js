// Owns the links from one page of a table to the next, and which page it is.
import { drawText, make } from '../../popup/element.js';
import { number, text } from '../i18n.js';

/** The links. They stay where they are, so that who follows one can follow it again. */
export class Pager {
  #before = make('a', { 'data-testid': 'page-before' }, text('pageBefore'));
  #at = make('span', { 'data-testid': 'page' });
  #after = make('a', { 'data-testid': 'page-after' }, text('pageAfter'));
  #place;
  #part;

  /**
   * @param {import('./place.js').Place} place
   * @param {string} part Of the address, in which the page stands.
   */
  constructor(place, part) {
    this.#place = place;
    this.#part = part;
    this.element = make(
      'nav',
      { class: 'pages', 'aria-label': text('pagesLabel') },
      this.#before,
      this.#at,
      this.#after,
    );
  }

  /**
   * @param {number} page From 1.
   * @param {number} last
   */
  draw(page, last) {
    this.element.hidden = last === 1;
    this.#lead(this.#before, page - 1, last);
    this.#lead(this.#after, page + 1, last);
    // Who turns the page hears which one it is; what is there from the beginning is no news.
    if (this.#at.textContent !== '') this.#at.setAttribute('role', 'status');
    drawText(this.#at, text('pageOf', number(page), number(last)));
  }

  /**
   * @param {HTMLAnchorElement} link
   * @param {number} to
   * @param {number} last
   */
  #lead(link, to, last) {
    if (to < 1 || to > last) {
      // A link that leads nowhere keeps the focus; without an address it would be read as text.
      link.removeAttribute('href');
      link.setAttribute('role', 'link');
      link.setAttribute('aria-disabled', 'true');
      link.tabIndex = 0;
    } else {
      link.href = this.#place.with({ [this.#part]: to === 1 ? '' : String(to) });
      link.removeAttribute('role');
      link.removeAttribute('aria-disabled');
      link.removeAttribute('tabindex');
    }
  }
}
