// Proves what is left where the whole browser is killed under load, again and again over one profile: all but about the last second.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HARD_FLUSH_AFTER_MS, LONGEST_LOOK_MS, SOFT_FLUSH_AFTER_MS } from '../../extension/commit-clock.js';
import { Stage } from '../e2e/stage.js';
import { drawnWaits, SEED } from './drawn.js';
import { saidOf } from './named-site.js';
import { soundExport } from './sound-store.js';
import { SteadyLoad } from './steady-load.js';

/**
 * A change is stored at the latest a second after it; the rest is the way of an event to the background, and that of a commit to the store, under a
 * load that may have grown since the last commit was measured.
 */
const LOST_AT_MOST_MS = 3000;
/** So often before each kill it is measured what a commit takes. */
const COMMITS_MEASURED = 3;

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/** Ends the browser with every process that it started, in the middle of whatever they do. */
async function killBrowser() {
  const { driver } = stage;
  const { pid } = driver.browser.process() ?? {};
  assert.ok(pid);
  const at = Date.now();
  process.kill(-pid, 'SIGKILL');
  await driver.gone();
  return at;
}

/** What a commit takes under the load that there is, its asking and the word that it is done included. */
function commitMs() {
  return stage.driver.asExtension(async () => {
    const began = performance.now();
    await chrome.runtime.sendMessage({ kind: 'flush' });
    return performance.now() - began;
  });
}

/** What may be lost where a commit takes so long: a slow store is left alone as long between two looks. @param {number} tookMs */
function lostAtMostMs(tookMs) {
  const looks = HARD_FLUSH_AFTER_MS / SOFT_FLUSH_AFTER_MS;
  return Math.max(LOST_AT_MOST_MS, looks * Math.min(tookMs, LONGEST_LOOK_MS) + tookMs);
}

/** @param {number[]} numbers */
function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1];
}

test(`a_browser_that_is_killed_under_load_loses_no_more_than_about_its_last_second_seed_${SEED}`, async (context) => {
  /** @type {number[]} */
  const lostMs = [];
  /** @type {string[]} */
  const names = [];
  let requests = 0;
  let tookMs = 0;
  // The first background has begun before the first load does.
  await stage.stored();
  for (const [number, wait] of drawnWaits(200, 4000).entries()) {
    const load = new SteadyLoad(stage, `kill${number}`);
    await load.begin();
    for (let times = 0; times < COMMITS_MEASURED; times += 1) tookMs = Math.max(tookMs, await commitMs());
    await new Promise((resolve) => setTimeout(resolve, wait));
    const killedAt = await killBrowser();
    await load.end();
    await stage.restart();
    names.push(...load.names);

    const where = `kill ${number} of seed ${SEED}, after ${wait} ms`;
    const saved = await soundExport(stage);
    const said = names.map((name) => saidOf(saved, stage.web.log.entries, name));
    assert.deepEqual(
      said.flatMap(({ tooMuch }) => tooMuch),
      [],
      where,
    );
    const ends = said.flatMap(({ visits }) => visits.map(({ end_reason: reason }) => reason));
    assert.deepEqual(
      ends.filter((reason) => reason !== 'navigated' && reason !== 'session_ended'),
      [],
      where,
    );
    const own = said.slice(-load.names.length);
    assert.ok(own.flatMap(({ visits }) => visits).filter((visit) => visit.end_reason === 'session_ended').length <= 2);
    const lost = own.flatMap(({ missing }) => missing.map(({ at }) => killedAt - at)).filter((ms) => ms > 0);
    const logged = own.flatMap((one) => one.logged).length;
    requests += logged;
    lostMs.push(Math.max(0, ...lost));
    context.diagnostic(`${where}: ${lost.length} of ${logged} requests lost, the first ${lostMs.at(-1)} ms before`);
  }
  context.diagnostic(
    `${lostMs.length} kills, ${requests} requests: lost at most ${Math.max(...lostMs)} ms, median ${median(lostMs)} ms; a commit took up to ${Math.round(tookMs)} ms`,
  );
  assert.deepEqual(
    lostMs.filter((ms) => ms > lostAtMostMs(tookMs)),
    [],
  );
});
