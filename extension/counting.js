// Owns the core at work: brings it up, tells it the events, and brings up another one where it fails.

import { AskedInVain } from './asked-in-vain.js';
import { CoreUnavailableError, isTyped } from './core-error.js';
import { CoreKeys } from './core-keys.js';
import { Inbox } from './inbox.js';
import { Journal } from './journal.js';
import { NextPages } from './next-pages.js';
import { describe } from './problems.js';
import { SetAside } from './set-aside.js';

/**
 * @typedef {import('./counter-instance.js').CounterModule} CounterModule
 * @typedef {import('./core/types.js').BadgeView} BadgeView
 * @typedef {import('./core/types.js').Request} Request
 * @typedef {import('./core/types.js').Response} Response
 * @typedef {import('./core/types.js').Settings} Settings
 * @typedef {import('./store.js').Stored} Stored
 * @typedef {import('./step.js').Target} Target
 *
 * @typedef {object} CountingParts
 * @property {() => CounterModule} newCounterModule Each time another instance of the core.
 * @property {Pick<import('./store.js').Store, 'read' | 'write' | 'writeSetAside' | 'refuse'>} store
 * @property {Promise<import('./session.js').Session>} session
 * @property {() => string} newSession
 * @property {import('./recent-urls.js').RecentUrls} urls
 * @property {import('./private-tabs.js').PrivateTabs} privateTabs
 * @property {import('./unstored-tabs.js').UnstoredTabs} unstoredTabs
 * @property {import('./problems.js').Problems} problems
 * @property {() => number} now
 * @property {() => void} onChange Called after each event. Must be cheap, and must not throw.
 * @property {(isNew: boolean) => void} onRestored The core is there. New: it knows nothing of the pages that are open.
 * @property {() => void} onUp Called once, when a first commit has been made, or cannot be.
 * @property {() => void} onUnavailable There is no core, and will not be.
 */

/** Requests that change what is counted or kept. */
const CHANGES = new Set(['setPaused', 'setExcluded', 'deleteSite', 'deleteAll']);
/** So many events in a row that no core could take: not they are at fault, but what they meet. It is given up. */
const MOST_SET_ASIDE_IN_A_ROW = 16;
/** So many failures with no event to blame and no commit between them: what was live is given up, then the core. */
const FAILURES_UNTIL_FRESH = 3;
const FAILURES_UNTIL_UNAVAILABLE = 6;

/** The counting. */
export class Counting {
  #parts;
  #inbox;
  #journal = new Journal();
  #setAside;
  /** @type {Target | null} Null while there is no core: at the start, and after a failure. */
  #target = null;
  /** Settled when the core is there, or surely not. @type {Promise<void>} */
  #ready = Promise.resolve();
  /** The commit that is being written. @type {Promise<unknown>} */
  #writing = Promise.resolve();
  #session = '';
  /** What there was before the core that is brought up. @type {import('./session.js').Before} */
  #before = 'nothing';
  /** Tabs of which the background before had not stored everything. @type {number[]} */
  #unstoredBefore = [];
  /** What is known of them: a core that starts without a store must not forget whom the user excluded. @type {Settings | undefined} */
  #settings;
  /** Whether all that this background had counted was stored at some moment. */
  #hasStored = false;
  #isUp = false;
  #setAsideInARow = 0;
  #failuresInARow = 0;

  /** @param {CountingParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#inbox = new Inbox((step, details) => this.#deliver(step, details), parts.now());
    this.#setAside = new SetAside(parts);
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
   * @returns {Promise<boolean>} Whether everything is stored. Never rejects.
   */
  async commit(options) {
    await this.settled();
    const target = this.#target;
    if (!target) return false;
    const { problems, store } = this.#parts;
    const end = this.#journal.end;
    try {
      const commit = target.core.commit(this.#parts.now());
      // What waits is not part of it.
      if (this.#inbox.waiting === 0) this.#parts.unstoredTabs.commitMade();
      this.#failuresInARow = 0;
      if (!commit) {
        this.#noteStored(end);
        this.#noteUp();
        return true;
      }
      if (commit.settings) this.#settings = commit.settings;
      // In the same turn: the snapshot and the visits must tell of the same moment.
      const writing = store.write(commit, target.core.live(), options);
      this.#writing = writing.catch((error) => problems.note(error.kind, error.message));
    } catch (cause) {
      this.#fail(null, cause);
      return false;
    }
    const failed = await this.#writing;
    this.#noteUp();
    if (failed) return false;
    problems.clear('storeUnavailable');
    this.#noteStored(end);
    try {
      // A core that failed meanwhile is gone, and the next one starts from what was just stored.
      if (target === this.#target) target.core.stored();
    } catch (cause) {
      this.#fail(null, cause);
    }
    return true;
  }

  /** @param {number} end Where the journal ended as the commit was made. */
  #noteStored(end) {
    this.#journal.dropBefore(end);
    this.#parts.unstoredTabs.commitStored();
    this.#hasStored = true;
  }

  #noteUp() {
    if (this.#isUp) return;
    this.#isUp = true;
    this.#parts.onUp();
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
    this.#setAsideInARow = 0;
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
    if (number === null) this.#failuresInARow += 1;
    else this.#noteFailure(number, cause);
    // What is being written is part of what the next core starts from.
    this.#ready = this.#writing
      .then(() => {
        if (this.#failuresInARow >= FAILURES_UNTIL_UNAVAILABLE) throw cause;
        return this.#bringUp(true);
      })
      .catch((again) => this.#giveUp(again));
  }

  /** @param {boolean} isRestart */
  async #bringUp(isRestart) {
    const { newCounterModule, onRestored, session: readingSession } = this.#parts;
    const reading = this.#parts.store.read((live) => module.Core.openVisits(live));
    // What it failed of is told below; what comes first must not leave it to nobody.
    reading.catch(() => {});
    // In the same turn, while the store is being read.
    const module = newCounterModule();
    const session = await readingSession;
    this.#parts.privateTabs.restore(session.privateTabs);
    let isNew = session.isNew && this.#session === '';
    this.#before = this.#hasStored ? 'core' : session.before;
    this.#unstoredBefore = session.unstoredTabs;
    if (!isRestart) this.#parts.unstoredTabs.restore(session.unstoredTabs);
    this.#session ||= session.id;
    const stored = await this.#readOrNothing(reading);
    if (!stored) isNew = true;
    try {
      this.#target = this.#raise(module, stored ?? { visits: [] });
    } catch (cause) {
      this.#target = this.#startFresh(cause);
      isNew = true;
    }
    if (isRestart) this.#target.core.coreRestarted(this.#parts.now());
    onRestored(isNew);
    this.#inbox.open();
    this.#parts.onChange();
  }

  /**
   * @param {Promise<Stored>} reading
   * @returns {Promise<Stored | null>} Null where the store does not work.
   */
  async #readOrNothing(reading) {
    try {
      const stored = await reading;
      this.#settings = stored.settings ?? this.#settings;
      this.#setAside.takeUp(stored.setAside, this.#session);
      return stored;
    } catch (cause) {
      const error = /** @type {import('./database.js').StoreError} */ (cause);
      this.#parts.problems.note(error.kind, error.message);
      // The store may hold visits of this session, with numbers that a core without its snapshot would give again.
      this.#session = this.#parts.newSession();
      return null;
    }
  }

  /**
   * A core with its state back, and told of what came since. Throws where that state is not to be had.
   *
   * @param {CounterModule} module
   * @param {Stored} stored
   * @returns {Target}
   */
  #raise(module, stored) {
    if (stored.unreadable !== undefined) throw stored.unreadable;
    if (this.#failuresInARow >= FAILURES_UNTIL_FRESH) throw new Error('The core failed too often on what was stored.');
    for (;;) {
      const target = this.#newTarget(module, stored);
      const failed = this.#journal.replay(target);
      if (!failed) return target;
      console.error('counting: the core failed on an event that it was told again.', failed.cause);
      this.#noteFailure(failed.number, failed.cause);
      if (this.#setAsideInARow > MOST_SET_ASIDE_IN_A_ROW) throw failed.cause;
      module = this.#parts.newCounterModule();
    }
  }

  /**
   * A core without a past, in the place of one whose past cannot be used. Throws where even that fails.
   *
   * @param {unknown} cause
   * @returns {Target}
   */
  #startFresh(cause) {
    console.error('counting: what was live cannot be used; the counting begins anew.', cause);
    const { newCounterModule, newSession, problems, store } = this.#parts;
    this.#session = newSession();
    this.#setAsideInARow = 0;
    if (isTyped(cause) && cause.kind === 'visitVersion') {
      // A later version's visit: it is not guessed at, and the store that holds it is left as it is.
      const reason = describe(cause);
      store.refuse(reason);
      problems.note('storeFromFuture', reason);
    } else {
      const events = this.#journal.end - this.#journal.start;
      this.#setAside.note(this.#session, events, 'what was live', cause);
    }
    this.#journal.dropBefore(this.#journal.end);
    return this.#newTarget(newCounterModule(), { visits: [] });
  }

  /**
   * @param {CounterModule} module
   * @param {Stored} stored
   * @returns {Target}
   */
  #newTarget(module, stored) {
    const core = new module.Core(this.#session);
    const visits = stored.visits.map((visit) => visit.bytes);
    const unstored = Int32Array.from(this.#unstoredBefore);
    core.restore(stored.live, visits, this.#settings, this.#before, unstored, this.#parts.now());
    const { urls, privateTabs } = this.#parts;
    // What is replayed for another core finds them as it found them first.
    const [keys, askedInVain, nextPages] = [new CoreKeys(core), new AskedInVain(), new NextPages()];
    return { core, keys, urls, privateTabs, askedInVain, nextPages };
  }

  /** @param {unknown} cause */
  #giveUp(cause) {
    console.error('counting: the core cannot be started. Nothing is counted until the background starts again.', cause);
    this.#target = null;
    this.#inbox.discard();
    this.#parts.problems.note('coreUnavailable', describe(cause));
    this.#parts.onUnavailable();
  }

  /**
   * @param {number} number An event on which a core failed.
   * @param {unknown} cause
   */
  #noteFailure(number, cause) {
    if (!this.#setAside.isDueAfterFailure(number)) return;
    this.#setAsideInARow += 1;
    this.#setAside.note(this.#session, 1, this.#journal.setAside(number), cause);
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
