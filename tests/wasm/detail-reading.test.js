// Proves what is read of one site and of one third party: it adds up to the sums of its days wherever these are stored, can be ended and goes on,
// and says what is missing.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DetailReading } from '../../extension/detail-reading.js';
import { StoredSummary } from '../../extension/stored-summary.js';
import { closedBrowsing, closedBrowsingAndOne, missFirstDays, stoppedAfter } from './closed-browsing.js';
import { ALL, deleteRaw, raw, reader, SITES } from './stored-browsing.js';

const SITE = 'news.test';
const DOMAIN = `of-${SITE}`;

/** A reading of the days on which the third party was contacted, and what their sums say of it. */
async function begin() {
  const summary = await new StoredSummary(async () => reader).read();
  summary.choose(undefined, undefined);
  const days = summary.daysOfThirdParty(DOMAIN).map(({ day }) => day);
  const row = summary.thirdParty(DOMAIN);
  assert.ok(row);
  return { reading: new DetailReading(new reader.ThirdPartyDetail(DOMAIN), days), row };
}

/** A reading of the days of the site, and what their sums say of it. */
async function beginSite() {
  const summary = await new StoredSummary(async () => reader).read();
  summary.choose(undefined, undefined);
  const found = summary.daysOfSite(SITE);
  const pagesOfSite = new Map(found.map(({ day, visits }) => [day, visits]));
  const row = summary.site(SITE);
  assert.ok(row);
  const days = found.map(({ day }) => day);
  return { reading: new DetailReading(new reader.SiteDetail(SITE), days, { site: SITE, pagesOfSite }), row };
}

/** @param {DetailReading<import('../../extension/core/reader.js').ThirdPartyDetail>} reading */
function told({ detail }) {
  const { visits, requests } = detail.view();
  return { visits, requests, hosts: detail.hosts(ALL), chains: detail.chains(ALL) };
}

const NOTHING = { sent: 0, cached: 0, blocked: 0, failed: 0, unknown: 0, pending: 0 };

/** What is to be told after so many visits to the one site that asks the one host of it. @param {number} visits */
function expected(visits) {
  const outcomes = { ...NOTHING, sent: visits };
  const host = { host: `img.${DOMAIN}`, text: `img.${DOMAIN}`, visits, requests: visits, outcomes };
  return {
    visits,
    requests: visits,
    hosts: { total: 1, rows: [host] },
    chains: { total: 1, rows: [{ bySite: false, steps: [], visits, sites: 1 }] },
  };
}

test('A third party in full adds up to what the sums of its days say, of open and of closed days', async () => {
  await closedBrowsingAndOne(4, SITE);
  const { reading, row } = await begin();
  assert.equal(reading.isDone, false);
  await reading.read();
  assert.deepEqual([row.visits, row.requests], [5, 5]);
  assert.deepEqual(told(reading), expected(5));
  assert.deepEqual(reading.detail.view().types, [{ type: 'image', requests: 5 }]);
  assert.deepEqual([reading.days, reading.isDone], [{ all: 4, read: 4, notKept: 0 }, true]);
  assert.deepEqual(reading.detail.hosts({ ...ALL, offset: 1 }), { total: 1, rows: [] });
  assert.deepEqual(reading.detail.hosts({ ...ALL, search: 'NEWS' }).total, 1);
  assert.deepEqual(reading.detail.hosts({ ...ALL, search: 'shop' }), { total: 0, rows: [] });
  reading.free();
});

test('A reading that is stopped keeps what was read, and goes on from there with nothing counted twice', async () => {
  await closedBrowsing(4);
  const { reading } = await begin();
  await assert.rejects(reading.read(stoppedAfter(2)), { message: 'stopped' });
  assert.deepEqual([reading.days.read, reading.isDone], [2, false]);
  assert.deepEqual(told(reading), expected(2));
  await reading.read();
  assert.deepEqual(told(reading), expected(4));
});

test('A reading whose reader is gone while a day is fetched takes nothing more', async () => {
  await closedBrowsing(3);
  const { reading } = await begin();
  const stop = new AbortController();
  // The next day is asked for by then, and is not there yet.
  const onProgress = () => queueMicrotask(() => stop.abort(new Error('gone')));
  await assert.rejects(reading.read({ signal: stop.signal, onProgress }), { message: 'gone' });
  assert.deepEqual(told(reading), expected(1));
});

test('Of days whose sums alone are kept and of days that cannot be read, what is missing is told', async () => {
  await closedBrowsing(4);
  await missFirstDays();
  const { reading, row } = await begin();
  await reading.read();
  assert.equal(row.visits, 4);
  assert.deepEqual(told(reading), expected(2));
  assert.deepEqual(reading.detail.view().unreadable, { damaged: SITES.length, laterVersion: 0 });
  assert.deepEqual(reading.days, { all: 4, read: 4, notKept: 1 });
});

test('The requests of a site add up to what the sums of its days say, of open and of closed days', async () => {
  await closedBrowsingAndOne(4, SITE);
  const { reading, row } = await beginSite();
  assert.deepEqual(reading.detail.view().outcomes, NOTHING);
  await reading.read();
  assert.deepEqual([row.visits, row.requests], [5, 5]);
  assert.deepEqual(reading.detail.view(), {
    visits: 5,
    requests: 5,
    outcomes: { ...NOTHING, sent: 5 },
    types: [{ type: 'image', requests: 5 }],
    unreadable: { damaged: 0, laterVersion: 0 },
  });
  assert.deepEqual([reading.days, reading.isDone], [{ all: 4, read: 4, notKept: 0 }, true]);
  reading.free();
});

test('Of a site whose sums alone are kept on some days it is told of how many of its visits', async () => {
  await closedBrowsing(4);
  const [first] = (await raw()).days;
  assert.ok(first);
  await deleteRaw('days', first.day);
  const { reading, row } = await beginSite();
  await reading.read();
  const { visits, requests } = reading.detail.view();
  assert.deepEqual([row.visits, row.requests, visits, requests], [4, 4, 3, 3]);
  assert.deepEqual(reading.days, { all: 4, read: 4, notKept: 1 });
});

test('Of a day that cannot be read the page of a site misses its own visits alone, and not those of other sites', async () => {
  await closedBrowsing(4);
  await missFirstDays();
  const { reading, row } = await beginSite();
  await reading.read();
  const { visits, unreadable } = reading.detail.view();
  assert.deepEqual([row.visits, visits, unreadable], [4, 2, { damaged: 1, laterVersion: 0 }]);
  assert.equal(reading.days.notKept, 1);
});
