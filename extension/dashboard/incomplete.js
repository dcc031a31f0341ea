// Owns the word that visits may have an incomplete count.
import { drawText, make, symbol } from '../../popup/element.js';
import { plural } from '../i18n.js';

/** The word, of whatever stands above it. */
export class Incomplete {
  #words = make('span');

  constructor() {
    this.element = make('p', { class: 'incomplete small', 'data-testid': 'incomplete' }, symbol('warn'), this.#words);
  }

  /** @param {number} count Of visits. */
  draw(count) {
    this.element.hidden = count === 0;
    this.element.setAttribute('data-value', String(count));
    drawText(this.#words, plural('incompleteVisits', count));
  }
}
