// Owns a switch: on or off as it is decided, and what its user wants instead.
import { make } from '../../popup/element.js';
import { text } from '../i18n.js';

export class SwitchField {
  #box;
  #decided = false;

  /**
   * @param {string} name In `data-testid`.
   * @param {string} label The key of its words.
   * @param {(on: boolean) => void} chosen It shows what was decided before until it is drawn again.
   */
  constructor(name, label, chosen) {
    this.#box = make('input', { type: 'checkbox', role: 'switch', 'data-testid': name });
    this.#box.addEventListener('change', () => {
      const wanted = this.#box.checked;
      this.#box.checked = this.#decided;
      chosen(wanted);
    });
    this.element = make('label', { class: 'switch' }, this.#box, text(label));
  }

  /**
   * @param {boolean} on
   * @param {string} [idle] Why it cannot be used, where it cannot.
   */
  draw(on, idle) {
    this.#decided = on;
    this.#box.checked = on;
    this.#box.disabled = idle !== undefined;
    this.element.title = idle ?? '';
  }
}
