// Proves that keys alone do what a mouse does in the popup, with the focus never lost; and that a changed count is announced once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { ask } from '../situations/situation.js';
import { declareDemo, DEMO_URLS } from '../web/demo-web.js';
import { focusOf, press, tabTo, untilFocus } from './keys.js';
import { Stage } from './stage.js';

/** @type {Stage} */
let stage;
/** @type {import('./stage.js').Opened} */
let crowd;
before(async () => {
  stage = await Stage.open({}, declareDemo);
  crowd = await stage.visit(DEMO_URLS.crowd);
});
after(() => stage?.close());

/** The popup in front, of a page that has all that it asks for. @param {{ tabId: number }} [opened] else that with many third parties */
async function popupInFront({ tabId } = crowd) {
  const popup = await stage.popup(tabId);
  await popup.settled();
  await popup.page.bringToFront();
  return popup;
}

test('the_list_is_one_stop_of_the_tab_key_whose_rows_are_gone_through_and_opened_and_closed_by_keys', async () => {
  const popup = await popupInFront();
  const { page } = popup;
  const { rows } = await popup.read();
  const domains = rows.filter(({ contacted }) => contacted).map(({ domain }) => domain);
  await page.focus('#sort');
  await press(page, 'Tab');
  assert.deepEqual((await focusOf(page)).of, domains[0]);
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowUp');
  assert.deepEqual((await focusOf(page)).of, domains[1]);
  await press(page, 'End');
  const last = (await focusOf(page)).of;
  assert.notEqual(last, domains[1]);
  await press(page, 'Home');
  assert.deepEqual((await focusOf(page)).of, domains[0]);

  await press(page, 'Enter');
  assert.equal((await focusOf(page)).expanded, 'true');
  await page.waitForSelector('[data-testid="request-row"]');
  // Its requests scroll by themselves, and are reached.
  await tabTo(page, 'request-list');
  assert.deepEqual((await focusOf(page)).of, domains[0]);
  await press(page, 'Escape');
  const closed = await focusOf(page);
  assert.deepEqual([closed.on, closed.of, closed.expanded], ['domain-toggle', domains[0], 'false']);
  // A second stop would be a second row.
  const stops = await page.$$eval('#contacted [data-testid="domain-toggle"]', (buttons) =>
    buttons.map((button) => /** @type {HTMLElement} */ (button).tabIndex).filter((index) => index === 0),
  );
  assert.deepEqual(stops, [0]);
});

test('the_filter_is_reached_by_its_key_says_what_it_found_and_is_cleared_by_escape', async () => {
  const popup = await popupInFront();
  const { page } = popup;
  const [{ text: wanted } = { text: '' }] = (await popup.read()).rows.slice(-7);
  const shown = () =>
    page.evaluate(() => ({
      rows: [...document.querySelectorAll('#contacted > li')].filter((row) => row.checkVisibility()).length,
      said: document.getElementById('filter-status')?.textContent ?? '',
      value: /** @type {HTMLInputElement} */ (document.getElementById('filter')).value,
      none: document.getElementById('filter-none')?.checkVisibility() ?? false,
    }));
  const all = await shown();
  await page.focus('#pause');
  await press(page, '/');
  assert.equal((await focusOf(page)).on, 'pause', 'outside the list the key is none of it');
  await page.focus('#sort');
  await press(page, '/');
  await untilFocus(page, 'filter');
  await page.keyboard.type(wanted);
  const some = await shown();
  assert.ok(some.rows > 0 && some.rows < all.rows, `${some.rows} of ${all.rows}`);
  assert.equal(some.value, wanted, 'the key itself is not typed');
  assert.match(some.said, new RegExp(`^${some.rows} `));
  await page.keyboard.type('nobody');
  const none = await shown();
  assert.deepEqual([none.rows, none.none], [0, true]);
  await press(page, 'Escape');
  assert.deepEqual(await shown(), all);
  await untilFocus(page, 'filter');
});

test('what_the_filter_found_is_not_said_again_where_the_page_asks_known_third_parties_for_more', async () => {
  const opened = await stage.visit('https://asks-on.test/', {
    requests: Array.from({ length: 13 }, (_, at) => ({ kind: 'image', url: `https://img.asked-${at}.test/1.gif` })),
  });
  const popup = await popupInFront(opened);
  const { page } = popup;
  await page.focus('#filter');
  await page.keyboard.type('asked-1.test');
  const said = () => page.$eval('#filter-status', ({ textContent }) => textContent ?? '');
  await until('what was found', async () => /^1 /.test(await said()));
  await page.evaluate(() => {
    const region = /** @type {Node} */ (document.getElementById('filter-status'));
    /** @type {unknown[]} */
    const writings = [];
    new MutationObserver((records) => writings.push(...records)).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    Object.assign(window, { writings });
  });
  await ask(opened, 'https://img.asked-1.test/2.gif', 'https://img.asked-2.test/2.gif');
  await popup.until('what it asked for', ({ requests }) => requests === 15);
  assert.equal(await page.evaluate(() => /** @type {unknown[]} */ (Reflect.get(window, 'writings')).length), 0);
  assert.match(await said(), /^1 /);
  await opened.page.close();
});

test('the_order_is_chosen_by_keys', async () => {
  const popup = await popupInFront();
  await popup.page.focus('#sort');
  await press(popup.page, 'ArrowDown');
  const { rows } = await popup.until('the rows by name', (shown) => {
    const names = shown.rows.filter(({ contacted }) => contacted).map(({ text }) => text);
    const sorted = [...names].sort(new Intl.Collator('en', { numeric: true }).compare);
    return JSON.stringify(names) === JSON.stringify(sorted);
  });
  assert.ok(rows.length > 100);
  await press(popup.page, 'ArrowUp');
  await until('the order before', () => popup.page.$eval('#sort', (sort) => Reflect.get(sort, 'value') === 'requests'));
});

test('the_popup_s_question_has_the_focus_is_left_by_escape_and_gives_the_focus_back', async () => {
  const { page } = await popupInFront();
  await page.focus('[data-testid="delete-site"]');
  await press(page, 'Enter');
  await untilFocus(page, 'confirm-no');
  const asked = await page.$eval('[data-testid="confirmation"]', (box) => ({
    role: box.getAttribute('role'),
    name: document.getElementById(box.getAttribute('aria-labelledby') ?? '')?.textContent ?? '',
  }));
  assert.equal(asked.role, 'alertdialog');
  assert.match(asked.name, /crowd\.test/);
  await press(page, 'Escape');
  await untilFocus(page, 'delete-site');
  assert.equal((await page.$$('[data-testid="confirmation"]')).length, 0);
  // The harmless answer has the focus: Enter twice deletes nothing.
  await press(page, 'Enter');
  await untilFocus(page, 'confirm-no');
  await press(page, 'Enter');
  await untilFocus(page, 'delete-site');
  assert.ok((await stage.stored()).some(({ site }) => site === 'crowd.test'));
});

test('who_excludes_includes_deletes_or_reloads_by_keys_stands_at_the_title_of_what_is_shown_then_and_hears_what_was_done', async () => {
  const opened = await stage.visit('https://decided.test/', {
    requests: [{ kind: 'image', url: 'https://img.decided-third.test/1.gif' }],
  });
  const popup = await popupInFront(opened);
  const { page } = popup;
  const pressOn = async (/** @type {string} */ control, place = 'body') => {
    await page.waitForSelector(`${place} [data-testid="${control}"]`, { visible: true });
    await page.focus(`${place} [data-testid="${control}"]`);
    await press(page, 'Enter');
  };
  const untilSaid = (/** @type {string} */ words) =>
    until(`“${words}”`, () =>
      page.$eval('[data-testid="action-status"]', (status, wanted) => status.textContent === wanted, words),
    );
  await pressOn('exclude');
  await untilFocus(page, 'state-excluded');
  await untilSaid('Excluded.');
  await pressOn('include');
  await untilFocus(page, 'state-uncounted');
  await untilSaid('Included again.');
  await pressOn('reload');
  await popup.until('the reloaded page', ({ domains }) => domains === 1);
  await untilFocus(page, 'page-title');
  // A count that is not whole has a button to reload, too.
  await pressOn('pause');
  await popup.until('the pause', ({ paused }) => paused);
  await press(page, 'Enter');
  await popup.until('what the pause leaves out', ({ paused, gaps }) => !paused && gaps.length > 0);
  await untilFocus(page, 'pause');
  await pressOn('reload', '#page');
  await popup.until('the whole count', ({ gaps, domains }) => gaps.length === 0 && domains === 1);
  await untilFocus(page, 'page-title');
  await pressOn('delete-site');
  await untilFocus(page, 'confirm-no');
  await page.keyboard.down('Shift');
  await press(page, 'Tab');
  await page.keyboard.up('Shift');
  await untilFocus(page, 'confirm-yes');
  await press(page, 'Enter');
  await untilFocus(page, 'state-uncounted');
  await untilSaid('Deleted.');
  await opened.page.close();
});

test('a_changed_count_is_announced_once_politely_and_the_same_count_never_again', async () => {
  const opened = await stage.visit('https://announced.test/', {
    requests: [{ kind: 'image', url: 'https://img.announced-first.test/1.gif' }],
  });
  const popup = await stage.popup(opened.tabId);
  await popup.settled();
  const { page } = popup;
  const roles = await page.evaluate(() => {
    const region = document.getElementById('announcement');
    /** @type {string[]} */
    const heard = [];
    new MutationObserver(() => heard.push(region?.textContent ?? '')).observe(/** @type {Node} */ (region), {
      childList: true,
      characterData: true,
      subtree: true,
    });
    Object.assign(window, { heard });
    // What changes with each request is in no live region.
    const inRegion = ['total-requests', 'total-domains', 'contacted'].filter((id) =>
      document.getElementById(id)?.closest('[role="status"], [role="alert"], [aria-live]'),
    );
    return { region: region?.getAttribute('role'), inRegion, said: region?.textContent ?? '' };
  });
  assert.deepEqual([roles.region, roles.inRegion], ['status', []]);
  const heard = () => page.evaluate(() => /** @type {string[]} */ (Reflect.get(window, 'heard')));
  const askTimes = (/** @type {string} */ host, /** @type {number} */ times) =>
    ask(opened, ...Array.from({ length: times }, (_, at) => `https://${host}/${at}`));
  /** @param {number} domains */
  const words = (domains) => `${domains} third-party domain${domains === 1 ? '' : 's'} contacted`;
  const untilHeard = (/** @type {number} */ domains) =>
    until(`${words(domains)}`, async () => [roles.said, ...(await heard())].includes(words(domains)));
  await untilHeard(1);
  for (const name of ['second', 'third', 'fourth']) await askTimes(`api.announced-${name}.test`, 10);
  await untilHeard(4);
  // Known hosts only: the number of requests changes, and nothing is said.
  await askTimes('api.announced-second.test', 20);
  await popup.until('the requests', ({ requests }) => requests === 51);
  await askTimes('api.announced-fifth.test', 1);
  await untilHeard(5);
  const said = [roles.said, ...(await heard())].filter((one) => one !== '');
  // A slow machine may have been still between two hosts; nothing is said twice, and nothing but counts.
  assert.equal(new Set(said).size, said.length, said.join(', '));
  assert.deepEqual([said.at(-1), said.includes(words(4))], [words(5), true]);
  for (const one of said) assert.match(one, /^[1-5] third-party domains? contacted$/);
  await opened.page.close();
});
