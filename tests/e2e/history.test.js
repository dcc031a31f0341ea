// Proves what is read of known visits: the history, its orders and its sites, one visit and one third party in full, and what can be deleted there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { DashboardScreen } from './dashboard-screen.js';
import { Stage } from './stage.js';

/** @typedef {import('../web/page-requests.js').PageRequest} PageRequest */

/** @type {Stage} */
let stage;
/** @type {DashboardScreen} */
let screen;

const FRAME = 'https://frame.ads-third.test/slot';

before(async () => {
  stage = await Stage.open();
  stage.web.page(FRAME, { requests: [image('https://px.stats-third.test/in-frame.gif')] });
  const began = Date.now();
  await visit('https://www.news-site.test/', [
    font('1'),
    font('2'),
    { kind: 'frame', url: FRAME },
    image('https://gone.nowhere.invalid/1.gif'),
  ]);
  const lastedMs = Date.now() - began;
  // The second holds the third, and that the fourth: so long does each last.
  const good = await open('https://www.goodnews-site.test/', ['3', '4', '5'].map(font));
  const quiet = await open('https://www.quiet-site.test/', []);
  const quietSince = Date.now();
  await visit('https://www.news-site.test/again', [
    image('https://cdn.ads-third.test/4.gif'),
    image('https://cdn.more-third.test/4.gif'),
  ]);
  await until('the third to last longer than the first', () => Date.now() - quietSince > lastedMs);
  for (const one of [quiet, good]) {
    await one.page.close();
    await stage.quiet();
  }
  screen = await DashboardScreen.open(stage);
});
after(() => stage?.close());

/** @param {string} url @returns {PageRequest} */
function image(url) {
  return { kind: 'image', url };
}

/** @param {string} name */
function font(name) {
  return image(`https://cdn.fonts-third.test/${name}.gif`);
}

/**
 * @param {string} url
 * @param {PageRequest[]} requests
 */
async function open(url, requests) {
  const opened = await stage.visit(url, { requests });
  await stage.counted(opened.tabId);
  return opened;
}

/**
 * @param {string} url
 * @param {PageRequest[]} requests
 */
async function visit(url, requests) {
  await (await open(url, requests)).page.close();
}

const [NEWS, GOOD, QUIET] = ['news-site.test', 'goodnews-site.test', 'quiet-site.test'];
const BY_TIME = [NEWS, QUIET, GOOD, NEWS];

test('the_history_is_read_in_the_order_of_each_column_and_the_other_way_round', async () => {
  await screen.open('?view=visits');
  await screen.untilNames('visit-row', BY_TIME);
  assert.equal((await screen.lines('visit-day')).length, 1);
  const orders = /** @type {const} */ ([
    ['time', BY_TIME],
    ['site', [GOOD, NEWS, NEWS, QUIET]],
    ['domains', [NEWS, NEWS, GOOD, QUIET]],
    ['requests', [NEWS, GOOD, NEWS, QUIET]],
    ['duration', [GOOD, QUIET, NEWS, NEWS]],
  ]);
  const all = orders.flatMap(([, order]) => [order.join(), [...order].reverse().join()]);
  assert.equal(new Set(all).size, all.length, 'each order is another, either way');
  for (const [column, order] of orders) {
    const back = [...order].reverse();
    if (column !== 'time') await screen.click(`[data-testid="sort-${column}"]`);
    await screen.untilNames('visit-row', [...order]);
    await screen.click(`[data-testid="sort-${column}"]`);
    await screen.untilNames('visit-row', back);
    assert.match(await screen.address(), /order=back/);
    await screen.reload();
    await screen.untilNames('visit-row', back);
  }
  // How long each lasted is what they are sorted by last.
  const lasted = (await screen.lines('visit-row')).map(({ figures }) => figures['visit-lasted'] ?? NaN);
  assert.deepEqual(
    lasted,
    [...lasted].sort((one, other) => one - other),
  );
  const heading = await screen.page.$eval('th[aria-sort]', (head) => [
    head.getAttribute('aria-sort'),
    head.textContent,
  ]);
  assert.deepEqual(heading, ['ascending', 'Duration']);
});

test('a_search_and_an_order_go_together', async () => {
  await screen.open('?view=visits&sort=requests&search=fonts');
  await screen.untilNames('visit-row', [NEWS, GOOD]);
  await screen.type('search', 'goodnews');
  await screen.untilNames('visit-row', [GOOD]);
  await screen.type('search', 'nobody');
  await untilSaid('No visit of this period has “nobody” in its site or in a third party.');
});

test('a_search_that_finds_nothing_among_the_visits_of_one_site_or_with_one_third_party_says_that_of_these_alone', async () => {
  const none = (/** @type {string} */ searched) =>
    `None of these visits has “${searched}” in its site or in a third party.`;
  await screen.open(`?view=visits&name=${GOOD}&search=ads-third`);
  await untilSaid(none('ads-third'));
  await screen.type('search', 'more-third');
  await untilSaid(none('more-third'));
  await screen.open('?view=visits&with=fonts-third.test&search=ads-third');
  await screen.untilNames('visit-row', [NEWS]);
  await screen.type('search', 'more-third');
  await untilSaid(none('more-third'));
});

/** @param {string} words What the history says of itself. */
function untilSaid(words) {
  return until(words, async () => (await screen.words('[data-testid="visits-status"]')) === words);
}

/** Has every reading of the store fail, or none any more. @param {boolean} fails */
function fail(fails) {
  return screen.page.evaluate((isToFail) => {
    const { prototype } = IDBDatabase;
    const kept = Reflect.get(globalThis, 'kept') ?? prototype.transaction;
    Reflect.set(globalThis, 'kept', kept);
    prototype.transaction = isToFail
      ? () => {
          throw new Error('no disk');
        }
      : kept;
  }, fails);
}

/** What is said of a reading that failed. */
const failure = () => screen.words('[data-testid="reading-failed"]');

test('a_history_that_could_not_be_read_says_so_shows_nothing_else_and_is_read_at_the_next_drawing', async () => {
  await screen.open('?view=visits');
  await screen.untilNames('visit-row', BY_TIME);
  await fail(true);
  await screen.click('[data-testid="sort-requests"]');
  await until('that it is said', async () => /no disk/.test(await failure()));
  assert.deepEqual((await screen.lines('visit-row')).length, 0);
  await fail(false);
  await screen.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await screen.untilNames('visit-row', [NEWS, GOOD, NEWS, QUIET]);
  assert.equal(await failure(), '');
});

test('what_could_not_be_read_is_read_again_where_its_reader_wants_it_and_the_focus_is_not_lost', async () => {
  await screen.open('?view=visits');
  await screen.untilNames('visit-row', BY_TIME);
  const again = async (/** @type {string} */ of) => {
    await until(`${of}: that it is said`, async () => /no disk/.test(await failure()));
    await screen.page.focus('[data-testid="read-again"]');
    await screen.click('[data-testid="read-again"]');
    await until(`${of}: that it is said again`, async () => /no disk/.test(await failure()));
    const focused = () =>
      screen.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.id);
    assert.equal(await focused(), 'read-again', of);
    await fail(false);
    // What is drawn anew meanwhile is read again by itself, and the button is gone.
    await screen.page.evaluate(() => {
      const button = document.querySelector('[data-testid="read-again"]');
      if (button instanceof HTMLElement) button.click();
    });
    await until(`${of}: that it is said no more`, async () => (await failure()) === '');
    assert.equal(await focused(), 'title', of);
  };
  await fail(true);
  await screen.click('[data-testid="sort-requests"]');
  await again('the history');
  await screen.untilNames('visit-row', [NEWS, GOOD, NEWS, QUIET]);
  await fail(true);
  await screen.click('[data-testid="open-visit"]');
  await again('the visit');
  await until('the heading', async () => /^Visit to news-site\.test at/.test(await screen.words('#title')));
  await fail(true);
  await screen.page.click('#views a[data-view="kept"]');
  await again('what is kept');
  await until('how much there is', async () => /^4 visits/.test(await screen.words('[data-testid="kept-visits"]')));
});

test('by_site_each_site_has_its_visits_and_leads_to_them_alone', async () => {
  await screen.open('?view=visits&search=fonts');
  await screen.untilNames('visit-row', [GOOD, NEWS]);
  await screen.click('[data-testid="by-site"]');
  await until('the sites', async () => (await screen.lines('site-row')).length === 3);
  const sites = await screen.lines('site-row');
  const counted = sites.map(({ name, figures }) => [name, figures['site-visits']]);
  assert.deepEqual(counted.sort(), [
    [GOOD, 1],
    [NEWS, 2],
    [QUIET, 1],
  ]);
  await screen.click(`[data-name="${NEWS}"] th a`);
  // Not those of the site whose name ends alike.
  await screen.untilNames('visit-row', [NEWS, NEWS]);
  assert.match(await screen.words('[data-testid="visits-of-site"]'), /Visits to news-site\.test alone/);
  await screen.reload();
  await screen.untilNames('visit-row', [NEWS, NEWS]);
});

test('a_visit_opens_with_what_it_asked_for_what_became_of_it_and_who_brought_it', async () => {
  await screen.open(`?view=visits&name=${NEWS}&order=back`);
  await screen.click('[data-testid="open-visit"]');
  await screen.page.waitForSelector('[data-testid="visit-domain"]');
  await screen.reload();
  await screen.page.waitForSelector('[data-testid="visit-domain"]');
  assert.equal(await screen.words('[data-testid="visit-site"]'), NEWS);
  assert.match(await screen.words('[data-testid="visit-when"]'), /\d+:\d+:\d+.* – \d+:\d+:\d+.*its tab was closed/);
  const contacted = await screen.lines('visit-domain');
  assert.deepEqual(
    contacted.map(({ name, figures }) => [name, figures['visit-domain-requests'] ?? 0]),
    [
      ['fonts-third.test', 2],
      ['ads-third.test', 1],
      ['stats-third.test', 1],
      ['nowhere.invalid', 0],
    ],
  );
  const figures = await screen.page.$$eval('.visit [data-value]', (all) =>
    Object.fromEntries(all.map((one) => [one.getAttribute('data-testid'), Number(one.getAttribute('data-value'))])),
  );
  const { 'total-domains': domains, 'total-hosts': hosts, 'total-requests': requests } = figures;
  assert.deepEqual([domains, hosts, requests], [3, 3, 4]);
  assert.deepEqual([figures['outcome-sent'], figures['outcome-failed']], [4, 1]);
  await screen.click('[data-domain="stats-third.test"] summary');
  await screen.page.waitForSelector('[data-domain="stats-third.test"] [data-testid="chain"]');
  const chain = await screen.words('[data-domain="stats-third.test"] [data-testid="chain"]');
  assert.match(chain, /page www\.news-site\.test.*frame frame\.ads-third\.test.*stats-third\.test/);
  const host = await screen.page.$eval('[data-domain="stats-third.test"] [data-testid="host-row"]', (row) =>
    row.getAttribute('data-host'),
  );
  assert.equal(host, 'px.stats-third.test');
  await screen.click('[data-domain="stats-third.test"] .facts a');
  await until('the page of the third party', async () => (await screen.address()).includes('view=third-party'));
});

/** What is said of the requests to a third party: how many ended how, and how many were of which type. */
async function requestFacts() {
  const [outcomes, types] = await Promise.all([
    screen.page.$$eval('[data-testid^="outcome-"]', (counts) =>
      counts.map((count) => [count.getAttribute('data-testid')?.slice('outcome-'.length), count.textContent]),
    ),
    screen.page.$$eval('[data-testid="type-row"]', (rows) =>
      rows.map((row) => [
        row.getAttribute('data-type'),
        row.querySelector('[data-testid="type-requests"]')?.textContent,
      ]),
    ),
  ]);
  return { outcomes: Object.fromEntries(outcomes), types: Object.fromEntries(types) };
}

test('a_third_party_has_its_hosts_what_was_asked_of_them_what_became_of_it_and_who_brought_it', async () => {
  await screen.open('?view=third-party&name=stats-third.test');
  await screen.untilNames('met-host-row', ['px.stats-third.test']);
  const [brought] = await screen.lines('way-row');
  assert.deepEqual(brought?.figures, { 'way-visits': 1, 'way-sites': 1 });
  assert.match(brought.words, /^frame ads-third\.test\s/);
  assert.deepEqual(await requestFacts(), { outcomes: { sent: '1' }, types: { image: '1' } });
  const whole = 'From the visits of the one day on which it was contacted.';
  assert.equal(await screen.words('[data-testid="detail-whole"]'), whole);
  assert.equal(await screen.words('[data-testid="detail-part"]'), '');

  // Who brought it leads to whoever that is.
  await screen.click('[data-testid="way-row"] a');
  await screen.untilNames('met-host-row', ['cdn.ads-third.test', 'frame.ads-third.test']);
  const hosts = await screen.lines('met-host-row');
  for (const { figures } of hosts) assert.deepEqual(figures, { 'met-host-requests': 1, 'met-host-visits': 1 });
  const [itself] = await screen.lines('way-row');
  assert.deepEqual(itself?.figures, { 'way-visits': 2, 'way-sites': 1 });
  assert.match(itself.words, /^the page itself\s/);
  assert.deepEqual(await requestFacts(), { outcomes: { sent: '2' }, types: { image: '1', frame: '1' } });
  await screen.page.evaluate(() => history.back());
  await screen.untilNames('met-host-row', ['px.stats-third.test']);
});

test('a_visit_that_is_deleted_on_its_page_is_gone_and_the_page_says_so', async () => {
  await screen.open(`?view=visits&name=${QUIET}`);
  await screen.click('[data-testid="open-visit"]');
  await screen.click('[data-testid="delete-this-visit"]');
  await screen.click('[data-testid="confirm-yes"]');
  const gone = 'This visit is not stored any more, or never was.';
  await until('that it is gone', async () => (await screen.words('[data-testid="nothing"]')) === gone);
  await until('the word', async () => (await screen.words('[data-testid="action-status"]')) === 'Deleted.');
  await screen.click('#views [data-view="overview"]');
  assert.equal(await screen.words('[data-testid="action-status"]'), '', 'what was done there is not said here');
  await screen.page.goBack();
  await screen.reload();
  await until('that it is gone', async () => (await screen.words('[data-testid="nothing"]')) === gone);
  assert.deepEqual((await stage.stored()).map(({ site }) => site).sort(), [GOOD, NEWS, NEWS]);
});

test('the_history_leads_to_the_deletion_of_one_site_and_of_the_period_that_it_shows', async () => {
  await screen.open(`?view=visits&name=${GOOD}`);
  await screen.click('[data-testid="delete-shown"]');
  await screen.click('[data-testid="confirm-yes"]');
  await until('its visits to be gone', async () => (await screen.lines('visit-row')).length === 0);
  assert.deepEqual(
    (await stage.stored()).map(({ site }) => site),
    [NEWS, NEWS],
  );
  await screen.open('?view=visits&period=today');
  await screen.click('[data-testid="delete-shown"]');
  await screen.click('[data-testid="confirm-yes"]');
  await until('nothing to be left', async () => (await stage.stored()).length === 0);
});

test('the_hosts_of_a_third_party_come_page_by_page_as_people_write_them_and_what_comes_later_is_read_too', async () => {
  const hosts = Array.from({ length: 55 }, (_, at) => `n${String(at).padStart(2, '0')}.crowd-third.test`);
  const idn = 'xn--bcher-kva.crowd-third.test';
  await visit(
    'https://www.crowd-site.test/',
    [...hosts, idn, idn].map((host, at) => image(`https://${host}/${at}.gif`)),
  );
  await stage.quiet();
  await screen.open('?view=third-party&name=crowd-third.test');
  await screen.untilNames('met-host-row', [idn, ...hosts.slice(0, 49)]);
  const [first] = await screen.lines('met-host-row');
  assert.match(first?.words ?? '', /^bücher\.crowd-third\.test\s/);
  assert.equal(await screen.words('[data-testid="met-host-count"]'), '56 hosts');
  await screen.click('[data-testid="detail"] [data-testid="page-after"]');
  await screen.untilNames('met-host-row', hosts.slice(49));
  assert.match(await screen.address(), /hostsPage=2/);

  await visit('https://www.crowd-site.test/again', [image('https://late.crowd-third.test/1.gif')]);
  await stage.quiet();
  await screen.page.bringToFront();
  await screen.untilNames('met-host-row', [...hosts.slice(48)]);
  assert.equal(await screen.words('[data-testid="met-host-count"]'), '57 hosts');
});

test('a_visit_is_named_by_its_site_and_time_as_people_write_them_and_has_no_period', async () => {
  const slot = 'https://eingebettet.xn--bcher-laden-thb.test/slot';
  stage.web.page(slot, { requests: [image('https://px.stats-third.test/of-books.gif')] });
  await visit('https://www.xn--bcher-laden-thb.test/', [{ kind: 'frame', url: slot }]);
  await screen.open('?view=visits');
  assert.notEqual(await screen.words('#choice [data-testid="period"]'), '');
  await screen.click('[data-testid="open-visit"]');
  await until('the heading', async () =>
    /^Visit to bücher-laden\.test at \d+:\d+:\d+/.test(await screen.words('#title')),
  );
  assert.match(await screen.page.title(), /^Visit to bücher-laden\.test at/);
  assert.match(await screen.words('.visit .ways'), /www\.bücher-laden\.test/);
  assert.deepEqual([await screen.words('#choice'), await screen.words('#since')], ['', '']);
  await screen.click('[data-domain="stats-third.test"] summary');
  await until('who brought it', async () => {
    const chain = await screen.words('[data-domain="stats-third.test"] [data-testid="chain"]');
    return /page www\.bücher-laden\.test.*frame eingebettet\.bücher-laden\.test/.test(chain);
  });
  await screen.open('?view=kept');
  assert.match(await screen.words('[data-testid="period-of-deletion"]'), /means this period/);
});
