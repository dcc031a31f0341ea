// Proves what becomes of the counts where the disk is full, on one that really is: counting goes on, it is said, and nothing is lost.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { stays, until } from '../drive/condition.js';
import { axeViolations } from './axe.js';
import { sentOf, visitsOf } from './saved-export.js';
import { SmallDisk } from './small-disk.js';
import { BROWSER, Stage } from './stage.js';
import { assertPopupEqualsLog } from './truth.js';

/** @typedef {import('../../extension/reply.js').Reply} Reply */

const mounted = await SmallDisk.mount();
const skip = typeof mounted === 'string' && mounted;
const disk = /** @type {SmallDisk} Where it is none, every test is skipped. */ (mounted);

/** @type {Stage | null} */
let open = null;
afterEach(async () => {
  await open?.close();
  open = null;
  if (!skip) await disk.empty();
});
after(() => (skip ? undefined : disk.unmount()));

/** @param {Partial<import('./stage.js').LaunchOptions>} [options] */
async function stageOnDisk(options) {
  open = await Stage.open({ userDataDir: await disk.newProfile(), ...options });
  return open;
}

/** @param {string} name @param {number} hosts @returns {import('../web/page-html.js').PageSpec} */
const withImages = (name, hosts) => ({
  requests: Array.from({ length: hosts }, (_, at) => ({
    kind: 'image',
    url: `https://img${at}.${name}-third.test/1.gif`,
  })),
});

/**
 * What the background replies.
 * @param {Stage} stage
 * @param {import('../../extension/core/types.js').Request} request
 * @returns {Promise<Reply>}
 */
async function ask(stage, request) {
  return JSON.parse(await stage.driver.asExtension((message) => chrome.runtime.sendMessage(message), request));
}

/** @param {Stage} stage */
function untilSaved(stage) {
  return until('everything to be saved', async () => {
    const { response, problems } = await ask(stage, { kind: 'flush' });
    return response !== null && problems.every(({ kind }) => kind !== 'storeFull');
  });
}

/**
 * Opens a page and waits until it is counted.
 * @param {Stage} stage
 * @param {string} name
 * @param {number} [hosts]
 */
async function visit(stage, name, hosts = 3) {
  const opened = await stage.visit(`https://${name}.test/`, withImages(name, hosts));
  const { shown, truth } = await assertPopupEqualsLog(stage, opened, `${name}.test`);
  return { ...opened, name, shown, hosts: truth.hosts };
}

/**
 * Longer than the clock waits to try again (5 s), after which Firefox tidies the files of a store that rests (2 s), and finds room in
 * them.
 */
const TIDIED_AFTER_MS = 8_000;

/**
 * Fills the disk, and opens pages until the browser has no room for what is counted, and finds none in a file that it tidies either.
 * @param {Stage} stage
 */
async function fillUp(stage) {
  await disk.fill();
  const pages = [];
  for (let inVain = 0; ;) {
    pages.push(await visit(stage, `full${pages.length}`, 40));
    const reply = await ask(stage, { kind: 'flush' });
    inVain = reply.problems.length > 0 ? inVain + 1 : 0;
    assert.equal(reply.response === null, inVain > 0, 'nobody is told that it is saved where it is not');
    if (inVain < 4) continue;
    if (BROWSER === 'firefox') await rest(TIDIED_AFTER_MS);
    const { response } = await ask(stage, { kind: 'flush' });
    if (response === null) return { pages, reply };
    inVain = 0;
  }
}

/**
 * Holds what is exported of each page against the log.
 * @param {Stage} stage
 * @param {{ name: string, hosts: Record<string, number> }[]} pages
 */
async function assertExported(stage, pages) {
  const { saved } = await stage.exportAll();
  for (const { name, hosts } of pages) {
    const visits = visitsOf(saved, `${name}.test`);
    assert.deepEqual(
      visits.map(({ visit_id: id }) => sentOf(saved, id)),
      [hosts],
      `what is exported of ${name}.test`,
    );
  }
  assert.equal(saved.visits.length, pages.length);
  return saved;
}

/** @param {'en' | 'fr'} language @returns {Promise<Record<string, { message: string }>>} */
async function wordsOf(language) {
  const file = path.join(import.meta.dirname, '..', '..', '_locales', language, 'messages.json');
  return JSON.parse(await readFile(file, 'utf8'));
}

test(
  'on_a_full_disk_counting_goes_on_and_once_there_is_room_everything_is_saved_and_outlives_a_restart',
  { skip },
  async () => {
    const stage = await stageOnDisk();
    const kept = await visit(stage, 'kept');
    await untilSaved(stage);
    const filledAt = Date.now();
    const { pages, reply } = await fillUp(stage);
    assert.deepEqual(
      reply.problems.map(({ kind }) => kind),
      ['storeFull'],
    );
    assert.ok((reply.sinceMs ?? 0) >= filledAt && (reply.sinceMs ?? 0) <= Date.now());
    const more = await visit(stage, 'more');
    assert.deepEqual(
      more.shown.problems.map(({ kind }) => kind),
      ['storeFull'],
    );
    pages.push(more);
    // What is over is in memory alone.
    await pages.at(-2)?.page.close();
    await disk.empty();
    await untilSaved(stage);
    const last = await visit(stage, 'last');
    assert.deepEqual(last.shown.problems, []);
    const all = [kept, ...pages, last];
    const before = await assertExported(stage, all);
    assert.deepEqual(
      before.visits.flatMap((one) => one.incomplete_reasons),
      [],
    );

    await stage.restart();
    await assertExported(stage, all);
    const next = await visit(stage, 'next');
    assert.deepEqual(next.shown.problems, []);
    await untilSaved(stage);
    await assertExported(stage, [...all, next]);
  },
);

for (const language of /** @type {const} */ (['en', 'fr'])) {
  test(
    `the_popup_and_the_dashboard_say_in_${language}_that_the_disk_is_full_since_when_and_what_to_do`,
    { skip },
    async () => {
      const words = await wordsOf(language);
      const said = ['storeFullTitle', 'storeFullText', 'storeFullAdvice'].map((key) => words[key]?.message ?? key);
      const stage = await stageOnDisk({ language });
      const kept = await visit(stage, 'kept');
      await untilSaved(stage);
      await fillUp(stage);
      const popup = await stage.popup(kept.tabId);
      const shown = await popup.until('the problem', ({ problems }) => problems.length > 0);
      assert.deepEqual(
        shown.problems.map(({ kind }) => kind),
        ['storeFull'],
      );
      for (const one of said) assert.ok(shown.words.includes(one), `“${one}” in ${shown.words.slice(0, 500)}`);
      assert.match(shown.words, language === 'en' ? /Since \d/ : /Depuis \S/);
      assert.deepEqual(await axeViolations(popup.page, 'popup on a full disk'), []);

      const dashboard = await stage.driver.openExtensionPage('extension/dashboard/dashboard.html');
      const text = await until('the dashboard to show what is stored, and the problem', async () => {
        const { rows, notice } = await dashboard.evaluate(() => ({
          rows: document.querySelectorAll('[data-testid="site-row"]').length,
          notice: document.querySelector('[data-testid="problem"][data-kind="storeFull"]')?.textContent ?? '',
        }));
        return rows > 0 && notice !== '' ? notice : null;
      });
      for (const one of said) assert.ok(text.includes(one), `“${one}” in ${text}`);
      assert.deepEqual(await axeViolations(dashboard, 'dashboard on a full disk'), []);
      await dashboard.close();
    },
  );
}

test('what_is_deleted_on_a_full_disk_is_said_to_be_gone_only_once_it_is', { skip }, async () => {
  const stage = await stageOnDisk();
  const kept = await visit(stage, 'kept');
  const gone = await visit(stage, 'gone');
  await gone.page.close();
  await untilSaved(stage);
  await disk.fill();
  const refused = await ask(stage, { kind: 'deleteSite', site: 'gone.test' });
  const storedSites = async () => (await stage.inStore()).map(({ site }) => site);
  if (refused.response === null) assert.equal(refused.error?.kind, 'notStored');
  else assert.deepEqual(await storedSites(), ['kept.test']);
  await disk.empty();
  await untilSaved(stage);
  assert.deepEqual(await storedSites(), ['kept.test']);
  await assertExported(stage, [kept]);
});

test(
  'there_is_room_to_delete_where_there_is_none_to_write',
  { skip: skip || (BROWSER === 'firefox' && 'Firefox writes as long as there is any room, whatever it is for') },
  async () => {
    const stage = await stageOnDisk();
    const gone = await visit(stage, 'gone');
    await gone.page.close();
    await untilSaved(stage);
    await disk.fillBut(24);
    const kept = await visit(stage, 'kept');
    const { response, problems } = await ask(stage, { kind: 'deleteSite', site: 'gone.test' });
    assert.deepEqual(response, { kind: 'done' });
    assert.deepEqual(
      problems.map(({ kind }) => kind),
      ['storeFull'],
    );
    assert.deepEqual(await stage.inStore(), []);
    await disk.empty();
    await untilSaved(stage);
    await assertExported(stage, [kept]);
  },
);

test('a_background_that_is_killed_on_a_full_disk_leaves_the_word_of_what_went_with_it', { skip }, async () => {
  const stage = await stageOnDisk();
  const kept = await visit(stage, 'kept');
  await untilSaved(stage);
  const filledAt = Date.now();
  const { pages } = await fillUp(stage);
  const lost = await visit(stage, 'lost');
  await lost.page.close();
  await ask(stage, { kind: 'flush' });
  await stage.driver.killBackground();
  const givenUp = await until('the next background to say so', async () => {
    const { problems } = await ask(stage, { kind: 'flush' });
    return problems.find(({ kind }) => kind === 'countsGivenUp');
  });
  assert.match(givenUp.detail, /^Visits: [1-9]/);
  assert.ok((givenUp.sinceMs ?? 0) >= filledAt && (givenUp.sinceMs ?? 0) <= Date.now());
  await disk.empty();
  await untilSaved(stage);
  const { saved } = await stage.exportAll();
  assert.deepEqual(visitsOf(saved, 'lost.test'), [], 'it is among those that are told');
  for (const { name, hosts } of [kept, ...pages]) {
    for (const visit of visitsOf(saved, `${name}.test`)) {
      if (visit.complete) assert.deepEqual(sentOf(saved, visit.visit_id), hosts, 'equal to the log, or marked');
    }
  }
});

test(
  'a_background_that_has_what_it_cannot_save_is_not_stopped_for_being_idle',
  {
    skip: skip || (BROWSER === 'chromium' && 'Chromium’s worker is idle after 30 s, which nothing shortens'),
  },
  async () => {
    // Longer than the clock waits to try again (5 s).
    const idleMs = 7_000;
    const stage = await stageOnDisk({ prefs: { 'extensions.background.idle.timeout': idleMs } });
    const { pages } = await fillUp(stage);
    // More than there can be room for in what a closed page or a tidied file gives back.
    for (let more = 0; more < 8; more += 1) pages.push(await visit(stage, `more${more}`, 60));
    await stays('a background that is alive', () => stage.driver.backgroundAlive(), 3 * idleMs);
    const left = await stage.driver.asExtension(() => chrome.storage.session.get('unstoredVisits'));
    assert.ok(left['unstoredVisits'], 'it had something to save all the time');
    await disk.empty();
    await untilSaved(stage);
    await assertExported(stage, pages);
    await until('the background to sleep once all is saved', async () => !(await stage.driver.backgroundAlive()));
  },
);

test(
  'a_write_that_finds_no_room_all_the_same_costs_nothing_of_what_is_stored',
  {
    skip:
      skip ||
      (BROWSER === 'firefox' && 'Firefox’ database withstands it: the tests above fill the disk under its writes'),
  },
  async () => {
    const stage = await stageOnDisk();
    const kept = await visit(stage, 'kept');
    await untilSaved(stage);
    // The disk fills up right after it was asked how much room it has.
    const worker = await until('the worker', async () => {
      const target = stage.driver.browser.targets().find((one) => one.type() === 'service_worker');
      return (await target?.worker()) ?? null;
    });
    await worker.evaluate(() => {
      const { estimate } = StorageManager.prototype;
      StorageManager.prototype.estimate = async () => {
        StorageManager.prototype.estimate = estimate;
        return { usage: 0 };
      };
    });
    await disk.fill();
    const torn = await visit(stage, 'torn');
    await until('a write to fail', async () => {
      const { problems } = await ask(stage, { kind: 'flush' });
      return problems.some(({ kind }) => kind === 'storeFull');
    });
    await disk.empty();
    await untilSaved(stage);
    await assertExported(stage, [kept, torn]);
    await stage.restart();
    await assertExported(stage, [kept, torn]);
  },
);
