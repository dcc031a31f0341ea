// Owns a counting with everything around it, as the background has it: a store and cores that can be made to fail.
import { calls } from './fake-browser.js';

import assert from 'node:assert/strict';

import { ClosingDays } from '../../extension/closing-days.js';
import { Counting } from '../../extension/counting.js';
import { PrivateTabs } from '../../extension/private-tabs.js';
import { Problems } from '../../extension/problems.js';
import { RecentUrls } from '../../extension/recent-urls.js';
import { UnstoredTabs } from '../../extension/unstored-tabs.js';
import { FakeCores, FakeStore } from './fake-core.js';

/** @param {any} target @param {string} name */
const event = (target, name) => target.core.take(name);

/** @param {any} target */
export const takeA = ({ core }) => core.take('a');

/** What was last kept for the next background. */
export const kept = () => calls.filter(({ name }) => name === 'storage.session.set').at(-1)?.args[0];

/** A counting with everything around it. */
export class Bench {
  cores = new FakeCores();
  unstoredTabs = new UnstoredTabs();
  store = new FakeStore();
  nowMs = 1_000;
  problems = new Problems(() => this.nowMs);
  /** @type {boolean[]} */
  restored = [];
  unavailable = 0;
  ups = 0;
  sessions = 0;
  /** @type {import('../../extension/session.js').Session} */
  session = {
    id: 'session',
    isNew: false,
    before: 'background',
    privateTabs: undefined,
    unstoredTabs: [4],
    unstoredVisits: null,
  };

  constructor() {
    /** @type {(session: typeof this.session) => void} */
    let resolve = () => {};
    /** @type {Promise<typeof this.session>} */
    const promise = new Promise((settle) => (resolve = settle));
    this.tellSession = () => resolve(this.session);
    this.counting = new Counting({
      newCounterModule: this.cores.newCounterModule,
      store: this.store,
      session: promise,
      newSession: () => `new session ${(this.sessions += 1)}`,
      urls: new RecentUrls(),
      privateTabs: new PrivateTabs(),
      unstoredTabs: this.unstoredTabs,
      closingDays: new ClosingDays({
        store: this.store,
        foldDay: () => assert.fail('the fake store folds'),
        addToSum: () => assert.fail('no visits are kept for a while only'),
        packSpan: () => assert.fail('no span is missing'),
        rebuildDay: () => assert.fail('no day is without its sum'),
        onChange: () => {},
      }),
      problems: this.problems,
      now: () => this.nowMs,
      onChange: () => {},
      onRestored: (isNew) => void this.restored.push(isNew),
      onUp: () => void (this.ups += 1),
      onUnavailable: () => void (this.unavailable += 1),
    });
  }

  /** @param {...string} names */
  observe(...names) {
    for (const name of names) this.counting.observe(event, name);
  }

  async start() {
    this.counting.start();
    this.tellSession();
    await this.counting.settled();
  }

  /** Waits until what a commit has begun beside it is over. */
  closed() {
    return new Promise((resolve) => setTimeout(resolve));
  }

  get kinds() {
    return this.problems.list().map(({ kind }) => kind);
  }
}
