// Owns a commit on its way from the core to the store, and what is told of it.

import { StoreError } from './database.js';
import { deletesAnything, NOTHING_DELETED } from './deletion.js';

/**
 * @typedef {import('./commit-clock.js').CommitOptions} CommitOptions
 * @typedef {import('./commit-clock.js').Outcome} Outcome
 * @typedef {import('./core/types.js').StoredCommit} StoredCommit
 * @typedef {import('./step.js').Target} Target
 */

/** The commits of a background, one after the other. */
export class Committing {
  #parts;
  #journal;
  #coreStart;
  /** @type {Promise<unknown>} */
  #writing = Promise.resolve();
  #isUp = false;
  /** Whether all that this background had counted was stored at some moment. */
  hasStored = false;

  /**
   * @param {Pick<import('./counting.js').CountingParts, 'store' | 'problems' | 'unstoredTabs' | 'now' | 'onUp'>} parts
   * @param {import('./journal.js').Journal} journal
   * @param {import('./core-start.js').CoreStart} coreStart
   */
  constructor(parts, journal, coreStart) {
    this.#parts = parts;
    this.#journal = journal;
    this.#coreStart = coreStart;
  }

  /** Waits for the commit that is being written, whatever becomes of it. */
  async settled() {
    await this.#writing.catch(() => {});
  }

  /**
   * Stores what changed, in one transaction.
   *
   * @param {Target} target
   * @param {boolean} isAll Nothing waits that is not part of it.
   * @param {CommitOptions} options
   * @param {() => boolean} isCurrent Whether the core is still there: another one starts from what was just stored.
   * @returns {Promise<Outcome>} Rejects with what the core failed of.
   */
  async make({ core }, isAll, options, isCurrent) {
    const { end } = this.#journal;
    const commit = core.commit(this.#parts.now());
    if (isAll) this.#parts.unstoredTabs.commitMade();
    this.#coreStart.noteCommit(commit);
    if (!commit) {
      this.#stored(end);
      return 'stored';
    }
    // In the same turn: the snapshot and the visits must tell of the same moment.
    const writing = this.#write(commit, core.live(), { ...options, mark: { journal: this.#journal.id, end } });
    this.#writing = writing;
    const outcome = await writing;
    if (outcome !== 'stored') {
      this.#noteUp();
      this.#coreStart.noteUnstored(commit);
      return outcome;
    }
    this.#parts.problems.clearStore();
    this.#stored(end);
    if (isCurrent()) core.stored();
    return 'stored';
  }

  /**
   * @param {StoredCommit} commit
   * @param {Uint8Array} live
   * @param {Parameters<import('./store.js').Store['write']>[2]} options
   * @returns {Promise<Outcome>}
   */
  async #write(commit, live, options) {
    const { store } = this.#parts;
    let hasDeleted = false;
    try {
      try {
        await store.write(commit, live, options);
      } catch (cause) {
        const isFull = cause instanceof StoreError && cause.kind === 'storeFull';
        if (!isFull || !deletesAnything(commit.deleted)) throw cause;
        // What makes room goes first, and what the user wants gone is gone whatever becomes of the rest.
        await store.delete(commit.deleted);
        hasDeleted = true;
        await store.write({ ...commit, deleted: NOTHING_DELETED }, live, options);
      }
      return 'stored';
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause;
      this.#parts.problems.noteStore(cause);
      return hasDeleted ? 'deleted' : 'failed';
    }
  }

  /** @param {number} end Where the journal ended as the commit was made. */
  #stored(end) {
    this.#journal.dropBefore(end);
    this.#parts.unstoredTabs.commitStored();
    this.#coreStart.noteStored();
    this.hasStored = true;
    this.#noteUp();
  }

  #noteUp() {
    if (this.#isUp) return;
    this.#isUp = true;
    this.#parts.onUp();
  }
}
