// Owns the room that one kind of data takes, as it is measured: each table is read anew only where it has not as many records as it had, or
// what is in closed days has changed.
import { bytes, text } from '../i18n.js';
import { readSize } from '../kept.js';

/**
 * @typedef {import('../kept.js').SizedTable} SizedTable
 *
 * @typedef {object} Measured
 * @property {string} state How many records there are, and which change was the last.
 * @property {Promise<number>} size
 */

/** The room of one kind. */
export class MeasuredRoom {
  #say;
  #read;
  /** @type {Map<SizedTable, Measured>} */
  #measured = new Map();
  /** What ran before is not to have the last word. */
  #run = 0;

  /**
   * @param {(words: string) => void} say
   * @param {typeof readSize} [read]
   */
  constructor(say, read = readSize) {
    this.#say = say;
    this.#read = read;
  }

  /**
   * Says how much it is; of years it is read for seconds. Never rejects: after a failure nothing is said of it.
   *
   * @param {[SizedTable, number][]} tables Each with how many records it has.
   * @param {string} change Which change of records in their place is the last one.
   */
  async measure(tables, change) {
    const run = (this.#run += 1);
    if (this.#measured.size === 0) this.#say(text('keptMeasuring'));
    let words = '';
    try {
      let size = 0;
      for (const [table, records] of tables) size += await this.#sizeOf(table, `${records} ${change}`);
      words = text('keptSize', bytes(size));
    } catch (error) {
      this.#measured.clear();
      console.error('measured-room: the room that is taken could not be measured.', error);
    }
    if (run === this.#run) this.#say(words);
  }

  /**
   * @param {SizedTable} table
   * @param {string} state
   */
  #sizeOf(table, state) {
    const measured = this.#measured.get(table);
    if (measured?.state === state) return measured.size;
    const size = this.#read(table);
    this.#measured.set(table, { state, size });
    return size;
  }
}
