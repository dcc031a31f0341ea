// Proves what is left of the count when the browser stops the background: all of it, or the word that it is incomplete.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { untilAtRest } from '../faults/at-rest.js';
import { Stage } from './stage.js';
import { assertPopupEqualsLog, contactedOf, sum, truthOf } from './truth.js';

/** @typedef {import('../web/page-requests.js').PageRequest} PageRequest */

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/** An answer that is held until somebody lets go. */
function held() {
  /** @type {() => void} */
  let release = () => {};
  const after = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  return { answer: { after }, release: () => release() };
}

/** The sites of the visits that are stored. */
const storedSites = async () => (await stage.inStore()).map(({ site }) => site);

/**
 * Starts to load a page and does not wait for it.
 * @param {string} url
 */
async function startLoading(url) {
  const page = await stage.driver.newPage();
  const mark = stage.web.log.mark();
  const loaded = stage.driver.goto(page, url);
  loaded.catch(() => {});
  return { page, tabId: stage.driver.tabIdOf(page), mark, loaded };
}

/**
 * Equal to the log, or known to be lower. Never lower without a word, and never higher.
 * @param {{ tabId: number, mark: number }} opened
 * @param {string} site
 * @param {number} beganAt
 */
async function assertEqualOrIncomplete({ tabId, mark }, site, beganAt) {
  const popup = await stage.popup(tabId);
  await popup.until('a count of the page, and no state', ({ state }) => state === null);
  const shown = await popup.settled();
  const truth = truthOf(stage.web.log.since(mark), site);
  const contacted = contactedOf(shown);
  for (const [domain, requests] of Object.entries(contacted)) {
    assert.ok(
      requests <= (truth.domains[domain] ?? 0),
      `${domain}: ${requests} shown, ${truth.domains[domain]} in the log`,
    );
  }
  if (shown.gaps.length === 0) {
    assert.deepEqual(contacted, truth.domains, 'says nothing of being incomplete, so it must equal the log');
    return { shown, truth };
  }
  assert.deepEqual([...new Set(shown.gaps.map((gap) => gap.reason))], ['backgroundRestarted']);
  for (const { sinceMs } of shown.gaps) assert.ok(sinceMs >= beganAt && sinceMs <= Date.now(), `since ${sinceMs}`);
  assert.equal(shown.atLeast, true);
  await until('the badge to say so', async () => (await stage.driver.badge(tabId)) === `${shown.domains}+`);
  return { shown, truth };
}

/**
 * @param {string} name
 * @param {number} count
 * @returns {PageRequest[]}
 */
const images = (name, count) =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'image',
    url: `https://img${index}.${name}-${index}.test/1.gif`,
  }));

test('a_background_killed_while_answers_are_awaited_leaves_no_count_silently_too_low', async () => {
  const { answer, release } = held();
  stage.web.serve(/slow\.midload-\d\.test/, () => answer);
  const slow = /** @type {PageRequest[]} */ (
    [0, 1, 2].map((index) => ({ kind: 'image', url: `https://slow.midload-${index}.test/1.gif` }))
  );
  stage.web.page('https://midload.test/', { requests: [...images('midload-quick', 4), ...slow] });
  const beganAt = Date.now();
  const opened = await startLoading('https://midload.test/');
  for (const { url } of slow) await stage.web.log.until((entry) => entry.url === url, { what: url });
  await stage.driver.killBackground();
  release();
  await opened.loaded;
  const { truth } = await assertEqualOrIncomplete(opened, 'midload.test', beganAt);
  assert.equal(truth.requests, 7);
});

// Each page makes its requests one after the other, so that some come before the kill and some after it.
for (const killAfter of [0, 1, 3, 6, 10]) {
  test(`a_background_killed_after_${killAfter}_requests_of_a_load_leaves_no_count_silently_too_low`, async () => {
    const site = `killed-${killAfter}.test`;
    const hosts = Array.from({ length: 12 }, (_, index) => `img.third-${killAfter}-${index}.test`);
    stage.web.answer(`https://${site}/`, {
      headers: { 'content-type': 'text/html' },
      body: `<!doctype html><html data-done="false"><title>one by one</title><link rel="icon" href="data:,"><script>
        (async () => {
          for (const host of ${JSON.stringify(hosts)}) await fetch('https://' + host + '/x', { mode: 'no-cors' });
          document.documentElement.dataset.done = 'true';
        })();
      </script></html>`,
    });
    const reached = killAfter === 0 ? site : hosts[killAfter - 1];
    const beganAt = Date.now();
    const opened = await startLoading(`https://${site}/`);
    await stage.web.log.until((entry) => entry.host === reached, { since: opened.mark, what: String(reached) });
    await stage.driver.killBackground();
    await opened.loaded;
    const { truth } = await assertEqualOrIncomplete(opened, site, beganAt);
    assert.equal(truth.requests, 12);
  });
}

test('a_background_killed_again_and_again_during_a_load_leaves_no_count_silently_too_low', async () => {
  stage.web.serve('slow.often-third.test', ({ path }) => ({ delayMs: 200 * Number(path.slice(1)) }));
  // Each comes with a kill, and wakes the next background: the load goes on until there were as many.
  const heldUntilKills = [held(), held()];
  const answers = heldUntilKills.map(({ answer }) => answer);
  stage.web.serve('held.often-third.test', ({ path }) => answers[Number(path.slice(1))] ?? null);
  stage.web.page('https://often.test/', {
    requests: [
      ...images('often-killed', 6),
      .../** @type {PageRequest[]} */ (
        Array.from({ length: 16 }, (_, index) => ({ kind: 'fetch', url: `https://slow.often-third.test/${index}` }))
      ),
      .../** @type {PageRequest[]} */ (
        answers.map((_, index) => ({ kind: 'fetch', url: `https://held.often-third.test/${index}` }))
      ),
    ],
  });
  const beganAt = Date.now();
  const opened = await startLoading('https://often.test/');
  for (const [index] of answers.entries()) {
    const url = `https://held.often-third.test/${index}`;
    await stage.web.log.until((entry) => entry.url === url, { since: opened.mark, what: url });
  }
  let isLoaded = false;
  const over = () => {
    isLoaded = true;
  };
  void opened.loaded.then(over, over);
  let kills = 0;
  const isOver = async () => {
    if (isLoaded && kills >= answers.length) return true;
    if (!(await stage.driver.backgroundAlive())) return false;
    await stage.driver.killBackground();
    heldUntilKills[kills]?.release();
    kills += 1;
    return false;
  };
  await until(`the load to end after ${answers.length} kills`, isOver, 60_000);
  await opened.loaded;
  await assertEqualOrIncomplete(opened, 'often.test', beganAt);
});

test('a_background_killed_in_a_load_that_it_had_stored_already_leaves_no_count_silently_too_low', async () => {
  const { answer, release } = held();
  stage.web.serve('slow.stored-third.test', () => answer);
  stage.web.page('https://stored.test/', {
    requests: [...images('stored-quick', 4), { kind: 'image', url: 'https://slow.stored-third.test/1.gif' }],
  });
  const beganAt = Date.now();
  const opened = await startLoading('https://stored.test/');
  await until('the visit to be stored', async () => (await storedSites()).includes('stored.test'));
  await stage.driver.killBackground();
  release();
  await opened.loaded;
  await opened.page.evaluate(() => fetch('https://api.stored-later.test/x', { mode: 'no-cors' }));
  const popup = await stage.popup(opened.tabId);
  await popup.until('what came after the kill', ({ rows }) => rows.some((row) => row.domain === 'stored-later.test'));
  await assertEqualOrIncomplete(opened, 'stored.test', beganAt);
});

test('a_background_killed_while_pages_are_at_rest_loses_nothing_and_says_nothing', async () => {
  const opened = await stage.visit('https://rest.test/', { requests: images('rest-third', 5) });
  await assertPopupEqualsLog(stage, opened, 'rest.test');
  await untilAtRest(stage);
  await stage.driver.killBackground();
  assert.equal(await stage.driver.badge(opened.tabId), '5', 'the badge stays while there is no background');
  const { shown, popup } = await assertPopupEqualsLog(stage, opened, 'rest.test');
  assert.deepEqual(shown.gaps, []);
  assert.deepEqual(shown.problems, []);
  assert.equal(shown.atLeast, false);

  // What the page asks for next wakes another background, and is counted there.
  await untilAtRest(stage);
  await stage.driver.killBackground();
  await opened.page.evaluate(async () => {
    await fetch('https://api.rest-later.test/1', { mode: 'no-cors' });
    await fetch('https://api.rest-later.test/2', { mode: 'no-cors' });
  });
  await popup.until('what came after the kill', ({ domains }) => domains === 6);
  const again = await assertPopupEqualsLog(stage, opened, 'rest.test');
  assert.equal(again.truth.domains['rest-later.test'], 2);
  assert.deepEqual(again.shown.gaps, []);
});

test('the_page_load_that_wakes_the_background_is_counted_from_its_first_request', async () => {
  await untilAtRest(stage);
  const page = await stage.driver.newPage();
  await stage.driver.killBackground();
  stage.web.redirects(['https://waker-hop.test/go', 'https://waker.test/']);
  stage.web.page('https://waker.test/', { requests: images('waker-third', 8) });
  const mark = stage.web.log.mark();
  await stage.driver.goto(page, 'https://waker-hop.test/go');
  const opened = { tabId: stage.driver.tabIdOf(page), mark };
  const { shown, truth } = await assertPopupEqualsLog(stage, opened, 'waker.test');
  assert.equal(truth.requests, 8);
  assert.deepEqual(shown.gaps, []);
  assert.deepEqual(shown.hops, ['waker-hop.test']);
});

test('a_kill_while_one_page_loads_does_not_make_a_page_at_rest_incomplete', async () => {
  const calm = await stage.visit('https://calm.test/', { requests: images('calm-third', 2) });
  await assertPopupEqualsLog(stage, calm, 'calm.test');
  await untilAtRest(stage);
  const { answer, release } = held();
  stage.web.serve('slow.storm-third.test', () => answer);
  stage.web.page('https://storm.test/', { requests: [{ kind: 'image', url: 'https://slow.storm-third.test/1.gif' }] });
  const beganAt = Date.now();
  const storm = await startLoading('https://storm.test/');
  await until('the visit to be stored', async () => (await storedSites()).includes('storm.test'));
  await stage.driver.killBackground();
  release();
  await storm.loaded;
  await assertEqualOrIncomplete(storm, 'storm.test', beganAt);
  const shown = await (await stage.popup(calm.tabId)).settled();
  assert.deepEqual(shown.gaps, []);
  assert.equal(sum(Object.values(contactedOf(shown))), 2);
});
