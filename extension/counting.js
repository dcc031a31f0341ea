// Owns the core at work: tells it the events, has it asked and stored, and replaces it where it fails.

import { Committing } from './committing.js';
import { CoreUnavailableError, isTyped } from './core-error.js';
import { CoreStart } from './core-start.js';
import { Inbox } from './inbox.js';
import { Journal } from './journal.js';
import { StoreError } from './database.js';
import { describe } from './problems.js';
import { within } from './time-limit.js';

/**
 * @typedef {import('./counter-instance.js').CounterModule} CounterModule
 * @typedef {import('./core/types.js').BadgeView} BadgeView
 * @typedef {import('./core/types.js').Request} Request
 * @typedef {import('./core/types.js').Response} Response
 * @typedef {import('./step.js').Target} Target
 *
 * @typedef {object} CountingParts
 * @property {() => CounterModule} newCounterModule Each time another instance of the core.
 * @property {Pick<import('./store.js').Store, 'read' | 'write' | 'delete' | 'writeNote' | 'refuse'>} store
 * @property {Promise<import('./session.js').Session>} session
 * @property {() => string} newSession
 * @property {import('./recent-urls.js').RecentUrls} urls
 * @property {import('./private-tabs.js').PrivateTabs} privateTabs
 * @property {import('./unstored-tabs.js').UnstoredTabs} unstoredTabs
 * @property {import('./closing-days.js').ClosingDays} closingDays
 * @property {import('./problems.js').Problems} problems
 * @property {() => number} now
 * @property {() => void} onChange Called after each event. Must be cheap, and must not throw.
 * @property {(isNew: boolean) => void} onRestored The core is there. New: it knows nothing of the pages that are open.
 * @property {() => void} onUp Called once, when a first commit has been made, or cannot be.
 * @property {() => void} onUnavailable There is no core, and will not be.
 */

/** Requests that change what is counted or kept. */
const CHANGES = new Set([
  'setPaused',
  'setExcluded',
  'deleteSite',
  'deleteVisit',
  'deleteDays',
  'setRetention',
  'deleteAll',
]);

/** How long the next core waits for the commit of the one before: without it, it would read what was stored before that. */
const WRITTEN_WITHIN_MS = 5_000;

export class Counting {
  #parts;
  #inbox;
  #journal = new Journal((step) => step === changeAsked);
  #coreStart;
  #committing;
  /** @type {Target | null} Null while there is no core: at the start, and after a failure. */
  #target = null;
  /** Settled when the core is there, or surely not. @type {Promise<void>} */
  #ready = Promise.resolve();

  /** @param {CountingParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#inbox = new Inbox(
      (step, details) => this.#deliver(step, details),
      parts.now(),
      (events) => this.#dropped(events),
    );
    this.#coreStart = new CoreStart(parts, this.#journal);
    this.#committing = new Committing(parts, this.#journal, this.#coreStart);
  }

  /**
   * Brings up the core. To be called in the background's first turn: the wasm is instantiated while the store is being read.
   */
  start() {
    this.#ready = this.#bringUp(false).catch((cause) => this.#giveUp(cause));
  }

  /**
   * An event of the browser. Waits while there is no core; never throws.
   *
   * @template Details
   * @param {import('./step.js').Step<Details>} step
   * @param {Details} details
   */
  observe(step, details) {
    const { tabId } = /** @type {{ tabId?: number }} */ (details);
    this.#parts.unstoredTabs.note(tabId);
    this.#inbox.push(step, details);
  }

  /** Waits until the core is there, or surely not. */
  async settled() {
    /** @type {Promise<void>} */
    let ready;
    do {
      ready = this.#ready;
      await ready;
      // Another one where the core failed on what had waited for it.
    } while (ready !== this.#ready);
  }

  /**
   * The core's answer to a page. What a request changes is not stored yet when this returns.
   *
   * @param {Request} request
   * @returns {Promise<Response>} Rejects with a {@link CoreUnavailableError}, or with the core's own error.
   */
  async answer(request) {
    await this.#inbox.settled();
    await this.settled();
    const target = this.#target;
    if (!target) throw new CoreUnavailableError('The core is not running, so there is nothing to answer from.');
    const atMs = this.#parts.now();
    const isChange = CHANGES.has(request.kind);
    const number = isChange ? this.#journal.append(changeAsked, { request, atMs }) : null;
    try {
      const response = target.core.answer(request, atMs);
      if (isChange) this.#parts.onChange();
      return response;
    } catch (cause) {
      if (isTyped(cause)) {
        // The core refused the request, and is well.
        if (number !== null) this.#journal.setAside(number);
        throw cause;
      }
      this.#fail(number, cause);
      throw new CoreUnavailableError(`The core failed on “${request.kind}” and is being restarted: ask again.`, {
        cause,
      });
    }
  }

  /**
   * The badges that changed.
   *
   * @returns {BadgeView[]}
   */
  badges() {
    try {
      return this.#target?.core.badges() ?? [];
    } catch (cause) {
      this.#fail(null, cause);
      return [];
    }
  }

  /**
   * Stores what changed, in one transaction.
   *
   * @param {import('./commit-clock.js').CommitOptions} options
   * @returns {Promise<import('./commit-clock.js').Outcome>} Never rejects.
   */
  async commit(options) {
    await this.settled();
    const target = this.#target;
    if (!target) return 'failed';
    const isCurrent = () => target === this.#target;
    try {
      const outcome = await this.#committing.make(target, this.#inbox.waiting === 0, options, isCurrent);
      if (outcome === 'stored' && isCurrent()) void this.#closeDays(target);
      return outcome;
    } catch (cause) {
      // One that was replaced meanwhile has failed already.
      if (isCurrent()) this.#fail(null, cause);
      return 'failed';
    }
  }

  /**
   * Makes a closed day anew from its visits.
   *
   * @param {number} day
   * @returns {Promise<boolean>} False where it cannot be read, and is left as it is. Rejects where the store or the core fails.
   */
  async rebuildDay(day) {
    await this.settled();
    try {
      await this.#parts.closingDays.rebuild(day);
      return true;
    } catch (cause) {
      if (cause instanceof StoreError) throw cause;
      if (isTyped(cause)) return false;
      this.#fail(null, cause);
      throw new CoreUnavailableError('The core failed on a day and is being restarted: ask again.', { cause });
    }
  }

  /** @param {Target} target */
  async #closeDays(target) {
    try {
      await this.#parts.closingDays.close(target.core, this.#parts.now());
    } catch (cause) {
      // One that was replaced meanwhile has failed already.
      if (target === this.#target) this.#fail(null, cause);
    }
  }

  /**
   * @param {import('./inbox.js').AnyStep} step
   * @param {any} details
   */
  #deliver(step, details) {
    const target = /** @type {Target} The inbox is open only while there is one. */ (this.#target);
    const number = this.#journal.append(step, details);
    try {
      step(target, details);
    } catch (cause) {
      this.#fail(number, cause);
      return;
    }
    this.#coreStart.noteTaken();
    this.#parts.onChange();
  }

  /**
   * The core failed: its memory can be in any state. Everything waits until another one has its place.
   *
   * @param {number | null} number The event on which it failed.
   * @param {unknown} cause
   */
  #fail(number, cause) {
    console.error('counting: the core failed; another one is started from the store.', cause);
    this.#target = null;
    this.#inbox.close();
    this.#coreStart.noteFailure(number, cause);
    // What is being written is part of what the next core starts from.
    this.#ready = within(this.#committing.settled(), WRITTEN_WITHIN_MS, () => {})
      .then(() => {
        if (this.#coreStart.isInVain) throw cause;
        return this.#bringUp(true);
      })
      .catch((again) => this.#giveUp(again));
  }

  /** @param {boolean} isRestart */
  async #bringUp(isRestart) {
    const { target, isNew } = await this.#coreStart.raise(isRestart, this.#committing.hasStored);
    this.#target = target;
    if (isRestart) target.core.coreRestarted(this.#parts.now());
    this.#parts.onRestored(isNew);
    this.#inbox.open();
    this.#parts.onChange();
  }

  /**
   * More came than could wait for the core. What is open may have lost requests, and pages may not be known.
   *
   * @param {number} events
   */
  #dropped(events) {
    const { now, onRestored } = this.#parts;
    this.#coreStart.noteDropped(events);
    try {
      this.#target?.core.coreRestarted(now());
      onRestored(false);
    } catch (cause) {
      this.#fail(null, cause);
    }
  }

  /** @param {unknown} cause */
  #giveUp(cause) {
    console.error('counting: the core cannot be started. Nothing is counted until the background starts again.', cause);
    this.#target = null;
    this.#inbox.discard();
    this.#parts.problems.note('coreUnavailable', describe(cause));
    this.#parts.onUnavailable();
  }
}

/**
 * A page's request that changes something: kept like an event, so that a failure of the core does not undo it.
 *
 * @type {import('./step.js').Step<{ request: Request, atMs: number }>}
 */
function changeAsked(target, { request, atMs }) {
  target.core.answer(request, atMs);
}
