// Proves the border between the core and JavaScript: what crosses, in which shape, and what an error looks like.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { exportOf } from './export-of.js';
import { coreFolder, freshCounter, freshPopup, freshReader, EMBEDDED_PARTS } from './core-module.js';

/** @typedef {import('../../extension/core/counter.js').Core} Core */

const AT = 1_767_225_600_000.75;

const ENVIRONMENT = {
  browser_name: 'Test',
  browser_version: null,
  os: null,
  language: null,
  time_zone: null,
  extension_version: null,
};

/**
 * A page with one third party.
 *
 * @param {Core} core
 * @param {string} [host]
 */
function load(core, host = 'cdn.third.test') {
  core.navigationStarted(1, 'www.news.test', 3, false, false, AT);
  core.requestAnswered(1, false);
  core.documentCommitted('DOC', '', 3, 0, true, '', false, 'https', 'www.news.test', AT);
  const key = core.documentKey('DOC', '', '', 3, 0, false, AT);
  const number = core.requestStarted(2, core.hostKey(host), key, core.typeCode('script'), AT);
  core.requestAnswered(2, false);
  return number;
}

const { popupView } = await freshPopup();

/** @param {Core} core */
function tab(core) {
  const response = core.answer({ kind: 'popup', tabId: 3 }, AT);
  assert.equal(response.kind, 'popup');
  return popupView(response.bytes).page;
}

/** @param {Core} core */
function popup(core) {
  const page = tab(core);
  assert.equal(page.kind, 'page');
  return page;
}

/** @param {unknown} value */
function assertPlain(value) {
  if (Array.isArray(value)) {
    for (const item of value) assertPlain(item);
  } else if (value !== null && typeof value === 'object') {
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    for (const item of Object.values(value)) assertPlain(item);
  } else {
    assert.ok(['string', 'number', 'boolean'].includes(typeof value) || value === null, String(value));
    if (typeof value === 'number') assert.ok(Number.isSafeInteger(value), String(value));
  }
}

/** No tab. */
const NONE = new Int32Array();

test('Views and badges are plain JSON: no Map, no bigint, no fraction', async () => {
  const { Core } = await freshCounter();
  const core = new Core('session');
  load(core);
  for (const value of [
    popup(core),
    core.answer({ kind: 'requests', tabId: 3, domain: 'third.test' }, AT),
    core.badges(),
  ]) {
    assertPlain(value);
    assert.deepEqual(JSON.parse(JSON.stringify(value)), value);
    assert.deepEqual(structuredClone(value), value);
  }
});

test('The method is plain JSON, and names the versions that an export names', async () => {
  const reader = await freshReader();
  const method = reader.method();
  assertPlain(method);
  const versions = Object.fromEntries(method.versions.map(({ kind, version }) => [kind, version]));
  const { saved } = await exportOf(reader, {});
  const [list] = saved.datasets;
  assert.deepEqual(versions, {
    rule: saved.method.version,
    format: saved.format_version,
    tiers: saved.producer.version,
    ...(saved.producer.commit && { commit: saved.producer.commit }),
    list: list.version,
    listDigest: list.sha256,
  });
});

test('A request counts by the number that it was given, and an unknown document says so', async () => {
  const { Core } = await freshCounter();
  const core = new Core('session');
  assert.ok(load(core) > 0);
  assert.equal(core.requestStarted(9, core.hostKey('a.test'), 4_000_000_000, 0, AT), 0xffff_ffff);
  assert.equal(core.requestAnswered(9, false), false);
  assert.equal(popup(core).totals.domains, 1);
});

test('A commit crosses with bytes that a next core takes up', async () => {
  const { Core } = await freshCounter();
  const core = new Core('session');
  load(core);
  const commit = core.commit(AT);
  assert.ok(commit);
  const live = core.live();
  core.stored();
  assert.ok(live instanceof Uint8Array);
  assert.ok(commit.visits[0]?.bytes instanceof Uint8Array);
  assert.deepEqual(
    Core.openVisits(live),
    commit.visits.map((visit) => visit.id),
  );
  const next = new Core('session');
  next.restore(
    live,
    commit.visits.map((visit) => visit.bytes),
    undefined,
    'background',
    NONE,
    AT,
  );
  assert.deepEqual(popup(next).domains, popup(core).domains);
});

test('Settings cross both ways', async () => {
  const { Core } = await freshCounter();
  const core = new Core('session');
  core.answer({ kind: 'setExcluded', site: 'news.test', excluded: true }, AT);
  core.answer({ kind: 'setRetention', visitsDays: 30, sumsDays: null }, AT);
  const settings = core.commit(AT)?.settings;
  assert.deepEqual(settings, {
    paused: false,
    excludedSites: ['news.test'],
    keepVisitsDays: 30,
    keepSumsDays: null,
  });
  const next = new Core('session');
  next.restore(undefined, [], settings ?? undefined, 'nothing', NONE, AT);
  load(next);
  assert.equal(tab(next).kind, 'excluded');
  assert.deepEqual([...next.expired(AT)], [next.today(AT) - 30, 0]);
  for (const wrong of [
    { kind: 'setRetention', visitsDays: -1, sumsDays: null },
    { kind: 'setRetention', visitsDays: '30', sumsDays: null },
    { kind: 'deleteDays', from: 9, to: 8 },
  ]) {
    assert.throws(() => core.answer(/** @type {any} */ (wrong), AT), { kind: 'shape' }, JSON.stringify(wrong));
  }
  // As a version before retention stored them.
  const older = new Core('session');
  older.restore(undefined, [], /** @type {any} */ ({ paused: true, excludedSites: [] }), 'nothing', NONE, AT);
  assert.deepEqual([...older.expired(AT)], [0, 0]);
});

test('An error is typed: it says which, and what happened', async () => {
  const { Core } = await freshCounter();
  const { ExportMaking } = await freshReader();
  const core = new Core('session');
  const kindOf = (/** @type {() => unknown} */ call) => {
    try {
      call();
    } catch (cause) {
      assert.ok(cause instanceof Error);
      assert.ok(cause.message.length > 10);
      return 'kind' in cause ? cause.kind : cause;
    }
    return 'nothing thrown';
  };
  const [visit, live] = [new Uint8Array([9, 1]), new Uint8Array([255, 1])];
  assert.equal(
    kindOf(() => Core.openVisits(live)),
    'snapshotVersion',
  );
  assert.equal(
    kindOf(() => Core.openVisits(new Uint8Array())),
    'snapshotDamaged',
  );
  assert.equal(
    kindOf(() => core.restore(undefined, [visit], undefined, 'nothing', NONE, AT)),
    'visitVersion',
  );
  assert.equal(
    kindOf(() => core.restore(undefined, [new Uint8Array([1, 200])], undefined, 'nothing', NONE, AT)),
    'nothing thrown',
    'a damaged visit is left out',
  );
  // What no caller of ours may say, and a message may hold all the same.
  const wrong = (/** @type {unknown} */ value) => /** @type {never} */ (value);
  assert.equal(
    kindOf(() => core.answer(wrong({ kind: 'steal' }), AT)),
    'shape',
  );
  assert.equal(
    kindOf(() => core.answer(wrong({ kind: 'popup' }), AT)),
    'shape',
  );
  assert.equal(
    kindOf(() => popupView(new Uint8Array([1, 200]))),
    'visitDamaged',
  );
  assert.equal(
    kindOf(() => new ExportMaking(undefined, wrong(7), AT, 'id')),
    'shape',
  );
  load(core);
  assert.equal(popup(core).totals.domains, 1, 'the core is well after it refused something');
});

test('Hosts that break plain objects, and hosts of 10 KB, cross as what they are', async () => {
  for (const host of ['__proto__', 'constructor', `${'a'.repeat(10_000)}.test`, '[2001:db8::1]', '\ud800broken']) {
    const { Core } = await freshCounter();
    const core = new Core('session');
    load(core, host);
    assert.equal(popup(core).domains[0]?.hosts[0]?.host, host.replace('\ud800', '\ufffd'));
  }
});

test('Numbers that are none do not harm the core', async () => {
  const { Core } = await freshCounter();
  const core = new Core('session');
  for (const odd of [NaN, -1, Infinity, 1e300]) {
    core.requestStarted(odd, 4_000_000_000, core.documentKey('DOC', '', '', 3, 0, false, AT), 65_535, odd);
    core.requestAnswered(odd, true);
    core.navigationStarted(odd, 'a.test', -1, true, false, odd);
    core.tabRemoved(-1, odd);
    core.tabsFound(Int32Array.of(-1), Int32Array.of(-1), odd);
    core.commit(odd);
  }
  load(core);
  assert.equal(popup(core).totals.domains, 1);
});

test('An export is the text of a file, with the stored visits in it', async () => {
  const { Core } = await freshCounter();
  const reader = await freshReader();
  const { Summary } = reader;
  const core = new Core('session');
  load(core);
  const stored = { visits: core.commit(AT)?.visits ?? [] };
  const { saved: file, unreadable } = await exportOf(reader, stored, { environment: ENVIRONMENT });
  assert.deepEqual(unreadable, { damaged: 0, laterVersion: 0 });
  assert.equal(file.format, 'tiers-export');
  assert.equal(file.environment.browser_name, 'Test');
  assert.deepEqual(
    file.contacts.map((/** @type {{ host: string }} */ row) => row.host),
    ['www.news.test', 'cdn.third.test'],
  );
  const summary = new Summary();
  for (const { day, bytes } of stored.visits) summary.addVisits(day, undefined, [bytes]);
  const view = summary.choose(undefined, undefined);
  const query = { search: 'THIRD', sort: /** @type {const} */ ('sites'), back: false, offset: 0, limit: 9 };
  for (const plain of [view, summary.days(), summary.thirdParties(query)]) assertPlain(plain);
  assert.equal(view.domains, 1);
  assert.deepEqual(
    [summary.thirdParties(query), summary.sitesWith('third.test', { ...query, search: '' })].map(({ total }) => total),
    [1, 1],
  );
});

test('Visits that cannot be read are counted by the reason, and the others cross', async () => {
  const { Core } = await freshCounter();
  const reader = await freshReader();
  const { Summary } = reader;
  const core = new Core('session');
  load(core);
  const [visit] = core.commit(AT)?.visits ?? [];
  assert.ok(visit);
  const damaged = [[1, 200], [], [255, 1]].map((bytes) => ({ ...visit, bytes: new Uint8Array(bytes) }));
  const stored = { visits: [visit, ...damaged] };
  const unreadable = { damaged: 2, laterVersion: 1 };
  const summary = new Summary();
  summary.addVisits(
    visit.day,
    undefined,
    stored.visits.map(({ bytes }) => bytes),
  );
  const view = summary.choose(undefined, undefined);
  assertPlain(view);
  assert.deepEqual({ visits: view.visits, unreadable: view.unreadable }, { visits: 1, unreadable });
  const exported = await exportOf(reader, stored);
  assertPlain(exported.unreadable);
  assert.deepEqual(exported.unreadable, unreadable);
  const file = exported.saved;
  assert.deepEqual([file.export.unreadable_visits, file.visits.length], [3, 1]);
});

test('An export names the commit that the reader was built from, where the build could know it', async (context) => {
  try {
    execFileSync('git', ['rev-parse', 'HEAD'], { stdio: 'ignore' });
  } catch {
    context.skip('no git, or none of its repositories');
    return;
  }
  const { saved } = await exportOf(await freshReader(), {});
  assert.match(saved.producer.commit, /^[0-9a-f]{40,64}(-dirty)?$/);
});

test('Each wasm that ships beside it is the one that is embedded, in both browsers', async () => {
  for (const browser of /** @type {const} */ (['chromium', 'firefox'])) {
    const folder = coreFolder(browser);
    for (const part of EMBEDDED_PARTS) {
      const embedded = await readFile(path.join(folder, `${part}-embedded.js`), 'utf8');
      const base64 = /wasmBase64 =\s*["']([A-Za-z0-9+/=]+)["']/.exec(embedded)?.[1];
      assert.ok(base64);
      assert.deepEqual(Buffer.from(base64, 'base64'), await readFile(path.join(folder, `${part}_bg.wasm`)));
    }
  }
});

test('A core that trapped is left, and the next instance counts', async () => {
  const module = await freshCounter('trapping/chromium');
  const core = new module.Core('session');
  assert.throws(() => load(core, 'trap.test'), WebAssembly.RuntimeError);
  module.__wbg_reset_state();
  const next = new module.Core('session');
  load(next);
  assert.equal(popup(next).totals.domains, 1);
  assert.throws(() => core.badges(), 'the core that trapped is not used again');
});

test('the_reader_writes_a_site_that_was_left_out_as_people_do', async () => {
  const reader = await freshReader();
  assert.equal(reader.hostText('xn--bcher-kva.de'), 'bücher.de');
  assert.equal(reader.hostText('news.test'), 'news.test');
});
