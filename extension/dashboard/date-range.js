// Owns the two date fields of a period: what the reader types in them, and when that is a period.
import { drawText, make } from '../../popup/element.js';
import { dateOf, dayOf } from '../calendar.js';
import { text } from '../i18n.js';

let lastId = 0;

export class DateRange {
  #from;
  #to;
  #turned = make('span', { id: `date-range-${++lastId}`, role: 'status', 'data-testid': 'dates-turned' });
  /** What was drawn last. */
  #drawn = { from: '', to: '' };

  /**
   * @param {string} name Of what the fields choose, before theirs in `data-testid`; empty: nothing.
   * @param {(from: string, to: string) => void} onChoose The reader chose a period, by its first and its last date.
   */
  constructor(name, onChoose) {
    this.#from = dateField('periodFrom', `${name}from`);
    this.#to = dateField('periodTo', `${name}to`);
    this.#to.setAttribute('aria-describedby', this.#turned.id);
    for (const field of [this.#from, this.#to]) {
      field.addEventListener('change', () => {
        this.#check();
        if (this.#isPeriod) onChoose(this.#from.value, this.#to.value);
      });
    }
    const dash = make('span', { class: 'soft', 'aria-hidden': 'true' }, '–');
    this.element = make('span', { class: 'dates' }, this.#from, dash, this.#to, this.#turned);
  }

  /** The dates in the fields, as they stand there. */
  get value() {
    return { from: this.#from.value, to: this.#to.value };
  }

  /** Shows the period that was drawn last in the place of dates that are none, and gives it. */
  restore() {
    this.#from.value = this.#drawn.from;
    this.#to.value = this.#drawn.to;
    this.#check();
    return this.#drawn;
  }

  /**
   * @param {number | undefined} from The first day, in days since 1970.
   * @param {number | undefined} to The last one.
   */
  draw(from, to) {
    const [first, last] = [dateOf(from), dateOf(to)];
    const isSame = first === this.#drawn.from && last === this.#drawn.to;
    // Dates that are no period yet stay the reader's, until another one is shown.
    if (isSame && !this.#isPeriod) return;
    this.#drawn = { from: first, to: last };
    show(this.#from, first, isSame);
    show(this.#to, last, isSame);
    this.#check();
  }

  /** A year that is being typed goes through years that nobody means, and a period has an end after its beginning. */
  get #isPeriod() {
    return this.#length > 0;
  }

  /** How many days there are from the first date to the last: none or fewer where they are turned, and no number where one is no date. */
  get #length() {
    return (dayOf(this.#to.value) ?? NaN) - (dayOf(this.#from.value) ?? NaN) + 1;
  }

  /** Says what is wrong with two dates; which of them is to be another one, only the reader knows. */
  #check() {
    const isTurned = this.#length <= 0;
    drawText(this.#turned, isTurned ? text('periodTurned') : '');
    if (isTurned) this.#to.setAttribute('aria-invalid', 'true');
    else this.#to.removeAttribute('aria-invalid');
  }
}

/**
 * @param {string} label
 * @param {string} testid
 */
function dateField(label, testid) {
  return make('input', { class: 'field', type: 'date', 'aria-label': text(label), 'data-testid': testid });
}

/**
 * @param {HTMLInputElement} field
 * @param {string} date
 * @param {boolean} isSame The period is the one that was drawn before: a date that is being typed stays, too.
 */
function show(field, date, isSame) {
  if (isSame && field === document.activeElement) return;
  // Written anew, even the same date would be typed from its beginning.
  if (field.value !== date) field.value = date;
}
