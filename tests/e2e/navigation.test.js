// Proves to which visit a request belongs when the tab goes from page to page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { sentOf, visitsOf } from './saved-export.js';
import { Stage } from './stage.js';
import { assertBadge, assertPopupEqualsLog, contactedOf } from './truth.js';

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/** @param {string} host @returns {import('../web/page-html.js').PageSpec} */
const withImage = (host) => ({ requests: [{ kind: 'image', url: `https://${host}/1.gif` }] });

/**
 * Waits for the export to say what is expected: of a page that is left the last events may come after those of the next one.
 * @param {(exported: Awaited<ReturnType<Stage['exportAll']>>) => void} assertSaid
 */
function untilExported(assertSaid) {
  return until('the export to say what is expected', async () => {
    assertSaid(await stage.exportAll());
    return true;
  });
}

test('the_redirects_of_a_navigation_are_listed_apart_and_not_counted', async () => {
  stage.web.redirects([
    'https://t.short-a.test/x1',
    'https://go.short-b.test/y2',
    'https://arrived.test/old',
    'https://www.arrived.test/',
  ]);
  stage.web.page('https://www.arrived.test/', withImage('img.arrived-third.test'));
  const opened = await stage.visit('https://t.short-a.test/x1');
  const { shown, truth } = await assertPopupEqualsLog(stage, opened, 'arrived.test');
  assert.deepEqual(truth.domains, { 'arrived-third.test': 1 });
  assert.deepEqual(shown.hops, ['t.short-a.test', 'go.short-b.test', 'arrived.test']);
  const { saved } = await stage.exportAll();
  const [visit] = visitsOf(saved, 'arrived.test');
  assert.deepEqual(
    saved.hops.filter((hop) => hop.visit_id === visit?.visit_id).map(({ seq, host }) => [seq, host]),
    [
      [1, 't.short-a.test'],
      [2, 'go.short-b.test'],
      [3, 'arrived.test'],
    ],
  );
  assert.deepEqual(visitsOf(saved, 'short-a.test'), []);
});

test('a_redirector_on_the_way_from_one_page_to_another_is_charged_to_neither', async () => {
  stage.web.redirects(['https://r.way-between.test/go', 'https://way-to.test/']);
  stage.web.page('https://way-to.test/', withImage('img.way-to-third.test'));
  const { page, tabId } = await stage.visit('https://way-from.test/', withImage('img.way-from-third.test'));
  const mark = stage.web.log.mark();
  await stage.driver.goto(page, 'https://r.way-between.test/go');
  const { shown } = await assertPopupEqualsLog(stage, { tabId, mark }, 'way-to.test');
  assert.deepEqual(shown.hops, ['r.way-between.test']);
  await untilExported(({ saved }) => {
    const [from] = visitsOf(saved, 'way-from.test');
    assert.deepEqual(sentOf(saved, from?.visit_id ?? ''), { 'img.way-from-third.test': 1 });
    assert.equal(from?.end_reason, 'navigated');
  });
});

test('a_beacon_of_a_page_that_is_left_belongs_to_it_and_not_to_the_next_page', async () => {
  const { page, tabId } = await stage.visit('https://leaver.test/', {
    requests: [{ kind: 'unload-beacon', url: 'https://log.leaver-beacon.test/bye' }],
  });
  stage.web.page('https://next-page.test/', withImage('img.next-page-third.test'));
  const mark = stage.web.log.mark();
  await stage.driver.goto(page, 'https://next-page.test/');
  await stage.web.log.until((entry) => entry.host === 'log.leaver-beacon.test', { since: mark });
  await untilExported(({ saved }) => {
    const [left] = visitsOf(saved, 'leaver.test');
    assert.deepEqual(sentOf(saved, left?.visit_id ?? ''), { 'log.leaver-beacon.test': 1 });
  });
  const popup = await stage.popup(tabId);
  await popup.until(
    'what the next page asked for',
    ({ site, requests }) => site === 'next-page.test' && requests === 1,
  );
  const shown = await popup.settled();
  assert.deepEqual(contactedOf(shown), { 'next-page-third.test': 1 });
  await assertBadge(stage, tabId, '1');
});

test('a_reload_is_a_visit_of_its_own_that_starts_from_zero', async () => {
  const opened = await stage.visit('https://again.test/', withImage('img.again-third.test'));
  const first = await assertPopupEqualsLog(stage, opened, 'again.test');
  const mark = stage.web.log.mark();
  await stage.driver.reload(opened.page);
  const second = await assertPopupEqualsLog(stage, { tabId: opened.tabId, mark }, 'again.test');
  assert.deepEqual(second.truth.domains, { 'again-third.test': 1 });
  assert.ok((second.shown.since ?? 0) > (first.shown.since ?? 0), 'the second visit began later');
  const { saved } = await stage.exportAll();
  const visits = visitsOf(saved, 'again.test');
  assert.deepEqual(
    visits.map((visit) => sentOf(saved, visit.visit_id)),
    [{ 'img.again-third.test': 1 }, { 'img.again-third.test': 1 }],
  );
  assert.deepEqual(
    visits.map((visit) => visit.end_reason),
    ['navigated', null],
  );
});

test('the_same_address_in_two_tabs_is_two_visits_that_do_not_mix', async () => {
  const one = await stage.visit('https://twice.test/', withImage('img.twice-third.test'));
  const two = await stage.visit('https://twice.test/');
  await two.page.evaluate(() => fetch('https://api.twice-only.test/x', { mode: 'no-cors' }));
  const { truth } = await assertPopupEqualsLog(stage, two, 'twice.test');
  assert.deepEqual(truth.domains, { 'twice-only.test': 1, 'twice-third.test': 1 });
  const first = await (await stage.popup(one.tabId)).settled();
  assert.deepEqual(contactedOf(first), { 'twice-third.test': 1 });
  await assertBadge(stage, one.tabId, '1');
  await assertBadge(stage, two.tabId, '2');
  const { saved } = await stage.exportAll();
  assert.equal(visitsOf(saved, 'twice.test').length, 2);
});

test('back_shows_the_count_of_the_page_that_is_back_and_forward_that_of_the_other', async () => {
  stage.web.page('https://second.test/', withImage('img.second-third.test'));
  const first = await stage.visit('https://first.test/', withImage('img.first-third.test'));
  const { page, tabId } = first;
  const secondMark = stage.web.log.mark();
  await stage.driver.goto(page, 'https://second.test/');
  await assertPopupEqualsLog(stage, { tabId, mark: secondMark }, 'second.test');
  const backMark = stage.web.log.mark();
  await stage.driver.back(page);
  // From the back/forward cache: the same visit, and no new request. Else: loaded anew.
  // (Firefox 153 then asks for its icon again, under the same document.)
  const isLoadedAnew = stage.web.log.since(backMark).some((entry) => entry.secFetchDest === 'document');
  const popup = await stage.popup(tabId);
  await popup.until('the first page again', ({ site }) => site === 'first.test');
  const shown = await popup.settled();
  assert.deepEqual(contactedOf(shown), { 'first-third.test': 1 });
  await assertBadge(stage, tabId, '1');
  await page.evaluate(() => fetch('https://api.first-later.test/x', { mode: 'no-cors' }));
  await popup.until('the request after coming back', ({ domains }) => domains === 2);
  const { saved } = await stage.exportAll();
  assert.equal(visitsOf(saved, 'first.test').length, isLoadedAnew ? 2 : 1);
  await page.evaluate(() => history.forward());
  await popup.until('the second page again', ({ site, domains }) => site === 'second.test' && domains === 1);
});

test('going_on_inside_a_page_is_no_new_visit', async () => {
  const opened = await stage.visit('https://inside.test/', withImage('img.inside-a.test'));
  await opened.page.evaluate(async () => {
    history.pushState({}, '', '/chapter-2');
    await fetch('https://api.inside-b.test/chapter-2', { mode: 'no-cors' });
    location.hash = 'end';
    await fetch('https://api.inside-c.test/end', { mode: 'no-cors' });
  });
  const { truth } = await assertPopupEqualsLog(stage, opened, 'inside.test');
  assert.equal(Object.keys(truth.domains).length, 3);
  const { saved } = await stage.exportAll();
  assert.equal(visitsOf(saved, 'inside.test').length, 1);
});

test('a_page_that_sends_its_reader_on_by_script_is_a_visit_and_no_hop', async () => {
  stage.web.page('https://sent-on.test/', withImage('img.sent-on-third.test'));
  stage.web.answer('https://sender.test/', {
    headers: { 'content-type': 'text/html' },
    body: `<!doctype html><title>sender</title><link rel="icon" href="data:,"><img src="https://img.sender-third.test/1.gif"
      onload="location.replace('https://sent-on.test/')">`,
  });
  const page = await stage.driver.newPage();
  const tabId = stage.driver.tabIdOf(page);
  const mark = stage.web.log.mark();
  void page.goto('https://sender.test/', { waitUntil: [], timeout: 0 }).catch(() => {});
  await stage.web.log.until((entry) => entry.host === 'img.sent-on-third.test', { since: mark });
  const popup = await stage.popup(tabId);
  await popup.until('the page that the reader was sent to', ({ site }) => site === 'sent-on.test');
  const shown = await popup.settled();
  assert.deepEqual(contactedOf(shown), { 'sent-on-third.test': 1 });
  assert.deepEqual(shown.hops, []);
  await untilExported(({ saved }) => {
    const [sender] = visitsOf(saved, 'sender.test');
    assert.deepEqual(sentOf(saved, sender?.visit_id ?? ''), { 'img.sender-third.test': 1 });
  });
});

test('a_navigation_that_leads_nowhere_leaves_the_page_and_its_count_as_they_are', async () => {
  stage.web.answer('https://nowhere.test/', { status: 204 });
  const opened = await stage.visit('https://stays.test/', withImage('img.stays-third.test'));
  await opened.page.evaluate(() => {
    location.href = 'https://nowhere.test/';
  });
  await stage.web.log.until((entry) => entry.host === 'nowhere.test', { since: opened.mark });
  await opened.page.evaluate(() => fetch('https://api.stays-later.test/x', { mode: 'no-cors' }));
  const { truth } = await assertPopupEqualsLog(stage, opened, 'stays.test');
  assert.equal(Object.keys(truth.domains).length, 2);
});

test('a_page_over_plain_http_is_counted_like_any_other', async () => {
  const { page, tabId } = await stage.visit('http://www.plain.test:8080/', {
    requests: [
      { kind: 'image', url: 'http://img.plain-third.test/1.gif' },
      { kind: 'websocket', url: 'ws://live.plain-socket.test/socket' },
      { kind: 'image', url: 'https://static.plain.test/own.gif' },
    ],
  });
  assert.equal(await stage.driver.urlOf(page), 'http://www.plain.test:8080/');
  const popup = await stage.popup(tabId);
  await popup.until('all that it asked for', ({ requests }) => requests === 2);
  const shown = await popup.settled();
  assert.equal(shown.site, 'plain.test');
  assert.deepEqual(contactedOf(shown), { 'plain-socket.test': 1, 'plain-third.test': 1 });
});

test('a_closed_tab_ends_its_visit_and_what_it_counted_stays', async () => {
  const { page } = await stage.visit('https://closed.test/', withImage('img.closed-third.test'));
  await page.close();
  await untilExported(({ saved }) => {
    const [visit] = visitsOf(saved, 'closed.test');
    assert.equal(visit?.end_reason, 'tab_closed');
    assert.deepEqual(sentOf(saved, visit.visit_id), { 'img.closed-third.test': 1 });
  });
});
