// Proves what is left where the store is cleared or damaged under a background that counts: the counting goes on, what is shown is never
// too much, and of what is missing of a page that is still open something is said.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { BROWSER, Stage } from '../e2e/stage.js';
import { untilAtRest } from './at-rest.js';
import { addressOf, pageOf, saidOf } from './named-site.js';
import { clearSiteData, damage, deleteDatabase } from './store-damage.js';

/** The visit stays damaged, and the snapshot's damage is told for as long as its session lasts: so it is the last. */
const DAMAGES = /** @type {const} */ (['a damaged visit', 'no visit', 'no snapshot', 'a damaged snapshot']);

/** @type {Stage | null} */
let open = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

/**
 * A browser with a page that stays at rest, one that is to ask for more, and one that is closed, all of them stored.
 *
 * @returns {Promise<{ stage: Stage, rest: import('../e2e/stage.js').Opened, asking: import('../e2e/stage.js').Opened }>}
 */
async function begin() {
  const stage = await Stage.open();
  open = stage;
  const visit = (/** @type {string} */ name) => stage.visit(addressOf(name), pageOf(name));
  const [rest, asking, closed] = [await visit('rest'), await visit('asking'), await visit('closed')];
  await closed.page.close();
  await untilAtRest(stage);
  await stage.stored();
  return { stage, rest, asking };
}

/** What the export says of each site. @param {Stage} stage */
async function exported(stage) {
  const { saved } = await stage.exportAll();
  const of = (/** @type {string} */ name) => saidOf(saved, stage.web.log.entries, name);
  for (const { site } of saved.visits) assert.deepEqual(of(site.replace('.test', '')).tooMuch, [], site);
  const ids = saved.visits.map(({ visit_id: id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  return { of, unreadable: saved.export.unreadable_visits };
}

/** @param {import('./named-site.js').Said} said @param {string} name */
function assertWhole({ visits, missing, reasons }, name) {
  assert.deepEqual([visits.length, missing, reasons], [1, [], []], name);
}

/** @param {import('./named-site.js').Said} said @param {string} name */
function assertWholeOrIncomplete({ missing, reasons }, name) {
  if (reasons.length === 0) assert.deepEqual(missing, [], `${name}: no word of being incomplete`);
}

/** Asks for more in a page that is there, and opens another one. @param {Stage} stage @param {import('puppeteer-core').Page} page @param {string} fresh */
async function goOn(stage, page, fresh) {
  await page.evaluate((name) => fetch(`https://more-${name}.asking-third.test/`, { mode: 'no-cors' }), fresh);
  await stage.visit(addressOf(fresh), pageOf(fresh));
  await stage.quiet();
}

for (const [how, clear] of /** @type {const} */ ([
  ['an_own_page_deletes_the_database', deleteDatabase],
  ['the_browser_clears_the_site_data', clearSiteData],
])) {
  test(`counting_goes_on_where_${how}_and_what_is_gone_of_open_pages_is_counted_again_or_said_to_be_missing`, async () => {
    const { stage, rest, asking } = await begin();
    await clear(stage);
    await goOn(stage, asking.page, 'fresh');
    const { of } = await exported(stage);
    // What asks is stored again, with all that it asked for before.
    assertWhole(of('asking'), 'asking');
    assertWhole(of('fresh'), 'fresh');
    assert.equal(of('closed').visits.length, 0, 'what was cleared is gone');
    const shown = await (await stage.popup(rest.tabId)).settled();
    assert.deepEqual([shown.domains, shown.requests, shown.problems], [1, 3, []]);

    // The next background finds no record of the page at rest.
    await stage.driver.killBackground();
    await goOn(stage, asking.page, 'woken');
    const woken = await exported(stage);
    for (const name of ['asking', 'fresh', 'woken']) assertWholeOrIncomplete(woken.of(name), name);
    assert.equal(woken.of('rest').visits.length, 1);
    assertWholeOrIncomplete(woken.of('rest'), 'rest');
    const again = await (await stage.popup(rest.tabId)).settled();
    assert.ok(again.requests === 3 || again.atLeast, 'the popup says at least');
  });
}

test('a_background_that_finds_damage_in_the_place_of_what_it_stored_goes_on_and_says_so', async (context) => {
  const stage = await Stage.open();
  open = stage;
  const visit = (/** @type {string} */ name) => stage.visit(addressOf(name), pageOf(name));
  await (await visit('closed')).page.close();
  const asking = await visit('asking');
  await untilAtRest(stage);
  for (const [place, what] of DAMAGES.entries()) {
    context.diagnostic(what);
    const rest = await visit(`rest${place}`);
    await untilAtRest(stage);
    // A commit that is still to come would write a snapshot without damage.
    await stage.stored();
    await damage(stage, what, `rest${place}.test`);
    // Twice: what the first one met must not be met again.
    for (const time of ['first', 'second']) {
      await stage.driver.killBackground();
      await goOn(stage, asking.page, `${time}${place}`);
      const { of, unreadable } = await exported(stage);
      assert.equal(unreadable, 1, 'the damaged visit');
      assertWhole(of('closed'), what);
      for (const name of [`rest${place}`, 'asking', `${time}${place}`]) assertWholeOrIncomplete(of(name), what);
      // What was stored of other visits is as it was.
      assert.deepEqual(of('asking').missing, [], what);
      if (what.includes('snapshot')) assert.deepEqual(of(`rest${place}`).missing, [], what);
      const shown = await (await stage.popup(rest.tabId)).settled();
      assert.equal(shown.atLeast, true, what);
      const isTold = shown.problems.some(({ kind }) => kind === 'eventsSetAside');
      assert.equal(isTold, what === 'a damaged snapshot', what);
    }
  }
});

test('a_store_that_is_gone_when_the_browser_starts_is_made_anew', async () => {
  const stage = await Stage.open();
  open = stage;
  // A page that is still open would be stored again as soon as it is at rest, before or after the clearing.
  await (await stage.visit(addressOf('closed'), pageOf('closed'))).page.close();
  await untilAtRest(stage);
  await stage.stored();
  await clearSiteData(stage);
  await stage.restart();
  await stage.visit(addressOf('fresh'), pageOf('fresh'));
  await stage.quiet();
  const { of } = await exported(stage);
  assertWhole(of('fresh'), 'fresh');
  assert.equal(of('closed').visits.length, 0, BROWSER);
});
