// Owns the word that stands where something is not there yet, once that takes long: nobody is to take what is empty for what there is.
import { drawText, make } from '../../popup/element.js';
import { SLOW_MS } from '../../popup/order.js';
import { text } from '../i18n.js';

export class SlowWord {
  #waits = 0;
  // Never out of the page, so that what is said in it is read aloud; no paragraph, whose space would be seen.
  element = make('div', { class: 'soft', role: 'status', 'data-testid': 'still-loading' });

  /**
   * @template Made
   * @param {Promise<Made>} made
   * @returns {Promise<Made>} The same.
   */
  async during(made) {
    this.#waits += 1;
    const slow = setTimeout(() => drawText(this.element, text('stillLoading')), SLOW_MS);
    try {
      return await made;
    } finally {
      clearTimeout(slow);
      this.#waits -= 1;
      if (this.#waits === 0) drawText(this.element, '');
    }
  }
}
