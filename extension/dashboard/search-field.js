// Owns the field of a view's search. What is typed is part of the address at once, so that the two always say the same.
import { make } from '../../popup/element.js';
import { text } from '../i18n.js';
import { tableParts } from './place.js';

export class SearchField {
  #place;
  #part;

  /**
   * @param {string} label The key of what can be searched.
   * @param {import('./place.js').Place} place
   * @param {import('./place.js').Beside} [beside] Which table of its view it searches, where there are several.
   * @param {() => void} [onInput] What is to show at once what is found; the screen follows soon.
   */
  constructor(label, place, beside, onInput) {
    const { search, page } = tableParts(beside);
    this.#place = place;
    this.#part = search;
    this.element = make('input', {
      class: 'field',
      type: 'search',
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder: text(label),
      'aria-label': text(label),
      'data-testid': beside ? `${beside}-search` : 'search',
    });
    this.element.addEventListener('input', () => {
      place.note({ [search]: this.value, [page]: '' });
      onInput?.();
    });
  }

  /** What is searched for. */
  get value() {
    return this.element.value;
  }

  /**
   * Shows what the address says.
   *
   * @returns {boolean} Whether that is another search than before.
   */
  draw() {
    const search = this.#place.part(this.#part);
    if (this.value === search) return false;
    this.element.value = search;
    return true;
  }
}
