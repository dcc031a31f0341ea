// Proves what is told of copies that were kept: on the disk over a restart of the browser, in the memory of an open page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertOutcomes, outcomesOf } from './assert-outcomes.js';
import { Stage } from './stage.js';

/** @typedef {import('../web/page-requests.js').PageRequest} PageRequest */

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/**
 * Declares an answer that may be kept.
 * @param {string} url
 * @param {string} type
 * @param {string | Uint8Array} [body]
 */
function keep(url, type, body = '') {
  stage.web.answer(url, { headers: { 'content-type': type, 'cache-control': 'max-age=600' }, body });
}

test('what_the_disk_kept_over_a_restart_of_the_browser_is_from_the_cache_and_left_for_nobody', async () => {
  keep('https://img.on-disk.test/1.gif', 'image/gif', GIF);
  keep('https://cdn.on-disk.test/lib.js', 'text/javascript');
  keep('https://css.on-disk-too.test/site.css', 'text/css');
  const requests = /** @type {PageRequest[]} */ ([
    { kind: 'image', url: 'https://img.on-disk.test/1.gif' },
    { kind: 'script', url: 'https://cdn.on-disk.test/lib.js' },
    { kind: 'stylesheet', url: 'https://css.on-disk-too.test/site.css' },
    { kind: 'image', url: 'https://img.never-kept.test/1.gif' },
  ]);
  await assertOutcomes(stage, await stage.visit('https://restarted.test/', { requests }), 'restarted.test', {
    'never-kept.test': { sent: 1 },
    'on-disk-too.test': { sent: 1 },
    'on-disk.test': { sent: 2 },
  });
  await stage.restart();
  const again = await stage.visit('https://restarted.test/');
  await assertOutcomes(stage, again, 'restarted.test', {
    'never-kept.test': { sent: 1 },
    'on-disk-too.test': { cached: 1 },
    'on-disk.test': { cached: 2 },
  });
});

test('an_image_that_an_open_page_shows_once_more_leaves_for_nobody', async () => {
  const image = 'https://img.in-memory.test/1.gif';
  keep(image, 'image/gif', GIF);
  const opened = await stage.visit('https://appends.test/', { requests: [{ kind: 'image', url: image }] });
  await assertOutcomes(stage, opened, 'appends.test', { 'in-memory.test': { sent: 1 } });
  const width = await opened.page.evaluate(async (src) => {
    const made = document.createElement('img');
    made.src = src;
    document.body.append(made);
    await made.decode();
    return made.naturalWidth;
  }, image);
  assert.equal(width, 1, 'it is shown');
  assert.equal(stage.web.log.since(opened.mark).filter(({ url }) => url === image).length, 1);
  const shown = await (await stage.popup(opened.tabId)).settled();
  // Chromium 156 and Firefox 153 tell nothing of it; that it came from a cache would be true as well.
  const { cached: _, ...others } = outcomesOf(shown)['in-memory.test'] ?? {};
  assert.deepEqual(others, { sent: 1 });
});
