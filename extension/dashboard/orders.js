// Owns what the dashboard has the background do to what is kept: it asks first where something goes, and says what became of it.
import { Confirmation } from '../../popup/confirmation.js';
import { make, part } from '../../popup/element.js';
import { order } from '../../popup/order.js';
import { unreadableTotal } from '../../popup/unreadable.js';
import { deleteDatabase } from '../database.js';
import { calendarDay, clockThere, plural, sentence, text } from '../i18n.js';

/**
 * @typedef {import('../core/types.js').Request} Request
 *
 * @typedef {object} OrdersParts
 * @property {(action: () => Promise<void>) => Promise<boolean>} perform Does something, and says where it fails; gives whether it was done.
 * @property {(...words: (string | Node)[]) => void} say A name in the words is an element.
 * @property {() => Promise<void>} changed What is kept is another: what is shown is read again.
 */

/** What can be ordered. */
export class Orders {
  #parts;
  #confirmation = new Confirmation(part('confirmation', HTMLElement));

  /** @param {OrdersParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** The reader went elsewhere: what was asked was of what they saw. */
  leave() {
    this.#confirmation.decline();
  }

  /** All that is kept of a site. @param {{ site: string, text: string }} row */
  site({ site, text: written }) {
    this.#confirmation.open(sentence('deleteSiteQuestion', nameOf(written)), text('deleteWarning'), () =>
      this.#delete({ kind: 'deleteSite', site }),
    );
  }

  /** One visit. @param {Pick<import('../core/types.js').VisitRow, 'id' | 'day' | 'text' | 'startedAtMs' | 'utcOffset'>} row */
  visit({ id, day, text: written, startedAtMs, utcOffset }) {
    const at = clockThere(startedAtMs, utcOffset);
    const question = sentence('deleteVisitQuestion', nameOf(written), at, calendarDay(day));
    this.#confirmation.open(question, text('deleteWarning'), () =>
      this.#delete({ kind: 'deleteVisit', visitId: id, day }),
    );
  }

  /**
   * Every visit of a period, with what is summed up of its days.
   *
   * @param {import('./view.js').Shown} shown
   */
  days({ totals, from, to }) {
    const [first = 0, last = 0] = totals.days ?? [];
    const days = { from: from ?? first, to: to ?? last };
    const visits = totals.visits + unreadableTotal(totals.unreadable);
    const [begin, end] = [calendarDay(days.from), calendarDay(days.to)];
    const question =
      begin === end ? plural('deleteDayQuestion', visits, begin) : plural('deletePeriodQuestion', visits, begin, end);
    this.#confirmation.open([question], text('deleteAllAdvice'), () => this.#delete({ kind: 'deleteDays', ...days }));
  }

  /**
   * What is older than so many days, now and from now on.
   *
   * @param {{ visitsDays: number | null, sumsDays: number | null }} days Null: it is kept for ever.
   * @param {{ question: string, said: string }} words What is asked before; empty: nothing goes by it. What is said once it is stored.
   * @param {() => void} settled Also where the reader leaves it as it was.
   */
  retention({ visitsDays, sumsDays }, { question, said }, settled) {
    const decide = async () => {
      await this.#order({ kind: 'setRetention', visitsDays, sumsDays }, said);
      settled();
    };
    if (question === '') void decide();
    else this.#confirmation.open([question], text('deleteAllAdvice'), decide, settled);
  }

  /** A site that was left out is counted again. @param {{ site: string, text: string }} row */
  include({ site, text: written }) {
    return this.#order({ kind: 'setExcluded', site, excluded: false }, sentence('included', nameOf(written)));
  }

  /**
   * The sums of days of which no visit is kept any more.
   *
   * @param {{ from: number, to: number, count: number }} days
   */
  sumsAlone({ from, to, count }) {
    const question = plural('deleteSumsQuestion', count, calendarDay(from), calendarDay(to));
    this.#confirmation.open([question], text('deleteAllAdvice'), () => this.#delete({ kind: 'deleteDays', from, to }));
  }

  /** Every site that was left out is counted again. @param {string[]} sites */
  includeAll(sites) {
    const requests = sites.map((site) => ({ kind: /** @type {const} */ ('setExcluded'), site, excluded: false }));
    return this.#order(requests, text('includedAll'));
  }

  /** Counting goes on, or rests. @param {boolean} on */
  counting(on) {
    return this.#order({ kind: 'setPaused', paused: !on }, text(on ? 'countingOn' : 'countingOff'));
  }

  /** Everything. @param {number} visits How many are stored. */
  all(visits) {
    this.#confirmation.open([plural('deleteAllQuestion', visits)], text('deleteAllAdvice'), () =>
      this.#delete({ kind: 'deleteAll' }),
    );
  }

  /** The store itself, which is damaged: the background cannot delete anything in it. */
  beginAnew() {
    const { perform, say, changed } = this.#parts;
    this.#confirmation.open([text('beginAnewQuestion')], text('beginAnewAdvice'), async () => {
      const isDone = await perform(async () => {
        await deleteDatabase(() => say(text('deletionWaits')));
        say(text('deleted'));
      });
      if (isDone) await changed();
    });
  }

  /** @param {Request} request */
  #delete(request) {
    return this.#order(request, text('deleted'), text('deleting'));
  }

  /**
   * @param {Request | Request[]} requests
   * @param {string | (string | Node)[]} done What is said then; a name in it is an element.
   * @param {string} [meanwhile] What is said until then where it takes long.
   */
  async #order(requests, done, meanwhile = '') {
    const { perform, say, changed } = this.#parts;
    const isDone = await perform(async () => {
      for (const request of [requests].flat()) await order(request, () => say(meanwhile));
      say(...[done].flat());
    });
    if (isDone) await changed();
  }
}

/** @param {string} written */
function nameOf(written) {
  return make('bdi', { dir: 'ltr', class: 'strong' }, written);
}
