// Owns the page of the graph for its tests: known visits, the way to it, what is seen on it.
import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { until } from '../drive/condition.js';
import { untilDrawn } from './drawn.js';
import { Stage } from './stage.js';

/** Whom each site's page contacts, with how many requests to each. @type {Record<string, Record<string, number>>} */
const SITES = {
  news: { ads: 3, stats: 1, fonts: 1 },
  shop: { ads: 1, stats: 2 },
  blog: { ads: 1 },
  quiet: {},
};

/** @type {Stage} */
export let stage;
/** @type {import('puppeteer-core').Page} */
export let page;

/** Opens the browser, which visits all of them. */
export async function begin() {
  stage = await Stage.open();
  for (const [site, asked] of Object.entries(SITES)) await visit(site, asked);
  await stage.quiet();
  page = await stage.driver.newPage();
  await page.setViewport({ width: 1100, height: 800 });
}

export async function end() {
  await stage?.close();
}

/**
 * Visits a site.
 *
 * @param {string} site
 * @param {Record<string, number>} asked How many requests go to each third party.
 */
export async function visit(site, asked) {
  const requests = Object.entries(asked).flatMap(([name, times]) =>
    Array.from({ length: times }, (_, at) => ({
      kind: /** @type {const} */ ('image'),
      url: `https://cdn.${name}-third.test/${at}.gif`,
    })),
  );
  const opened = await stage.visit(`https://www.${site}-site.test/`, { requests });
  await stage.counted(opened.tabId);
  await opened.page.close();
}

/**
 * Opens the graph.
 *
 * @param {string} [address] What the address has beside the view.
 */
export async function open(address = '') {
  await stage.driver.goto(page, stage.driver.extensionUrl(`extension/dashboard/dashboard.html?view=graph${address}`));
  await untilDrawn(page);
}

/**
 * Opens the graph, and waits until it is laid out.
 *
 * @param {string} [address]
 */
export async function openSettled(address = '') {
  await open(address);
  return seen('the graph to be laid out', ({ settled }) => settled === 'true');
}

/** What is on the canvas, and beside it. */
export function look() {
  return page.evaluate(() => {
    const of = (/** @type {string} */ testid) => document.querySelector(`[data-testid="${testid}"]`);
    const canvas = /** @type {HTMLElement | null} */ (of('graph'));
    const { settled, nodes, links, names, scale, chosen, chosenAt = '' } = canvas?.dataset ?? {};
    const [x = 0, y = 0] = chosenAt.split(' ').map(Number);
    const { left = 0, top = 0 } = canvas?.getBoundingClientRect() ?? {};
    return {
      ...{ settled, nodes: Number(nodes), links: Number(links), names: Number(names), scale: Number(scale), chosen },
      chosenAt,
      // Firefox tells of whole pixels only.
      point: { x: Math.round(x + left), y: Math.round(y + top) },
      panel: of('graph-panel')?.getAttribute('data-name') ?? '',
      said: of('graph-said')?.textContent ?? '',
      summary: of('graph-summary')?.textContent ?? '',
      none: of('graph-none')?.textContent ?? '',
      found: of('graph-found')?.textContent ?? '',
      focused: document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.textContent ?? '',
      search: location.search,
      title: document.getElementById('title')?.textContent ?? '',
      rows: [...document.querySelectorAll('[data-testid="link-row"]')].map((row) => [
        row.getAttribute('data-name') ?? '',
        ...[...row.querySelectorAll('[data-value]')].map((figure) => Number(figure.getAttribute('data-value'))),
      ]),
    };
  });
}

/** Where the canvas is on the screen. */
export async function frame() {
  const box = await (await page.$('[data-testid="graph"]'))?.boundingBox();
  assert.ok(box);
  return box;
}

/** Where {@link look} has the chosen node once it was brought into the middle. */
export async function middle() {
  const { width, height } = await frame();
  return `${(width / 2).toFixed(1)} ${(height / 2).toFixed(1)}`;
}

/** @typedef {Awaited<ReturnType<typeof look>>} Look */

/**
 * Waits for what is to be seen.
 *
 * @param {string} what
 * @param {(look: Look) => boolean} is
 * @param {number} [timeoutMs]
 */
export function seen(what, is, timeoutMs) {
  const isSeen = async () => {
    const now = await look();
    return is(now) ? now : null;
  };
  return until(what, isSeen, timeoutMs);
}

/**
 * Opens the graph with a node that is chosen.
 *
 * @param {string} chosen
 */
export function choose(chosen) {
  return openSettled(`&node=${chosen}`);
}

/**
 * Says on how many sites a third party must have been met.
 *
 * @param {number} least
 */
export function filter(least) {
  return page.evaluate((value) => {
    const field = /** @type {HTMLInputElement} */ (document.querySelector('[data-testid="graph-least"]'));
    field.value = String(value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, least);
}

/** The picture that a click saves. */
export async function savedPicture() {
  await page.click('[data-testid="picture-svg"]');
  const file = await until('the picture to be saved', async () =>
    (await readdir(stage.downloads)).find((name) => name.endsWith('.svg')),
  );
  const svg = await until('the picture to be written', async () => {
    const words = await readFile(path.join(stage.downloads, file), 'utf8');
    return words.includes('</svg>') ? words : null;
  });
  await rm(path.join(stage.downloads, file));
  return svg;
}
