// Proves what is left after the browser was closed and started again on the same profile.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sentOf, visitsOf } from './saved-export.js';
import { Stage } from './stage.js';
import { assertPopupEqualsLog, truthOf } from './truth.js';

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

test('what_was_counted_outlives_the_browser_and_a_page_opened_after_it_counts_anew', async () => {
  const { web } = stage;
  const first = await stage.visit('https://kept.test/', {
    requests: [
      { kind: 'image', url: 'https://img.kept-a.test/1.gif' },
      { kind: 'script', url: 'https://cdn.kept-b.test/lib.js' },
    ],
  });
  const { truth } = await assertPopupEqualsLog(stage, first, 'kept.test');
  const left = await stage.visit('https://kept-left.test/', {
    requests: [{ kind: 'image', url: 'https://img.kept-c.test/1.gif' }],
  });
  await assertPopupEqualsLog(stage, left, 'kept-left.test');
  const before = await stage.exportAll();
  assert.deepEqual(
    visitsOf(before.saved, 'kept.test').map((visit) => visit.ended_at),
    [null],
  );

  await stage.restart();
  const restartedAt = Date.now();

  const { saved } = await stage.exportAll();
  const visits = visitsOf(saved, 'kept.test');
  assert.deepEqual(
    visits.map((visit) => sentOf(saved, visit.visit_id)),
    [truth.hosts],
  );
  assert.deepEqual(
    saved.visits.map(({ site }) => site),
    ['kept.test', 'kept-left.test'],
  );
  // A browser that quits in order closes its tabs first, and mostly the background still hears of it.
  for (const visit of saved.visits) assert.match(visit.end_reason ?? 'none', /^(tab_closed|session_ended)$/);
  for (const { ended_at: end, started_at: start } of saved.visits) {
    assert.ok(end !== null && end >= start && Date.parse(end) <= restartedAt, `ended ${end}`);
  }

  const again = await stage.visit('https://kept.test/');
  const { shown } = await assertPopupEqualsLog(stage, again, 'kept.test');
  assert.deepEqual(shown.gaps, []);
  const anew = await stage.exportAll();
  const [, second, ...more] = visitsOf(anew.saved, 'kept.test');
  assert.deepEqual(more, []);
  assert.deepEqual(sentOf(anew.saved, second?.visit_id ?? ''), truthOf(web.log.since(again.mark), 'kept.test').hosts);
  assert.equal(new Set(anew.saved.visits.map((visit) => visit.visit_id)).size, anew.saved.visits.length);
});

test('a_browser_that_crashes_in_the_middle_of_a_page_keeps_what_was_stored_and_ends_its_visits', async () => {
  stage.web.answer('https://slow.cut-b.test/1.gif', { hang: true });
  stage.web.page('https://cut.test/', {
    requests: [
      { kind: 'image', url: 'https://img.cut-a.test/1.gif' },
      { kind: 'image', url: 'https://slow.cut-b.test/1.gif' },
    ],
  });
  const page = await stage.driver.newPage();
  const mark = stage.web.log.mark();
  const beganAt = Date.now();
  stage.driver.goto(page, 'https://cut.test/').catch(() => {});
  await stage.web.log.until((entry) => entry.host === 'slow.cut-b.test', { since: mark });
  const popup = await stage.popup(stage.driver.tabIdOf(page));
  await popup.until('both domains', ({ domains }) => domains === 2);
  // The export has everything stored first.
  await stage.exportAll();
  const crashedAt = Date.now();

  stage.driver.browser.process()?.kill('SIGKILL');
  await stage.driver.gone();
  await stage.restart();

  const { saved } = await stage.exportAll();
  const [visit] = visitsOf(saved, 'cut.test');
  assert.equal(visit?.end_reason, 'session_ended');
  const endedAt = Date.parse(visit.ended_at ?? '');
  assert.ok(endedAt >= beganAt && endedAt <= crashedAt, `ended ${visit.ended_at}`);
  assert.deepEqual(sentOf(saved, visit.visit_id), { 'img.cut-a.test': 1, 'slow.cut-b.test': 1 });
});
