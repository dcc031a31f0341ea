// Proves that the year is the same for a seed, that it is as its proportions say, and that its days hold what was told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshCounter, freshDays, freshReader } from '../wasm/core-module.js';
import { exportOf } from '../wasm/export-of.js';
import { plannedDay } from './day-plan.js';
import { LivedDays } from './lived-days.js';
import { dayOf, momentOf, utcOffset } from './paris-clock.js';
import {
  ASKED_ONCE_SHARE,
  CACHED_SHARE,
  HOSTS_A_VISIT,
  REDIRECT_SHARE,
  TABS_BROUGHT_BACK,
  THIRD_PARTY_SHARE,
} from './proportions.js';
import { Web } from './web.js';

/** Three days before the clock is put forward. */
const SIZE = { seed: 7, firstDay: Date.UTC(2026, 2, 27) / 86_400_000, days: 3, visits: 60, requests: 50 };

/** @param {import('./lived-days.js').YearSize} size */
async function lived(size) {
  const days = new LivedDays(await freshCounter(), await freshDays(), size);
  const records = [...days.records()];
  return { records, made: days.made };
}

/** @param {string} table @param {import('./lived-days.js').TableRecord[]} records @returns {any[]} */
const of = (table, records) => records.filter(([name]) => name === table).map(([, record]) => record);

test('the_same_seed_gives_the_same_bytes_and_another_seed_others', async () => {
  const once = await lived(SIZE);
  assert.deepEqual(await lived(SIZE), once);
  assert.notDeepEqual(await lived({ ...SIZE, seed: 8 }), once);
});

test('every_day_that_is_over_is_one_record_and_the_last_is_open', async () => {
  const { records, made } = await lived(SIZE);
  const days = of('days', records);
  assert.deepEqual(
    days.map(({ day }) => day),
    [0, 1, 2].map((after) => SIZE.firstDay + after),
  );
  assert.equal(made.visits, SIZE.days * SIZE.visits);
  const open = of('visits', records);
  assert.ok(open.length >= SIZE.visits);
  assert.deepEqual(new Set(open.map(({ day }) => day)), new Set([SIZE.firstDay + SIZE.days]));
  assert.equal(of('live', records).length, 1);
});

test('the_days_hold_every_request_that_was_told', async () => {
  const { records, made } = await lived(SIZE);
  const { saved, unreadable } = await exportOf(await freshReader(), { days: of('days', records) });
  assert.deepEqual(unreadable, { damaged: 0, laterVersion: 0 });
  const { visits, hops, contacts } = saved;
  const pages = visits.filter((/** @type {any} */ { kind }) => kind === 'page');
  assert.equal(pages.length, made.visits);
  const broughtBack = pages.filter((/** @type {any} */ visit) => visit.incomplete_reasons.includes('opened_before'));
  assert.ok(broughtBack.length > 0 && broughtBack.length <= SIZE.days * TABS_BROUGHT_BACK);
  // A page's own request is of its host; those of the redirects that led to it are hops.
  const asked = contacts.reduce((/** @type {number} */ sum, /** @type {any} */ contact) => sum + contact.requests, 0);
  assert.equal(asked + hops.length, made.requests);
});

test('the_days_have_what_makes_records_long', async () => {
  const { records } = await lived(SIZE);
  const { saved } = await exportOf(await freshReader(), { days: of('days', records) });
  const { visits, hops, contacts } = saved;
  const has = (/** @type {any[]} */ rows, /** @type {(row: any) => boolean} */ is) =>
    assert.ok(rows.some(is), String(is));
  has(visits, (visit) => visit.kind === 'background');
  has(visits, (visit) => visit.incomplete_reasons.includes('background_restarted'));
  for (const reason of ['navigated', 'tab_closed', 'session_ended'])
    has(visits, (visit) => visit.end_reason === reason);
  assert.ok(hops.length > 0);
  for (const kind of ['frame', 'redirect']) {
    has(contacts, ({ brought_by: steps }) => steps.some((/** @type {any} */ step) => step.kind === kind));
  }
  has(contacts, ({ brought_by: steps }) => steps.length > 1);
  has(contacts, (contact) => contact.domain !== contact.icann_domain);
  has(contacts, (contact) => !contact.third_party);
  for (const outcome of ['sent', 'cached', 'blocked', 'unknown', 'pending'])
    has(contacts, (contact) => contact[outcome] > 0);
});

test('a_day_is_as_its_proportions_say', () => {
  const web = new Web(7);
  const days = [0, 1, 2, 3, 4].map((after) =>
    plannedDay(web, { ...SIZE, day: SIZE.firstDay + after, visits: 500, requests: 100 }),
  );
  const visits = days.flatMap((day) => day.visits);
  const requests = visits.flatMap((visit) => visit.requests);
  const share = (/** @type {(request: import('./visit-plan.js').PlannedRequest) => boolean} */ is) =>
    requests.filter(is).length / requests.length;
  const near = (/** @type {number} */ value, /** @type {number} */ wanted, /** @type {number} */ within) =>
    assert.ok(Math.abs(value / wanted - 1) < within, `${value} is not within ${within} of ${wanted}`);
  // The page's own request is one of the 100.
  assert.ok(Math.abs(requests.length + visits.length - days.length * 50_000) <= days.length);
  const askedHosts = visits.map((visit) => counted(visit.requests.map(({ host }) => host.name)));
  const hosts = askedHosts.flatMap((asked) => [...asked.values()]);
  near(hosts.length / visits.length, HOSTS_A_VISIT, 0.15);
  near(hosts.filter((count) => count === 1).length / hosts.length, ASKED_ONCE_SHARE, 0.15);
  near(
    share(({ host }) => host.role !== 'own'),
    THIRD_PARTY_SHARE,
    0.05,
  );
  near(
    share(({ end }) => end === 'redirected'),
    REDIRECT_SHARE * THIRD_PARTY_SHARE * 0.7,
    0.25,
  );
  near(
    share(({ end }) => end === 'cached'),
    CACHED_SHARE * 0.66,
    0.25,
  );
  for (const day of days) near(new Set(day.visits.map(({ site }) => site)).size, 150, 0.2);
  // A few hosts are on nearly every site, most on hardly any.
  const met = [...counted(askedHosts.flatMap((asked) => [...asked.keys()])).values()].sort((one, other) => other - one);
  assert.ok((met[0] ?? 0) > visits.length * 0.15 && (met[Math.floor(met.length / 2)] ?? 0) < visits.length * 0.01);
});

test('the_clock_is_that_of_paris', () => {
  const names = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' });
  for (let day = SIZE.firstDay; day < SIZE.firstDay + 366; day += 1) {
    const morning = momentOf(day, 7 * 3_600_000);
    assert.match(names.format(morning), /, 07:00$/);
    assert.equal(dayOf(morning), day);
  }
  assert.deepEqual([utcOffset(Date.UTC(2026, 2, 29, 0, 59)), utcOffset(Date.UTC(2026, 2, 29, 1))], [60, 120]);
  assert.deepEqual([utcOffset(Date.UTC(2026, 9, 25, 0, 59)), utcOffset(Date.UTC(2026, 9, 25, 1))], [120, 60]);
});

/** @param {string[]} names @returns {Map<string, number>} how often each is there */
function counted(names) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

test('of_a_long_export_the_core_holds_no_more_than_of_a_short_one', async () => {
  const { records } = await lived({ ...SIZE, days: 40 });
  const days = of('days', records);
  const heldFor = async (/** @type {number} */ count) => {
    const reader = await freshReader();
    await exportOf(reader, { days: days.slice(0, count) });
    const { memory } = /** @type {any} */ (reader).initSync(undefined);
    return memory.buffer.byteLength;
  };
  assert.equal(await heldFor(40), await heldFor(4));
});
