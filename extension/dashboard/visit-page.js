// Owns all that is known of one visit: when it was, why it may be incomplete, what it asked for and what became of that.
import { drawContent, drawText, hostName, make } from '../../popup/element.js';
import { gapLine, notice } from '../../popup/notice.js';
import { unreadableTotal } from '../../popup/unreadable.js';
import { DAY_MS } from '../calendar.js';
import { calendarDay, clockThere, duration, keyOf, plural, sentence, text } from '../i18n.js';
import { readVisit } from '../visit-reading.js';
import { ContactedDomains } from './contacted-domains.js';
import { FailedReading } from './failed-reading.js';
import { RequestFacts } from './request-facts.js';
import { SlowWord } from './slow-word.js';
import { Totals } from './totals.js';

/**
 * @typedef {import('../core/types.js').SoughtVisit} SoughtVisit
 * @typedef {import('../core/types.js').VisitDetail} VisitDetail
 * @typedef {import('./view.js').Heading} Heading
 * @typedef {import('./view.js').Shown} Shown
 */

const DOMAINS = { name: 'domains', label: 'totalThirdParties', formula: 'hintThirdPartiesOfVisit' };
const HOSTS = { name: 'hosts', label: 'totalHosts', formula: 'hintHostsOfVisit' };
const REQUESTS = { name: 'requests', label: 'totalRequests', formula: 'hintRequestsOfVisit' };

/** The page of the visit that the address names. */
export class VisitPage {
  #place;
  #orders;
  #back = make('a', { class: 'way-back' }, text('visitsTitle'));
  #none = make('p', { class: 'soft', 'data-testid': 'nothing' });
  #failed;
  #word = new SlowWord();
  #site = make('h2', { class: 'visit-site' });
  #when = make('p', { 'data-testid': 'visit-when' });
  #ways = make('p', { class: 'ways' });
  #gaps = make('div');
  #hops = make('p', { class: 'soft', 'data-testid': 'visit-hops' });
  #totals = new Totals([DOMAINS, HOSTS, REQUESTS], ['hintWorkersApart']);
  #requests = new RequestFacts('outcomesToThirdParties');
  #domains;
  #all;
  /** @type {VisitDetail | null} */
  #visit = null;
  #drawn = '';

  /**
   * @param {import('./view.js').Place} place
   * @param {import('./view.js').Orders} orders
   */
  constructor(place, orders) {
    this.#place = place;
    this.#orders = orders;
    // Drawn with all around it: the heading names the visit, too.
    this.#failed = new FailedReading(() => place.note({}));
    this.#domains = new ContactedDomains(place);
    this.#all = make(
      'div',
      { class: 'visit', hidden: '' },
      this.#site,
      this.#when,
      this.#ways,
      this.#gaps,
      this.#hops,
      this.#totals.element,
      this.#requests.element,
      this.#domains.element,
      make('div', { class: 'page-actions' }, this.#removal()),
    );
    const way = make('nav', { 'aria-label': text('wayBack') }, this.#back);
    this.element = make('div', {}, way, this.#word.element, this.#none, this.#failed.element, this.#all);
  }

  /**
   * @param {Shown} shown
   * @returns {Heading}
   */
  draw(shown) {
    this.#back.href = this.#place.backTo('visits');
    const id = this.#place.part('name');
    if (this.#visit?.page.visitId !== id) this.#forget();
    return { ...this.#heading(), settled: this.#read(shown, id) };
  }

  /** As far as the visit is known. @returns {Heading} */
  #heading() {
    if (!this.#visit) return { words: text('visitTitle') };
    const { day, utcOffset, page } = this.#visit;
    const when = [clockThere(page.startedAtMs, utcOffset), calendarDay(day)];
    const name = make('bdi', { dir: 'ltr' }, page.siteText);
    return { words: text('visitOf', page.siteText, ...when), content: sentence('visitOf', name, ...when) };
  }

  #forget() {
    this.#visit = null;
    this.#drawn = '';
    this.#all.hidden = true;
    this.#none.hidden = true;
  }

  /**
   * Never rejects: a failure is said.
   *
   * @param {Shown} shown
   * @param {string} id
   * @returns {Promise<Heading>} What is known by then.
   */
  async #read({ reader }, id) {
    // The reader may have gone on.
    const isShown = () => this.element.isConnected && this.#place.part('name') === id;
    try {
      const day = Number(this.#place.part('day'));
      const reading = Number.isInteger(day) && day >= 0 ? readVisit(reader, day, id) : Promise.resolve(NOT_THERE);
      // Where the visit is shown, it stays meanwhile.
      const sought = await (this.#visit ? reading : this.#word.during(reading));
      if (isShown()) this.#draw(sought, reader);
    } catch (error) {
      console.error('visit-page: the visit could not be read.', error);
      if (isShown()) {
        this.#forget();
        this.#failed.say(error);
      }
    }
    return this.#heading();
  }

  /** @param {string} words In the place of the visit. */
  #say(words) {
    this.#forget();
    drawText(this.#none, words);
    this.#none.hidden = false;
  }

  /**
   * @param {SoughtVisit} sought
   * @param {Shown['reader']} reader
   */
  #draw({ visit, unreadable }, { hostText }) {
    this.#failed.clear();
    if (!visit) {
      const count = unreadableTotal(unreadable);
      this.#say([text('visitNothing'), ...(count > 0 ? [plural('visitMaybeUnreadable', count)] : [])].join(' '));
      return;
    }
    const told = JSON.stringify([location.search, visit]);
    if (told === this.#drawn) return;
    this.#drawn = told;
    this.#visit = visit;
    const { page } = visit;
    this.#none.hidden = true;
    this.#all.hidden = false;
    drawContent(this.#when, ...whenOf(visit));
    const at = (/** @type {number} */ ms) => momentOf(visit, ms);
    this.#drawSite(page, hostText);
    const gaps = page.gaps.map((gap) => gapLine(gap, at));
    drawContent(this.#gaps, ...(gaps.length > 0 ? [notice('warn', 'incomplete', text('incompleteTitle'), gaps)] : []));
    this.#hops.hidden = page.hops.length === 0;
    const hops = page.hops.flatMap((hop, at) => [...(at > 0 ? [' → '] : []), hostName(hop.text, hop.host)]);
    drawContent(this.#hops, `${text('visitHops')} `, ...hops);
    this.#totals.draw({ ...page.totals });
    this.#requests.draw(page);
    this.#domains.draw(page, { names: { get: hostText }, at });
  }

  /**
   * @param {VisitDetail['page']} page
   * @param {(host: string) => string} hostText
   */
  #drawSite({ site, siteText, host }, hostText) {
    const name = make('a', { class: 'quiet-link', href: this.#place.of('site', site), 'data-testid': 'visit-site' });
    name.append(hostName(siteText, site));
    drawContent(this.#site, name);
    const all = make('a', { href: this.#place.of('visits', site) }, text('historyOfThisSite'));
    drawContent(this.#ways, ...(host === site ? [] : [hostName(hostText(host), host)]), all);
  }

  #removal() {
    const remove = make(
      'button',
      { type: 'button', class: 'button button-danger', 'data-testid': 'delete-this-visit' },
      text('deleteVisit'),
    );
    remove.addEventListener('click', () => {
      if (!this.#visit) return;
      const { day, utcOffset, page } = this.#visit;
      this.#orders.visit({
        id: page.visitId,
        day,
        text: page.siteText,
        startedAtMs: page.startedAtMs,
        utcOffset,
      });
    });
    return remove;
  }
}

/** @type {SoughtVisit} */
const NOT_THERE = { unreadable: { damaged: 0, laterVersion: 0 } };

/**
 * A moment inside a sentence, by the clock that the user had in the visit: the time on its day, else the date too.
 *
 * @param {VisitDetail} visit
 * @param {number} ms
 */
function momentOf({ day, utcOffset }, ms) {
  const [own, time] = [Math.floor((ms + utcOffset * 60_000) / DAY_MS), clockThere(ms, utcOffset)];
  return own === day ? text('atTime', time) : text('atDate', `${calendarDay(own)}, ${time}`);
}

/**
 * When it was, and how it ended.
 *
 * @param {VisitDetail} visit
 */
function whenOf({ day, utcOffset, endedAtMs, endReason, page: { startedAtMs } }) {
  const begun = clockThere(startedAtMs, utcOffset);
  const since = make('time', { datetime: new Date(startedAtMs).toISOString() }, calendarDay(day), ', ', begun);
  if (endedAtMs === null) return [since, ' · ', text('visitGoesOn')];
  const ended = make('time', { datetime: new Date(endedAtMs).toISOString() }, clockThere(endedAtMs, utcOffset));
  const why = endReason === null ? [] : [' · ', text(keyOf('visitEnded', endReason))];
  return [since, ' – ', ended, ` (${duration(endedAtMs - startedAtMs)})`, ...why];
}
