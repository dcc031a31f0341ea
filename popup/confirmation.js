// Owns the question before something is deleted: in the page, never a browser's own dialog.
import { text } from '../extension/i18n.js';
import { make } from './element.js';

let lastId = 0;

export class Confirmation {
  /** @type {HTMLElement | null} What had the focus before, and gets it back. */
  #opener = null;
  #place;
  #changed;

  /**
   * @param {HTMLElement} place Where the question stands while it is open.
   * @param {(open: boolean) => void} [changed] Called when it opens and when it closes.
   */
  constructor(place, changed = () => {}) {
    this.#place = place;
    this.#changed = changed;
  }

  get isOpen() {
    return this.#place.childElementCount > 0;
  }

  /**
   * @param {(string | Node)[]} question
   * @param {string} warning
   * @param {() => Promise<void>} confirmed
   */
  open(question, warning, confirmed) {
    this.#opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const id = `question-${++lastId}`;
    const yes = make(
      'button',
      { type: 'button', class: 'button button-danger', 'data-testid': 'confirm-yes' },
      text('deleteYes'),
    );
    const no = make(
      'button',
      { type: 'button', class: 'button button-outlined', 'data-testid': 'confirm-no' },
      text('deleteNo'),
    );
    yes.addEventListener('click', () => {
      this.close();
      void confirmed();
    });
    no.addEventListener('click', () => this.close());
    const box = make(
      'div',
      {
        class: 'confirmation',
        role: 'alertdialog',
        'aria-labelledby': id,
        'aria-describedby': `${id}-warning`,
        'data-testid': 'confirmation',
      },
      make(
        'div',
        {},
        make('p', { id, class: 'confirmation-question' }, ...question),
        make('p', { id: `${id}-warning`, class: 'soft small' }, warning),
      ),
      make('div', { class: 'confirmation-choices' }, yes, no),
    );
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
    this.#place.replaceChildren(box);
    this.#changed(true);
    // The harmless choice has the focus: Enter twice deletes nothing.
    no.focus();
  }

  close() {
    if (!this.isOpen) return;
    this.#place.replaceChildren();
    this.#changed(false);
    this.#opener?.focus();
  }
}
