// Proves what is shown where there is nothing to count, and what the user's decisions do: pause, exclude, delete.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { untilDrawn, untilVisible } from './drawn.js';
import { visitsOf } from './saved-export.js';
import { BROWSER, Stage } from './stage.js';
import { assertBadge, assertPopupEqualsLog, contactedOf } from './truth.js';

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/** @param {string} host @returns {import('../web/page-html.js').PageSpec} */
const withImage = (host) => ({ requests: [{ kind: 'image', url: `https://${host}/1.gif` }] });

/** What the popup says of what was done. @param {import('./popup.js').Popup} popup */
const saidBy = ({ page }) =>
  page.$eval('[data-testid="action-status"]', (element) => (element.checkVisibility() ? element.textContent : ''));

test('a_blank_tab_has_nothing_to_count_and_no_badge', async () => {
  const page = await stage.driver.newPage();
  const tabId = stage.driver.tabIdOf(page);
  const popup = await stage.popup(tabId);
  const { state, scheme, domains } = await popup.until(
    'that there is nothing to count',
    (shown) => shown.state !== null,
  );
  assert.deepEqual({ state, scheme, domains }, { state: 'nothing', scheme: 'about', domains: null });
  await assertBadge(stage, tabId, '');
});

test('of_a_tab_without_a_site_too_a_failure_to_pause_is_said_where_it_is_seen', async () => {
  const page = await stage.driver.newPage();
  const popup = await stage.popup(stage.driver.tabIdOf(page));
  await popup.until('that there is nothing to count', ({ state }) => state === 'nothing');
  await popup.page.evaluate(() => {
    chrome.runtime.sendMessage = () => Promise.reject(new Error('Could not establish connection.'));
  });
  const status = () =>
    popup.page.$eval('[data-testid="action-status"]', (element) => ({
      isSeen: element.checkVisibility() && element.getBoundingClientRect().height > 0,
      words: element.textContent ?? '',
    }));
  assert.deepEqual(await status(), { isSeen: false, words: '' });
  await popup.click('pause');
  await until('the failure to be said', async () => /^That did not work: /.test((await status()).words));
  assert.equal((await status()).isSeen, true);
  await stage.closePopup();
  await page.close();
});

test('a_page_of_an_extension_has_nothing_to_count_and_no_badge', async () => {
  const page = await stage.driver.openExtensionPage('extension/dashboard/dashboard.html');
  const tabId = stage.driver.tabIdOf(page);
  const popup = await stage.popup(tabId);
  const { state, scheme } = await popup.until('that there is nothing to count', (shown) => shown.state !== null);
  assert.deepEqual(
    { state, scheme },
    { state: 'nothing', scheme: `${BROWSER === 'firefox' ? 'moz' : 'chrome'}-extension` },
  );
  await assertBadge(stage, tabId, '');
  await page.close();
});

test('a_page_of_the_browser_has_nothing_to_count_and_no_badge', async () => {
  const page = await stage.driver.newPage();
  const tabId = stage.driver.tabIdOf(page);
  await stage.driver.goto(page, BROWSER === 'firefox' ? 'about:license' : 'chrome://version/');
  const popup = await stage.popup(tabId);
  const { state, scheme, words } = await popup.until('that there is nothing', (shown) => shown.state !== null);
  assert.deepEqual({ state, scheme }, { state: 'nothing', scheme: BROWSER === 'firefox' ? 'about' : 'chrome' });
  assert.match(words, /belongs to the browser/);
  await assertBadge(stage, tabId, '');
});

test('a_tab_that_leaves_the_web_loses_its_number', async () => {
  const opened = await stage.visit('https://leaves.test/', withImage('img.leaves-third.test'));
  await assertPopupEqualsLog(stage, opened, 'leaves.test');
  await stage.driver.goto(opened.page, 'data:text/html,<title>off the web</title>');
  const popup = await stage.popup(opened.tabId);
  await popup.until('that there is nothing to count', ({ state, scheme }) => state === 'nothing' && scheme === 'data');
  await assertBadge(stage, opened.tabId, '');
});

test('an_excluded_site_is_neither_counted_nor_stored_until_it_is_included_again', async () => {
  const { page, tabId } = await stage.visit('https://www.shunned.test/', withImage('img.shunned-third.test'));
  const popup = await stage.popup(tabId);
  await popup.settled();
  await popup.click('exclude');
  await popup.until('the site as excluded', ({ state }) => state === 'excluded');
  await assertBadge(stage, tabId, '');
  const { saved } = await stage.exportAll();
  const before = visitsOf(saved, 'shunned.test').length;
  await stage.driver.reload(page);
  const other = await stage.visit('https://other-host.shunned.test/', withImage('img.shunned-third.test'));
  await (await stage.popup(other.tabId)).until('its other host as excluded', ({ state }) => state === 'excluded');
  const during = await stage.exportAll();
  assert.equal(visitsOf(during.saved, 'shunned.test').length, before);
  const again = await stage.popup(tabId);
  await again.click('include');
  await again.until('no longer excluded', ({ state }) => state !== 'excluded');
  const mark = stage.web.log.mark();
  await stage.driver.reload(page);
  const { shown } = await assertPopupEqualsLog(stage, { tabId, mark }, 'shunned.test');
  assert.equal(shown.domains, 1);
  assert.deepEqual(shown.gaps, []);
});

test('while_paused_nothing_is_counted_and_a_page_that_lived_through_it_says_that_it_is_incomplete', async () => {
  const { page, tabId } = await stage.visit('https://paused.test/', withImage('img.paused-before.test'));
  const popup = await stage.popup(tabId);
  await popup.settled();
  await popup.click('pause');
  await popup.until('the pause', ({ paused }) => paused);
  await page.evaluate(() => fetch('https://api.paused-meanwhile.test/x', { mode: 'no-cors' }));
  const unseen = await stage.visit('https://paused-page.test/', withImage('img.paused-page-third.test'));
  const shown = await (await stage.popup(tabId)).settled();
  assert.deepEqual(contactedOf(shown), { 'paused-before.test': 1 });
  assert.deepEqual(
    shown.gaps.map(({ reason }) => reason),
    ['paused'],
  );
  const { saved } = await stage.exportAll();
  assert.deepEqual(visitsOf(saved, 'paused-page.test'), []);
  const dead = await stage.popup(unseen.tabId);
  const { words } = await dead.until('no count', ({ state }) => state === 'uncounted');
  assert.match(words, /Resume, then reload the page/);
  assert.equal(await dead.page.$('[data-testid="reload"]'), null);

  const resumed = await stage.popup(tabId);
  await resumed.click('pause');
  await resumed.until('no pause', ({ paused }) => !paused);
  await page.evaluate(() => fetch('https://api.paused-after.test/x', { mode: 'no-cors' }));
  await resumed.until('what came after the pause', ({ domains }) => domains === 2);
  const later = await resumed.settled();
  assert.deepEqual(contactedOf(later), { 'paused-after.test': 1, 'paused-before.test': 1 });
  assert.deepEqual(
    later.gaps.map(({ reason }) => reason),
    ['paused'],
  );
  await assertBadge(stage, tabId, '2+');
  const mark = stage.web.log.mark();
  await stage.driver.reload(unseen.page);
  const anew = await assertPopupEqualsLog(stage, { tabId: unseen.tabId, mark }, 'paused-page.test');
  assert.deepEqual(anew.shown.gaps, []);
});

test('what_is_kept_of_a_site_is_gone_once_the_user_deletes_it_and_other_sites_stay', async () => {
  const kept = await stage.visit('https://stays-stored.test/', withImage('img.stays-stored-third.test'));
  await assertPopupEqualsLog(stage, kept, 'stays-stored.test');
  const { tabId, page } = await stage.visit('https://unwanted.test/', withImage('img.unwanted-third.test'));
  const popup = await stage.popup(tabId);
  await popup.settled();
  const before = await stage.exportAll();
  assert.equal(visitsOf(before.saved, 'unwanted.test').length, 1);
  await popup.click('delete-site');
  await popup.click('confirm-no');
  assert.equal(visitsOf((await stage.exportAll()).saved, 'unwanted.test').length, 1);
  await popup.click('delete-site');
  await popup.click('confirm-yes');
  await popup.until('no count any more', ({ domains }) => domains === null);
  const { saved, text } = await stage.exportAll();
  assert.deepEqual(visitsOf(saved, 'unwanted.test'), []);
  assert.equal(text.includes('unwanted'), false);
  assert.equal(visitsOf(saved, 'stays-stored.test').length, 1);
  const mark = stage.web.log.mark();
  await stage.driver.reload(page);
  await assertPopupEqualsLog(stage, { tabId, mark }, 'unwanted.test');
});

test('the_popup_says_that_the_site_was_deleted_and_not_that_its_tab_was_open_before_the_counting', async () => {
  const { tabId } = await stage.visit('https://unwanted-too.test/', withImage('img.unwanted-too-third.test'));
  const popup = await stage.popup(tabId);
  await popup.settled();
  await popup.click('delete-site');
  await popup.click('confirm-yes');
  const { state } = await popup.until('no count any more', ({ domains }) => domains === null);
  assert.equal(state, 'uncounted');
  await until('that it is said', async () => (await saidBy(popup)) === 'Deleted.');
  // What is drawn anew says it still.
  for (const wanted of [true, false]) {
    await stage.driver.asExtension((request) => chrome.runtime.sendMessage(request), {
      kind: 'setPaused',
      paused: wanted,
    });
    await popup.until(`a pause: ${wanted}`, ({ paused }) => paused === wanted);
    assert.equal(await saidBy(popup), 'Deleted.');
  }
});

test('a_site_that_is_counted_again_is_said_to_have_been_left_out_and_no_number_is_left_for_a_screen_reader', async () => {
  const { tabId } = await stage.visit('https://left-out.test/', withImage('img.left-out-third.test'));
  const popup = await stage.popup(tabId);
  await popup.settled();
  const announced = () => popup.page.$eval('#announcement', ({ textContent }) => textContent);
  await until('the number to be announced', async () => (await announced()) !== '');
  await popup.click('exclude');
  await popup.until('the site as excluded', ({ state }) => state === 'excluded');
  assert.equal(await announced(), '');
  await popup.click('include');
  const { words } = await popup.until('no count yet', ({ state }) => state === 'uncounted');
  assert.match(words, /its site was left out/);
  assert.match(words, /Reload the page to count it/);
  assert.equal(await announced(), '');
});

test('a_tab_that_was_open_before_the_counting_began_says_that_it_is_incomplete_and_counts_from_then_on', async () => {
  const beganAt = Date.now();
  const { page, tabId, mark } = await stage.visit('https://before.test/', withImage('img.before-third.test'));
  await assertPopupEqualsLog(stage, { tabId, mark }, 'before.test');
  await stage.beginSession();
  const popup = await stage.popup(tabId);
  const shown = await popup.until('the page as incomplete', ({ gaps }) => gaps.length > 0);
  assert.deepEqual(
    shown.gaps.map(({ reason }) => reason),
    ['openedBefore'],
  );
  assert.ok((shown.gaps[0]?.sinceMs ?? 0) >= beganAt);
  await page.evaluate(() => fetch('https://api.before-later.test/x', { mode: 'no-cors' }));
  const later = await popup.until('what came later', ({ domains }) => domains === 1);
  assert.deepEqual(contactedOf(later), { 'before-later.test': 1 });
  assert.equal(later.atLeast, true);
  await assertBadge(stage, tabId, '1+');
  const again = stage.web.log.mark();
  await popup.click('reload');
  await stage.web.log.until((entry) => entry.host === 'img.before-third.test', { since: again });
  await popup.until('the reloaded page', ({ gaps, domains }) => gaps.length === 0 && domains === 1);
  await assertPopupEqualsLog(stage, { tabId, mark: again }, 'before.test');
});

test('deleting_everything_in_the_dashboard_leaves_nothing', async () => {
  const dashboard = await stage.driver.openExtensionPage('extension/dashboard/dashboard.html');
  const press = async (/** @type {string} */ testid) => {
    await untilVisible(dashboard, `[data-testid="${testid}"]`);
    await dashboard.evaluate((id) => {
      const button = document.querySelector(`[data-testid="${id}"]`);
      if (button instanceof HTMLElement) button.click();
    }, testid);
  };
  await press('delete-all');
  await press('confirm-yes');
  await until('the dashboard to be empty', () =>
    dashboard.evaluate(() => document.querySelector('[data-testid="empty"]:not([hidden])') !== null),
  );
  for (const view of ['third-parties', 'compare&compare=periods']) {
    const address = `extension/dashboard/dashboard.html?view=${view}`;
    await stage.driver.goto(dashboard, stage.driver.extensionUrl(address));
    await untilDrawn(dashboard);
    const words = await dashboard.evaluate(() => document.body.innerText);
    assert.match(words, /the sites that you visit, and the third parties/);
    assert.doesNotMatch(words, /Choose a period|chosen above/);
  }
  await dashboard.close();
  const { saved } = await stage.exportAll();
  assert.deepEqual(saved.visits, []);
  assert.deepEqual(saved.contacts, []);
});
