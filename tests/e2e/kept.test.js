// Proves “What is kept”: it says what the store holds, and what the reader decides there holds.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { putEarlierDays } from './earlier-days.js';
import { saveExport } from './saved-export.js';
import { Stage } from './stage.js';

/** @type {Stage} */
let stage;
/** @type {import('puppeteer-core').Page} */
let page;

before(async () => {
  stage = await Stage.open();
  for (const site of ['one', 'two']) {
    const requests = [{ kind: /** @type {const} */ ('image'), url: `https://img.${site}-third.test/1.gif` }];
    const opened = await stage.visit(`https://${site}.test/`, { requests });
    await stage.counted(opened.tabId);
    await opened.page.close();
  }
  await tell({ kind: 'setExcluded', site: 'xn--bcher-laden-thb.test', excluded: true });
  await stage.quiet();
  page = await stage.driver.openExtensionPage('extension/dashboard/dashboard.html?view=kept');
  await page.waitForSelector('.kept[data-drawn]');
});
after(() => stage?.close());

/** @param {Record<string, unknown>} request */
function tell(request) {
  return stage.driver.asExtension((asked) => chrome.runtime.sendMessage(asked), request);
}

/** @param {string} testid */
function words(testid) {
  return page.$eval(`[data-testid="${testid}"]`, (element) => element.textContent ?? '');
}

/** @param {string} testid */
function click(testid) {
  return page.$eval(`[data-testid="${testid}"]`, (element) => {
    if (element instanceof HTMLElement) element.click();
  });
}

/** @param {string} testid */
function button(testid) {
  return page.$eval(`[data-testid="${testid}"]`, (element) => {
    const { checked = false, disabled } = /** @type {HTMLInputElement} */ (element);
    return { checked, disabled };
  });
}

/** @param {string} [address] Of the dashboard. */
async function openKept(address = '?view=kept') {
  await stage.driver.goto(page, stage.driver.extensionUrl(`extension/dashboard/dashboard.html${address}`));
  await page.waitForSelector('.kept[data-drawn]');
}

/** How many sums of days are stored. */
function sums() {
  return stage.driver.asExtension(async () => {
    /** @type {IDBDatabase} */
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open('tiers');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    /** @type {number} */
    const count = await new Promise((resolve) => {
      const request = database.transaction('rollups').objectStore('rollups').count();
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    return count;
  });
}

/** Puts a span of so many bytes, of days of which nothing is kept. @param {number} size */
function putSpan(size) {
  return stage.driver.asExtension(async (length) => {
    /** @type {IDBDatabase} */
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open('tiers');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    await new Promise((resolve) => {
      const table = database.transaction('spans', 'readwrite').objectStore('spans');
      table.put({ span: 1, bytes: new Uint8Array(length) }).onsuccess = resolve;
    });
    database.close();
  }, size);
}

/** What the store holds of what the user decided. */
function settings() {
  return stage.driver.asExtension(async () => {
    /** @type {<T>(request: IDBRequest<T>) => Promise<T>} */
    const result = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await result(indexedDB.open('tiers'));
    const record = await result(database.transaction('settings').objectStore('settings').get('settings'));
    database.close();
    return record?.settings ?? null;
  });
}

test('what_was_done_is_said_in_a_part_of_the_page_that_was_there_before', async () => {
  const status = await page.$eval('[data-testid="action-status"]', (element) => ({
    isThere: getComputedStyle(element).display !== 'none',
    height: element.getBoundingClientRect().height,
    words: element.textContent,
  }));
  assert.deepEqual(status, { isThere: true, height: 0, words: '' });
});

test('each_kind_says_how_much_of_it_there_is', async () => {
  assert.match(await words('kept-visits'), /^2 visits of days in progress · 0 days that are over · since /);
  assert.match(await words('kept-sums'), /^0 days$/);
  assert.match(await words('kept-excluded'), /^1 site · Until you count them again\.$/);
  assert.match(await words('kept-live'), /^[\d.,]+ (byte|bytes|kB) · Needed while visits are counted/);
  assert.match(await words('kept-look'), /^0 preferences$/);
  assert.match(await words('kept-private'), /^off: /);
  await until('the room of the visits', async () =>
    /^ · about [\d.,]+ (byte|kB)/.test(await words('kept-visits-size')),
  );
  await until('the room of the sums', async () => / · about 0 byte/.test(await words('kept-sums-size')));
  const isSaid = await page.$eval('[data-testid="leaves"]', (part) => part.checkVisibility());
  assert.ok(isSaid, 'what leaves the browser');
  assert.match(await words('kept-used'), /about [\d.,]+ (byte|kB|MB)/);
});

test('a_retention_is_asked_about_once_it_is_applied_and_not_while_its_reader_passes_other_choices', async () => {
  const asks = () => page.$$eval('[data-testid="confirmation"]', (questions) => questions.length);
  const isOffered = () =>
    page.$eval('[data-testid="retention-visits-apply"]', (button) => button instanceof HTMLElement && !button.hidden);
  await page.bringToFront();
  assert.equal(await isOffered(), false);
  await page.focus('[data-testid="retention-visits"]');
  for (const days of ['7', '30', '90']) {
    await page.select('[data-testid="retention-visits"]', days);
    assert.deepEqual([await isOffered(), await asks()], [true, 0]);
  }
  await page.select('[data-testid="retention-visits"]', 'ever');
  assert.deepEqual([await isOffered(), await asks()], [false, 0]);
  await page.select('[data-testid="retention-visits"]', '90');
  await page.keyboard.press('Enter');
  assert.equal(await asks(), 1);
  await page.keyboard.press('Escape');
  await until('the choice to be given up', async () => !(await isOffered()) && (await asks()) === 0);
  assert.equal((await settings()).keepVisitsDays, null);
});

test('a_retention_is_asked_for_once_more_and_kept_only_where_that_is_confirmed', async () => {
  await page.select('[data-testid="retention-visits"]', '30');
  await click('retention-visits-apply');
  assert.match(await words('confirmation'), /Delete visits older than 30 days, now and from now on\?/);
  await click('confirm-no');
  const value = () =>
    page.$eval('[data-testid="retention-visits"]', (field) => /** @type {HTMLSelectElement} */ (field).value);
  await until('the choice to be as it was', async () => (await value()) === 'ever');
  assert.equal((await settings()).keepVisitsDays, null);

  await page.select('[data-testid="retention-visits"]', '30');
  await click('retention-visits-apply');
  await click('confirm-yes');
  await until('it to be stored', async () => (await settings()).keepVisitsDays === 30);
  assert.equal((await settings()).keepSumsDays, null);
  // Nothing goes by that: what is kept is younger.
  assert.equal((await stage.stored()).length, 2);

  // Whose sum is not kept, of that nothing is: the question names the visits, too.
  await page.select('[data-testid="retention-sums"]', '7');
  await click('retention-sums-apply');
  assert.match(await words('confirmation'), /visits older than 7 days, .* sums older than 7 days/);
  await click('confirm-no');
  await until('the choice to be as it was', async () => (await value()) === '30');

  await page.select('[data-testid="retention-visits"]', 'ever');
  await click('retention-visits-apply');
  await until('for ever again', async () => (await settings()).keepVisitsDays === null);
});

test('visits_for_which_a_longer_time_is_chosen_than_for_their_sums_are_said_to_be_kept_for_as_long_as_those', async () => {
  await tell({ kind: 'setRetention', visitsDays: 30, sumsDays: 90 });
  await openKept();
  await page.select('[data-testid="retention-visits"]', '365');
  await click('retention-visits-apply');
  const said = 'Saved: visits are kept for 90 days, as their sums are. They cannot be kept for longer.';
  await until('that to be said', async () => (await words('action-status')) === said);
  const { keepVisitsDays, keepSumsDays } = await settings();
  assert.deepEqual([keepVisitsDays, keepSumsDays], [90, 90]);
  await tell({ kind: 'setRetention', visitsDays: null, sumsDays: null });
});

test('a_number_of_days_that_is_none_of_the_choice_is_shown_as_it_is', async () => {
  await tell({ kind: 'setRetention', visitsDays: 45, sumsDays: null });
  await stage.driver.reload(page);
  await page.waitForSelector('.kept[data-drawn]');
  const shown = await page.$eval('[data-testid="retention-visits"]', (field) => {
    const { selectedOptions } = /** @type {HTMLSelectElement} */ (field);
    return selectedOptions[0]?.textContent;
  });
  assert.equal(shown, '45 days');
});

test('a_site_that_was_left_out_is_named_as_people_write_it_and_counted_again', async () => {
  const name = await page.$eval('.excluded .host', ({ textContent }) => textContent);
  assert.equal(name, 'bücher-laden.test xn--bcher-laden-thb.test');
  const label = await page.$eval('[data-testid="include"]', (button) => button.getAttribute('aria-label'));
  assert.equal(label, 'Count visits to bücher-laden.test again');
  await click('include');
  await until('the list to be empty', async () => /^0 sites$/.test(await words('kept-excluded')));
  await until('that to be said', async () => /bücher-laden\.test/.test(await words('action-status')));
  assert.deepEqual((await settings()).excludedSites, []);
});

test('every_site_that_was_left_out_is_counted_again_at_once', async () => {
  for (const site of ['a.test', 'b.test']) await tell({ kind: 'setExcluded', site, excluded: true });
  await openKept();
  await click('include-all');
  await until('the list to be empty', async () => /^0 sites$/.test(await words('kept-excluded')));
  assert.deepEqual((await settings()).excludedSites, []);
});

test('the_switch_of_the_visits_stops_the_counting_and_lets_it_go_on', async () => {
  assert.deepEqual(await button('switch-visits'), { checked: true, disabled: false });
  await click('switch-visits');
  await until('the switch to be off', async () => !(await button('switch-visits')).checked);
  assert.equal((await settings()).paused, true);
  await until('the dashboard to say so', () => page.$('[data-testid="paused"]'));
  await stage.visit('https://unseen.test/');
  await click('switch-visits');
  await until('the switch to be on', async () => (await button('switch-visits')).checked);
  assert.equal((await settings()).paused, false);
  await until('the dashboard to say it no longer', async () => !(await page.$('[data-testid="paused"]')));
  await stage.quiet();
  const sites = (await stage.stored()).map(({ site }) => site);
  assert.equal(sites.includes('unseen.test'), false);
});

test('the_switch_of_the_sums_has_them_go_with_their_visits_or_outlive_them', async () => {
  await tell({ kind: 'setRetention', visitsDays: null, sumsDays: null });
  await openKept();
  assert.deepEqual(await button('switch-sums'), { checked: true, disabled: true }, 'nothing outlives what stays');
  assert.match(await words('switch-sums-idle'), /\w/, 'it is said why, for the eye and beside the switch');
  await tell({ kind: 'setRetention', visitsDays: 30, sumsDays: null });
  await openKept();
  assert.deepEqual(await button('switch-sums'), { checked: true, disabled: false });
  await click('switch-sums');
  assert.match(await words('confirmation'), /^Delete sums older than 30 days/);
  await click('confirm-yes');
  await until('the switch to be off', async () => !(await button('switch-sums')).checked);
  assert.equal((await settings()).keepSumsDays, 30);
  await click('switch-sums');
  await until('the switch to be on', async () => (await button('switch-sums')).checked);
  assert.equal((await settings()).keepSumsDays, null);
});

test('visits_can_be_kept_for_today_only', async () => {
  const today = await putEarlierDays(stage.driver, [{ ago: 2, sites: ['one.test'], keepsVisits: true }]);
  await openKept();
  assert.match(await words('kept-visits'), / · 1 day that is over · /);
  await page.select('[data-testid="retention-visits"]', '0');
  await click('retention-visits-apply');
  assert.match(await words('confirmation'), /^Delete the visits of all days before today, now and from now on\?/);
  await click('confirm-yes');
  await until('the visits of the earlier day to be gone', async () => (await stage.records('days')).length === 0);
  assert.equal((await settings()).keepVisitsDays, 0);
  assert.deepEqual([(await stage.stored()).length, await sums()], [2, 1], 'today’s visits, and the sum of the day');
  await tell({ kind: 'setRetention', visitsDays: null, sumsDays: null });
  await tell({ kind: 'deleteDays', from: today - 2, to: today - 2 });
});

test('the_look_of_the_pages_is_forgotten_and_remembered_as_its_switch_says', async () => {
  /** Chooses another order in a popup. @param {string} order */
  const sort = async (order) => {
    const popup = await stage.driver.openExtensionPage('popup/popup.html?tab=1');
    await popup.waitForSelector('[data-testid="sort"]');
    await popup.$eval(
      '[data-testid="sort"]',
      (field, value) => {
        /** @type {HTMLSelectElement} */ (field).value = value;
        field.dispatchEvent(new Event('change'));
      },
      order,
    );
    await popup.close();
  };
  await sort('name');
  await openKept();
  assert.match(await words('kept-look'), /^1 preference /);
  await page.focus('[data-testid="forget-look"]');
  await click('forget-look');
  assert.match(await words('kept-look'), /^0 preferences$/);
  assert.equal(await words('action-status'), 'Forgotten.');
  // The button, which has nothing more to forget, leaves the focus to the name of its kind.
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  assert.equal(focused, 'kept-look-title');

  await click('switch-look');
  await sort('name');
  await openKept();
  assert.match(await words('kept-look'), /^0 preferences$/);
  assert.equal((await button('switch-look')).checked, false);
  await click('switch-look');
  await sort('name');
  await openKept();
  assert.match(await words('kept-look'), /^1 preference /);
});

test('what_looks_like_a_button_that_deletes_asks_before_it_does', async () => {
  const names = await page.$$eval('.kept .button-danger:not(:disabled)', (buttons) =>
    buttons.map((button) => button.getAttribute('data-testid') ?? ''),
  );
  assert.ok(names.includes('delete-days'), names.join());
  for (const name of names) {
    await click(name);
    assert.equal((await page.$$('[data-testid="confirmation"]')).length, 1, name);
    await click('confirm-no');
  }
});

test('the_room_of_the_sums_is_that_of_their_spans_too', async () => {
  await putSpan(2_000_000);
  await openKept();
  await until('the room of the span in it', async () => / about 2 MB/.test(await words('kept-sums-size')));
});

test('the_sums_of_days_without_visits_are_deleted_and_nothing_else', async () => {
  assert.equal((await button('delete-sums')).disabled, true);
  await putEarlierDays(stage.driver, [
    { ago: 9, sites: ['one.test'] },
    { ago: 3, sites: ['two.test'] },
  ]);
  await openKept();
  assert.match(await words('kept-sums'), /^2 days · since /);
  const { saved } = await saveExport(page, stage.downloads);
  assert.equal(saved.export.days_without_visits, 2);
  const said = 'Handed to the downloads. Of 2 days the sums alone are kept: their visits are not in the file.';
  await until('that to be said', async () => (await words('action-status')) === said);
  await click('delete-sums');
  assert.match(await words('confirmation'), /^Delete the sums of 2 days, .* of which no visit is kept\?/);
  await click('confirm-yes');
  await until('no sum to be left', async () => (await sums()) === 0);
  await until('that to be shown', async () => /^0 days/.test(await words('kept-sums')));
  assert.equal((await stage.stored()).length, 2);
  assert.equal((await button('delete-sums')).disabled, true);
});

test('the_sums_are_made_anew_and_it_is_said_of_how_many_days', async () => {
  await click('rebuild');
  await until('that to be said', async () => (await words('rebuild-status')) === '0 days were made anew.');
});

test('the_period_that_is_shown_is_deleted_and_nothing_else', async () => {
  await openKept('?view=kept&to=2020-01-01');
  assert.equal((await button('delete-days')).disabled, true);
  await openKept('?view=kept&period=today');
  await click('delete-days');
  assert.match(await words('confirmation'), /Delete all that is kept of the 2 visits on /);
  // The question is of what is shown: it ends with that.
  await page.select('[data-testid="period"]', '7');
  assert.equal(await page.$('[data-testid="confirmation"]'), null);
  await page.select('[data-testid="period"]', 'today');
  await click('delete-days');
  await click('confirm-yes');
  await until('nothing to be left', async () => (await stage.stored()).length === 0);
  await until('that to be shown', async () => /^0 visits of days in progress/.test(await words('kept-visits')));
});
