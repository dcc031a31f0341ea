// Proves what the page of a site tells of its requests, by type and by outcome: against a visit whose ends are known, and against the export of many
// days that are over; how far it was read, and of how many visits it tells where they are kept no longer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { putClosedHistory } from './closed-history.js';
import { DashboardScreen, NEWS_MS } from './dashboard-screen.js';
import { today } from './noon.js';
import { Stage } from './stage.js';
import { assertPopupEqualsLog } from './truth.js';

/** @typedef {import('./saved-export.js').SavedExport} SavedExport */

const DAYS = 12;
/** The rows in which a page shows the types that the days here have, by what browsers call them. */
const ROWS = new Map([
  ['xmlhttprequest', 'xhr'],
  ['stylesheet', 'css'],
  ['sub_frame', 'frame'],
  ['ping', 'beacon'],
]);
const OUTCOMES = /** @type {const} */ (['sent', 'pending', 'cached', 'blocked', 'failed', 'unknown']);

/** @type {Stage} */
let stage;
/** @type {DashboardScreen} */
let screen;
before(async () => {
  stage = await Stage.open({ otherExtensions: ['blocker'] });
  screen = await DashboardScreen.open(stage);
});
after(() => stage?.close());

/** What the page tells of the requests that can be seen by now. */
async function facts() {
  const told = await screen.page.evaluate(() => {
    const seen = (/** @type {string} */ selector) =>
      [...document.querySelectorAll(`[data-testid="detail"] ${selector}`)].filter((one) => one.checkVisibility());
    const outcomes = seen('[data-testid^="outcome-"]').map((count) => [
      count.getAttribute('data-testid')?.slice('outcome-'.length) ?? '',
      Number(count.getAttribute('data-value')),
    ]);
    const types = seen('[data-testid="type-row"]').map((row) => [
      row.getAttribute('data-type') ?? '',
      Number(row.querySelector('[data-value]')?.getAttribute('data-value')),
    ]);
    return { outcomes, types };
  });
  const [whole, part] = [
    await screen.words('[data-testid="detail-whole"]'),
    await screen.words('[data-testid="detail-part"]'),
  ];
  return { outcomes: Object.fromEntries(told.outcomes), types: Object.fromEntries(told.types), whole, part };
}

/** @param {string} site @param {string} [period] A part of the address. */
async function open(site, period = '') {
  await screen.page.bringToFront();
  await screen.open(`?view=site&name=${site}${period}`);
}

/** @param {string} url @param {import('../web/page-requests.js').PageRequest[]} requests */
async function visit(url, requests) {
  const opened = await stage.visit(url, { requests });
  const { shown } = await assertPopupEqualsLog(stage, opened, new URL(url).hostname.replace('www.', ''));
  await opened.page.close();
  await stage.quiet();
  return shown;
}

/**
 * What an export says of the requests of a site.
 *
 * @param {SavedExport} saved
 * @param {string} site
 */
function exportedOf({ visits, contacts, contact_types: types }, site) {
  const own = new Set(visits.filter((one) => one.site === site).map(({ visit_id: id }) => id));
  const thirds = contacts.filter((one) => own.has(one.visit_id) && one.third_party);
  const outcomes = OUTCOMES.map((outcome) => [outcome, sum(thirds.map((one) => one[outcome]))]);
  const hosts = new Set(thirds.map(({ visit_id: id, host }) => `${id} ${host}`));
  const typed = types.filter(({ visit_id: id, host }) => hosts.has(`${id} ${host}`));
  const days = new Set(visits.filter((one) => one.site === site).map((one) => one.started_at.slice(0, 10)));
  return {
    outcomes: Object.fromEntries(outcomes.filter(([, requests]) => requests !== 0)),
    types: byRow(typed),
    visits: visits.filter((one) => one.site === site && one.kind === 'page').length,
    requests: sum(thirds.map(({ sent, pending }) => sent + pending)),
    days: days.size,
  };
}

/** @param {{ type: string, requests: number }[]} types */
function byRow(types) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  for (const { type, requests } of types) {
    const row = ROWS.get(type) ?? type;
    sums.set(row, (sums.get(row) ?? 0) + requests);
  }
  return Object.fromEntries(sums);
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((all, one) => all + one, 0);
}

test('the_page_of_a_site_tells_of_its_requests_to_third_parties_by_type_and_what_became_of_them', async () => {
  const shown = await visit('https://www.known.test/', [
    { kind: 'image', url: 'https://img.one-third.test/1.gif' },
    { kind: 'image', url: 'https://img.one-third.test/2.gif' },
    { kind: 'script', url: 'https://cdn.two-third.test/lib.js' },
    { kind: 'fetch', url: 'https://api.two-third.test/data' },
    { kind: 'image', url: 'https://static.known.test/own.gif' },
    { kind: 'image', url: 'https://blocked.two-third.test/3.gif' },
    { kind: 'script', url: 'https://cdn.nowhere.invalid/lib.js' },
  ]);
  assert.equal(shown.requests, 4);
  await open('known.test');
  assert.deepEqual(await facts(), {
    outcomes: { sent: 4, blocked: 1, failed: 1 },
    types: { image: 2, script: 1, xhr: 1 },
    whole: 'From its visits on one day.',
    part: '',
  });
  assert.equal((await screen.lines('contact-row')).length, 2);
});

test('what_comes_while_the_page_is_open_is_told_too_be_it_only_blocked', async () => {
  await visit('https://www.known.test/again', [{ kind: 'image', url: 'https://img.one-third.test/late.gif' }]);
  await screen.page.bringToFront();
  await until('the late one', async () => (await facts()).outcomes['sent'] === 5, NEWS_MS);
  await visit('https://www.known.test/blocked', [{ kind: 'image', url: 'https://blocked.two-third.test/late.gif' }]);
  await screen.page.bringToFront();
  await until('the blocked one', async () => (await facts()).outcomes['blocked'] === 2, NEWS_MS);
  assert.deepEqual((await facts()).types, { image: 3, script: 1, xhr: 1 });
});

test('a_site_that_asked_nothing_of_third_parties_has_no_tables_of_nothing', async () => {
  await visit('https://www.quiet.test/', [{ kind: 'image', url: 'https://static.quiet.test/1.gif' }]);
  await open('quiet.test');
  assert.deepEqual(await facts(), { outcomes: {}, types: {}, whole: '', part: '' });
});

/** The site of most visits on closed days, and what an export says of it. @type {{ site: string } & ReturnType<typeof exportedOf>} */
let busy;

test('over_many_days_that_are_over_it_equals_the_export', async () => {
  await putClosedHistory(stage.driver, DAYS);
  const { saved } = await stage.exportAll();
  const sites = [...new Set(saved.visits.map(({ site }) => site))].filter((site) => !/known|quiet/.test(site));
  const all = sites.map((site) => ({ site, ...exportedOf(saved, site) }));
  const [most] = all.sort((one, other) => other.days - one.days || other.requests - one.requests);
  assert.ok(most && most.days > 1 && most.requests > 0);
  busy = most;
  assert.deepEqual(Object.keys(busy.outcomes), ['sent'], 'then the export has the types of those that left');
  await open(busy.site);
  const { outcomes, types } = busy;
  assert.deepEqual(await facts(), { outcomes, types, whole: `From its visits on ${busy.days} days.`, part: '' });
});

test('the_reading_of_a_site_is_stopped_after_a_day_and_goes_on_from_there', async () => {
  await screen.open('?view=sites');
  await screen.page.evaluate(() => {
    // A reader as quick as that: whoever sees that one day was read stops it.
    const value = Object.getOwnPropertyDescriptor(HTMLProgressElement.prototype, 'value');
    Object.defineProperty(HTMLProgressElement.prototype, 'value', {
      set(read) {
        value?.set?.call(this, read);
        if (read !== 1) return;
        // As where it is slow.
        this.parentElement.hidden = false;
        const stop = this.parentElement.querySelector('[data-testid="stop-reading"]');
        stop?.focus();
        stop?.click();
      },
    });
  });
  await screen.type('search', busy.site);
  await screen.click(`[data-testid="site-row"][data-name="${busy.site}"] a`);
  await until('that it was stopped', async () => (await facts()).part !== '');
  const { part, outcomes } = await facts();
  assert.match(part, new RegExp(`^From \\d+ of ${busy.visits} visits \\(\\d+ of ${busy.requests} requests\\)`));
  assert.match(part, new RegExp(`Stopped after 1 of ${busy.days} days\\.$`));
  assert.ok((outcomes['sent'] ?? 0) < busy.requests);
  const focused = () =>
    screen.page.evaluate(() => document.activeElement?.closest('[data-testid], section')?.outerHTML ?? '');
  assert.match(
    await focused(),
    /^<button[^>]*data-testid="read-on"/,
    'who stopped it by keyboard can go on by keyboard',
  );
  await screen.page.keyboard.press('Enter');
  assert.match(await focused(), /^<section[^>]*aria-label=/, 'and is still there once the button has gone');
  await until('the rest to be read', async () => (await facts()).whole !== '');
  const { types } = busy;
  const whole = `From its visits on ${busy.days} days.`;
  assert.deepEqual(await facts(), { outcomes: busy.outcomes, types, whole, part: '' });
});

test('where_visits_are_kept_no_longer_it_says_of_how_many_it_tells', async () => {
  await visit(`https://www.${busy.site}/`, [{ kind: 'image', url: 'https://img.one-third.test/today.gif' }]);
  await stage.driver.asExtension(() =>
    chrome.runtime.sendMessage({ kind: 'setRetention', visitsDays: 0, sumsDays: null }),
  );
  await until('the visits of closed days to be gone', async () => (await stage.records('days')).length === 0);
  const alone = `Of ${busy.days} days the sums alone are kept: their visits are kept no longer.`;
  const [visits, requests] = [busy.visits + 1, busy.requests + 1].map((count) => count.toLocaleString('en'));
  await open(busy.site);
  assert.deepEqual(await facts(), {
    outcomes: { sent: 1 },
    types: { image: 1 },
    whole: '',
    part: `From 1 of ${visits} visits (1 of ${requests} requests): these numbers are too low. ${alone}`,
  });
  const yesterday = new Date((today() - 1) * 86_400_000).toISOString().slice(0, 10);
  await open(busy.site, `&to=${yesterday}`);
  assert.deepEqual(await facts(), {
    outcomes: {},
    types: {},
    whole: '',
    part: `None of its visits was read: the types of its requests and what became of them are not known. ${alone}`,
  });
});
