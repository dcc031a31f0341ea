// Proves whose each request is in every situation of `tests/situations`: the export against what is expected, and both
// against the server's log. With TIERS_RECORD=1 what the browser told is written to `tests/fixtures/recordings`.
import { after, before, test } from 'node:test';
import { assertLog, assertVisits, logOf } from '../situations/judge.js';
import { writeRecording } from '../situations/recording.js';
import { SITUATIONS } from '../situations/situations.js';
import { until } from '../drive/condition.js';
import { recorded, startRecording } from './recorder.js';
import { BROWSER, Stage } from './stage.js';

/** @typedef {import('../situations/situation.js').Situation} Situation */

const IS_RECORDING = process.env['TIERS_RECORD'] === '1';

/** Events reach the background after the server, on a busy machine by more than the web and the store stand still. */
const LATE_MS = 30_000;

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open({ elsewhere: SITUATIONS.flatMap(({ elsewhere = [] }) => elsewhere) });
  await stage.quiet();
});
after(() => stage?.close());

for (const situation of SITUATIONS) {
  const { name, only } = situation;
  const skip = only && only.browser !== BROWSER ? only.why : false;
  test(name, { skip }, () => prove(situation));
}

/** @param {Situation} situation */
async function prove({ name, declare, before: prepare, walk, visits, uncounted }) {
  const { web, driver } = stage;
  const expected = visits(BROWSER);
  const tabsBefore = await tabIds();
  await declare(web);
  if (prepare) {
    await prepare(stage);
    await stage.quiet();
  }
  const visitsBefore = new Set((await stage.stored()).map(({ id }) => id));
  if (prepare) {
    await stage.beginSession();
    // What is asked for while the frames that are open are not known yet is their page's, but by which frame nobody knows.
    await stage.quiet();
  }
  if (IS_RECORDING) await startRecording(driver);
  const mark = web.log.mark();
  try {
    await walk(stage);
    await allReached(expected, mark);
    await stage.quiet();
    const log = logOf(web.log.since(mark));
    if (IS_RECORDING) {
      const version = await driver.browser.version();
      await writeRecording(BROWSER, name, { browser: version, log, ...(await recorded(driver)) });
    }
    const told = async () => {
      const { saved } = await stage.exportAll();
      return { ...saved, visits: saved.visits.filter(({ visit_id: id }) => !visitsBefore.has(id)) };
    };
    const isTold = async () => {
      assertVisits(await told(), expected);
      return true;
    };
    const isSaid = await until('the export to say what is expected', isTold, LATE_MS).catch(() => false);
    if (!isSaid) assertVisits(await told(), expected);
    assertLog(expected, log, uncounted?.(BROWSER) ?? {});
  } finally {
    await closeTabsBut(tabsBefore);
  }
}

/**
 * What is expected to be sent has reached the server: a page may be done before its last request is.
 * @param {import('../situations/situation.js').ExpectedVisit[]} expected
 * @param {number} mark
 */
async function allReached(expected, mark) {
  for (const host of new Set(expected.flatMap(({ third }) => Object.keys(third)))) {
    const sent = expected.reduce((sum, { third: { [host]: outcomes = 0 } }) => {
      return sum + (typeof outcomes === 'number' ? outcomes : (outcomes.sent ?? 0));
    }, 0);
    await until(`${host} to be asked ${sent} times`, () => (logOf(stage.web.log.since(mark))[host] ?? 0) >= sent);
  }
}

function tabIds() {
  return stage.driver.asExtension(async () => (await chrome.tabs.query({})).map(({ id }) => id ?? -1));
}

/** @param {number[]} kept */
async function closeTabsBut(kept) {
  await until('the tabs of this situation to be closed', async () => {
    const opened = (await tabIds()).filter((id) => !kept.includes(id));
    await stage.driver.asExtension((ids) => chrome.tabs.remove(ids), opened);
    return opened.length === 0;
  });
  await stage.quiet();
}
