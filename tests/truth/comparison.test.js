// Proves that the judge can judge: an export that says what the log says passes, and one that differs in a single figure does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from './comparison.js';
import { exportOf, reached, RUN, SITE, STARTED, stop, truthOfTwoLoads } from './two-loads.js';

/** @typedef {import('./comparison.js').SavedExport} SavedExport */

test('An export that says what the log says differs in nothing', () => {
  const truth = truthOfTwoLoads();
  assert.deepEqual(compare(exportOf(truth), truth, RUN), []);
});

/** @type {Record<string, (saved: SavedExport) => void>} */
const LIES = {
  'one request too many': ({ contacts: [first] }) => void (first && (first.sent += 1)),
  'one request too few': ({ contacts: [, , third] }) => void (third && (third.sent -= 1)),
  'a request that never ends': ({ contacts: [first] }) => void (first && (first.pending += 1)),
  'a request of which nothing is known': ({ contacts: [first] }) => void (first && (first.unknown += 1)),
  'a request of which nothing is known instead': ({ contacts: [first] }) =>
    void (first && ((first.sent -= 1), (first.unknown += 1))),
  'a contact left out': ({ contacts }) => void contacts.splice(2, 1),
  'a contact invented': ({ contacts }) => void (contacts[2] && contacts.push({ ...contacts[2], host: 'new.t7-1.com' })),
  'a contact of the other visit': ({ contacts: [, , third] }) => void (third && (third.visit_id = 'v-2')),
  'a third party for the first': ({ contacts: [, own] }) => void (own && (own.third_party = true)),
  'the first party for a third': ({ contacts: [, , third] }) => void (third && (third.third_party = false)),
  'another site of the page': ({ visits: [first] }) => void (first && (first.site = 'other-1.fr')),
  'a visit left out': ({ visits }) => void visits.splice(0, 1),
  'a visit invented': ({ visits, visits: [first] }) => void (first && visits.push({ ...first, visit_id: 'v-7' })),
  'a hop left out': ({ hops }) => void hops.splice(0, 1),
  'a hop of the other visit': ({ hops: [hop] }) => void (hop && (hop.visit_id = 'v-2')),
  'a chain that nobody went': ({ contacts }) =>
    void contacts[3]?.brought_by.push({ kind: 'frame', host: 'x.t7-1.com' }),
  'a visit incomplete without a cause': ({ visits: [first] }) => void (first && (first.complete = false)),
  'a service worker’s request left out': ({ contacts }) => void contacts.splice(-1, 1),
  'a service worker’s request twice': ({ contacts }) => contacts.slice(-1).forEach((one) => (one.sent += 1)),
};

const FAR_MS = 60_000;

/** Whatever went on, no lie is believed but those that are named. @type {Record<string, { run: Partial<import('./comparison.js').Run>, believed?: string[] }>} */
const CIRCUMSTANCES = {
  'nothing stopped': { run: {} },
  'the pages were left before they came to rest': {
    run: { rested: new Set() },
    believed: ['a request of which nothing is known', 'a request of which nothing is known instead'],
  },
  'the background was killed long before': { run: { stops: [stop('kill', -FAR_MS)] } },
  'the background was killed long after': { run: { stops: [stop('kill', FAR_MS)] } },
  'the browser was ended long before, at rest': { run: { stops: [stop('restart', -FAR_MS, true)] } },
  'the browser was ended long after, at rest': { run: { stops: [stop('restart', FAR_MS, true)] } },
  'the browser was ended long after, in a load': { run: { stops: [stop('restart', FAR_MS)] } },
  'the browser was ended long before, in a load': { run: { stops: [stop('restart', -FAR_MS)] } },
  'the background was killed in the load': {
    run: { stops: [stop('kill', 300)] },
    believed: ['a visit left out', 'a service worker’s request left out'],
  },
};

for (const [circumstance, { run, believed = [] }] of Object.entries(CIRCUMSTANCES)) {
  for (const [lie, tell] of Object.entries(LIES)) {
    test(`Where ${circumstance}, an export that has ${lie} is ${believed.includes(lie) ? 'believed' : 'found out'}`, () => {
      const truth = truthOfTwoLoads();
      const saved = exportOf(truth);
      tell(saved);
      const unexplained = compare(saved, truth, { ...RUN, ...run }).filter(({ excuse }) => excuse === null);
      assert.equal(unexplained.length === 0, believed.includes(lie));
    });
  }
}

test('A visit that was killed in its load and says so may say less than the log, and not more', () => {
  const run = { ...RUN, stops: [stop('kill', 100)] };
  const truth = truthOfTwoLoads();
  const saved = exportOf(truth);
  const [visit] = saved.visits;
  const [contact] = saved.contacts;
  assert.ok(visit && contact);
  const unexplained = () => compare(saved, truth, run).filter(({ excuse }) => excuse === null).length;
  visit.complete = false;
  visit.incomplete_reasons = ['background_restarted'];
  contact.sent -= 1;
  contact.pending = 1;
  assert.equal(unexplained(), 0);
  contact.pending = 2;
  assert.equal(unexplained(), 1);
  contact.pending = 0;
  contact.sent += 2;
  assert.equal(unexplained(), 1);
  contact.sent -= 1;
  visit.incomplete_reasons = ['core_restarted'];
  assert.equal(unexplained(), 1);
});

test('A visit that says that it was killed in its load has lost nothing that was asked for long before', () => {
  const truth = truthOfTwoLoads();
  const saved = exportOf(truth);
  const [visit] = saved.visits;
  const [contact] = saved.contacts;
  const [load] = truth.loads;
  assert.ok(visit && contact && load);
  Object.assign(visit, { complete: false, incomplete_reasons: ['background_restarted'] });
  contact.sent -= 1;
  load.load.at = STARTED - 5_000;
  for (const one of load.contacts.get(contact.host) ?? []) one.entry.at = STARTED - 5_000;
  const unexplained = (/** @type {number} */ killedAt) =>
    compare(saved, truth, { ...RUN, stops: [stop('kill', killedAt)] }).filter(({ excuse }) => excuse === null).length;
  assert.deepEqual([unexplained(-4_900), unexplained(100)], [0, 1]);
});

test('A visit that says that it was killed in its load has no hops and no way but parts of the true ones', () => {
  const run = { ...RUN, stops: [stop('kill', 100)] };
  const truth = truthOfTwoLoads();
  const saved = exportOf(truth);
  const [visit] = saved.visits;
  const [hop] = saved.hops;
  const chained = saved.contacts.find(({ visit_id: id, brought_by: way }) => id === 'v-1' && way.length > 0);
  assert.ok(visit && hop && chained);
  Object.assign(visit, { complete: false, incomplete_reasons: ['background_restarted'] });
  const unexplained = () =>
    compare(saved, truth, run)
      .filter(({ excuse }) => excuse === null)
      .map(({ kind }) => kind);
  saved.hops = [];
  chained.brought_by = [];
  assert.deepEqual(unexplained(), []);
  saved.hops = [{ ...hop, host: 'x.t7-1.com' }];
  chained.brought_by = [{ kind: 'frame', host: 'x.t7-1.com' }];
  assert.deepEqual(unexplained(), ['chain', 'hops']);
});

test('A page that was seen in a tab long after something woke the next background has a visit', () => {
  const truth = truthOfTwoLoads();
  const saved = exportOf(truth);
  saved.visits.splice(0, 1);
  const stops = [stop('kill', 500)];
  const isExplained = (/** @type {number} */ seenAfter, /** @type {number} */ toldAfter) => {
    const seenAt = new Map([[1, STARTED + seenAfter]]);
    const run = { ...RUN, stops, seenAt, toldAt: [STARTED + 100, STARTED + toldAfter] };
    return compare(saved, truth, run).every(({ excuse }) => excuse);
  };
  assert.deepEqual([isExplained(400, 800), isExplained(5_000, 800)], [true, false]);
  assert.deepEqual([isExplained(5_000, 4_900), isExplained(9_000, 4_900)], [true, false]);
});

test('What is told while a background is being killed may be lost until it is gone, and nothing that is asked for later', () => {
  const truth = truthOfTwoLoads();
  const [, next] = truth.loads;
  assert.ok(next);
  const saved = exportOf(truth);
  const row = saved.contacts.find(({ visit_id: id, host }) => id === 'v-2' && host === 'api.t1-1.co.uk');
  assert.ok(row);
  const [asked] = next.contacts.get(row.host) ?? [];
  assert.ok(asked);
  row.sent -= 1;
  asked.entry.at = STARTED + 1_200;
  const isExplained = (/** @type {number} */ tookMs) => {
    const run = { ...RUN, stops: [stop('kill', 100, false, tookMs)] };
    return compare(saved, truth, run).every(({ excuse }) => excuse !== null);
  };
  assert.deepEqual([isExplained(1_150), isExplained(1_050)], [true, false]);
});

test('A page that began while the background was being killed may have no visit, and none that began later', () => {
  const truth = truthOfTwoLoads();
  const [first] = truth.loads;
  assert.ok(first);
  const saved = exportOf(truth);
  saved.visits.splice(0, 1);
  first.load.at = STARTED + 1_200;
  const isExplained = (/** @type {number} */ tookMs) => {
    const run = { ...RUN, stops: [stop('kill', 100, false, tookMs)] };
    return compare(saved, truth, run).every(({ excuse }) => excuse !== null);
  };
  assert.deepEqual([isExplained(1_150), isExplained(1_050)], [true, false]);
});

test('A page that was fetched ahead may say that its own host was asked by the page, and no other host', () => {
  const truth = truthOfTwoLoads();
  const [load] = truth.loads;
  assert.ok(load);
  load.load.request.purpose = 'prefetch;prerender';
  load.contacts.set(SITE, [reached(SITE, [{ kind: 'redirect', host: 'cdn.t0-1.com' }])]);
  const saved = exportOf(truth);
  const own = saved.contacts.find(({ host }) => host === SITE);
  const third = saved.contacts.find(({ brought_by: way }) => way.length > 0 && way[0]?.kind === 'frame');
  assert.ok(own && third);
  Object.assign(own, { brought_by: [], requests: own.requests + 1, sent: own.sent + 1 });
  const unexplained = () =>
    compare(saved, truth, RUN)
      .filter(({ excuse }) => excuse === null)
      .map(({ kind }) => kind);
  assert.deepEqual(unexplained(), []);
  own.sent -= 1;
  own.requests -= 1;
  assert.deepEqual(unexplained(), ['chain'], 'where it was not asked for once more');
  own.brought_by = [{ kind: 'redirect', host: 'cdn.t0-1.com' }];
  third.brought_by = [];
  assert.deepEqual(unexplained(), ['chain']);
});

test('Of two visits that were found at the same moment, the one that says something is the load that it is like', () => {
  const truth = truthOfTwoLoads();
  const [first, second] = truth.loads;
  assert.ok(first && second);
  first.hops = [];
  second.contacts.set('only.t9-1.com', [reached('only.t9-1.com')]);
  const saved = exportOf(truth);
  // The first says nothing; the second says what no other load asked for.
  saved.hops = [];
  saved.contacts = saved.contacts.filter(
    ({ host, visit_id: id }) => id === 'v-9' || (id === 'v-2' && host.startsWith('only')),
  );
  for (const visit of saved.visits.filter(({ kind }) => kind === 'page')) {
    visit.started_at = new Date(STARTED + 1_000).toISOString();
    visit.complete = false;
    visit.incomplete_reasons = ['background_restarted'];
  }
  const run = { ...RUN, rested: new Set([]), shown: new Set([1, 2]), stops: [stop('kill', 900)] };
  const unexplained = compare(saved, truth, run).filter(({ excuse }) => excuse === null);
  assert.deepEqual(unexplained, []);
});

test('A page that is still shown after the background was killed has a visit', () => {
  const truth = truthOfTwoLoads();
  const saved = exportOf(truth);
  saved.visits.splice(1, 1);
  const run = { ...RUN, stops: [stop('kill', 500)] };
  const isExplained = (/** @type {number[]} */ shown) =>
    compare(saved, truth, { ...run, shown: new Set(shown) }).every(({ excuse }) => excuse !== null);
  assert.equal(isExplained([1]), true);
  assert.equal(isExplained([2]), false);
});

test('What a site’s record says beyond its worker explains as many requests that visits do not say, and no more', () => {
  const truth = truthOfTwoLoads();
  const saved = exportOf(truth);
  const asked = saved.contacts.filter(({ host }) => host === 'api.t1-1.co.uk');
  const [first, second] = asked;
  assert.ok(first && second);
  for (const { contacts } of truth.loads) {
    const frame = /** @type {const} */ ({ kind: 'frame', host: 'in.s0-1.fr' });
    for (const one of contacts.get('api.t1-1.co.uk') ?? []) one.way = [frame];
    for (const one of asked) one.brought_by = [frame];
  }
  saved.contacts.push({ ...first, visit_id: 'v-9', requests: 1, sent: 1, brought_by: [] });
  first.sent -= 1;
  const unexplained = () => compare(saved, truth, RUN).filter(({ excuse }) => excuse === null);
  assert.deepEqual(unexplained(), []);
  second.sent -= 1;
  assert.equal(unexplained().length, 2);
});

test('A worker’s script that was asked for explains one request beyond the log, and no more', () => {
  const truth = truthOfTwoLoads();
  truth.workerScripts.set(SITE, 1);
  const saved = exportOf(truth);
  const own = saved.contacts.filter(({ host }) => host === SITE);
  const unexplained = () => compare(saved, truth, RUN).filter(({ excuse }) => excuse === null).length;
  for (const [place, contact] of own.entries()) {
    contact.sent += 1;
    contact.requests += 1;
    assert.equal(unexplained(), place === 0 ? 0 : 2, `${place + 1} beyond the log`);
  }
});

test('A page that is prepared as its page is left may be taken for the next one’s, and no other request', () => {
  const truth = truthOfTwoLoads();
  const [left, next] = truth.loads;
  assert.ok(left && next);
  const prepared = reached(SITE, [], 'same-origin');
  prepared.entry.purpose = 'prefetch;prerender';
  prepared.entry.at = next.load.at + 30;
  left.contacts.set(SITE, [...(left.contacts.get(SITE) ?? []), prepared]);
  const saved = exportOf(truth);
  const row = (/** @type {string} */ id) => saved.contacts.find((one) => one.visit_id === id && one.host === SITE);
  const [before, after] = [row('v-1'), row('v-2')];
  assert.ok(before && after);
  const unexplained = () => compare(saved, truth, RUN).filter(({ excuse }) => excuse === null).length;
  before.sent -= 1;
  after.unknown += 1;
  assert.equal(unexplained(), 0);
  after.unknown += 1;
  assert.equal(unexplained(), 1);
  after.unknown -= 1;
  before.sent -= 1;
  assert.equal(unexplained(), 1);
  before.sent += 1;
  prepared.entry.at = next.load.at + 3_000;
  assert.equal(unexplained(), 2);
  const [asked] = next.contacts.get('cdn.t0-1.com') ?? [];
  assert.ok(asked);
  asked.entry.at = next.load.at + 3_100;
  assert.equal(unexplained(), 0, 'the next page was not there yet');
  asked.entry.at = next.load.at + 2_900;
  assert.equal(unexplained(), 2, 'the next page was there');
});

test('A worker’s script that is under way as the browser ends may stay so, and nothing else of the worker', () => {
  const truth = truthOfTwoLoads();
  truth.workerScripts.set(SITE, 1);
  const saved = exportOf(truth);
  const [worker] = saved.contacts.slice(-1);
  assert.ok(worker);
  const script = { ...worker, host: SITE, third_party: false, requests: 1, sent: 0, pending: 1 };
  saved.contacts.push(script);
  const run = { ...RUN, stops: [stop('restart', FAR_MS)] };
  const unexplained = (/** @type {typeof RUN} */ of) =>
    compare(saved, truth, of).filter(({ excuse }) => !excuse).length;
  assert.deepEqual([unexplained(run), unexplained(RUN)], [0, 1]);
  script.pending = 2;
  assert.equal(unexplained(run), 1);
});

test('A request of the log that no load can be charged with is found out', () => {
  const truth = truthOfTwoLoads();
  truth.stray.push(reached('who.t7-1.com').entry);
  assert.equal(compare(exportOf(truth), truth, RUN)[0]?.kind, 'stray');
});
