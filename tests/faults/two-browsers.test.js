// Proves that what happens at the same time in two windows, and in two profiles, is told apart.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Stage } from '../e2e/stage.js';
import { assertPopupEqualsLog } from '../e2e/truth.js';
import { addressOf, pageOf, saidOf } from './named-site.js';
import { soundExportThat } from './sound-store.js';

/** @type {Stage[]} */
const stages = [];
// Two browsers at once are enough for a slow machine.
afterEach(async () => {
  await Promise.all(stages.splice(0).map((stage) => stage.close()));
});

const NAMES = Array.from({ length: 8 }, (_, index) => `page${index}`);

/**
 * @param {Stage} stage
 * @param {string[]} names
 */
async function assertExportEqualsLog(stage, names) {
  await stage.quiet();
  await soundExportThat(stage, (saved) => {
    for (const name of names) {
      const { visits, missing, tooMuch, reasons } = saidOf(saved, stage.web.log.entries, name);
      assert.deepEqual([visits.length, missing, tooMuch, reasons], [1, [], [], []], name);
    }
    assert.deepEqual(saved.visits.map(({ site }) => site).sort(), names.map((name) => `${name}.test`).sort());
  });
}

test('pages_that_load_in_two_windows_at_once_are_counted_each_for_itself', async () => {
  const stage = await Stage.open();
  stages.push(stage);
  const { driver, web } = stage;
  // Right after an installation the browsers do not tell of everything.
  await stage.quiet();
  for (const name of NAMES) web.page(addressOf(name), pageOf(name, 5));
  const windows = await driver.asExtension(async () => {
    const other = await chrome.windows.create({ url: 'about:blank' });
    const here = await chrome.tabs.getCurrent();
    return [Number(here?.windowId), Number(other?.id)];
  });
  const open = async (/** @type {string[]} */ names) => {
    const begun = names.map((name, place) =>
      driver.asExtension(
        async (url, windowId) => {
          const tab = await chrome.tabs.create({ url, windowId, active: false });
          return { tabId: Number(tab.id), windowId: tab.windowId };
        },
        addressOf(name),
        windows[place] ?? 0,
      ),
    );
    for (const name of names) await web.log.until(({ host }) => host === `img4.${name}-third.test`, { what: name });
    return Promise.all(begun);
  };
  const opened = [];
  // One in each window at once.
  for (let place = 0; place < NAMES.length; place += 2) opened.push(...(await open(NAMES.slice(place, place + 2))));
  assert.equal(new Set(opened.map(({ windowId }) => windowId)).size, 2);
  await assertExportEqualsLog(stage, NAMES);
  for (const [place, { tabId }] of opened.entries()) {
    const popup = await stage.popup(tabId);
    const shown = await popup.settled();
    assert.deepEqual([shown.site, shown.domains, shown.requests, shown.gaps], [`${NAMES[place]}.test`, 1, 5, []]);
  }
});

test('two_profiles_at_once_count_each_its_own_pages_also_where_they_are_the_same', async () => {
  const [one, other] = await Promise.all([Stage.open(), Stage.open()]);
  stages.push(one, other);
  await Promise.all([one.quiet(), other.quiet()]);
  assert.notEqual(one.driver.profile, other.driver.profile);
  const mine = { one: [...NAMES, 'only-one'], other: [...NAMES.toReversed(), 'only-other'] };
  const browse = async (/** @type {Stage} */ stage, /** @type {string[]} */ names) => {
    // The same page asks more in the one than in the other.
    for (const name of names) await stage.visit(addressOf(name), pageOf(name, stage === one ? 2 : 5));
  };
  await Promise.all([browse(one, mine.one), browse(other, mine.other)]);
  await Promise.all([assertExportEqualsLog(one, mine.one), assertExportEqualsLog(other, mine.other)]);
  const opened = await other.visit(addressOf('last'), pageOf('last'));
  await assertPopupEqualsLog(other, opened, 'last.test');
  await assertExportEqualsLog(one, mine.one);
});
