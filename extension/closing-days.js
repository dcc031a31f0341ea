// Owns when days are closed: once a day is over, its visits are packed into one record, and later it is kept no longer.

import { isTyped } from './core-error.js';
import { StoreError } from './database.js';
import { spanOf } from './spans.js';

/**
 * @typedef {import('./core/counter.js').Core} Core
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 * @typedef {import('./days-instance.js').DaysModule} DaysModule
 * @typedef {import('./stored-days.js').DayFolds} DayFolds
 *
 * @typedef {object} ClosingDaysParts
 * @property {Pick<import('./store.js').Store, 'closeDays' | 'sumUpDays' | 'makeSpans' | 'rebuildDay' | 'expire'>} store
 * @property {DaysModule['foldDay']} foldDay The store has the module loaded before it asks for any of these.
 * @property {DaysModule['addToSum']} addToSum
 * @property {DaysModule['packSpan']} packSpan
 * @property {DaysModule['rebuildDay']} rebuildDay
 * @property {() => void} onChange Closed days may be others than before. Must not throw.
 */

/** How soon it is looked again where a visit of a day that is over could still change. */
const AGAIN_AFTER_MS = 5_000;

/** The closing of days. */
export class ClosingDays {
  #parts;
  /** The day before which all are closed, as far as they can be. */
  #closedBefore = 0;
  /** When it is to be looked again for visits of days that are over. */
  #againAtMs = Infinity;
  /** What was kept no longer when that was last looked after. */
  #expired = [0, 0];
  /** Days that this background leaves as they are: the core refused them, or failed on them. @type {Set<number>} */
  #leftAlone = new Set();
  /** Spans of which it makes none, likewise. @type {Set<number>} */
  #spansLeftAlone = new Set();
  #isRunning = false;

  /** @param {ClosingDaysParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * Closes the days that are over, and deletes what is kept no longer. Cheap where there is nothing to do: it is called after each commit.
   *
   * @param {Pick<Core, 'today' | 'expired' | 'unsettledVisits'>} core
   * @param {number} nowMs
   * @returns {Promise<void>} Rejects with what the core failed of. Where the store fails the visits stay as they are, and the next call
   *   tries again.
   */
  async close(core, nowMs) {
    const today = core.today(nowMs);
    const expired = [...core.expired(nowMs)];
    const isLonger = expired.some((day, which) => day !== this.#expired[which]);
    const isDue = today !== this.#closedBefore || isLonger || nowMs >= this.#againAtMs;
    if (!isDue || this.#isRunning) return;
    this.#isRunning = true;
    try {
      const folds = {
        fold: (/** @type {Parameters<DayFolds['fold']>} */ ...of) => this.#fold(core, ...of),
        addToSum: (/** @type {Parameters<DayFolds['addToSum']>} */ ...of) => this.#addToSum(core, ...of),
      };
      const unsettled = new Set(core.unsettledVisits());
      const isAnyLeft = await this.#parts.store.closeDays(today, folds, (id) => !unsettled.has(id));
      this.#againAtMs = isAnyLeft ? nowMs + AGAIN_AFTER_MS : Infinity;
      // Once in the life of a background is often enough: what it closes is summed up.
      if (this.#closedBefore === 0) await this.#parts.store.sumUpDays((day, stored) => this.#sumUp(day, stored));
      if (isLonger) await this.#expire(core, expired);
      await this.#parts.store.makeSpans(spanOf(today), (span, rollups) => this.#packSpan(span, rollups));
      this.#closedBefore = today;
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause;
      console.warn('closing-days: the store failed; the days that are over are closed later.', cause);
    } finally {
      this.#isRunning = false;
      this.#parts.onChange();
    }
  }

  /**
   * Makes a closed day anew from its visits.
   *
   * @param {number} day
   * @returns {Promise<void>} Rejects where the store fails, or where the core cannot read the day: then nothing has changed.
   */
  async rebuild(day) {
    await this.#parts.store.rebuildDay(day, this.#parts.rebuildDay);
    this.#parts.onChange();
  }

  /**
   * @param {Pick<Core, 'unsettledVisits'>} core
   * @param {number[]} expired
   */
  async #expire(core, expired) {
    const [visitsBefore = 0, sumsBefore = 0] = expired;
    await this.#parts.store.expire({ visitsBefore, sumsBefore }, () => core.unsettledVisits());
    this.#expired = expired;
  }

  /**
   * @param {Pick<Core, 'unsettledVisits'>} core
   * @param {number} day
   * @param {Uint8Array | undefined} stored
   * @param {StoredVisit[]} visits
   */
  #fold(core, day, stored, visits) {
    const bytes = this.#settled(core, day, visits);
    if (bytes.length === 0) return null;
    const fold = made(this.#leftAlone, day, () => this.#parts.foldDay(day, stored, bytes));
    // Where none could be read, the day is as it was.
    return fold && fold.folded.length > 0 ? fold : null;
  }

  /**
   * @param {Pick<Core, 'unsettledVisits'>} core
   * @param {number} day
   * @param {Uint8Array} stored
   * @param {StoredVisit[]} visits
   */
  #addToSum(core, day, stored, visits) {
    const bytes = this.#settled(core, day, visits);
    if (bytes.length === 0) return null;
    const addition = made(this.#leftAlone, day, () => this.#parts.addToSum(day, stored, bytes));
    return addition && addition.added.length > 0 ? addition : null;
  }

  /**
   * The visits of a day that can change no more, as their bytes; none where the day is left alone. Asked in the turn of the fold: what is
   * live now stays beside its day. A core that was replaced meanwhile throws.
   *
   * @param {Pick<Core, 'unsettledVisits'>} core
   * @param {number} day
   * @param {StoredVisit[]} visits
   */
  #settled(core, day, visits) {
    if (this.#leftAlone.has(day)) return [];
    const unsettled = new Set(core.unsettledVisits());
    return visits.filter(({ id }) => !unsettled.has(id)).map((visit) => visit.bytes);
  }

  /**
   * @param {number} day
   * @param {Uint8Array} stored
   */
  #sumUp(day, stored) {
    return this.#leftAlone.has(day) ? null : made(this.#leftAlone, day, () => this.#parts.rebuildDay(day, stored));
  }

  /**
   * @param {number} span
   * @param {import('./core/types.js').StoredRollup[]} rollups
   */
  #packSpan(span, rollups) {
    if (this.#spansLeftAlone.has(span)) return null;
    const [days, sums] = [rollups.map(({ day }) => day), rollups.map(({ bytes }) => bytes)];
    return made(this.#spansLeftAlone, span, () => this.#parts.packSpan(Uint32Array.from(days), sums)) ?? null;
  }
}

/**
 * What the core makes of a day, or of a span; null where it cannot read what is stored of it.
 *
 * @template Made
 * @param {Set<number>} leftAlone Where it is added to, so that the core is not asked for it again.
 * @param {number} which
 * @param {() => Made} make
 */
function made(leftAlone, which, make) {
  try {
    return make();
  } catch (cause) {
    leftAlone.add(which);
    if (!isTyped(cause)) throw cause;
    console.warn('closing-days: what is stored of a day cannot be read, and is left as it is.', cause);
    return null;
  }
}
