// Owns a field in which a site is chosen by typing: the browser suggests those of the period.
import { make } from '../../popup/element.js';
import { text } from '../i18n.js';

/** @typedef {import('../core/reader.js').Summary} Summary */

/** Sites that are suggested at a time: more are found by typing on. */
const SUGGESTED = 20;

let lastId = 0;

export class SiteField {
  #id = `sites-${++lastId}`;
  #options = make('datalist', { id: this.#id });
  #field;
  #choose;
  /** @type {Summary | null} */
  #summary = null;
  #site = '';

  /**
   * @param {string} name In `data-testid`.
   * @param {string} label The key of what is chosen.
   * @param {(site: string) => void} choose
   */
  constructor(name, label, choose) {
    this.#choose = choose;
    this.#field = make('input', {
      class: 'field',
      list: this.#id,
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder: text('compareSiteHint'),
      'aria-label': text(label),
      'data-testid': name,
    });
    this.#field.addEventListener('focus', () => this.#suggest());
    this.#field.addEventListener('input', (event) => {
      this.#suggest();
      // One of the suggestions was taken, not typed.
      const isTyped = event instanceof InputEvent && event.inputType !== 'insertReplacementText';
      if (!isTyped) this.#take();
    });
    this.#field.addEventListener('change', () => this.#take());
    this.element = make('span', { class: 'site-field' }, this.#field, this.#options);
  }

  /**
   * @param {Summary} summary
   * @param {string} site That of the address; empty: none is chosen.
   */
  draw(summary, site) {
    this.#summary = summary;
    // What is being typed is left to the reader.
    if (site === this.#site && this.#field === document.activeElement) return;
    this.#site = site;
    this.#field.value = site === '' ? '' : (summary.site(site)?.text ?? site);
  }

  #suggest() {
    const rows = this.#found(this.#field.value);
    this.#options.replaceChildren(...rows.map(({ text: written }) => make('option', { value: written })));
  }

  #take() {
    const words = this.#field.value.trim().toLowerCase();
    const rows = this.#found(words);
    const exact = this.#summary?.site(words) ?? rows.find(({ text: written }) => written.toLowerCase() === words);
    // A part of one name alone means that one; what is none at all is said to be nothing.
    const found = exact ?? (rows.length === 1 && words !== '' ? rows[0] : undefined);
    const site = found?.site ?? words;
    // Also where it is the site that was chosen before: a part of its name is none.
    this.#field.value = found?.text ?? words;
    if (site === this.#site) return;
    this.#site = site;
    this.#choose(site);
  }

  /** @param {string} search */
  #found(search) {
    const query = { search, sort: /** @type {const} */ ('visits'), back: false, offset: 0, limit: SUGGESTED };
    return this.#summary?.sites(query).rows ?? [];
  }
}
