// Proves what is left where the background ends at a step of its work on the store: everything or the word that something is missing,
// never half of it. The background stands still at the step and its process is killed there, so that nothing of it ends in order.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { rawStore } from '../e2e/raw-store.js';
import { Stage } from '../e2e/stage.js';
import { drawnNumbers } from './drawn.js';
import { hinderedExtension } from './hindered-extension.js';
import { addressOf, pageOf, saidOf } from './named-site.js';
import { soundExport } from './sound-store.js';
import { untilAtRest } from './at-rest.js';
import { setClock, Steps } from './steps.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** @type {Stage} */
let stage;
/** @type {Steps} */
let steps;
/** @type {() => Promise<void>} */
let remove;
/** So many days the background's clock is ahead. */
let days = 0;
before(async () => {
  const extension = await hinderedExtension();
  remove = extension.remove;
  stage = await Stage.open({
    extensionPath: extension.folder,
    // Firefox 153 starts no background any more after five crashes of the extensions' process in half a minute.
    prefs: { 'extensions.webextensions.crash.threshold': 1000 },
  });
  steps = new Steps(stage.driver);
  await setClock(stage.driver, 0);
});
after(async () => {
  await stage?.close();
  await remove?.();
});

/** @param {string[]} names */
async function visitAndClose(...names) {
  for (const name of names) {
    const { page } = await stage.visit(addressOf(name), pageOf(name));
    await page.close();
  }
  await stage.quiet();
}

/** Where the background stands still, nobody answers. @param {Record<string, unknown>} message */
function sendUnanswered(message) {
  const send = (/** @type {unknown} */ sent) => void chrome.runtime.sendMessage(sent).catch(() => {});
  stage.driver.asExtension(send, message).catch(() => {});
}

/** Lets a day pass for the background; the next commit finds that it is over. */
async function letADayPass() {
  days += 1;
  await setClock(stage.driver, days * DAY_MS);
}

/** Waits until the visits of days that are over are in their days. @param {string} name of one of their sites */
async function untilClosed(name) {
  await until('the day to be closed', async () => {
    await stage.stored();
    const closed = (await stage.closedDays()).flatMap(({ sites }) => sites);
    const open = (await stage.records('visits')).map(({ site }) => site);
    return closed.includes(`${name}.test`) && !open.includes(`${name}.test`);
  });
}

/** @param {import('./named-site.js').Said} said @param {string} where */
function assertWhole({ missing, tooMuch, reasons, account }, where) {
  const addresses = missing.map(({ url }) => url);
  assert.deepEqual([addresses, tooMuch, reasons], [[], [], []], `${where}:\n${account}`);
}

test('a_background_that_ends_at_any_step_of_a_commit_leaves_the_count_whole_or_says_that_it_is_not', async (context) => {
  const from = "before the core's commit";
  const load = async (/** @type {string} */ name) => {
    stage.web.page(addressOf(name), pageOf(name));
    const { page } = await stage.begin(addressOf(name));
    const isAsked = () => stage.web.log.entries.filter(({ host }) => host.endsWith(`.${name}-third.test`)).length === 3;
    return { page, asked: () => until('the page to have asked', isAsked) };
  };
  await steps.taken(from);
  const first = await load('whole');
  await first.asked();
  await stage.quiet();
  const all = await steps.taken(from);
  await first.page.close();
  for (const number of drawnNumbers(all.indexOf("before the core's today"))) {
    const name = `commit-${number}`;
    await stage.stored();
    await steps.stopAt(from, number);
    const { page, asked } = await load(name);
    const step = await steps.killAtStop(asked);
    context.diagnostic(`${number}: ${step}`);
    await stage.quiet();
    const { visits, missing, tooMuch, reasons } = saidOf(await soundExport(stage), stage.web.log.entries, name);
    assert.deepEqual(tooMuch, [], step);
    assert.equal(visits.length, 1, step);
    assert.deepEqual(
      reasons.filter((reason) => reason !== 'background_restarted'),
      [],
      step,
    );
    if (reasons.length === 0) assert.deepEqual(missing, [], `${step}: no word of being incomplete`);
    await page.close();
  }
});

test('a_background_that_ends_at_any_step_of_closing_a_day_loses_none_of_its_visits_and_closes_it_later', async (context) => {
  const from = "before the core's today";
  // What is open of other tests would make it more steps.
  await visitAndClose('fold-first');
  await letADayPass();
  await untilClosed('fold-first');
  await visitAndClose('fold-a', 'fold-b');
  await letADayPass();
  await steps.taken(from);
  await untilClosed('fold-a');
  const all = await steps.taken(from);
  const end = all.findIndex((name) => name.startsWith('as complete is told of readwrite'));
  for (const number of drawnNumbers(end + 1)) {
    const names = ['a', 'b'].map((letter) => `fold-${number}-${letter}`);
    await visitAndClose(...names);
    // The commit that stores it so would otherwise close the day before the background is told where to stop.
    await untilAtRest(stage);
    await stage.stored();
    await letADayPass();
    await steps.stopAt(from, number);
    // More than one: not every closing of a day has as many steps.
    for (let flushes = 0; flushes < 4; flushes += 1) sendUnanswered({ kind: 'flush' });
    const step = await steps.killAtStop();
    context.diagnostic(`${number}: ${step}`);
    const saved = await soundExport(stage);
    for (const name of names) {
      const said = saidOf(saved, stage.web.log.entries, name);
      assert.equal(said.visits.length, 1, step);
      assertWhole(said, step);
    }
    for (const name of names) await untilClosed(name);
    const closed = await soundExport(stage);
    assert.deepEqual(rowsOf(closed, names), rowsOf(saved, names), step);
  }
});

test('a_background_that_ends_at_any_step_of_a_deletion_has_deleted_everything_or_nothing', async (context) => {
  const from = "before the core's answer";
  const message = (/** @type {string} */ name) => ({ kind: 'deleteSite', site: `${name}.test` });
  // Each site has a visit in a day that is closed, and one in the day that is not.
  const visitTwice = async (/** @type {string[]} */ ...names) => {
    await visitAndClose(...names);
    await letADayPass();
    for (const name of names) await untilClosed(name);
    await visitAndClose(...names);
  };
  const isAnywhere = async (/** @type {string} */ name) =>
    (await stage.driver.asExtension(rawStore)).includes(`${name}-third`);
  await visitTwice('gone-a', 'gone-b');
  await steps.taken(from);
  await stage.driver.asExtension((sent) => chrome.runtime.sendMessage(sent), message('gone-a'));
  const all = await steps.taken(from);
  assert.equal(await isAnywhere('gone-a'), false);
  const drawn = drawnNumbers(all.indexOf("before the core's stored") + 1);
  const names = drawn.map((number) => `gone-${number}`);
  await visitTwice(...names);
  await untilAtRest(stage);
  for (const [place, name] of names.entries()) {
    await stage.stored();
    await steps.stopAt(from, drawn[place] ?? 0);
    sendUnanswered(message(name));
    const step = await steps.killAtStop();
    const isLeft = await isAnywhere(name);
    context.diagnostic(`${drawn[place]}: ${step}: ${isLeft ? 'nothing' : 'everything'} was deleted`);
    const said = saidOf(await soundExport(stage), stage.web.log.entries, name);
    assert.equal(said.visits.length, isLeft ? 2 : 0, step);
    if (isLeft) assertWhole(said, step);
    await stage.driver.asExtension((sent) => chrome.runtime.sendMessage(sent), message(name));
    assert.equal(await isAnywhere(name), false, step);
  }
  const others = await soundExport(stage);
  const kept = saidOf(others, stage.web.log.entries, 'gone-b');
  assert.equal(kept.visits.length, 2);
  assertWhole(kept, 'what nobody deleted');
});

/** @param {import('../e2e/saved-export.js').SavedExport} saved @param {string[]} names */
function rowsOf(saved, names) {
  const visits = saved.visits.filter(({ site }) => names.some((name) => site === `${name}.test`));
  const ids = new Set(visits.map(({ visit_id: id }) => id));
  return { visits, contacts: saved.contacts.filter(({ visit_id: id }) => ids.has(id)) };
}
