// Owns the list of visits of a period: what is read for it, in which order, how many of them are shown, what is said of them.
import { drawText, make } from '../../popup/element.js';
import { number, plural, text } from '../i18n.js';
import { MOST_SORTED, SortedVisits } from '../sorted-visits.js';
import { VisitDays } from '../visit-days.js';
import { VisitPages } from '../visit-pages.js';
import { FailedReading } from './failed-reading.js';
import { SearchField } from './search-field.js';
import { SlowReading } from './slow-reading.js';
import { turned, visitOrder } from './visit-order.js';
import { VisitTable } from './visit-table.js';

/**
 * @typedef {import('./view.js').Shown} Shown
 *
 * @typedef {object} Listed What is read for the address as it is.
 * @property {string} of The address.
 * @property {VisitDays} days
 * @property {VisitPages | SortedVisits} visits
 * @property {number} counted How many visits there were in the period then.
 * @property {number} ordersDone How many orders were carried out until then.
 */

/** Visits on a page. */
const PAGE = 50;

export class VisitList {
  #place;
  #search;
  #table;
  #slow = new SlowReading();
  #failed = new FailedReading(() => void this.#list());
  #status = make('p', { class: 'soft', role: 'status', 'data-testid': 'visits-status' });
  #missing = make('p', { class: 'soft', 'data-testid': 'visits-missing' });
  #more = make('button', {
    type: 'button',
    class: 'more button button-outlined',
    'data-testid': 'show-more',
    hidden: '',
  });
  /** @type {Listed | null} */
  #listed = null;
  /** How many visits the reader wants to see. */
  #wanted = PAGE;
  /** The reader ended the last reading. */
  #isStopped = false;
  /** It could not be read; the next drawing tries again, and so does the reader. */
  #hasFailed = false;
  /** Something may have changed in what is being read. */
  #isStale = false;
  /** When what was asked for last is shown. */
  #showing = Promise.resolve();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;
  /** The address whose visits stand in the table. */
  #drawnOf = '';
  /** @type {Shown | null} */
  #last = null;

  /**
   * @param {import('./view.js').Place} place
   * @param {import('./view.js').Orders} orders
   */
  constructor(place, orders) {
    this.#place = place;
    this.#table = new VisitTable(place, orders);
    // It is searched when the reader has typed: then all is drawn.
    this.#search = new SearchField('searchVisits', place);
    this.#more.addEventListener('click', () => {
      if (!this.#isStopped) {
        this.#wanted += PAGE;
        this.#place.note({ page: String(this.#wanted / PAGE) });
      }
      void this.#show();
    });
    this.element = make(
      'section',
      { class: 'rows', 'aria-label': text('visitsTitle') },
      make('div', { class: 'section-head' }, this.#status, this.#search.element),
      this.#missing,
      this.#slow.element,
      this.#failed.element,
      this.#table.element,
      this.#more,
    );
    this.element.tabIndex = -1;
  }

  /**
   * @param {Shown} shown
   * @returns {Promise<void>} When what there is to see is there.
   */
  draw(shown) {
    this.#last = shown;
    this.#search.draw();
    return this.#list();
  }

  /** Never rejects: a failure is said. */
  #list() {
    clearTimeout(this.#later);
    // Left meanwhile for another view: what was read last may be gone.
    if (!this.#last || !this.element.isConnected) return Promise.resolve();
    const of = this.#address();
    const isSame = this.#listed?.of === of;
    if (isSame && !this.#isDue(this.#last)) return this.#showing;
    // What the reader has before the eyes stays there.
    if (!isSame) this.#wanted = this.#firstWanted();
    this.#listed = this.#visitsOf(this.#last, of);
    this.#isStale = false;
    return this.#show();
  }

  /** As many as were shown when the reader left, within what is read at once. */
  #firstWanted() {
    const pages = Math.trunc(Number(this.#place.part('page'))) || 1;
    return Math.min(Math.max(1, pages) * PAGE, MOST_SORTED);
  }

  /** What decides which visits are shown. */
  #address() {
    const { from, to } = this.#last ?? {};
    const parts = ['name', 'with', 'sort', 'order'].map((part) => this.#place.part(part));
    return JSON.stringify([from, to, this.#search.value, ...parts]);
  }

  /**
   * Whether the same is to be read again, as something may have changed in it; if not yet, it is in time.
   *
   * @param {Shown} shown
   */
  #isDue({ totals, ordersDone }) {
    // What was deleted does not stay, even where as much was counted meanwhile, or the reader has ended the reading.
    if (this.#hasFailed || ordersDone !== this.#listed?.ordersDone) return true;
    if (totals.visits < this.#listed.counted) return true;
    // Begun anew whenever something is counted elsewhere, what takes long would never end.
    if (this.#slow.isGoingOn) {
      this.#isStale = true;
      return false;
    }
    // The reader has decided how far it is read.
    if (this.#isStopped) return false;
    const { restMs } = this.#slow;
    if (restMs > 0) this.#later = setTimeout(() => void this.#list(), restMs);
    return restMs === 0;
  }

  /**
   * @param {Shown} shown
   * @param {string} of
   * @returns {Listed}
   */
  #visitsOf({ reader, summary, totals, from, to, ordersDone }, of) {
    const { order, back } = visitOrder(this.#place);
    const [site, domain] = [this.#place.part('name'), this.#place.part('with')];
    const days = new VisitDays(reader, summary, {
      search: this.#search.value,
      back: back && !order.compare,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(site !== '' && { site }),
      ...(domain !== '' && { with: domain }),
    });
    const visits = order.compare ? new SortedVisits(days, turned(order.compare, back)) : new VisitPages(days);
    return { of, days, visits, counted: totals.visits, ordersDone };
  }

  /** Reads what is wanted, and shows it. */
  #show() {
    if (this.#listed) this.#showing = this.#read(this.#listed);
    return this.#showing;
  }

  /**
   * Never rejects: a failure is said.
   *
   * @param {Listed} listed
   */
  async #read(listed) {
    this.#isStopped = false;
    this.#hasFailed = false;
    this.#more.setAttribute('aria-busy', 'true');
    try {
      const end = await this.#slow.run((reading) => listed.visits.read(this.#wanted, reading));
      if (end === 'left' && listed === this.#listed) {
        this.#listed = null;
        // The reader may be back.
        await this.#list();
      }
      if (end === 'left' || end === 'givenUp') return;
      this.#isStopped = end === 'stopped';
      const isPressed = this.#slow.element.contains(document.activeElement);
      this.#draw(listed);
      // The button that ended it goes.
      if (this.#isStopped && isPressed) this.#more.focus();
    } catch (error) {
      this.#hasFailed = true;
      this.#drawFailure(listed, error);
      return;
    }
    if (this.#isStale) void this.#list();
  }

  /** @param {boolean} isShown */
  #offerMore(isShown) {
    this.#more.removeAttribute('aria-busy');
    // A button that goes takes the focus along.
    if (!isShown && document.activeElement === this.#more) this.element.focus({ preventScroll: true });
    this.#more.hidden = !isShown;
  }

  /**
   * @param {Listed} listed
   * @param {unknown} error
   */
  #drawFailure({ of }, error) {
    console.error('visit-list: the visits could not be read.', error);
    this.#offerMore(false);
    this.#failed.say(error);
    if (of === this.#drawnOf) return;
    // What stands there is not what was asked for.
    drawText(this.#status, '');
    this.#missing.hidden = true;
    this.#table.draw([]);
  }

  /** @param {Listed} listed */
  #draw({ of, days, visits }) {
    this.#drawnOf = of;
    this.#failed.clear();
    const rows = visits.first(this.#wanted);
    const hasMore = visits.hasMore(rows.length);
    this.#offerMore(hasMore);
    drawText(this.#more, this.#isStopped ? text('readOn') : text('moreVisits', number(PAGE)));
    drawText(this.#status, this.#words(rows.length, hasMore));
    const missing = missingWords(days.missing);
    this.#missing.hidden = missing === '';
    drawText(this.#missing, missing);
    this.#table.draw(rows);
  }

  /**
   * @param {number} count Visits that are shown.
   * @param {boolean} hasMore
   */
  #words(count, hasMore) {
    const { days, visits } = /** @type {Listed} */ (this.#listed);
    if (this.#isStopped) return text('readingStopped', number(days.read), number(days.all));
    if (count === 0) return this.#noneWords(days.missing);
    if (visits instanceof SortedVisits && visits.total > count) {
      const all = plural('visitsSorted', visits.total, number(count));
      return hasMore ? all : `${all} ${text('visitsSortedMost', number(MOST_SORTED))}`;
    }
    if (!hasMore) return plural('visitCount', count);
    return plural(visitOrder(this.#place).back ? 'visitsShownBack' : 'visitsShown', count);
  }

  /**
   * What was counted and cannot be listed is not denied.
   *
   * @param {VisitDays['missing']} missing
   */
  #noneWords({ visits, days }) {
    const search = this.#search.value.trim();
    const [ofSite, withThirdParty] = [this.#place.part('name') !== '', this.#place.part('with') !== ''];
    // A day is read where its sum has what is searched for.
    if (search !== '' && days > 0) return text('searchNoneKept', search);
    if (search !== '') return text(ofSite || withThirdParty ? 'searchNoneAmong' : 'searchNoneVisit', search);
    if (days > 0) return text('visitsNoneKept');
    if (visits > 0) return plural('visitCount', 0);
    if (withThirdParty) return text('visitsNoneWith');
    return text(ofSite ? 'siteNothing' : 'periodNothing');
  }
}

/**
 * What is said of visits that were counted, and cannot be listed.
 *
 * @param {VisitDays['missing']} missing
 */
function missingWords({ visits, days }) {
  return [
    ...(visits > 0 ? [`${plural('unreadableVisits', visits)}.`] : []),
    ...(days > 0 ? [plural('visitsNotKept', days)] : []),
  ].join(' ');
}
