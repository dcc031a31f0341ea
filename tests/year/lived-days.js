// Owns the days as a browser lives them: a core a session, commits as they come, visits that a day's end folds into one record.
import { Lots } from '../bench/lots.js';
import { plannedDay } from './day-plan.js';
import { Teller } from './teller.js';
import { ToldCore } from './told-core.js';
import { Web } from './web.js';
import { spanOf } from '../../extension/spans.js';

/**
 * @typedef {import('../../extension/core/counter.js').Core} Core
 * @typedef {import('../../extension/core/types.js').StoredCommit} StoredCommit
 * @typedef {import('../../extension/core/types.js').StoredVisit} StoredVisit
 * @typedef {typeof import('../../extension/core/counter.js')} CounterModule
 * @typedef {Pick<typeof import('../../extension/core/days.js'), 'foldDay' | 'packSpan'>} DaysModule
 *
 * @typedef {object} YearSize
 * @property {number} seed
 * @property {number} firstDay days since 1970
 * @property {number} days that are over; one more is open
 * @property {number} visits a day
 * @property {number} requests a visit, in the mean
 *
 * @typedef {[table: string, record: Record<string, unknown>]} TableRecord as the store holds it
 *
 * @typedef {object} Made how much was told of the days that are over
 * @property {number} visits of pages
 * @property {number} requests
 */

/** The days of a year, one after the other, by a core that is told of them. */
export class LivedDays {
  #counter;
  #days;
  #size;
  #web;
  #lots;
  /** @type {Teller} */
  #teller;
  /** @type {Core} */
  #core;
  #told;
  /** What the store holds beside the closed days. @type {Map<string, StoredVisit>} */
  #visits = new Map();
  /** The sums of the days of a span that is not over. @type {import('../../extension/core/types.js').StoredRollup[]} */
  #sums = [];
  /** The snapshot of the last commit. @type {Uint8Array | undefined} */
  #snapshot;
  #session = '';
  /** Called for each commit. @type {((commit: StoredCommit, live: Uint8Array) => void) | null} */
  onCommit = null;
  /** @type {Made} */
  made = { visits: 0, requests: 0 };

  /**
   * @param {CounterModule} counter
   * @param {DaysModule} days
   * @param {YearSize} size
   */
  constructor(counter, days, size) {
    this.#counter = counter;
    this.#days = days;
    this.#size = size;
    this.#web = new Web(size.seed);
    this.#lots = new Lots(size.seed + 1);
    this.#core = new counter.Core('');
    this.#told = new ToldCore(this.#core);
    this.#teller = new Teller(forwarding(() => this.#told));
  }

  /**
   * The records of the year: those of each day once it is closed, at last those of the day that is open, and what is live.
   * @returns {Generator<TableRecord>}
   */
  *records() {
    const { seed, firstDay, days, visits, requests } = this.#size;
    for (let day = firstDay; day <= firstDay + days; day += 1) {
      const plan = plannedDay(this.#web, { seed, day, visits, requests });
      this.#begin(plan.startMs);
      // What was there as the browser ended is closed by its next start.
      if (day > firstDay) yield* this.#closed(day - 1);
      this.#live(plan);
      // Of the open day nothing is counted here.
      if (day < firstDay + days) {
        this.made = { visits: this.made.visits + plan.visits.length, requests: this.#teller.requests };
      }
    }
    for (const visit of this.#visits.values()) yield ['visits', { ...visit }];
    yield ['live', { key: 'live', bytes: this.#snapshot }];
    yield ['settings', { key: 'settings', settings: { paused: false, excludedSites: [] } }];
  }

  /** The browser starts. @param {number} atMs */
  #begin(atMs) {
    this.#session = sessionName(this.#lots);
    this.#teller.begin();
    this.#startCore('nothing', atMs);
    this.#commit(atMs);
  }

  /** @param {import('./day-plan.js').PlannedDay} plan */
  #live({ moments, endMs }) {
    for (const moment of moments) {
      // What no commit stored would be lost; between which moments there is one changes nothing else, so that fewer do.
      if (this.onCommit || moment.kind === 'comes' || moment.kind === 'killed') this.#commit(moment.atMs);
      if (moment.kind === 'killed') this.#startCore('background', moment.atMs + 1_000);
      else this.#teller.tell(moment);
    }
    this.#commit(endMs);
  }

  /**
   * Another core takes up what is stored, as in `core-start.js`.
   * @param {import('../../extension/core/counter.js').Before} before
   * @param {number} atMs
   */
  #startCore(before, atMs) {
    const { Core } = this.#counter;
    this.#core.free();
    const core = new Core(this.#session);
    this.#core = core;
    this.#told = new ToldCore(core);
    this.#told.tellClock(atMs);
    const open = this.#snapshot ? Core.openVisits(this.#snapshot) : [];
    const bytes = open.flatMap((id) => this.#visits.get(id)?.bytes ?? []);
    core.restore(this.#snapshot, bytes, undefined, before, new Int32Array(), atMs);
  }

  /** @param {number} atMs */
  #commit(atMs) {
    const commit = this.#core.commit(atMs);
    if (!commit) return;
    this.#snapshot = this.#core.live();
    for (const visit of commit.visits) this.#visits.set(visit.id, visit);
    this.onCommit?.(commit, this.#snapshot);
    this.#core.stored();
  }

  /**
   * Folds what can change no more into its day, as `closing-days.js` does.
   * @param {number} day
   * @returns {Generator<TableRecord>}
   */
  *#closed(day) {
    const unsettled = new Set(this.#core.unsettledVisits());
    const over = [...this.#visits.values()].filter((visit) => visit.day === day && !unsettled.has(visit.id));
    const fold = this.#days.foldDay(
      day,
      undefined,
      over.map(({ bytes }) => bytes),
    );
    for (const id of fold.folded) this.#visits.delete(id);
    if (this.#visits.size > 0) throw new Error(`${this.#visits.size} visits of day ${day} are not in its record.`);
    yield* recordsOf(fold);
    this.#sums.push(fold.closed.rollup);
    if (spanOf(day + 1) !== spanOf(day)) yield ['spans', this.#span(spanOf(day))];
  }

  /**
   * @param {number} span
   * @returns {TableRecord[1]}
   */
  #span(span) {
    const sums = this.#sums.splice(0);
    const days = Uint32Array.from(sums, ({ day }) => day);
    return {
      span,
      bytes: this.#days.packSpan(
        days,
        sums.map(({ bytes }) => bytes),
      ),
    };
  }
}

/**
 * What a fold puts into the store: one record a table that it names.
 * @param {import('../../extension/core/types.js').Fold} fold
 * @returns {TableRecord[]}
 */
function recordsOf({ closed }) {
  return Object.entries(closed).map(([name, record]) => [`${name}s`, { ...record }]);
}

/** As `crypto.randomUUID` gives it. @param {Lots} lots */
function sessionName(lots) {
  const digits = Array.from({ length: 32 }, () => lots.below(16).toString(16)).join('');
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
}

/**
 * Tells whoever is told now: the core that is told changes, and who tells does not.
 * @param {() => ToldCore} now
 * @returns {import('./teller.js').Listener}
 */
function forwarding(now) {
  return {
    asked: (asked) => now().asked(asked),
    redirected: (asked) => now().redirected(asked),
    answered: (asked, fromCache) => now().answered(asked, fromCache),
    failed: (asked, error) => now().failed(asked, error),
    committed: (document) => now().committed(document),
    found: (document) => now().found(document),
    tabClosed: (tabId, atMs) => now().tabClosed(tabId, atMs),
  };
}
