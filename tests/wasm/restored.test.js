// Proves that a background that is stopped and woken anywhere counts on as one that never was: on what both browsers told in every
// situation, with the core taken up from the store after each event in turn. What waits in a browser while nobody listens is not lost.
import { openAsRecorded, tellAsRecorded } from './replayed-browser.js';

import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { listen } from '../../extension/events.js';
import { OpenTabs } from '../../extension/open-tabs.js';
import { readRecording, recordedSituations } from '../situations/recording.js';
import { freshCounter, freshReader } from './core-module.js';
import { exportOf } from './export-of.js';
import { targetOf } from './target.js';

/** @typedef {import('../situations/recording.js').Recording} Recording */

/** As long as a background may have nothing to do: one that slept for less was killed, and pages are marked by it. */
const SLEPT_MS = 30_000;

const [{ Core }, reader] = await Promise.all([freshCounter(), freshReader()]);

/** A store, and the background over it: what it knows beside the core outlives it here, for the core is what is tried. */
class Life {
  /** @type {Map<string, import("../../extension/core/types.js").StoredVisit>} */
  #visits = new Map();
  /** @type {Uint8Array | undefined} */
  #live;
  #target;
  #now = 0;

  constructor() {
    this.#target = targetOf(new Core('session'));
    const { privateTabs } = this.#target;
    const counting = /** @type {import('../../extension/counting.js').Counting} */ ({
      observe: (step, details) => {
        const { timeStamp = 0 } = /** @type {{ timeStamp?: number }} */ (details);
        this.#now = Math.max(this.#now, timeStamp);
        step(this.#target, details);
      },
    });
    // The shell asks the clock when a tab was closed.
    mock.method(Date, 'now', () => this.#now);
    this.openTabs = new OpenTabs(counting, privateTabs);
    listen({ counting, privateTabs, openTabs: this.openTabs, onLastMoment: () => {} });
  }

  store() {
    const commit = this.#target.core.commit(this.#now);
    if (!commit) return;
    for (const { id } of commit.deleted.visits) this.#visits.delete(id);
    for (const visit of commit.visits) this.#visits.set(visit.id, visit);
    this.#live = this.#target.core.live();
    this.#target.core.stored();
  }

  /** The background is stopped, and the next event wakes another. */
  wake() {
    this.store();
    const core = new Core('session');
    const ids = this.#live ? Core.openVisits(this.#live) : [];
    const visits = ids.flatMap((id) => this.#visits.get(id)?.bytes ?? []);
    core.restore(this.#live, visits, undefined, 'background', new Int32Array(), this.#now + SLEPT_MS);
    this.#target = targetOf(core, this.#target);
  }

  /** What an export tells, but for what may be missing. */
  async told() {
    this.store();
    /** @type {{ saved: import('../e2e/saved-export.js').SavedExport }} */
    const { saved } = await exportOf(reader, { visits: [...this.#visits.values()] }, { nowMs: this.#now });
    const { visits, hops, contacts, contact_types: types } = saved;
    const sorted = (/** @type {object[]} */ rows) => rows.map((row) => JSON.stringify(row)).sort();
    const certain = visits.map(({ complete: _, incomplete_reasons: __, ...visit }) => visit);
    return [certain, hops, contacts, types].map(sorted);
  }
}

/** Whether all that is told from an event on came later than all before it. @param {Recording} recording @param {number} at */
function isInOrder({ events }, at) {
  const times = events.map(([, details]) => details.timeStamp);
  const before = times.slice(0, at).filter((time) => time !== undefined);
  return times.slice(at).every((time) => time === undefined || time >= Math.max(...before));
}

/**
 * @param {Recording} recording
 * @param {number} at after so many events the background is stopped
 */
async function toldWithAStop(recording, at) {
  openAsRecorded(recording);
  const life = new Life();
  await life.openTabs.adopt();
  tellAsRecorded({ ...recording, events: recording.events.slice(0, at) });
  if (at < recording.events.length) life.wake();
  tellAsRecorded({ ...recording, events: recording.events.slice(at) });
  return life.told();
}

for (const browser of /** @type {const} */ (['chromium', 'firefox'])) {
  describe(`as_${browser}_told_it`, async () => {
    let stops = 0;
    for (const name of (await recordedSituations(browser)).sort()) {
      test(`${name}_wherever_the_background_is_stopped`, async () => {
        const recording = await readRecording(browser, name);
        const undisturbed = await toldWithAStop(recording, recording.events.length);
        for (let at = 1; at < recording.events.length; at += 1) {
          // What comes of late comes within a quarter of a second, and nothing is stored meanwhile.
          if (!isInOrder(recording, at)) continue;
          stops += 1;
          assert.deepEqual(await toldWithAStop(recording, at), undisturbed, `stopped after event ${at}`);
        }
      });
    }

    test('the_background_was_stopped_at_hundreds_of_places', () => assert.ok(stops > 500, `${stops} places`));
  });
}
