// Owns a copy of the shell that lives through planned days in Node, one core all the while, and what a day costs it.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ShellEvents } from '../year/shell-events.js';
import { Teller } from '../year/teller.js';

/**
 * @typedef {import('../year/day-plan.js').PlannedDay} PlannedDay
 *
 * @typedef {object} Lived
 * @property {number} ms of processor time: a machine that does other work does not lengthen it much
 * @property {number} requests
 */

/** What the shell takes for the time: that of the day which it is told. */
let nowMs = 0;

/** From now on the shells' clock is that of their days. @param {number} startMs */
export function beginAt(startMs) {
  nowMs = startMs;
  Date.now = () => nowMs;
}

/** One shell. */
export class LivedShell {
  #events = new ShellEvents();
  #teller = new Teller(this.#events);
  #browser;
  #counter;

  /**
   * @param {typeof import('./captured-browser.js')} browser
   * @param {typeof import('../../extension/core/counter.js')} counter
   */
  constructor(browser, counter) {
    this.#browser = browser;
    this.#counter = counter;
  }

  /** @param {import('./dist-variant.js').DistVariant} variant with a shell of its own (`addShell`) and the store that folds */
  static async start(variant) {
    await variant.addShell([]);
    await variant.add(path.join(import.meta.dirname, 'folding-store.js'), 'bench/shell/store.js');
    const from = (/** @type {string} */ file) =>
      import(pathToFileURL(path.join(variant.folder, 'bench/shell', file)).href);
    await from('background.js');
    const shell = new LivedShell(await from('browser.js'), await from('core/counter.js'));
    // Answered once the core is there.
    await shell.#browser.ask({ kind: 'flush' });
    return shell;
  }

  /** The memory of its core. */
  get memoryBytes() {
    // Of the instance that is there.
    return this.#counter.initSync(/** @type {any} */ (undefined)).memory.buffer.byteLength;
  }

  /**
   * Lives through a day, with a commit of the coming of each page alone: what lies between two measured days need not take as long as
   * these.
   * @param {PlannedDay} plan
   */
  async live(plan) {
    this.#teller.begin();
    for (const moment of plan.moments) {
      this.#teller.tell(moment);
      if (moment.kind === 'comes') await this.#tell(moment.atMs);
    }
    await this.end(plan);
  }

  /**
   * Lives through a part of a day, with a commit of each moment.
   * @param {readonly import('../year/day-plan.js').Moment[]} moments
   * @returns {Promise<Lived>}
   */
  async liveThrough(moments) {
    const before = this.#teller.requests;
    let ms = 0;
    for (const moment of moments) {
      this.#teller.tell(moment);
      ms += await this.#tell(moment.atMs);
    }
    return { ms, requests: this.#teller.requests - before };
  }

  /** The day ends, and every tab is closed. @param {PlannedDay} plan */
  async end({ visits, endMs }) {
    for (const { ends, tabId } of visits) if (ends === 'left') this.#events.tabClosed(tabId);
    await this.#tell(endMs);
    this.#teller.begin();
  }

  /** @param {number} atMs @returns {Promise<number>} milliseconds of processor time, those of the collector of garbage too */
  async #tell(atMs) {
    const events = this.#events.take();
    const calls = events.map(({ name }) => this.#browser.listeners.get(name) ?? []);
    nowMs = atMs;
    const begin = process.cpuUsage();
    calls.forEach((heard, at) => heard.forEach((listener) => listener(events[at]?.details)));
    await this.#browser.ask({ kind: 'flush' });
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1_000;
  }
}
