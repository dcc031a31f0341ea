// Proves that nothing is lost, and no day closed too early or twice, where the clock is set forward and back while pages load. What is
// moved is all that the background knows of the time (`moved-clock.js`); that it moves while the browser runs is as in a browser whose
// machine's clock is set. What the browser itself does with such a clock (its certificates, its caches) is not proved. The time zone at
// the end is the browser's own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { Stage } from '../e2e/stage.js';
import { untilAtRest } from './at-rest.js';
import { hinderedExtension } from './hindered-extension.js';
import { addressOf, pageOf, saidOf } from './named-site.js';
import { soundExportThat } from './sound-store.js';
import { setClock } from './steps.js';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** @type {Stage} */
let stage;
/** @type {() => Promise<void>} */
let remove;
const zone = process.env['TZ'];
/** The sites that were visited, first to last. @type {string[]} */
const names = [];
before(async () => {
  const extension = await hinderedExtension();
  remove = extension.remove;
  stage = await Stage.open({ extensionPath: extension.folder });
  await setClock(stage.driver, 0);
});
after(async () => {
  await stage?.close();
  await remove?.();
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

/** @param {string} name @param {{ isLeft?: boolean }} [options] */
async function visit(name, { isLeft = false } = {}) {
  names.push(name);
  const { page } = await stage.visit(addressOf(name), pageOf(name));
  if (isLeft) await page.close();
  await stage.quiet();
  return page;
}

/** The days that are closed, and the sites of each; the visits beside them. */
async function days() {
  const closed = await stage.closedDays();
  const open = await stage.records('visits');
  return {
    closed: closed.map(({ day, sites }) => [day, sites.join(' ')]),
    open: open.map(({ site, day }) => [day, site]).sort(),
  };
}

/**
 * Waits for the days that are closed and the visits beside them to be these: what a day is closed with leaves the others only after it.
 *
 * @param {string} what
 * @param {Awaited<ReturnType<typeof days>>} expected
 */
function untilDays(what, expected) {
  return until(what, async () => {
    assert.deepEqual(await days(), expected);
    return true;
  });
}

/** @param {Awaited<ReturnType<typeof days>>} found */
const todayOf = ({ open }) => Number(open[0]?.[0]);

/** @param {Awaited<ReturnType<typeof days>>} found @param {string} name */
const dayOf = ({ open }, name) => Number(open.find(([, site]) => site === `${name}.test`)?.[0]);

/** @param {string[]} some */
const sitesOf = (some) =>
  some
    .map((name) => `${name}.test`)
    .sort()
    .join(' ');

/** Every visit is there once, whole, in the order of its number, and none ended before it began. */
function assertNothingIsLost() {
  return soundExportThat(stage, assertWhole);
}

/** @param {import('../e2e/saved-export.js').SavedExport} saved */
function assertWhole(saved) {
  for (const name of names) {
    const { visits, missing, tooMuch, reasons } = saidOf(saved, stage.web.log.entries, name);
    assert.deepEqual([visits.length, missing, tooMuch, reasons], [1, [], [], []], name);
  }
  for (const { first_ms: first, last_ms: last, host } of saved.contacts) assert.ok(first <= last, host);
  // Numbers are of one browser session.
  for (const session of new Set(saved.visits.map(({ visit_id: id }) => sessionOf(id)))) {
    const numbered = saved.visits.filter(({ visit_id: id }) => sessionOf(id) === session);
    const sites = numbered
      .toSorted((one, other) => numberOf(one.visit_id) - numberOf(other.visit_id))
      .map(({ site }) => site);
    assert.deepEqual(
      sites,
      names.map((name) => `${name}.test`).filter((site) => sites.includes(site)),
      'the order of the visits by their number',
    );
  }
}

/** @param {string} id */
const numberOf = (id) => Number(id.split('-').at(-1));
/** @param {string} id */
const sessionOf = (id) => id.slice(0, id.lastIndexOf('-'));

test('a_clock_that_is_set_back_while_pages_load_loses_nothing_and_no_visit_ends_before_it_began', async () => {
  const open = await visit('before');
  await visit('before-left', { isLeft: true });
  await setClock(stage.driver, -2 * HOUR_MS);
  await visit('earlier', { isLeft: true });
  // Asks and ends by a clock that shows less than at its beginning.
  await open.evaluate(() => fetch('https://later.before-third.test/', { mode: 'no-cors' }));
  await stage.quiet();
  await open.close();
  await stage.quiet();
  const saved = await assertNothingIsLost();
  const { visits } = saidOf(saved, [], 'before');
  assert.equal(visits[0]?.ended_at, visits[0]?.started_at);
});

test('a_clock_that_is_set_forward_by_a_day_and_back_closes_the_day_and_later_once_more_with_what_came_then', async () => {
  await setClock(stage.driver, 0);
  const today = todayOf(await days());
  const before = [...names];
  await setClock(stage.driver, DAY_MS);
  await visit('tomorrow', { isLeft: true });
  await untilDays('the day before to be closed', {
    closed: [[today, sitesOf(before)]],
    open: [[today + 1, 'tomorrow.test']],
  });
  await assertNothingIsLost();

  // It is today again, and not over; nor is tomorrow, of which there are visits.
  await setClock(stage.driver, 0);
  for (const name of ['again', 'again-too']) await visit(name, { isLeft: true });
  await untilAtRest(stage);
  await stage.driver.killBackground();
  await visit('again-woken', { isLeft: true });
  assert.deepEqual(await days(), {
    closed: [[today, sitesOf(before)]],
    open: [
      [today, 'again-too.test'],
      [today, 'again-woken.test'],
      [today, 'again.test'],
      [today + 1, 'tomorrow.test'],
    ],
  });
  await assertNothingIsLost();

  await setClock(stage.driver, 3 * DAY_MS);
  await visit('later', { isLeft: true });
  await untilDays('both days to be closed', {
    closed: [
      [today, sitesOf([...before, 'again', 'again-too', 'again-woken'])],
      [today + 1, 'tomorrow.test'],
    ],
    open: [[today + 3, 'later.test']],
  });
  await assertNothingIsLost();
});

test('a_clock_that_is_right_again_after_a_restart_finds_what_was_counted_ahead_of_it', async () => {
  const before = await assertNothingIsLost();
  // The clock of the new browser is three days behind the newest visit.
  await stage.restart();
  await visit('restarted', { isLeft: true });
  const saved = await assertNothingIsLost();
  assert.equal(saved.visits.length, before.visits.length + 1);
});

test('a_traveller_for_whom_it_is_yesterday_again_loses_nothing', async () => {
  process.env['TZ'] = 'Pacific/Kiritimati';
  await stage.restart();
  await visit('east', { isLeft: true });
  const day = dayOf(await days(), 'east');
  // 25 hours behind: whatever the moment, it is the day before there.
  process.env['TZ'] = 'Pacific/Pago_Pago';
  await stage.restart();
  await visit('west', { isLeft: true });
  assert.ok(dayOf(await days(), 'west') < day);
  assert.equal(dayOf(await days(), 'east'), day, 'it keeps its day, which is not over');
  await assertNothingIsLost();
});
