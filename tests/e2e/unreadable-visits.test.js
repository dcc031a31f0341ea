// Proves that a stored visit which cannot be read hides no other: the dashboard and the export go on without it, and say so.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { untilVisible } from './drawn.js';
import { digestOf, saveExport } from './saved-export.js';
import { Stage } from './stage.js';

/** @type {Stage} */
let stage;
/** @type {import('puppeteer-core').Page} */
let dashboard;
before(async () => {
  stage = await Stage.open();
  for (const site of ['damaged.test', 'later.test', 'sound.test']) {
    const { page, tabId } = await stage.visit(`https://www.${site}/`, {
      requests: [{ kind: 'image', url: `https://img.${site.replace('.', '-third.')}/1.gif` }],
    });
    await stage.counted(tabId);
    await page.close();
  }
  await stage.driver.asExtension(() => chrome.runtime.sendMessage({ kind: 'flush' }));
});
after(() => stage?.close());

/**
 * Writes over the bytes of a stored visit.
 * @param {string} site
 * @param {number[]} bytes from the first on; what follows stays
 */
async function writeOver(site, bytes) {
  const changed = await stage.driver.asExtension(
    async (of, first) => {
      const ended = (/** @type {IDBRequest} */ request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = /** @type {IDBDatabase} */ (await ended(indexedDB.open('tiers')));
      const visits = database.transaction('visits', 'readwrite').objectStore('visits');
      const found = await ended(visits.index('site').getAll(of));
      for (const visit of found) {
        visit.bytes.set(first);
        await ended(visits.put(visit));
      }
      database.close();
      return found.length;
    },
    site,
    bytes,
  );
  assert.equal(changed, 1, site);
}

async function openDashboard() {
  dashboard = await stage.driver.openExtensionPage('extension/dashboard/dashboard.html');
  await dashboard.waitForSelector('[data-drawn]');
  return dashboard.evaluate(() => {
    const find = (/** @type {string} */ id) => document.querySelector(`[data-testid="${id}"]`);
    const notice = find('unreadable');
    return {
      visits: find('total-visits')?.getAttribute('data-value'),
      domains: find('total-domains')?.getAttribute('data-value'),
      damaged: notice?.getAttribute('data-damaged'),
      later: notice?.getAttribute('data-later-version'),
      words: notice?.textContent ?? '',
      problem: find('problem')?.textContent ?? null,
    };
  });
}

test('nothing_is_said_where_every_visit_can_be_read', async () => {
  const { visits, words, problem } = await openDashboard();
  assert.deepEqual({ visits, words, problem }, { visits: '3', words: '', problem: null });
  await dashboard.close();
});

test('the_dashboard_shows_the_other_visits_and_says_how_many_are_missing_and_why', async () => {
  await writeOver('damaged.test', [1, 255, 255, 255, 255, 255]);
  await writeOver('later.test', [200]);
  const { words, ...shown } = await openDashboard();
  assert.deepEqual(shown, { visits: '1', domains: '1', damaged: '1', later: '1', problem: null });
  assert.match(words, /2 stored visits could not be read/);
  assert.match(words, /1 is damaged\./);
  assert.match(words, /1 was stored by a later version of Tiers: update Tiers/);
});

test('the_export_holds_the_other_visits_and_the_number_of_the_missing_and_the_page_says_so', async () => {
  const { saved, text } = await saveExport(dashboard, stage.downloads);
  assert.deepEqual(
    saved.visits.map(({ site }) => site),
    ['sound.test'],
  );
  assert.equal(saved.export.unreadable_visits, 2);
  assert.equal(digestOf(text), saved.integrity.digest);
  await untilVisible(dashboard, '[data-testid="action-status"]');
  const words = await dashboard.$eval('[data-testid="action-status"]', (status) => status.textContent ?? '');
  assert.match(
    words,
    /^Handed to the downloads, without 2 stored visits that could not be read\. 1 is damaged\. 1 was stored by a later/,
  );
  await dashboard.close();
});

test('counting_goes_on_beside_what_cannot_be_read', async () => {
  const { tabId } = await stage.visit('https://www.next.test/', {
    requests: [{ kind: 'image', url: 'https://img.next-third.test/1.gif' }],
  });
  await stage.counted(tabId);
  const { visits, damaged, later } = await openDashboard();
  assert.deepEqual({ visits, damaged, later }, { visits: '2', damaged: '1', later: '1' });
  await dashboard.close();
});
