// Proves the pictures of the daily chart: whole, with the true numbers and the method that they were counted by.
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { downloadedFile } from '../drive/download.js';
import { begin, end, open, page, screen, stage } from './day-chart-page.js';

/** As in `design.css`, in the light colours. */
const [PAPER, MEASURE] = [
  [253, 253, 251],
  [77, 104, 207],
];

before(begin);
after(end);

/** @param {'picture-svg' | 'picture-png'} button */
async function saved(button) {
  await page.evaluate((testid) => {
    const element = document.querySelector(`[data-testid="${testid}"]`);
    if (element instanceof HTMLElement) element.click();
  }, button);
  const file = await downloadedFile(stage.downloads);
  const bytes = await readFile(file);
  await rm(file);
  return { name: path.basename(file), bytes };
}

test('the_svg_that_is_saved_needs_nothing_else_and_has_the_true_numbers_and_its_method', async () => {
  await open('?view=days&figure=requests');
  const { rows } = await screen();
  const { name, bytes } = await saved('picture-svg');
  assert.match(name, /^tiers-days-requests-\d{4}-\d\d-\d\d\.svg$/);
  const picture = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    const elements = [...parsed.querySelectorAll('*')];
    return {
      root: parsed.documentElement.namespaceURI,
      errors: parsed.querySelectorAll('parsererror').length,
      bars: [...parsed.querySelectorAll('rect[data-value]')].map((bar) => [
        Number(bar.getAttribute('data-day')),
        Number(bar.getAttribute('data-value')),
      ]),
      fills: [...new Set([...parsed.querySelectorAll('rect')].map((bar) => bar.getAttribute('fill')))],
      tags: [...new Set(elements.map(({ tagName }) => tagName))].sort(),
      attributes: [...new Set(elements.flatMap((element) => element.getAttributeNames()))],
      lines: [...parsed.querySelectorAll('text')].map((line) => line.textContent ?? ''),
      title: parsed.querySelector('title')?.textContent,
    };
  }, bytes.toString());
  assert.deepEqual([picture.root, picture.errors], ['http://www.w3.org/2000/svg', 0]);
  assert.deepEqual(picture.bars, rows.map((row) => [row.day, row.figures['requests']]).reverse());
  assert.deepEqual(picture.fills, [`rgb(${PAPER.join(', ')})`, `rgb(${MEASURE.join(', ')})`, 'rgb(122, 74, 0)']);
  assert.deepEqual(picture.tags, ['desc', 'g', 'line', 'rect', 'svg', 'text', 'title']);
  for (const needed of ['class', 'style', 'href', 'id']) assert.ok(!picture.attributes.includes(needed), needed);
  assert.equal(picture.title, 'Requests by day');
  const words = picture.lines.join('\n');
  const versions = await page.evaluate(async () => {
    const file = '/extension/reader-instance.js';
    /** @type {typeof import('../../extension/reader-instance.js')} */
    const { readerModule } = await import(file);
    return (await readerModule()).method().versions;
  });
  const version = (/** @type {string} */ kind) => versions.find((row) => row.kind === kind)?.version ?? '?';
  for (const line of [
    'Requests to third parties that left the browser, of pages and of sites’ workers.',
    `${rows.reduce((sum, { figures }) => sum + (figures['visits'] ?? 0), 0)} visits · 4 sites`,
    'visits have an incomplete count: their numbers may be too low. A line under a bar',
    `by Tiers ${version('tiers')} (version ${version('rule')} of “How this is counted”; public suffix list ${version('list')})`,
    'Picture made on',
  ]) {
    assert.ok(words.includes(line), `${line} in ${words}`);
  }
});

test('the_png_that_is_saved_is_the_same_picture', async () => {
  await open('?view=days&figure=requests');
  const { name, bytes } = await saved('picture-png');
  assert.match(name, /^tiers-days-requests-\d{4}-\d\d-\d\d\.png$/);
  assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const svg = (await saved('picture-svg')).bytes.toString();
  const read = await page.evaluate(
    async (base64, text) => {
      const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const image = await createImageBitmap(new Blob([data], { type: 'image/png' }));
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const pixel = (/** @type {number} */ x, /** @type {number} */ y) => [
        ...(context?.getImageData(Math.round(x), Math.round(y), 1, 1).data ?? []),
      ];
      const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
      const number = (/** @type {Element | null} */ element, /** @type {string} */ name) =>
        Number(element?.getAttribute(name));
      const [, dx = '', dy = ''] =
        /translate\(([\d.]+) ([\d.]+)\)/.exec(picture.querySelector('g')?.getAttribute('transform') ?? '') ?? [];
      const ink = (/** @type {number} */ top, /** @type {number} */ bottom) => {
        const { data: pixels } = /** @type {CanvasRenderingContext2D} */ (context).getImageData(
          0,
          top,
          image.width,
          bottom - top,
        );
        let dark = 0;
        for (let at = 0; at < pixels.length; at += 4) if ((pixels[at] ?? 0) < 128) dark += 1;
        return dark;
      };
      return {
        size: [image.width, image.height],
        svgSize: [number(picture.documentElement, 'width'), number(picture.documentElement, 'height')],
        corner: pixel(2, 2),
        bars: [...picture.querySelectorAll('rect[data-value]')].map((bar) => {
          const x = 2 * (Number(dx) + number(bar, 'x') + number(bar, 'width') / 2);
          const top = 2 * (Number(dy) + number(bar, 'y'));
          return { value: number(bar, 'data-value'), above: pixel(x, top - 4), within: pixel(x, top + 4) };
        }),
        titleInk: ink(0, 110),
        captionInk: ink(image.height - 200, image.height),
      };
    },
    bytes.toString('base64'),
    svg,
  );
  assert.deepEqual(
    read.size,
    read.svgSize.map((length) => Math.ceil(length * 2)),
  );
  assert.deepEqual(read.corner, [...PAPER, 255]);
  for (const { value, above, within } of read.bars) {
    if (value === 0) continue;
    assert.deepEqual(within, [...MEASURE, 255], `a bar of ${value}`);
    assert.notDeepEqual(above, within);
  }
  assert.equal(read.bars.length, 5);
  assert.ok(read.titleInk > 500 && read.captionInk > 1000, JSON.stringify([read.titleInk, read.captionInk]));
});
