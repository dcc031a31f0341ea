// Proves what is said, and what still works, where a part of the product fails: the wasm, the store, the core.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { until } from '../drive/condition.js';
import { removeFolder } from '../drive/remove-folder.js';
import { axeViolations } from './axe.js';
import { widthFaults } from './fitting.js';
import { sentOf, visitsOf } from './saved-export.js';
import { builtExtension, Stage } from './stage.js';
import { assertBadge, assertPopupEqualsLog, contactedOf } from './truth.js';

describe('where_the_wasm_does_not_load', () => {
  /** @type {Stage} */
  let stage;
  /** @type {string} */
  let damaged;
  const startedAt = Date.now();
  before(async () => {
    damaged = await mkdtemp(path.join(os.tmpdir(), 'tiers-damaged-'));
    await cp(builtExtension(), damaged, { recursive: true });
    for (const part of ['counter', 'reader']) {
      const file = path.join(damaged, 'extension', 'core', `${part}-embedded.js`);
      const code = await readFile(file, 'utf8');
      // The first of the module's own sections becomes one that no wasm has; what stands around it stays valid.
      const broken = code.replace('AGFzbQEAAAA', 'AGFzbQEAAAD');
      assert.notEqual(broken, code, 'the embedded module begins as every wasm does');
      await writeFile(file, broken);
    }
    stage = await Stage.open({ extensionPath: damaged });
  });
  after(async () => {
    await stage?.close();
    await removeFolder(damaged);
  });

  test('the_popup_says_that_nothing_is_counted_since_when_and_what_to_do_and_the_badge_warns', async () => {
    const { tabId } = await stage.visit('https://uncounted.test/', {
      requests: [{ kind: 'image', url: 'https://img.uncounted-third.test/1.gif' }],
    });
    await assertBadge(stage, tabId, '!');
    const popup = await stage.popup(tabId);
    const { problems, domains, words } = await popup.read();
    assert.deepEqual(
      problems.map(({ kind }) => kind),
      ['coreUnavailable'],
    );
    assert.match(words, /The counter is not running/);
    assert.match(words, /Since \d/);
    assert.match(words, /Restart the browser/);
    assert.equal(domains, null, 'no number is shown');
    assert.deepEqual(await axeViolations(popup.page, 'popup without a counter'), []);
    assert.deepEqual(await widthFaults(popup.page), []);
    const said = await stage.driver.asExtension(
      (id) => chrome.runtime.sendMessage({ kind: 'popup', tabId: id }),
      tabId,
    );
    /** @type {import('../../extension/reply.js').Reply} */
    const reply = JSON.parse(said);
    assert.equal(reply.response, null);
    assert.ok((reply.sinceMs ?? 0) >= startedAt && (reply.sinceMs ?? 0) <= Date.now());
  });

  test('the_dashboard_says_that_it_cannot_read_what_is_stored', async () => {
    const dashboard = await stage.driver.openExtensionPage('extension/dashboard/dashboard.html');
    const notice = await dashboard.waitForSelector('[data-testid="problem"]', { visible: true });
    assert.match((await notice?.evaluate((element) => element.textContent)) ?? '', /could not be read/);
    assert.deepEqual(await axeViolations(dashboard, 'dashboard without a reader'), []);
    assert.deepEqual(await widthFaults(dashboard), []);
    await dashboard.close();
  });
});

describe('where_the_store_is_from_a_later_version', () => {
  /** @type {Stage} */
  let stage;
  before(async () => {
    stage = await Stage.open();
    await stage.driver.killBackground();
    await stage.driver.asExtension(async () => {
      const ended = (/** @type {IDBOpenDBRequest} */ request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
          request.onblocked = () => reject(new Error('another page holds the database'));
        });
      await ended(indexedDB.deleteDatabase('tiers'));
      const database = /** @type {IDBDatabase} */ (await ended(indexedDB.open('tiers', 999)));
      database.close();
    });
    // One that was woken meanwhile would still hold the store that it had.
    await stage.driver.killBackground();
    // Pages that come before the next one is up may be incomplete.
    await stage.driver.asExtension(() => chrome.runtime.sendMessage({ kind: 'flush' }));
  });
  after(() => stage?.close());

  test('the_popup_says_so_and_counting_goes_on_in_memory', async () => {
    const opened = await stage.visit('https://memory.test/', {
      requests: [{ kind: 'image', url: 'https://img.memory-third.test/1.gif' }],
    });
    const { shown } = await assertPopupEqualsLog(stage, opened, 'memory.test');
    assert.deepEqual(
      shown.problems.map(({ kind }) => kind),
      ['storeFromFuture'],
    );
    assert.match(shown.words, /The stored data is from a newer version of Tiers/);
    assert.match(shown.words, /Since \d/);
    assert.match(shown.words, /Update Tiers/);
  });

  test('the_store_is_left_as_it_is', async () => {
    const databases = await stage.driver.asExtension(() => indexedDB.databases());
    assert.deepEqual(
      databases.map(({ name, version }) => ({ name, version })),
      [{ name: 'tiers', version: 999 }],
    );
  });
});

describe('where_the_core_traps', () => {
  /** @type {Stage} */
  let stage;
  before(async () => {
    stage = await Stage.open({ extensionPath: builtExtension('trapping') });
  });
  after(() => stage?.close());

  test('counting_goes_on_the_request_at_fault_is_set_aside_and_both_are_said', async () => {
    const beganAt = Date.now();
    const { tabId, page } = await stage.visit('https://trapped.test/', {
      requests: [
        { kind: 'image', url: 'https://img.trapped-before.test/1.gif' },
        { kind: 'script', url: 'https://cdn.trapped-before.test/lib.js' },
      ],
    });
    const popup = await stage.popup(tabId);
    await popup.settled();
    // What is stored then tells of a page that is loading: of another background's end it must not be taken for a sign.
    await page.evaluate(() => fetch('https://api.trapped-before.test/x', { mode: 'no-cors' }));
    await stage.driver.asExtension(() => chrome.runtime.sendMessage({ kind: 'flush' }));
    await page.evaluate(async () => {
      await fetch('https://trap.test/x', { mode: 'no-cors' });
      await fetch('https://api.trapped-after.test/x', { mode: 'no-cors' });
    });
    await popup.until('what came after the trap', ({ domains }) => domains === 2);
    const shown = await popup.settled();
    assert.deepEqual(contactedOf(shown), { 'trapped-after.test': 1, 'trapped-before.test': 3 });
    assert.deepEqual(
      shown.gaps.map(({ reason }) => reason),
      ['coreRestarted'],
    );
    for (const { sinceMs } of shown.gaps) assert.ok(sinceMs >= beganAt && sinceMs <= Date.now());
    assert.deepEqual(
      shown.problems.map(({ kind }) => kind),
      ['eventsSetAside'],
    );
    await assertBadge(stage, tabId, '2+');
    const { saved } = await stage.exportAll();
    const [visit] = visitsOf(saved, 'trapped.test');
    assert.deepEqual(visit?.incomplete_reasons, ['core_restarted']);
    assert.deepEqual(sentOf(saved, visit?.visit_id ?? ''), {
      'api.trapped-after.test': 1,
      'api.trapped-before.test': 1,
      'cdn.trapped-before.test': 1,
      'img.trapped-before.test': 1,
    });
  });

  test('a_page_opened_after_a_trap_is_complete', async () => {
    const opened = await stage.visit('https://after-trap.test/', {
      requests: [{ kind: 'image', url: 'https://img.after-trap-third.test/1.gif' }],
    });
    const popup = await stage.popup(opened.tabId);
    await until('the page to be counted', async () => (await popup.read()).domains === 1);
    const { gaps } = await popup.settled();
    assert.deepEqual(gaps, []);
  });
});
