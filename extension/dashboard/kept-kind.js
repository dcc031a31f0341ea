// Owns one kind of data in “What is kept”: its name, what it is for, how much of it there is, and what can be decided about it.
import { drawText, make } from '../../popup/element.js';
import { text } from '../i18n.js';

export class KeptKind {
  #much;
  #size = make('span');
  #title;
  #head;
  #controls = make('div', { class: 'kept-controls' });

  /**
   * @param {string} name In `data-testid`, behind `kept-`.
   * @param {string} title The key of its name.
   * @param {string} why The key of what it holds and what for.
   */
  constructor(name, title, why) {
    this.#much = make('span', { 'data-testid': `kept-${name}` });
    this.#size.setAttribute('data-testid', `kept-${name}-size`);
    this.#title = make('h2', { tabindex: -1, 'data-testid': `kept-${name}-title` }, text(title));
    this.#head = make('div', { class: 'kept-head' }, this.#title);
    this.element = make(
      'section',
      { class: 'kept-kind' },
      this.#head,
      make('p', {}, text(why)),
      make('p', { class: 'soft' }, this.#much, this.#size),
      this.#controls,
    );
  }

  /**
   * How much there is, since when, for how long.
   *
   * @param {string[]} words
   */
  say(words) {
    drawText(this.#much, words.join(' · '));
  }

  /** The room that it takes. @param {string} words */
  saySize(words) {
    drawText(this.#size, words === '' ? '' : ` · ${words}`);
  }

  /** To its name: what was pressed can be pressed no more. */
  focus() {
    this.#title.focus();
  }

  /** The switch of the whole kind. @param {HTMLElement} element */
  addSwitch(element) {
    this.#head.append(element);
  }

  /** @param {...HTMLElement} elements */
  add(...elements) {
    this.#controls.append(...elements);
  }
}

/**
 * A button of a kind.
 *
 * @param {string} name In `data-testid`.
 * @param {string} label The key of its words.
 * @param {() => void} pressed
 * @param {'danger' | 'outlined'} [look]
 */
export function keptButton(name, label, pressed, look = 'danger') {
  const attributes = { type: 'button', class: `button button-${look}`, 'data-testid': name };
  const button = make('button', attributes, text(label));
  button.addEventListener('click', pressed);
  return button;
}
