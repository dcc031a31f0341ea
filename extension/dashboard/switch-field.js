// Owns a switch: on or off as it is decided, and what its user wants instead.
import { drawText, make } from '../../popup/element.js';
import { text } from '../i18n.js';

let lastId = 0;

export class SwitchField {
  #box;
  #idle = make('p', { id: `switch-idle-${++lastId}`, class: 'soft small' });
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
    this.#box.setAttribute('aria-describedby', this.#idle.id);
    this.#idle.setAttribute('data-testid', `${name}-idle`);
    this.element = make(
      'div',
      { class: 'switch-field' },
      make('label', { class: 'switch' }, this.#box, text(label)),
      this.#idle,
    );
  }

  /**
   * @param {boolean} on
   * @param {string} [idle] Why it cannot be used, where it cannot.
   */
  draw(on, idle) {
    this.#decided = on;
    this.#box.checked = on;
    this.#box.disabled = idle !== undefined;
    // In sight: a title is for a pointer alone, and what is disabled cannot have the focus.
    drawText(this.#idle, idle ?? '');
    this.#idle.hidden = idle === undefined;
  }
}
