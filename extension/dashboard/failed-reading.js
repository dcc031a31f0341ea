// Owns what is said where something could not be read: why, and the way to try it again.
import { make } from '../../popup/element.js';
import { notice } from '../../popup/notice.js';
import { detailOf, text } from '../i18n.js';

/** The words, where there are any. */
export class FailedReading {
  element = make('div', { role: 'alert', hidden: '' });
  #again = make(
    'button',
    { type: 'button', class: 'button button-outlined', 'data-testid': 'read-again' },
    text('retry'),
  );
  #said = '';

  /** @param {() => void} again Reads again, and says whether that failed. */
  constructor(again) {
    this.#again.addEventListener('click', () => {
      // Failed once more, it is said once more.
      this.#said = '';
      again();
    });
  }

  /**
   * What is read again in vain, without being asked for, is not said again.
   *
   * @param {unknown} error
   */
  say(error) {
    const words = text('actionFailed', detailOf(error));
    if (words === this.#said) return;
    this.#said = words;
    const isPressed = this.#hasFocus();
    this.element.replaceChildren(notice('fault', 'reading-failed', words, [], this.#again));
    this.element.hidden = false;
    if (isPressed) this.#again.focus();
  }

  /** It was read, or is not wanted any more. */
  clear() {
    if (this.element.hidden) return;
    const isPressed = this.#hasFocus();
    this.#said = '';
    this.element.hidden = true;
    this.element.replaceChildren();
    // The button goes.
    if (isPressed) document.querySelector('h1')?.focus();
  }

  #hasFocus() {
    return this.element.contains(document.activeElement);
  }
}
