// Owns how a core starts: from what is stored and what came since, or without a past where that cannot be used.

import { AskedInVain } from './asked-in-vain.js';
import { isTyped } from './core-error.js';
import { CoreKeys } from './core-keys.js';
import { GivenUp } from './given-up.js';
import { NextPages } from './next-pages.js';
import { describe } from './problems.js';
import { SetAside } from './set-aside.js';
import { WallClock } from './wall-clock.js';

/**
 * @typedef {import('./counter-instance.js').CounterModule} CounterModule
 * @typedef {import('./core/types.js').Settings} Settings
 * @typedef {import('./journal.js').Journal} Journal
 * @typedef {import('./core/types.js').StoredCommit} StoredCommit
 * @typedef {import('./start-record.js').Stored} Stored
 * @typedef {import('./step.js').Target} Target
 */

/** So many events in a row that no core could take: not they are at fault, but what they meet. It is given up. */
const MOST_SET_ASIDE_IN_A_ROW = 16;
/** So many failures with no event to blame and no commit between them: what was live is given up, then the core. */
const FAILURES_UNTIL_FRESH = 3;
const FAILURES_UNTIL_UNAVAILABLE = 6;

/** The start of one core after the other, while the background lives. */
export class CoreStart {
  #parts;
  #journal;
  #setAside;
  #givenUp;
  #session = '';
  /** What there was before the core that is started. @type {import('./session.js').Before} */
  #before = 'nothing';
  /** Tabs of which the background before had not stored everything. @type {number[]} */
  #unstoredBefore = [];
  /** What is known of them: a core that starts without a store must not forget whom the user excluded. @type {Settings | undefined} */
  #settings;
  #setAsideInARow = 0;
  #failuresInARow = 0;

  /**
   * @param {Omit<import('./counting.js').CountingParts, `on${string}`>} parts
   * @param {Journal} journal
   */
  constructor(parts, journal) {
    this.#parts = parts;
    this.#journal = journal;
    this.#setAside = new SetAside(parts);
    this.#givenUp = new GivenUp(parts);
  }

  /** Whether cores failed so often that another one would too. */
  get isInVain() {
    return this.#failuresInARow >= FAILURES_UNTIL_UNAVAILABLE;
  }

  /** A core took an event. */
  noteTaken() {
    this.#setAsideInARow = 0;
  }

  /**
   * A core made a commit.
   *
   * @param {StoredCommit | undefined} commit Undefined where nothing has changed.
   */
  noteCommit(commit) {
    this.#failuresInARow = 0;
    this.#settings = commit?.settings ?? this.#settings;
    if (commit?.givenUp) this.#givenUp.note(this.#session, { visits: commit.givenUp });
  }

  /**
   * A commit was not stored.
   *
   * @param {StoredCommit} commit
   */
  noteUnstored(commit) {
    this.#givenUp.notStored(commit.visits.length);
  }

  /** Everything that there was to store is stored. */
  noteStored() {
    this.#givenUp.stored();
  }

  /**
   * Events were dropped before a core could take them.
   *
   * @param {number} events
   */
  noteDropped(events) {
    this.#givenUp.note(this.#session, { events });
  }

  /**
   * A core failed.
   *
   * @param {number | null} number The event on which it failed.
   * @param {unknown} cause
   */
  noteFailure(number, cause) {
    if (number === null) this.#failuresInARow += 1;
    else if (this.#setAside.isDueAfterFailure(number)) {
      this.#setAsideInARow += 1;
      this.#setAside.note(this.#session, 1, this.#journal.setAside(number), cause);
    }
  }

  /**
   * A core that can be told what comes next. In the background's first turn the wasm is instantiated while the store is being read.
   *
   * @param {boolean} isRestart Another one has failed in this background.
   * @param {boolean} hasStored All that this background had counted was stored at some moment.
   * @returns {Promise<{ target: Target, isNew: boolean }>} New: it knows nothing of the pages that are open.
   */
  async raise(isRestart, hasStored) {
    const { newCounterModule, session: readingSession, store } = this.#parts;
    const reading = store.read((live) => module.Core.openVisits(live));
    // What it failed of is told below; what comes first must not leave it to nobody.
    reading.catch(() => {});
    // In the same turn, while the store is being read.
    const module = newCounterModule();
    const session = await readingSession;
    this.#parts.privateTabs.restore(session.privateTabs);
    const isNewSession = session.isNew && this.#session === '';
    this.#before = hasStored ? 'core' : session.before;
    this.#unstoredBefore = session.unstoredTabs;
    if (!isRestart) this.#parts.unstoredTabs.restore(session.unstoredTabs);
    this.#session ||= session.id;
    if (!isRestart && session.unstoredVisits) this.#givenUp.takeOver(this.#session, session.unstoredVisits);
    const stored = await this.#readOrNothing(reading);
    // A commit of which nobody heard any more whether it was stored.
    if (stored?.mark?.journal === this.#journal.id) this.#journal.dropBefore(stored.mark.end);
    const isWithoutSnapshot = stored !== null && !stored.live && stored.unreadable === undefined;
    // Its visits may be stored all the same, with numbers that a core without the snapshot would give again.
    if (isWithoutSnapshot && !isNewSession && !isRestart) this.#session = this.#parts.newSession();
    const isNew = isNewSession || !stored;
    try {
      return { target: this.#withItsPast(module, stored ?? { visits: [] }), isNew };
    } catch (cause) {
      return { target: this.#startFresh(cause), isNew: true };
    }
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
      this.#givenUp.takeUp(stored.givenUp, this.#session);
      return stored;
    } catch (cause) {
      const error = /** @type {import('./database.js').StoreError} */ (cause);
      this.#parts.problems.noteStore(error);
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
  #withItsPast(module, stored) {
    if (stored.unreadable !== undefined) throw stored.unreadable;
    if (this.#failuresInARow >= FAILURES_UNTIL_FRESH) throw new Error('The core failed too often on what was stored.');
    // The pages that are open are marked; of the others only what was stored is there.
    if (!this.#journal.isWhole) this.#givenUp.note(this.#session, { events: this.#journal.giveUp() });
    return this.#toldAgain(module, stored);
  }

  /**
   * A core that was told the journal again, all but what is set aside as cores fail on it. Throws where that is too much in a row.
   *
   * @param {CounterModule} module
   * @param {Stored} stored
   * @returns {Target}
   */
  #toldAgain(module, stored) {
    for (;;) {
      const target = this.#newTarget(module, stored);
      const failed = this.#journal.replay(target);
      if (!failed) return target;
      console.error('core-start: the core failed on an event that it was told again.', failed.cause);
      this.noteFailure(failed.number, failed.cause);
      if (this.#setAsideInARow > MOST_SET_ASIDE_IN_A_ROW) throw failed.cause;
      module = this.#parts.newCounterModule();
    }
  }

  /**
   * A core without a past, in the place of one whose past cannot be used. What the user decided, and is not stored, it is told: the settings
   * that were read can be older. Throws where even that fails.
   *
   * @param {unknown} cause
   * @returns {Target}
   */
  #startFresh(cause) {
    console.error('core-start: what was live cannot be used; the counting begins anew.', cause);
    const { newCounterModule, newSession, problems, store } = this.#parts;
    this.#session = newSession();
    this.#setAsideInARow = 0;
    if (isTyped(cause) && cause.kind === 'visitVersion') {
      // A later version's visit: it is not guessed at, and the store that holds it is left as it is.
      const reason = describe(cause);
      store.refuse(reason);
      problems.note('storeFromFuture', reason);
    } else {
      this.#setAside.note(this.#session, this.#journal.unstored, 'what was live', cause);
    }
    this.#journal.giveUp();
    return this.#toldAgain(newCounterModule(), { visits: [] });
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
    const clock = new WallClock(core);
    clock.tell(this.#parts.now());
    core.restore(stored.live, visits, this.#settings, this.#before, unstored, this.#parts.now());
    const { urls, privateTabs } = this.#parts;
    // What is replayed for another core finds them as it found them first.
    const [keys, askedInVain, nextPages] = [new CoreKeys(core), new AskedInVain(), new NextPages()];
    return { core, keys, urls, privateTabs, askedInVain, nextPages, clock };
  }
}
