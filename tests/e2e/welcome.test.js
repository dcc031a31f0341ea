// Proves the first steps: shown once, where the extension is installed, and again where the reader asks for them; the way to missing access.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { until } from '../drive/condition.js';
import { untilDrawn } from './drawn.js';
import { BROWSER, Stage } from './stage.js';

const WELCOME = 'extension/welcome/welcome.html';
const DASHBOARD = 'extension/dashboard/dashboard.html';

/** @type {Stage | null} */
let open = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

/** @param {Partial<import('./stage.js').LaunchOptions>} [options] */
async function staged(options) {
  open = await Stage.open(options);
  return open;
}

/** The tabs that show the first steps. @param {Stage} stage */
function shown({ driver }) {
  return driver.asExtension(async (url) => (await chrome.tabs.query({ url })).length, driver.extensionUrl(WELCOME));
}

/**
 * Waits until the background has heard all that the browser told it as it started: it counts a page that was opened later, and stores
 * that. After one that ends before its first commit the next rightly marks the page that wakes it.
 * @param {Stage} stage
 * @param {string} site
 */
async function countsAPage(stage, site) {
  // It listens once it answers: one that an update has only just begun may not yet, and rightly marks what it did not hear the beginning of.
  await until('the background to answer', () => stage.stored());
  const { page, tabId } = await stage.visit(`https://${site}/`, {});
  await until(`${site} to be counted`, async () => {
    assert.equal(await stage.driver.badge(tabId), '0');
    return true;
  });
  await stage.stored();
  await page.close();
}

test('an_installation_shows_the_first_steps_once_and_neither_a_restart_nor_an_update_shows_them_again', async () => {
  const stage = await staged({ keepsFirstSteps: true });
  const page = await stage.driver.firstSteps();
  await untilDrawn(page);
  await countsAPage(stage, 'first.test');
  assert.equal(await shown(stage), 1);
  await page.close();

  // To Chromium each start of these tests is an installation: the extension is gone from it with every end.
  if (BROWSER === 'firefox') {
    await stage.restart();
    await countsAPage(stage, 'restarted.test');
    assert.equal(await shown(stage), 0);
  }
  await stage.driver.killBackground();
  await countsAPage(stage, 'woken.test');
  assert.equal(await shown(stage), 0);

  await stage.driver.updateExtension();
  await countsAPage(stage, 'updated.test');
  assert.equal(await shown(stage), 0);
});

test('the_first_steps_lead_to_the_dashboard_to_what_is_kept_and_to_how_it_is_counted_and_the_dashboard_back', async () => {
  const stage = await staged();
  const { driver } = stage;
  const page = await driver.openExtensionPage(WELCOME);
  await untilDrawn(page);
  for (const [testid, leadsTo] of [
    ['open-dashboard', DASHBOARD],
    ['open-kept', `${DASHBOARD}?view=kept`],
    ['how-it-counts', 'extension/method/method.html'],
  ]) {
    await page.bringToFront();
    await page.focus(`[data-testid="${testid}"]`);
    await page.keyboard.press('Enter');
    const opened = await driver.pageThatShows(driver.extensionUrl(leadsTo ?? ''));
    await untilDrawn(opened);
    await opened.close();
  }
  await page.close();
  const dashboard = await driver.openExtensionPage(DASHBOARD);
  await untilDrawn(dashboard);
  await dashboard.$eval('[data-testid="first-steps"]', (link) => /** @type {HTMLElement} */ (link).click());
  await untilDrawn(await driver.firstSteps());
});

test('each_permission_of_the_manifest_is_explained_and_no_other', async () => {
  const { driver } = await staged();
  const page = await driver.openExtensionPage(WELCOME);
  await untilDrawn(page);
  const explained = await page.$$eval('[data-testid="permissions"] > div', (rows) =>
    rows.map((row) => [row.querySelector('dt')?.textContent, (row.querySelector('dd')?.textContent ?? '').length > 20]),
  );
  const asked = await driver.asExtension(() => {
    const { permissions = [], host_permissions: hosts = [] } = chrome.runtime.getManifest();
    return [...hosts, ...permissions];
  });
  const sorted = (/** @type {unknown[]} */ names) => names.map(String).sort();
  assert.deepEqual(sorted(explained.map(([name]) => name)), sorted(asked));
  assert.ok(explained.every(([, isExplained]) => isExplained));
});

test('where_the_browser_does_not_let_tiers_see_all_sites_that_is_said_first_and_allowed_with_a_click', async () => {
  // The browser's own question would wait for its user.
  const stage = await staged({ prefs: { 'extensions.webextOptionalPermissionPrompts': false } });
  const { driver } = stage;
  const page = await driver.openExtensionPage(WELCOME);
  await untilDrawn(page);
  const asks = () => page.$$eval('[data-testid="no-access"]', (notices) => notices.length);
  assert.equal(await asks(), 0);
  await driver.allowAllSites(false);
  await until('the missing access to be said', async () => (await asks()) === 1);
  await page.bringToFront();
  if (BROWSER === 'firefox') await page.click('[data-testid="allow-all-sites"]');
  // Chromium asks in a window of its own, which no driver reaches.
  else await driver.allowAllSites(true);
  await until('the access to be there', async () => (await asks()) === 0);
  assert.equal(await driver.asExtension(() => chrome.permissions.contains({ origins: ['<all_urls>'] })), true);
  await countsAPage(stage, 'allowed.test');
});

test('while_the_browser_keeps_sites_from_tiers_its_counts_are_marked_and_the_popup_and_the_dashboard_say_why', async () => {
  const stage = await staged();
  const { driver } = stage;
  const reasons = (/** @type {import('./popup.js').Shown} */ { gaps }) => gaps.map(({ reason }) => reason);
  const isSaid = (/** @type {import('./popup.js').Shown} */ { problems }) =>
    problems.some(({ kind }) => kind === 'accessMissing');
  const asks = (/** @type {string} */ host) => ({
    requests: [{ kind: /** @type {const} */ ('image'), url: `https://${host}/1.gif` }],
  });

  const before = await stage.visit('https://before.test/', asks('seen.test'));
  await (await stage.popup(before.tabId)).until('what it contacted', ({ domains }) => domains === 1);
  await driver.allowAllSites(false);
  const marked = await stage.popup(before.tabId);
  await marked.until('why it may lack something', (shown) => reasons(shown).includes('accessMissing'));

  const hidden = await stage.visit('https://hidden.test/', asks('unseen.test'));
  const popup = await stage.popup(hidden.tabId);
  const shown = await popup.until('why it may lack something', (one) => reasons(one).length > 0 && isSaid(one));
  assert.deepEqual(reasons(shown), ['accessMissing']);
  assert.deepEqual([shown.zero, shown.atLeast], [false, true]);
  await until('the badge to say so', async () => (await driver.badge(hidden.tabId)) === '0+');
  const { saved } = await stage.exportAll();
  const visit = saved.visits.find(({ site }) => site === 'hidden.test');
  assert.deepEqual([visit?.complete, visit?.incomplete_reasons], [false, ['access_missing']]);

  const dashboard = await driver.openExtensionPage(DASHBOARD);
  await untilDrawn(dashboard);
  await until('the dashboard to say so', () =>
    dashboard.evaluate(() => document.querySelector('[data-testid="problem"][data-kind="accessMissing"]') !== null),
  );
  await dashboard.$eval('[data-testid="open-first-steps"]', (button) => /** @type {HTMLElement} */ (button).click());
  await untilDrawn(await driver.firstSteps());

  await driver.allowAllSites(true);
  const after = await stage.visit('https://after.test/', asks('seen.test'));
  const again = await stage.popup(after.tabId);
  const whole = await again.until(
    'what it contacted',
    ({ domains, problems }) => domains === 1 && problems.length === 0,
  );
  assert.deepEqual(reasons(whole), []);
});
