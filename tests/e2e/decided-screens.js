// Owns the popup's screens that somebody's decision brings: paused, excluded, deleted, private, without access to all sites; and those of a tab,
// and of a background, that say nothing.
import { DEMO_URLS } from '../web/demo-web.js';
import { Popup } from './popup.js';
import { openBeside, privateDesk } from './private-window.js';

/** No tab has it. */
const NOBODYS_TAB = 999_999_999;

/**
 * @param {import('./stage.js').Stage} stage with the demo declared
 * @returns {AsyncGenerator<import('./screens.js').Screen, void>} each undone before the next
 */
export async function* decidedScreens(stage) {
  const { driver } = stage;
  const screen = (/** @type {string} */ name, /** @type {Popup} */ { page }) =>
    /** @type {const} */ ({ name: `popup-${name}`, page, kind: 'popup' });

  const zero = await stage.visit(DEMO_URLS.zero);
  const popup = await stage.popup(zero.tabId);
  await popup.settled();
  await popup.click('pause');
  await popup.until('the pause', ({ paused, gaps }) => paused && gaps.length > 0);
  yield screen('paused', popup);
  await popup.click('pause');
  await popup.until('no pause', ({ paused }) => !paused);
  await popup.click('exclude');
  await popup.until('the site as excluded', ({ state }) => state === 'excluded');
  yield screen('excluded', popup);
  await popup.click('include');
  await popup.until('no count yet', ({ state }) => state === 'uncounted');
  yield screen('uncounted', popup);

  const unseen = await stage.popup(NOBODYS_TAB);
  await unseen.until('a tab that nobody knows', ({ state }) => state === 'unseen');
  yield screen('unseen', unseen);

  await driver.allowAllSites(false);
  const hidden = await stage.visit(DEMO_URLS.five);
  const kept = await stage.popup(hidden.tabId);
  await kept.until('what is kept from it', ({ problems, gaps }) => problems.length > 0 && gaps.length > 0);
  yield screen('access-missing', kept);
  await driver.allowAllSites(true);
  await kept.until('that all is seen again', ({ problems }) => problems.length === 0);
  await hidden.page.close();

  // The extension is started anew, and Firefox closes its pages.
  await stage.closePopup();
  await driver.allowPrivateWindows();
  const desk = await privateDesk(stage);
  const secret = await openBeside(stage, desk, DEMO_URLS.five);
  const { page } = await openBeside(stage, desk, driver.extensionUrl(`popup/popup.html?tab=${secret.tabId}`));
  const inPrivate = new Popup(driver, page, secret.tabId);
  await inPrivate.until('what the page asked for', ({ domains }) => domains === 5);
  yield screen('private', inPrivate);
  // Firefox 153 opens new tabs in the window that was last in front.
  await zero.page.bringToFront();
  for (const one of [page, secret.page, desk, zero.page]) await one.close();

  const five = await stage.visit(DEMO_URLS.five);
  const unanswered = await stage.popup(five.tabId);
  await unanswered.settled();
  await unanswered.page.evaluate(() => {
    chrome.runtime.sendMessage = () => Promise.reject(new Error('Could not establish connection.'));
  });
  await five.page.evaluate(() => fetch('https://collecte.audience.test/visite', { mode: 'no-cors' }));
  await unanswered.until('that nobody answers', ({ noAnswer }) => noAnswer);
  yield screen('no-answer', unanswered);
  await five.page.close();
}
