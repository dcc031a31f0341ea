// Proves that pages which read the store while the background writes to it and closes days see every visit once: in its day or beside it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { Stage } from '../e2e/stage.js';
import { hinderedExtension } from './hindered-extension.js';
import { addressOf, pageOf, saidOf } from './named-site.js';
import { soundExportThat } from './sound-store.js';
import { setClock } from './steps.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** So many days are closed, each with so many visits. */
const [DAYS, VISITS] = [4, 4];
/** Two pages that read without a rest leave a busy machine little for the background. */
const CLOSED_MS = 60_000;

/** @type {Stage} */
let stage;
/** @type {() => Promise<void>} */
let remove;
before(async () => {
  const extension = await hinderedExtension();
  remove = extension.remove;
  stage = await Stage.open({ extensionPath: extension.folder });
  await setClock(stage.driver, 0);
  // Right after an installation the browsers do not tell of everything.
  await stage.quiet();
});
after(async () => {
  await stage?.close();
  await remove?.();
});

/**
 * Has a page read the store again and again, with the extension's own reading and its own core.
 *
 * @param {import('puppeteer-core').Page} page of the extension
 */
function beginReading(page) {
  return page.evaluate(async () => {
    const files = ['export-making', 'live-stored', 'reader-instance', 'environment', 'stored-summary', 'database'];
    const [making, live, reader, environment, summary, database] = files.map((file) => `/extension/${file}.js`);
    const { makeExport } = await import(making ?? '');
    const { storeWhatIsLive } = await import(live ?? '');
    const { readerModule } = await import(reader ?? '');
    const { readEnvironment } = await import(environment ?? '');
    const { StoredSummary } = await import(summary ?? '');
    const { inDatabase, resultOf } = await import(database ?? '');
    const [core, here, sums] = [await readerModule(), await readEnvironment(), new StoredSummary()];
    const countDays = (/** @type {IDBDatabase} */ open) =>
      resultOf(open.transaction('days').objectStore('days').count());
    /** @type {{ total: number, summed: number, days: number, twice: number }[]} */
    const readings = [];
    Object.assign(window, { readings, isOver: false });
    void (async () => {
      while (!Reflect.get(window, 'isOver')) {
        await storeWhatIsLive();
        const days = await inDatabase(countDays);
        const { file } = await makeExport(core, { site: undefined, environment: here, nowMs: 0, id: 'reading' });
        const { visits } = JSON.parse(await file.text());
        const ids = new Set(visits.map((/** @type {{ visit_id: string }} */ { visit_id: id }) => id));
        const summed = (await sums.read()).choose(undefined, undefined).visits;
        readings.push({ total: ids.size, summed, days, twice: visits.length - ids.size });
      }
    })();
  });
}

/** How many closed days the page read last. @param {import('puppeteer-core').Page} page */
function lastRead(page) {
  return page.evaluate(() => /** @type {{ days: number }[]} */ (Reflect.get(window, 'readings')).at(-1)?.days);
}

/** @param {import('puppeteer-core').Page} page */
function endReading(page) {
  return page.evaluate(() => {
    Object.assign(window, { isOver: true });
    return /** @type {{ total: number, summed: number, days: number, twice: number }[]} */ (
      Reflect.get(window, 'readings')
    );
  });
}

test('two_pages_that_read_while_days_are_closed_see_each_visit_once_in_every_reading', async (context) => {
  const pages = [
    await stage.driver.openExtensionPage('extension/dashboard/dashboard.html'),
    await stage.driver.openExtensionPage('extension/dashboard/dashboard.html'),
  ];
  /** @type {string[]} */
  const names = [];
  for (const page of pages) await beginReading(page);
  for (let day = 0; day < DAYS; day += 1) {
    for (let number = 0; number < VISITS; number += 1) {
      const name = `day${day}-${number}`;
      names.push(name);
      const { page } = await stage.visit(addressOf(name), pageOf(name));
      await page.close();
    }
    await setClock(stage.driver, (day + 1) * DAY_MS);
    await until('the day to be closed', async () => (await stage.records('days')).length === day + 1, CLOSED_MS);
    for (const page of pages) {
      await until('the closed day to be read', async () => (await lastRead(page)) === day + 1, CLOSED_MS);
    }
  }
  for (const readings of await Promise.all(pages.map(endReading))) {
    const seen = new Set(readings.map(({ total, days }) => `${total} ${days}`));
    context.diagnostic(`${readings.length} readings, ${seen.size} states of the store`);
    assert.deepEqual(
      readings.filter(({ twice }) => twice !== 0),
      [],
      'readings in which a visit is there twice',
    );
    // What is only counted more is never seen less, also while it goes into its day.
    const fewer = readings.filter(({ total, summed }, place) => {
      const before = readings[place - 1];
      return before !== undefined && (total < before.total || summed < before.summed || summed < total);
    });
    assert.deepEqual(fewer, []);
    assert.equal(new Set(readings.map(({ days }) => days)).size, DAYS + 1, 'it was read before and after each closing');
  }
  await soundExportThat(stage, (saved) => {
    for (const name of names) {
      const { visits, missing, tooMuch, reasons } = saidOf(saved, stage.web.log.entries, name);
      assert.deepEqual([visits.length, missing, tooMuch, reasons], [1, [], [], []], name);
    }
  });
});
