// Proves, in the browsers, that a day that is over is closed with nothing lost, and that what is deleted then is gone. The days are real: the
// browser is started again where it is tomorrow.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { rawStore } from './raw-store.js';
import { Stage } from './stage.js';

/** 25 hours lie between them: whatever the moment, it is another day there. */
const [TODAY_ZONE, TOMORROW_ZONE] = ['Pacific/Pago_Pago', 'Pacific/Kiritimati'];

/** @type {Stage} */
let stage;
const zone = process.env['TZ'];
before(async () => {
  process.env['TZ'] = TODAY_ZONE;
  stage = await Stage.open();
});
after(async () => {
  await stage?.close();
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

/** @param {string} name */
async function visit(name) {
  const { page, tabId } = await stage.visit(`https://www.${name}.test/`, {
    requests: [{ kind: 'image', url: `https://img.${name}-third.test/1.gif` }],
  });
  await (await stage.popup(tabId)).settled();
  await page.close();
}

/** How many visits are stored beside their days, and what each day holds. */
async function recordsIn() {
  const [visits, days] = [await stage.records('visits'), await stage.records('days')];
  return { visits: visits.length, days: days.map((day) => day.visits) };
}

/** An export's rows, of whatever moment and name it is. */
async function exported() {
  const { saved } = await stage.exportAll();
  const { visits, contacts, contact_types: types, totals } = saved;
  return { visits, contacts, types, totals };
}

test('where_it_is_tomorrow_the_day_before_is_closed_and_the_export_is_the_same', async () => {
  for (const name of ['news', 'shop', 'secret']) await visit(name);
  await stage.quiet();
  assert.deepEqual(await recordsIn(), { visits: 3, days: [] });

  process.env['TZ'] = TOMORROW_ZONE;
  await stage.restart();
  const ended = await exported();
  assert.equal(ended.visits.length, 3);
  await visit('next');
  await until('the day before to be closed', async () => (await recordsIn()).days.length === 1, 30_000);
  assert.deepEqual(await recordsIn(), { visits: 1, days: [3] });

  const closed = await exported();
  const ofBefore = (/** @type {{ visit_id: string }} */ { visit_id: id }) =>
    ended.visits.some((visit) => visit.visit_id === id);
  assert.deepEqual(closed.visits.filter(ofBefore), ended.visits);
  assert.deepEqual(closed.contacts.filter(ofBefore), ended.contacts);
  assert.deepEqual(closed.types.filter(ofBefore), ended.types);
  assert.equal(closed.visits.length, 4);
});

test('what_is_deleted_of_a_closed_day_is_found_nowhere_in_the_store', async () => {
  const raw = await stage.driver.asExtension(rawStore);
  assert.ok(raw.includes('secret') && raw.includes('news'));
  await stage.driver.asExtension(() => chrome.runtime.sendMessage({ kind: 'deleteSite', site: 'secret.test' }));
  const left = await stage.driver.asExtension(rawStore);
  assert.ok(!left.includes('secret') && left.includes('news'));
  const { visits } = await exported();
  assert.deepEqual(visits.map(({ site }) => site).sort(), ['news.test', 'next.test', 'shop.test']);
});

test('a_background_that_is_killed_and_woken_goes_on_beside_closed_days', async () => {
  await stage.driver.killBackground();
  await visit('after');
  const { visits, totals } = await exported();
  assert.equal(visits.length, 4);
  assert.equal(totals.third_party_domains, 4);
});
