// Proves what of the graph stays as it is when something comes in between: new visits, a failure, another view, a choice in its panel.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { NEWS_MS } from './dashboard-screen.js';
import { untilIn } from './drawn.js';
import {
  begin,
  choose,
  end,
  filter,
  look,
  middle,
  openSettled,
  page,
  savedPicture,
  seen,
  visit,
} from './graph-page.js';

before(begin);
after(end);

test('a_finger_meets_a_node_a_little_beside_it_where_a_mouse_does_not', async () => {
  const { point } = await choose('third-party:fonts-third.test');
  const click = (/** @type {string} */ pointerType) =>
    page.evaluate(
      (type, clientX, clientY) => {
        const tap = new PointerEvent('click', { pointerType: type, clientX, clientY, bubbles: true });
        document.querySelector('[data-testid="graph"]')?.dispatchEvent(tap);
      },
      pointerType,
      point.x + 12,
      point.y,
    );
  await click('mouse');
  await seen('nothing to be chosen', ({ chosen }) => chosen === '');
  await click('touch');
  await seen('the node to be chosen', ({ chosen }) => chosen === 'third-party:fonts-third.test');
});

test('who_chooses_in_the_panel_reads_on_there_and_who_clears_is_led_to_the_graph', async () => {
  await choose('third-party:ads-third.test');
  await page.focus('[data-testid="graph-neighbour"]');
  await page.keyboard.press('Enter');
  const { focused } = await seen('a neighbour to be chosen', ({ panel }) => panel === 'site:news-site.test');
  assert.equal(focused, 'news-site.test');
  await page.focus('[data-testid="graph-clear"]');
  await page.keyboard.press('Enter');
  const cleared = await seen('nothing to be chosen', ({ panel }) => panel === '');
  assert.equal(cleared.focused, 'graph');
});

test('a_picture_of_a_part_says_so_and_its_names_do_not_depend_on_what_is_chosen', async () => {
  await choose('third-party:fonts-third.test');
  const namesOf = (/** @type {string} */ svg) =>
    [...svg.matchAll(/>([a-z]+-(?:site|third)\.test)</g)].map(([, name]) => name);
  assert.equal(namesOf(await savedPicture()).length, 6);
  const { scale } = await look();
  for (const times of [1.3, 1.8, 2.6, 3.6, 5]) {
    await page.click('[data-testid="graphCloser"]');
    await seen('it to be larger', (now) => now.scale > times * scale);
  }
  assert.match(await savedPicture(), /This picture shows a part of the graph\./);
});

/**
 * From now on layouts do not run.
 *
 * @param {string} message With which they fail; empty: they never end by themselves.
 */
function breakLayouts(message) {
  return page.evaluate((words) => {
    const { dataset } = document.documentElement;
    dataset['ended'] = 'false';
    const whole = Worker;
    class Broken extends EventTarget {
      constructor() {
        super();
        if (words !== '') setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: words })));
      }
      postMessage() {}
      terminate() {
        dataset['ended'] = 'true';
      }
    }
    Reflect.set(globalThis, 'Worker', Broken);
    addEventListener('mend', () => Reflect.set(globalThis, 'Worker', whole), { once: true });
  }, message);
}

test('a_layout_that_failed_is_tried_again_and_one_that_nobody_waits_for_ends', async () => {
  await openSettled();
  await breakLayouts('no room');
  await filter(2);
  const failure = () => page.$$eval('[data-testid="reading-failed"]', (said) => said.map((one) => one.textContent));
  const layOutAgain = async (/** @type {() => void} */ how, links = 5) => {
    await until('the failure to be said', async () => (await failure())[0]?.includes('no room'));
    await page.evaluate(() => dispatchEvent(new Event('mend')));
    await page.evaluate(how);
    await seen('it to be laid out after all', (now) => now.links === links && now.settled === 'true');
    await until('nothing more to be said', async () => (await failure()).length === 0);
    const isWaitedFor = () => page.$eval('[data-testid="graph-wait"]', (element) => element.checkVisibility());
    await until('nothing to be waited for', async () => !(await isWaitedFor()));
  };
  await layOutAgain(() => void document.dispatchEvent(new Event('visibilitychange')));
  await breakLayouts('no room');
  await filter(1);
  await layOutAgain(() => document.querySelector('[data-testid="read-again"]')?.dispatchEvent(new Event('click')), 6);
  await filter(2);
  await seen('it to be laid out', ({ links, settled }) => links === 5 && settled === 'true');
  await breakLayouts('');
  await filter(1);
  await page.click('#views a[data-view="overview"]');
  await untilIn(page, 'the end', () => document.documentElement.dataset['ended'] === 'true');
  await page.evaluate(() => dispatchEvent(new Event('mend')));
  await page.goBack();
  await seen('it to be laid out again', ({ links, settled }) => links === 6 && settled === 'true');
});

test('new_numbers_leave_the_zoom_the_nodes_and_the_focus_and_a_new_pair_grows_where_it_is', async () => {
  const { point } = await choose('third-party:ads-third.test');
  await page.mouse.move(point.x, point.y);
  await page.mouse.wheel({ deltaY: -240 });
  await page.mouse.down();
  await page.mouse.move(point.x + 40, point.y + 20, { steps: 4 });
  await page.mouse.up();
  await page.type('[data-testid="graph-find"]', 'third');
  await seen('three to be found', ({ found }) => found.startsWith('1 of 3 found'));
  await page.keyboard.press('Enter');
  await seen('the second', ({ found }) => found.startsWith('2 of 3 found'));
  await page.focus('[data-testid="graph-neighbour"]');
  const expected = await middle();
  const before = await seen('what was found in the middle', ({ chosenAt }) => chosenAt === expected);
  await visit('news', { ads: 3, stats: 1, fonts: 1 });
  await page.bringToFront();
  const after = await seen('the new visit in the table', ({ rows }) => rows[0]?.[1] === 6, NEWS_MS);
  for (const part of /** @type {const} */ (['scale', 'chosen', 'chosenAt', 'settled', 'found', 'focused', 'search'])) {
    assert.equal(after[part], before[part], part);
  }
  await visit('late', { ads: 1, maps: 1 });
  await page.bringToFront();
  const isGrown = (/** @type {import('./graph-page.js').Look} */ { links, settled }) =>
    links === 8 && settled === 'true';
  const grown = await seen('two links more', isGrown, NEWS_MS);
  assert.equal(grown.scale, before.scale);
  assert.equal(grown.chosen, before.chosen);
  assert.match(grown.found, /of 4 found/);
  const [x = 0, y = 0] = [grown.point.x - before.point.x, grown.point.y - before.point.y];
  assert.ok(Math.hypot(x, y) < 150, `what was there stays about there: ${x} ${y}`);
});
