// Proves whose each request is, on what both browsers told in every situation of `tests/situations`: the shell's own
// translation and the built core, without a browser. The recordings are made by `tests/e2e/attribution.test.js`.
import { openAsRecorded, tellAsRecorded } from './replayed-browser.js';

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listen } from '../../extension/events.js';
import { OpenTabs } from '../../extension/open-tabs.js';
import { assertLog, assertVisits } from '../situations/judge.js';
import { readRecording, recordedSituations } from '../situations/recording.js';
import { SITUATIONS } from '../situations/situations.js';
import { freshCounter, freshReader } from './core-module.js';
import { exportOf } from './export-of.js';
import { withEarlyCommits, withLateCommits } from './moved-commits.js';
import { targetOf } from './target.js';

/** A sandboxed frame asks as `null`: of which host it is, its commit alone tells, and what it asked for before names no frame. */
const SANDBOXED = 'a_sandboxed_frame_is_judged_against_the_page_around_it';

/** @param {import('../situations/situation.js').ExpectedVisit} visit */
const withoutWays = ({ broughtBy: _, ...rest }) => rest;

const [{ Core }, reader] = await Promise.all([freshCounter(), freshReader()]);

for (const browser of /** @type {const} */ (['chromium', 'firefox'])) {
  describe(`as_${browser}_told_it`, () => {
    let movedCommits = 0;
    const here = SITUATIONS.filter(({ only }) => (only?.browser ?? browser) === browser);

    test('every_situation_is_recorded_and_no_other', async () => {
      assert.deepEqual((await recordedSituations(browser)).sort(), here.map(({ name }) => name).sort());
    });

    for (const { name, visits, uncounted } of here) {
      test(name, async () => {
        const recording = await readRecording(browser, name);
        const expected = visits(browser);
        assertVisits(await replayed(recording), expected);
        assertLog(expected, recording.log, uncounted?.(browser) ?? {});
      });

      test(`${name}_also_where_commits_are_told_after_what_their_documents_ask_for_first`, async () => {
        const expected = name === SANDBOXED ? visits(browser).map(withoutWays) : visits(browser);
        for (const time of /** @type {const} */ (['keeps', 'moves'])) {
          const { recording, moved } = withLateCommits(await readRecording(browser, name), time);
          movedCommits += moved;
          assertVisits(await replayed(recording), expected);
        }
      });
    }

    if (browser === 'firefox') {
      let earlyCommits = 0;
      for (const { name, visits } of here) {
        test(`${name}_also_where_commits_are_told_before_the_requests_that_led_to_them`, async () => {
          const { recording, moved } = withEarlyCommits(await readRecording(browser, name));
          earlyCommits += moved;
          assertVisits(await replayed(recording), visits(browser));
        });
      }

      test('commits_were_told_early_in_nearly_every_situation', () => {
        assert.ok(earlyCommits > here.length, `${earlyCommits} commits`);
      });
    }

    test('commits_were_told_late_in_more_than_every_other_situation', () => {
      assert.ok(movedCommits > here.length, `${movedCommits} commits`);
    });
  });
}

/**
 * What an export tells after the recording, of a core that was there from its first event on.
 * @param {import('../situations/recording.js').Recording} recording
 * @returns {Promise<import('../e2e/saved-export.js').SavedExport>}
 */
async function replayed(recording) {
  const core = new Core('session');
  const target = targetOf(core);
  const { privateTabs } = target;
  const counting = /** @type {import('../../extension/counting.js').Counting} */ ({
    observe: (step, details) => step(target, details),
  });
  openAsRecorded(recording);
  const openTabs = new OpenTabs(counting, privateTabs);
  listen({ counting, privateTabs, openTabs, onLastMoment: () => {} });
  await openTabs.adopt();
  tellAsRecorded(recording);
  const atMs = Math.max(...recording.events.map(([, details]) => details.timeStamp ?? 0));
  const visits = core.commit(atMs)?.visits ?? [];
  const { saved } = await exportOf(reader, { visits }, { nowMs: atMs });
  return saved;
}
