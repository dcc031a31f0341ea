// Owns the question before something is deleted: in the page, never a browser's own dialog.
import { text } from '../extension/i18n.js';
import { make } from './element.js';

let lastId = 0;

export class Confirmation {
  /** @type {HTMLElement | null} What had the focus before, and gets it back; where it is gone, the page's heading does. */
  #opener = null;
  #place;
  #changed;
  /** What is told where the open question is not confirmed. */
  #declined = () => {};

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
   * @param {() => void} [declined]
   */
  open(question, warning, confirmed, declined = () => {}) {
    // One question at a time: what was asked before is not confirmed. The focus stays on what was pressed for this one: given back to what
    // opened the other, it would have the page scroll there, and come back there from this one, too.
    const before = this.#declined;
    this.#empty();
    before();
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
    this.#declined = declined;
    no.addEventListener('click', () => this.decline());
    const box = make(
      'div',
      {
        class: 'confirmation',
        role: 'alertdialog',
        'aria-labelledby': id,
        'aria-describedby': `${id}-warning`,
        'data-testid': 'confirmation',
      },
      make('div', {}, make('p', { id }, ...question), make('p', { id: `${id}-warning`, class: 'soft small' }, warning)),
      make('div', { class: 'confirmation-choices' }, yes, no),
    );
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      this.decline();
    });
    this.#place.replaceChildren(box);
    this.#changed(true);
    // The harmless choice has the focus: Enter twice deletes nothing.
    no.focus();
  }

  /** What is asked, if anything is, is not to be done. */
  decline() {
    const declined = this.#declined;
    this.close();
    declined();
  }

  close() {
    if (!this.#empty()) return;
    // It may be gone meanwhile.
    const isThere = this.#opener?.checkVisibility();
    (isThere ? this.#opener : document.querySelector('h1'))?.focus();
  }

  /** @returns {boolean} Whether a question was open. */
  #empty() {
    const wasOpen = this.isOpen;
    this.#declined = () => {};
    if (!wasOpen) return false;
    this.#place.replaceChildren();
    this.#changed(false);
    return true;
  }
}
