// Owns the choice of how long something is kept: it holds once it is applied, not while its reader moves through it.
import { make } from '../../popup/element.js';
import { plural, text } from '../i18n.js';

const FOR_EVER = 'ever';
/** In days, today not counted; null: for ever. */
const CHOICES = [null, 730, 365, 90, 30, 7, 0];

export class RetentionField {
  #field;
  #apply;
  /** What is decided: the value of its option. */
  #decided = valueOf(null);

  /**
   * @param {'visits' | 'sums'} kind
   * @param {() => void} applied
   */
  constructor(kind, applied) {
    this.#field = make(
      'select',
      {
        class: 'field',
        'data-testid': `retention-${kind}`,
        'aria-label': text(kind === 'visits' ? 'keepVisitsFor' : 'keepSumsFor'),
      },
      ...CHOICES.map((days) => make('option', { value: valueOf(days) }, wordsOf(days))),
    );
    this.#apply = make(
      'button',
      {
        type: 'button',
        class: 'button button-outlined',
        'data-testid': `retention-${kind}-apply`,
        'aria-label': text(kind === 'visits' ? 'applyVisitsFor' : 'applySumsFor'),
      },
      text('apply'),
    );
    this.#apply.hidden = true;
    // An arrow key chooses in most browsers what it only passes.
    this.#field.addEventListener('change', () => this.#offer());
    this.#field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || this.#apply.hidden) return;
      event.preventDefault();
      applied();
    });
    this.#apply.addEventListener('click', applied);
    this.element = make(
      'span',
      { class: 'retention' },
      make('label', {}, `${text('keepFor')} `, this.#field),
      this.#apply,
    );
  }

  /** The choice, applied or not; null: for ever. @returns {number | null} */
  get days() {
    return this.#field.value === FOR_EVER ? null : Number(this.#field.value);
  }

  /**
   * Shows what is decided; also a number of days that is none of the choices. What the reader is about to choose stays.
   *
   * @param {number | null} days
   */
  draw(days) {
    const value = valueOf(days);
    const isChoosing = this.#field.value !== this.#decided;
    this.#decided = value;
    const isOffered = [...this.#field.options].some((option) => option.value === value);
    if (!isOffered) this.#field.append(make('option', { value }, wordsOf(days)));
    if (!isChoosing) this.#field.value = value;
    this.#offer();
  }

  /** The choice was applied, or given up: what is decided is shown next. */
  settle() {
    this.#field.value = this.#decided;
    this.#offer();
  }

  #offer() {
    const isOffered = this.#field.value !== this.#decided;
    // A button that goes takes the focus along.
    if (!isOffered && document.activeElement === this.#apply) this.#field.focus();
    this.#apply.hidden = !isOffered;
  }
}

/** @param {number | null} days */
function valueOf(days) {
  return days === null ? FOR_EVER : String(days);
}

/** @param {number | null} days */
function wordsOf(days) {
  if (days === null) return text('keepForEver');
  return days === 0 ? text('keepToday') : plural('keepDays', days);
}
