// Proves the graph of sites and third parties against known visits: what is drawn, what a hand and the keys do, what the address keeps.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { untilIn } from './drawn.js';
import {
  begin,
  choose,
  end,
  filter,
  frame,
  look,
  middle,
  open,
  openSettled,
  page,
  savedPicture,
  seen,
  stage,
  visit,
} from './graph-page.js';
import { BROWSER } from './stage.js';

/** @typedef {import('./graph-page.js').Look} Look */

before(begin);
after(end);

test('the_graph_has_each_site_and_third_party_that_met_and_a_link_for_each_pair', async () => {
  const { nodes, links, names, summary, rows } = await openSettled();
  assert.deepEqual([nodes, links, names], [6, 6, 6]);
  assert.equal(summary, '3 sites · 3 third parties · 6 links.');
  assert.deepEqual(rows, [
    ['news-site.test ads-third.test', 3, 1],
    ['shop-site.test stats-third.test', 2, 1],
    ['blog-site.test ads-third.test', 1, 1],
    ['news-site.test fonts-third.test', 1, 1],
    ['news-site.test stats-third.test', 1, 1],
    ['shop-site.test ads-third.test', 1, 1],
  ]);
});

test('the_table_of_links_can_be_sorted_and_searched', async () => {
  await openSettled('&sort=third-party&search=news');
  const names = (/** @type {Look} */ { rows }) => rows.map(([name]) => name);
  assert.deepEqual(names(await look()), [
    'news-site.test ads-third.test',
    'news-site.test fonts-third.test',
    'news-site.test stats-third.test',
  ]);
  await openSettled('&sort=site');
  assert.deepEqual(names(await look())[0], 'blog-site.test ads-third.test');
});

test('the_filter_leaves_what_was_met_on_so_many_sites_and_is_in_the_address', async () => {
  await openSettled();
  await filter(2);
  const filtered = await seen('four links fewer', ({ links, settled }) => links === 5 && settled === 'true');
  assert.equal(filtered.summary, '3 sites · 2 third parties · 5 links. Met on at least 2 sites: 2 of 3 third parties.');
  assert.match(filtered.search, /min=2/);
  await stage.driver.reload(page);
  const again = await seen('the same after a reload', ({ links, settled }) => links === 5 && settled === 'true');
  assert.deepEqual(again.rows, filtered.rows);
  await open('&min=4');
  const none = await seen('that nothing is left', (now) => now.none !== '');
  assert.equal(none.none, 'No third party was met on at least 4 sites. Show all third parties');
});

test('a_search_finds_a_name_brings_it_into_the_middle_and_a_reload_shows_it_again', async () => {
  await openSettled();
  await page.type('[data-testid="graph-find"]', 'stats');
  const expected = await middle();
  const found = await seen('the name in the middle', ({ chosenAt }) => chosenAt === expected);
  assert.equal(found.chosen, 'third-party:stats-third.test');
  assert.equal(found.panel, 'third-party:stats-third.test');
  assert.match(found.said, /stats-third\.testMet on 2 sites · 3 requests/);
  assert.match(found.search, /node=third-party%3Astats-third\.test/);
  await stage.driver.reload(page);
  await seen('the same to be chosen', ({ chosen, settled }) => settled === 'true' && chosen === found.chosen);
  await page.type('[data-testid="graph-find"]', 'nobody');
  await seen('that nothing is found', (now) => now.found === 'Nothing in the graph matches “nobody”.');
});

test('a_reload_gives_the_same_picture', async () => {
  const first = await choose('site:news-site.test');
  await stage.driver.reload(page);
  const second = await seen('the graph again', ({ settled }) => settled === 'true');
  assert.notEqual(first.chosenAt, '');
  assert.equal(second.chosenAt, first.chosenAt);
});

test('a_hand_moves_a_node_and_a_click_chooses_and_clears', async () => {
  const { point, chosenAt } = await choose('third-party:ads-third.test');
  const [x = 0, y = 0] = chosenAt.split(' ').map(Number);
  await page.mouse.move(point.x, point.y);
  await page.mouse.down();
  for (let step = 1; step <= 10; step += 1) await page.mouse.move(point.x + 6 * step, point.y - 3 * step);
  await page.mouse.up();
  const expected = `${(x + 60).toFixed(1)} ${(y - 30).toFixed(1)}`;
  const moved = await seen('the node where it was put', (now) => now.chosenAt === expected);
  assert.equal(moved.chosen, 'third-party:ads-third.test');
  await page.keyboard.press('Escape');
  await page.focus('[data-testid="graph"]');
  await page.keyboard.press('Escape');
  await seen('nothing to be chosen', ({ chosen, search }) => chosen === '' && !search.includes('node='));
  await page.mouse.click(moved.point.x, moved.point.y);
  await seen('the node to be chosen', ({ chosen }) => chosen === 'third-party:ads-third.test');
  const { x: left, y: top } = await frame();
  await page.mouse.click(left + 3, top + 3);
  await seen('a click beside all to clear', ({ chosen, panel }) => chosen === '' && panel === '');
});

test('the_wheel_zooms_with_ctrl_where_the_pointer_is_and_a_hand_moves_the_whole', async () => {
  const before = await choose('site:shop-site.test');
  await page.mouse.move(before.point.x, before.point.y);
  await page.keyboard.down('Control');
  await page.mouse.wheel({ deltaY: -240 });
  await page.keyboard.up('Control');
  const closer = await seen('it to be larger', ({ scale }) => scale > before.scale);
  const away = Math.hypot(closer.point.x - before.point.x, closer.point.y - before.point.y);
  assert.ok(away < 2, `what is under the pointer stays there: ${away}`);
  const { x: left, y: top } = await frame();
  await page.mouse.move(left + 4, top + 4);
  await page.mouse.down();
  await page.mouse.move(left + 24, top + 34, { steps: 4 });
  await page.mouse.up();
  const [x = 0, y = 0] = closer.chosenAt.split(' ').map(Number);
  const expected = `${(x + 20).toFixed(1)} ${(y + 30).toFixed(1)}`;
  const panned = await seen('the whole to be moved', ({ chosenAt }) => chosenAt === expected);
  assert.equal(panned.chosen, 'site:shop-site.test');
});

test('the_wheel_alone_scrolls_the_page', async () => {
  const { point, scale } = await choose('site:shop-site.test');
  await page.mouse.move(point.x, point.y);
  await page.mouse.wheel({ deltaY: 240 });
  await until('the page to be scrolled', () => page.evaluate(() => scrollY > 0));
  assert.equal((await look()).scale, scale);
});

/**
 * Moves fingers from where they are put down to where they are lifted.
 * @param {[from: { x: number, y: number }, to: { x: number, y: number }][]} fingers
 */
async function swipe(...fingers) {
  const session = await page.createCDPSession();
  const send = (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, /** @type {number} */ part) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        type === 'touchEnd'
          ? []
          : fingers.map(([from, to], id) => ({
              id,
              x: from.x + (to.x - from.x) * part,
              y: from.y + (to.y - from.y) * part,
            })),
    });
  await send('touchStart', 0);
  for (let step = 1; step <= 10; step += 1) await send('touchMove', step / 10);
  await send('touchEnd', 1);
  await session.detach();
}

const noFingers = BROWSER === 'firefox' && 'its driver has no fingers';

test('one_finger_scrolls_the_page_or_moves_the_node_that_it_meets_and_two_zoom', { skip: noFingers }, async () => {
  await page.setViewport({ width: 1100, height: 800, hasTouch: true });
  const { point, chosenAt, scale } = await choose('third-party:ads-third.test');
  const scrolled = () => page.evaluate(() => scrollY);
  await swipe([point, { x: point.x + 60, y: point.y - 30 }]);
  const [x = 0, y = 0] = chosenAt.split(' ').map(Number);
  const expected = `${(x + 60).toFixed(1)} ${(y - 30).toFixed(1)}`;
  await seen('the node where it was put', (now) => now.chosenAt === expected);
  assert.equal(await scrolled(), 0);
  const { x: left, y: top, height } = await frame();
  const corner = { x: left + 6, y: top + height - 6 };
  await page.evaluate(() => {
    addEventListener('scrollend', () => (document.documentElement.dataset['scrolled'] = 'true'), { once: true });
  });
  await swipe([corner, { x: corner.x, y: corner.y - 200 }]);
  // It rolls on for a while.
  await untilIn(page, 'the page to have been scrolled', () => document.documentElement.dataset['scrolled'] === 'true');
  const before = await scrolled();
  assert.ok(before > 0);
  const same = await look();
  assert.deepEqual([same.scale, same.chosenAt], [scale, expected]);
  const at = await frame();
  const first = { x: at.x + 6, y: at.y + at.height - 60 };
  await swipe(
    [first, first],
    [
      { x: first.x, y: first.y - 60 },
      { x: first.x, y: first.y - 180 },
    ],
  );
  await seen('it to be larger', (now) => now.scale > scale);
  assert.equal(await scrolled(), before);
  await page.setViewport({ width: 1100, height: 800 });
});

test('the_keys_lead_from_neighbour_to_neighbour_zoom_and_open_the_page', async () => {
  const whole = await openSettled();
  await page.focus('[data-testid="graph"]');
  await page.keyboard.press('ArrowRight');
  const first = await seen('the largest to be chosen', ({ chosen }) => chosen !== '');
  assert.ok(['site:news-site.test', 'third-party:ads-third.test'].includes(first.chosen ?? ''), first.chosen);
  const neighbours = await page.$$eval('[data-testid="graph-neighbour"]', (all) =>
    all.map((one) => one.getAttribute('data-name')),
  );
  assert.equal(neighbours.length, 3);
  const met = new Set();
  for (const key of /** @type {const} */ (['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'])) {
    await page.keyboard.press(key);
    // The panel is drawn in the key's own turn, the canvas in the next frame.
    met.add((await look()).panel);
    await page.keyboard.press('Home');
    await seen('the largest again', ({ chosen, panel }) => chosen === first.chosen && panel === first.chosen);
  }
  assert.ok(
    neighbours.some((name) => met.has(name)),
    [...met].join(' '),
  );
  await page.keyboard.press('+');
  await seen('it to be larger', ({ scale }) => scale > whole.scale);
  await page.keyboard.press('-');
  await page.keyboard.press('-');
  await seen('it to be smaller', ({ scale }) => scale < whole.scale);
  await page.keyboard.press('0');
  await seen('all of it again', ({ scale }) => scale === whole.scale);
  await page.keyboard.press('Enter');
  await seen('the page of the name', ({ title }) => title === first.chosen?.replace(/.*:/, ''));
});

test('the_picture_has_each_node_and_a_caption_that_cites_the_method', async () => {
  await openSettled();
  const svg = await savedPicture();
  const shapes = [...svg.matchAll(/<(rect|circle)[^>]* data-name="([^"]+)"/g)].map(
    ([, shape, name]) => `${shape} ${name}`,
  );
  assert.deepEqual(shapes.sort(), [
    'circle ads-third.test',
    'circle fonts-third.test',
    'circle stats-third.test',
    'rect blog-site.test',
    'rect news-site.test',
    'rect shop-site.test',
  ]);
  assert.equal(svg.match(/M[\d.]+ [\d.]+L/g)?.length, 6);
  for (const words of ['How this is counted', '3 sites', '>news-site.test</text>'])
    assert.ok(svg.includes(words), words);
  assert.ok(!svg.includes('a part of the graph'));
});

test('of_more_third_parties_than_can_be_read_those_are_shown_that_were_met_on_more_sites_until_the_reader_chooses', async () => {
  const crowd = Array.from({ length: 160 }, (_, at) => [`n${at}`, 1]);
  await visit('crowd', { ads: 1, ...Object.fromEntries(crowd) });
  await stage.quiet();
  const readable = await openSettled();
  const words = 'Met on at least 2 sites: 2 of 163 third parties. Chosen so that the graph can be read; 1 shows all.';
  assert.equal(readable.summary, `4 sites · 2 third parties · 6 links. ${words}`);
  const least = () =>
    page.$eval('[data-testid="graph-least"]', (field) => /** @type {HTMLInputElement} */ (field).value);
  assert.equal(await least(), '2');
  await filter(1);
  const all = await seen('all of them', ({ nodes, settled }) => nodes === 4 + 163 && settled === 'true');
  assert.match(all.search, /min=1/);
  assert.equal(all.summary, '4 sites · 163 third parties · 167 links.');
  for (const nothing of ['0', '']) {
    await page.$eval(
      '[data-testid="graph-least"]',
      (field, typed) => {
        if (!(field instanceof HTMLInputElement)) throw new Error('This is no field.');
        field.value = typed;
        for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind));
      },
      nothing,
    );
    assert.equal(await least(), '1', `of “${nothing}”, which is left`);
  }
  await stage.driver.reload(page);
  await seen('the same after a reload', ({ nodes }) => nodes === 4 + 163);
});
