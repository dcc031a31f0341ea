// Proves what became of requests that are no plain contacts: failed, cached, blocked, broken off; none is counted falsely.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Stage } from './stage.js';
import { assertBadge, assertPopupEqualsLog, contactedOf, truthOf } from './truth.js';

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open({ otherExtensions: ['blocker'] });
});
after(() => stage?.close());

/**
 * The rows that do not count.
 * @param {import('./popup.js').Shown} shown
 */
const apartOf = (shown) =>
  Object.fromEntries(shown.rows.filter((row) => !row.contacted).map((row) => [row.domain, row.marks]));

test('a_name_that_does_not_resolve_is_shown_as_failed_and_not_counted', async () => {
  const opened = await stage.visit('https://fails.test/', {
    requests: [
      { kind: 'image', url: 'https://img.fails-well.test/1.gif' },
      { kind: 'image', url: 'https://img.fails-a.invalid/1.gif' },
      { kind: 'script', url: 'https://cdn.fails-a.invalid/lib.js' },
      { kind: 'fetch', url: 'https://api.fails-b.invalid/data' },
      { kind: 'frame', url: 'https://embed.fails-c.invalid/frame' },
    ],
  });
  const { shown } = await assertPopupEqualsLog(stage, opened, 'fails.test');
  assert.deepEqual(contactedOf(shown), { 'fails-well.test': 1 });
  assert.deepEqual(apartOf(shown), {
    'fails-a.invalid': { failed: 2 },
    'fails-b.invalid': { failed: 1 },
    'fails-c.invalid': { failed: 1 },
  });
});

test('a_domain_with_both_an_answer_and_a_failure_is_counted_once_with_the_answer_alone', async () => {
  const opened = await stage.visit('https://partly.test/', {
    requests: [
      { kind: 'image', url: 'https://img.partly-third.test/1.gif' },
      { kind: 'image', url: 'https://blocked.partly-third.test/1.gif' },
    ],
  });
  const { shown } = await assertPopupEqualsLog(stage, opened, 'partly.test');
  assert.deepEqual(
    shown.rows.map(({ requests, marks }) => ({ requests, marks })),
    [{ requests: 1, marks: { blocked: 1 } }],
  );
});

test('an_answer_from_the_cache_is_shown_as_cached_and_not_counted', async () => {
  stage.web.serve('cdn.cache-third.test', () => ({
    headers: { 'content-type': 'text/javascript', 'cache-control': 'public, max-age=3600, immutable' },
    body: '',
  }));
  const requests = /** @type {import('../web/page-requests.js').PageRequest[]} */ ([
    { kind: 'script', url: 'https://cdn.cache-third.test/lib.js' },
    { kind: 'image', url: 'https://img.cache-other.test/1.gif' },
  ]);
  const first = await stage.visit('https://cache.test/first', { requests });
  const filled = await assertPopupEqualsLog(stage, first, 'cache.test');
  assert.equal(filled.shown.domains, 2);
  const second = await stage.visit('https://cache.test/second', { requests });
  const { shown, truth } = await assertPopupEqualsLog(stage, second, 'cache.test');
  assert.deepEqual(truth.domains, { 'cache-other.test': 1 }, 'the server was not asked again');
  assert.deepEqual(apartOf(shown), { 'cache-third.test': { cached: 1 } });
});

test('a_request_that_another_extension_blocks_is_shown_as_blocked_and_not_counted', async () => {
  const opened = await stage.visit('https://blocks.test/', {
    requests: [
      { kind: 'image', url: 'https://img.blocks-well.test/1.gif' },
      { kind: 'image', url: 'https://blocked.blocks-a.test/1.gif' },
      { kind: 'fetch', url: 'https://blocked.blocks-b.test/data' },
      { kind: 'beacon', url: 'https://blocked.blocks-c.test/log' },
    ],
  });
  const { shown } = await assertPopupEqualsLog(stage, opened, 'blocks.test');
  assert.deepEqual(contactedOf(shown), { 'blocks-well.test': 1 });
  assert.deepEqual(apartOf(shown), {
    'blocks-a.test': { blocked: 1 },
    'blocks-b.test': { blocked: 1 },
    'blocks-c.test': { blocked: 1 },
  });
  assert.equal(shown.blocked, 3);
  assert.match(shown.words, /3 requests were blocked before they left\./);
});

test('a_page_of_which_everything_was_blocked_says_that_nothing_left', async () => {
  const { tabId } = await stage.visit('https://all-blocked.test/', {
    requests: [{ kind: 'image', url: 'https://blocked.all-blocked-third.test/1.gif' }],
  });
  const popup = await stage.popup(tabId);
  await popup.until('what was blocked', ({ blocked }) => blocked === 1);
  const shown = await popup.settled();
  assert.equal(shown.domains, 0);
  assert.deepEqual([shown.zero, shown.pleased], [true, true]);
  assert.match(shown.words, /Nothing was sent to a third party/);
  await assertBadge(stage, tabId, '0');
});

test('a_page_whose_one_request_may_have_left_does_not_say_that_nothing_left', async () => {
  stage.web.serve('api.uncertain-third.test', () => ({ hang: true }));
  const { page, tabId, mark } = await stage.visit('https://uncertain.test/', {});
  await page.evaluate(() => {
    const control = new AbortController();
    Object.assign(window, { control });
    fetch('https://api.uncertain-third.test/data', { mode: 'no-cors', signal: control.signal }).catch(() => {});
  });
  await stage.web.log.until((entry) => entry.host === 'api.uncertain-third.test', { since: mark });
  await page.evaluate(() => /** @type {AbortController} */ (Reflect.get(window, 'control')).abort());
  const popup = await stage.popup(tabId);
  const shown = await popup.until('the end of the request', ({ rows }) => rows[0]?.marks['unknown'] === 1);
  assert.equal(shown.domains, 0);
  assert.deepEqual([shown.zero, shown.pleased], [true, false]);
  assert.match(shown.words, /No contact is certain\s+The browser does not say whether 1 request left\./);
  assert.match(shown.words, /Asked for, no known contact/);
  assert.doesNotMatch(shown.words, /nothing was sent/i);
});

test('a_redirect_to_a_blocked_host_counts_the_host_that_redirected_and_not_the_blocked_one', async () => {
  stage.web.redirects(['https://go.into-block.test/1.gif', 'https://blocked.never-reached.test/1.gif']);
  const opened = await stage.visit('https://half-way.test/', {
    requests: [{ kind: 'image', url: 'https://go.into-block.test/1.gif' }],
  });
  const { shown } = await assertPopupEqualsLog(stage, opened, 'half-way.test');
  assert.deepEqual(contactedOf(shown), { 'into-block.test': 1 });
  assert.deepEqual(apartOf(shown), { 'never-reached.test': { blocked: 1 } });
});

test('what_the_page_s_own_policy_forbids_is_not_counted', async () => {
  const opened = await stage.visit('https://policy.test/', {
    headers: { 'content-security-policy': "img-src 'self' https://img.policy-allowed.test" },
    requests: [
      { kind: 'image', url: 'https://img.policy-forbidden.test/1.gif' },
      { kind: 'image', url: 'https://img.policy-allowed.test/1.gif' },
    ],
  });
  const { shown } = await assertPopupEqualsLog(stage, opened, 'policy.test');
  assert.deepEqual(contactedOf(shown), { 'policy-allowed.test': 1 });
});

test('an_address_that_the_page_s_policy_upgrades_to_https_is_one_request', async () => {
  const opened = await stage.visit('https://upgrade.test/', {
    headers: { 'content-security-policy': 'upgrade-insecure-requests' },
    requests: [
      { kind: 'image', url: 'http://img.upgrade-third.test/1.gif' },
      { kind: 'fetch', url: 'http://api.upgrade-third.test/data' },
    ],
  });
  const { truth } = await assertPopupEqualsLog(stage, opened, 'upgrade.test');
  assert.deepEqual(truth.domains, { 'upgrade-third.test': 2 });
});

test('a_server_that_hangs_up_was_contacted', async () => {
  stage.web.serve('api.hangs-up-third.test', () => ({ drop: true }));
  const { tabId, mark } = await stage.visit('https://hangs-up.test/', {
    requests: [{ kind: 'fetch', url: 'https://api.hangs-up-third.test/data', method: 'POST' }],
  });
  const popup = await stage.popup(tabId);
  await popup.until('the server that hung up', ({ domains }) => domains === 1);
  const shown = await popup.settled();
  const truth = truthOf(stage.web.log.since(mark), 'hangs-up.test');
  assert.deepEqual(Object.keys(contactedOf(shown)), Object.keys(truth.domains));
});

test('what_the_browser_asks_again_since_the_server_hung_up_is_one_request_of_its_host', async () => {
  const asked = 'https://api.asked-again.test/data';
  stage.web.serve('api.asked-again.test', ({ url }) => (url === asked ? { drop: true } : null));
  const opened = await stage.visit('https://asks-again.test/');
  await opened.page.evaluate(async (url) => {
    // Chromium 156 asks again on a connection that was used before, once; Firefox 153 always, up to ten times.
    for (const one of ['https://api.asked-again.test/first', url]) {
      await fetch(one).then(
        (answer) => answer.text(),
        () => {},
      );
    }
  }, asked);
  const popup = await stage.popup(opened.tabId);
  await popup.until('both requests', ({ requests }) => requests === 2);
  const shown = await popup.settled();
  const log = stage.web.log.since(opened.mark);
  const again = log.filter(({ url }) => url === asked).length;
  assert.ok(again > 1, `the server was asked ${again} times`);
  assert.deepEqual(Object.keys(truthOf(log, 'asks-again.test').hosts), ['api.asked-again.test']);
  assert.deepEqual(contactedOf(shown), { 'asked-again.test': 2 });
  assert.deepEqual([shown.domains, shown.hosts, shown.requests], [1, 1, 2]);
  assert.deepEqual(apartOf(shown), {});
});

test('an_error_of_the_server_was_an_answer', async () => {
  stage.web.serve('api.errors-third.test', ({ path: asked }) => ({ status: Number(asked.slice(1)) }));
  const opened = await stage.visit('https://errors.test/', {
    requests: [404, 500, 503, 204].map((status) => ({
      kind: /** @type {const} */ ('fetch'),
      url: `https://api.errors-third.test/${status}`,
    })),
  });
  const { truth } = await assertPopupEqualsLog(stage, opened, 'errors.test');
  assert.deepEqual(truth.domains, { 'errors-third.test': 4 });
});

test('a_request_on_its_way_is_counted_and_said_to_be_pending', async () => {
  /** @type {() => void} */
  let release = () => {};
  const held = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  stage.web.serve('api.pending-third.test', () => ({ after: held }));
  const opened = await stage.visit('https://pending.test/', {});
  void opened.page.evaluate(() => void fetch('https://api.pending-third.test/data', { mode: 'no-cors' }));
  const popup = await stage.popup(opened.tabId);
  const shown = await popup.until('the request', ({ domains }) => domains === 1);
  assert.deepEqual(
    shown.rows.map(({ requests, marks }) => ({ requests, marks })),
    [{ requests: 1, marks: { pending: 1 } }],
  );
  release();
  const ended = await popup.until('its end', ({ rows }) => Object.keys(rows[0]?.marks ?? {}).length === 0);
  assert.equal(ended.requests, 1);
});
