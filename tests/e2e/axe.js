// Owns the asking of axe: what it finds wrong in a page, in lines.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { AxePuppeteer } from '@axe-core/puppeteer';

/** The axe that AxePuppeteer would put into a page. */
const puppeteersOwn = createRequire(createRequire(import.meta.url).resolve('@axe-core/puppeteer'));
const AXE = await readFile(puppeteersOwn.resolve('axe-core'), 'utf8');

/** What AxePuppeteer is given to put into a page that has axe. @axe-core/puppeteer 4.13 else puts all of it there twice, each time it is asked. */
const NOTHING_MORE = ';';

/** The rules that look at colours: what else a page has is the same in any palette. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * @param {import('puppeteer-core').Page} page without frames
 * @param {string} name
 * @param {string[]} [rules] These alone; else all that axe has.
 * @returns {Promise<string[]>}
 */
export async function axeViolations(page, name, rules) {
  assert.equal(page.frames().length, 1, `${name}: axe is put into the page alone`);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  // Legacy mode: its own blank page, which the other mode opens, is one that an extension's page may not reach.
  const { violations, passes } = await new AxePuppeteer(page, NOTHING_MORE)
    .setLegacyMode()
    .options({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) })
    .analyze();
  assert.ok(passes.length > (rules ? 0 : 10), `${name}: axe looked at something`);
  return violations.map(({ id, help, nodes }) => {
    const targets = nodes.map((node) => node.target.join(' ')).slice(0, 5);
    return `${id}: ${help}: ${targets.join(', ')}`;
  });
}
