// Proves that long work over many days says how far it is, and can be stopped: an export, a reading, sums that are made anew; and that a deletion says
// that it cannot.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { putClosedHistory } from './closed-history.js';
import { DashboardScreen } from './dashboard-screen.js';
import { Stage } from './stage.js';

/** How many days are closed: enough for each reading of them to have a middle. */
const CLOSED_DAYS = 60;

/** What is visited today, beside them. */
const TODAY = ['https://www.news-site.test/', 'https://www.news-site.test/again', 'https://www.quiet-site.test/'];

/** @type {Stage} */
let stage;
/** @type {DashboardScreen} */
let screen;
/** How many pages were visited on the closed days. */
let closed = 0;

before(async () => {
  stage = await Stage.open();
  for (const url of TODAY) {
    const opened = await stage.visit(url, {
      requests: [{ kind: 'image', url: 'https://cdn.ads-third.test/1.gif' }],
    });
    await stage.counted(opened.tabId);
    await opened.page.close();
  }
  await stage.quiet();
  closed = await putClosedHistory(stage.driver, CLOSED_DAYS);
  screen = await DashboardScreen.open(stage);
});
after(() => stage?.close());

/** How long a work may take before it is shown; what waits longer waits for something else. */
const SLOW_MS = 500;

/**
 * Has nothing be over too soon to be shown, and presses a button in the turn in which something is first shown.
 * @param {string} testid The button's.
 * @param {string} place What is looked at.
 * @param {RegExp} words What it is to show.
 */
function pressOnce(testid, place, words) {
  return screen.page.evaluate(
    (button, looked, source, SLOW_MS) => {
      const [wait, now] = [window.setTimeout.bind(window), performance.now.bind(performance)];
      let later = 0;
      Object.assign(window, {
        setTimeout: (/** @type {() => void} */ then, ms = 0) => wait(then, ms > SLOW_MS ? ms : 0),
      });
      performance.now = () => now() + (later += 1_000);
      const shown = new MutationObserver(() => {
        const element = document.querySelector(looked);
        if (!element?.checkVisibility() || !new RegExp(source).test(element.textContent ?? '')) return;
        shown.disconnect();
        const pressed = document.querySelector(`[data-testid="${button}"]`);
        if (pressed instanceof HTMLElement) pressed.click();
      });
      shown.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    },
    testid,
    place,
    words.source,
    SLOW_MS,
  );
}

/** All rows of an export, of whatever moment and name it is. */
async function exported() {
  const { saved } = await stage.exportAll();
  const { visits, contacts, contact_types: types, totals } = saved;
  return { visits, contacts, types, totals };
}

const SOME_DAYS = /Days read: [1-9]\d* of/;

test('an_export_that_is_stopped_saves_nothing_and_the_next_one_holds_everything', async () => {
  const before = await exported();
  const pages = before.visits.filter(({ kind }) => kind === 'page');
  assert.equal(pages.length, TODAY.length + closed);
  for (const words of [SOME_DAYS, /Writing the file/]) {
    await screen.open('?view=days');
    await pressOnce('export-json', '.top .long-work', words);
    await screen.click('[data-testid="export-json"]');
    const stopped = 'The export was stopped; no file was saved.';
    await until(`${words}: that to be said`, async () => {
      const said = await screen.words('#action-status');
      if (said !== stopped) throw new Error(said);
      return true;
    });
    assert.equal(await screen.words('[data-testid="export-json"]'), 'Export everything (JSON)');
    assert.equal(await screen.words('.top .long-work'), '');
    assert.deepEqual(await readdir(stage.downloads), [], String(words));
  }
  assert.deepEqual(await exported(), before);
});

test('a_history_whose_reading_is_stopped_says_how_far_it_was_read_and_reads_on', async () => {
  await screen.open('?view=visits');
  await until('the last visits', async () => (await screen.lines('visit-row')).length === 50);
  await pressOnce('stop-reading', '.slow-reading', SOME_DAYS);
  await screen.click('[data-testid="sort-duration"]');
  await until('that it was stopped', async () => {
    const said = await screen.words('[data-testid="visits-status"]');
    if (!/Stopped after [1-9]\d* of 61 days/.test(said)) throw new Error(said);
    return true;
  });
  const some = (await screen.lines('visit-row')).length;
  assert.ok(some > 0 && some < 50, `${some} visits of the days that were read`);
  await screen.click('[data-testid="show-more"]');
  await until('all of them', async () => (await screen.lines('visit-row')).length === 50);
  const lasted = (await screen.lines('visit-row')).map(({ figures }) => figures['visit-lasted'] ?? NaN);
  assert.deepEqual(
    lasted,
    [...lasted].sort((one, other) => other - one),
  );
});

test('sums_whose_making_anew_is_stopped_say_what_they_said_and_all_can_be_made_anew', async () => {
  const shown = async () => {
    await screen.open('?view=days');
    return screen.lines('day-row');
  };
  const before = await shown();
  await screen.open('?view=kept');
  await pressOnce('rebuild', '[data-testid="rebuild"]', /Cancel/);
  await screen.click('[data-testid="rebuild"]');
  const said = (/** @type {string} */ words) =>
    until(words, async () => (await screen.words('[data-testid="rebuild-status"]')) === words, 30_000);
  await said('Cancelled. What was made anew stays so.');
  assert.deepEqual(await shown(), before);
  await screen.open('?view=kept');
  await screen.click('[data-testid="rebuild"]');
  await said('60 days were made anew.');
  assert.deepEqual(await shown(), before);
});

test('a_deletion_that_takes_long_says_that_it_cannot_be_stopped_and_then_that_it_is_done', async () => {
  const [first] = (await exported()).visits;
  assert.ok(first);
  await screen.open(`?view=site&name=${first.site}`);
  // Another page writes meanwhile.
  await screen.page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.open('tiers').onsuccess = ({ target }) => {
          const database = /** @type {IDBOpenDBRequest} */ (target).result;
          const table = database.transaction('visits', 'readwrite').objectStore('visits');
          const hold = () => {
            if (Reflect.get(globalThis, 'isReleased')) database.close();
            else table.count().onsuccess = hold;
          };
          hold();
          resolve(null);
        };
      }),
  );
  await screen.click('[data-testid="delete-this-site"]');
  await screen.click('[data-testid="confirm-yes"]');
  await until('what goes on', async () => /It cannot be stopped/.test(await screen.words('#action-status')));
  await screen.page.evaluate(() => Reflect.set(globalThis, 'isReleased', true));
  await until('that it is done', async () => (await screen.words('#action-status')) === 'Deleted.');
  assert.ok((await exported()).visits.every(({ site }) => site !== first.site));
});
