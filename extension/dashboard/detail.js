// Owns what only the visits tell on the page of a site or a third party: when they are read, how far, and of how much of what was counted they
// tell. They are read once the rest of the page is there.
import { drawText, make, symbol } from '../../popup/element.js';
import { unreadableTotal } from '../../popup/unreadable.js';
import { DetailReading } from '../detail-reading.js';
import { number, plural, text } from '../i18n.js';
import { FailedReading } from './failed-reading.js';
import { SlowReading } from './slow-reading.js';

/**
 * @typedef {import('../core/types.js').RequestSumView} RequestSumView
 * @typedef {import('./view.js').Shown} Shown
 *
 * @typedef {{ visits: number, requests: number }} Row What the sums say of it.
 */

/**
 * @template {import('../detail-reading.js').Detail} Of
 * @typedef {object} DetailParts
 * @property {import('./view.js').Place} place
 * @property {string} whole The key of what is said where all was read, by the number of days.
 * @property {string} none The key of what is said where nothing could be read.
 * @property {HTMLElement[]} content
 * @property {(shown: Shown, name: string) => Row | undefined} rowOf
 * @property {(shown: Shown, name: string) => { day: number, visits: number }[]} daysOf Those on which there is something of it.
 * @property {boolean} [isOfSite] Whether it is a site.
 * @property {(shown: Shown, name: string) => Of} begin
 * @property {(detail: Of, view: RequestSumView) => void} draw
 */

/**
 * @template {import('../detail-reading.js').Detail} Of
 * @typedef {object} Asked What is read, and what the sums said of it then.
 * @property {string} of Its name and the period.
 * @property {string} told What its days were, and what became of all requests of the period.
 * @property {number} ordersDone How many orders were carried out until then.
 * @property {Row} row
 * @property {DetailReading<Of>} reading
 */

/**
 * What the visits tell of the site, or of the third party, that the address names.
 *
 * @template {import('../detail-reading.js').Detail} Of
 */
export class Detail {
  #parts;
  #slow = new SlowReading();
  #whole = make('p', { class: 'soft small', 'data-testid': 'detail-whole' });
  #partWords = make('span');
  #part = make(
    'p',
    { class: 'incomplete small', role: 'status', 'data-testid': 'detail-part' },
    symbol('warn'),
    this.#partWords,
  );
  #more = make(
    'button',
    { type: 'button', class: 'more button button-outlined', 'data-testid': 'read-on' },
    text('readOn'),
  );
  #failed = new FailedReading(() => void this.#settle());
  #told;
  #content;
  /** What is read, or was read last. @type {Asked<Of> | null} */
  #asked = null;
  /** What is shown. @type {Asked<Of> | null} */
  #drawn = null;
  /** The reader ended the last reading. */
  #isStopped = false;
  /** What there is to see by now. @type {Shown | null} */
  #shown = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  /** @param {DetailParts<Of>} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#more.addEventListener('click', () => {
      if (!this.#drawn) return;
      // The button goes.
      this.element.focus();
      void this.#read(this.#drawn);
    });
    this.#told = make('div', {}, ...parts.content);
    const content = [this.#whole, this.#part, this.#more, this.#told];
    this.#content = make('div', { 'data-testid': 'detail', hidden: '' }, ...content);
    this.element = make('section', { class: 'rows' }, this.#slow.element, this.#failed.element, this.#content);
    this.element.setAttribute('aria-label', text('detailTitle'));
    this.element.tabIndex = -1;
  }

  /**
   * @param {Shown} shown
   * @returns {import('./view.js').Heading}
   */
  draw(shown) {
    this.#shown = shown;
    return { words: text('detailTitle'), settled: this.#settle() };
  }

  /** Reads what is not read yet, or shows what was. Never rejects: a failure is said. */
  async #settle() {
    clearTimeout(this.#later);
    // Left meanwhile for another view: what was read last may be gone.
    if (!this.#shown || !this.element.isConnected) return;
    const asked = this.#ask(this.#shown);
    if (asked) {
      if (asked.of !== this.#drawn?.of) this.#forget();
      this.#asked = asked;
      await this.#read(asked);
    } else if (this.#drawn) {
      // Another page of a table may be asked for.
      this.#draw(this.#drawn);
    }
  }

  /**
   * What is to be read now, if anything is.
   *
   * @param {Shown} shown
   * @returns {Asked<Of> | null}
   */
  #ask(shown) {
    const { place, rowOf, daysOf, begin, isOfSite } = this.#parts;
    const name = place.part('name');
    const row = rowOf(shown, name);
    if (!row) return null;
    const days = daysOf(shown, name);
    const of = JSON.stringify([name, shown.from, shown.to]);
    // A request whose end is seen, or that is blocked, changes no number of a day: the last day of all can have such ones.
    const isOfLastDay = days.at(-1)?.day === shown.totals.days?.[1];
    const told = JSON.stringify([days, isOfLastDay && shown.totals.outcomes]);
    // What was deleted does not stay, even where as much was counted meanwhile.
    const isSame = of === this.#asked?.of && shown.ordersDone === this.#asked.ordersDone;
    if (this.#asked && isSame && (told === this.#asked.told || !this.#isDue(this.#asked, row))) return null;
    // The last days first: they are there where the reader does not wait for the others.
    const last = days.map(({ day }) => day).reverse();
    const pagesOf = () => new Map(days.map(({ day, visits }) => [day, Math.max(visits, 1)]));
    const ofSite = isOfSite ? { site: name, pagesOfSite: pagesOf() } : {};
    return {
      of,
      told,
      ordersDone: shown.ordersDone,
      row,
      reading: new DetailReading(begin(shown, name), last, ofSite),
    };
  }

  /**
   * Whether the same is to be read again, as something has changed in it; if not yet, it is in time.
   *
   * @param {Asked<Of>} asked What was read last.
   * @param {Row} row As it is by now.
   */
  #isDue({ reading, row: before }, row) {
    if (row.requests < before.requests || row.visits < before.visits) return true;
    // The reader has decided how far it is read; what is still read is looked at again when that is over.
    if (this.#isStopped || !reading.isDone) return false;
    const { restMs } = this.#slow;
    if (restMs > 0) this.#later = setTimeout(() => void this.#settle(), restMs);
    return restMs <= 0;
  }

  /**
   * Reads what is asked, and shows it. Never rejects: a failure is said.
   *
   * @param {Asked<Of>} asked
   */
  async #read(asked) {
    this.#isStopped = false;
    this.#more.hidden = true;
    try {
      const end = await this.#slow.run((reading) => asked.reading.read(reading));
      const isPressed = this.#slow.element.contains(document.activeElement);
      if (end === 'left' || end === 'givenUp') {
        if (asked !== this.#drawn) asked.reading.free();
        if (end === 'left' && asked === this.#asked) this.#asked = null;
        // The reader may be back.
        if (end === 'left') void this.#settle();
        return;
      }
      this.#isStopped = end === 'stopped';
      if (asked !== this.#drawn) this.#drawn?.reading.free();
      this.#drawn = asked;
      this.#draw(asked);
      // The button that ended it goes.
      if (this.#isStopped && isPressed) this.#more.focus();
      // Something may have changed meanwhile.
      void this.#settle();
    } catch (error) {
      console.error('detail: the visits could not be read.', error);
      if (asked !== this.#drawn) asked.reading.free();
      // It is tried again when the page is drawn next, or the reader wants it.
      this.#asked = null;
      this.element.removeAttribute('data-loading');
      this.#failed.say(error);
    }
  }

  /** Another name, or another period: what was shown is not of it. */
  #forget() {
    this.#drawn?.reading.free();
    this.#drawn = null;
    this.#content.hidden = true;
    this.element.setAttribute('data-loading', 'true');
  }

  /** @param {Asked<Of>} asked */
  #draw({ row, reading }) {
    const { whole, none, draw } = this.#parts;
    const view = reading.detail.view();
    const isWhole = view.visits >= row.visits && view.requests >= row.requests;
    const isAnything = Object.values(view.outcomes).some((requests) => requests > 0);
    this.element.removeAttribute('data-loading');
    this.#failed.clear();
    this.#content.hidden = false;
    // Where all is told and nothing was asked, the totals say so.
    this.#whole.hidden = !isWhole || !isAnything;
    drawText(this.#whole, plural(whole, reading.days.all));
    this.#part.hidden = isWhole;
    drawText(this.#partWords, partWords(none, row, view, reading));
    this.#more.hidden = reading.isDone;
    this.#told.hidden = !isAnything || isNothing(view, isWhole);
    draw(reading.detail, view);
  }
}

/**
 * Whether nothing was read of what was counted.
 *
 * @param {RequestSumView} view
 * @param {boolean} isWhole
 */
function isNothing({ visits, requests }, isWhole) {
  return !isWhole && visits === 0 && requests === 0;
}

/**
 * Of how much of what was counted it is told, and why not of all.
 *
 * @param {string} none The key of what is said where nothing was read.
 * @param {Row} row What the sums say.
 * @param {RequestSumView} view
 * @param {Pick<DetailReading<any>, 'days' | 'isDone'>} reading
 */
function partWords(none, row, view, { days, isDone }) {
  const visits = plural('detailVisits', row.visits, number(view.visits));
  const requests = plural('detailRequests', row.requests, number(view.requests));
  const unreadable = unreadableTotal(view.unreadable);
  return [
    isNothing(view, false) ? text(none) : text('detailPart', visits, requests),
    ...(isDone ? [] : [text('detailStopped', number(days.read), number(days.all))]),
    ...(days.notKept > 0 ? [plural('visitsNotKept', days.notKept)] : []),
    ...(unreadable > 0 ? [`${plural('unreadableVisits', unreadable)}.`] : []),
  ].join(' ');
}
