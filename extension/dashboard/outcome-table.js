// Owns the table of what became of the requests to third parties: those that count as contacts first.
import { make, numeral } from '../../popup/element.js';
import { keyOf, text } from '../i18n.js';

/** @typedef {import('../core/types.js').Outcome} Outcome */

/** Those that left the browser, then the others. @type {Outcome[]} */
const OUTCOMES = ['sent', 'pending', 'cached', 'blocked', 'failed', 'unknown'];

export class OutcomeTable {
  #list = make('dl', { class: 'outcomes', 'data-testid': 'outcomes' });

  /** @param {string} title The key of its heading. */
  constructor(title) {
    this.element = make('section', {}, make('h2', {}, text(title)), this.#list);
  }

  /** @param {import('../core/types.js').OutcomeCounts} outcomes */
  draw(outcomes) {
    const met = OUTCOMES.filter((outcome) => outcomes[outcome] > 0);
    this.element.hidden = met.length === 0;
    this.#list.replaceChildren(
      ...met.map((outcome) =>
        make(
          'div',
          { title: text(keyOf('outcome', outcome, 'Hint')) },
          make('dt', {}, text(keyOf('outcome', outcome))),
          make('dd', {}, numeral(`outcome-${outcome}`, outcomes[outcome])),
          make('dd', { class: 'soft small' }, text(keyOf('outcome', outcome, 'Hint'))),
        ),
      ),
    );
  }
}
