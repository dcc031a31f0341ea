// Owns what is told of some requests to third parties, side by side: what became of them, and of which types those were that left.
import { make } from '../../popup/element.js';
import { TypeBars } from '../../popup/type-bars.js';
import { text } from '../i18n.js';
import { OutcomeTable } from './outcome-table.js';

/** Both. */
export class RequestFacts {
  #outcomes;
  #types = make('ul', { class: 'types' });
  #bars = new TypeBars(this.#types);
  #typed = make('section', {}, make('h2', {}, text('typesTitle')), this.#types);

  /** @param {string} title The key of the outcomes' heading. */
  constructor(title) {
    this.#outcomes = new OutcomeTable(title);
    this.element = make('div', { class: 'beside request-facts' }, this.#outcomes.element, this.#typed);
  }

  /** @param {{ outcomes: import('../core/types.js').OutcomeCounts, types: import('../core/types.js').TypeCount[] }} facts */
  draw({ outcomes, types }) {
    this.#outcomes.draw(outcomes);
    this.#typed.hidden = types.length === 0;
    this.#bars.draw(types);
  }
}
