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

/**
 * @param {import('puppeteer-core').Page} page without frames
 * @param {string} name
 * @returns {Promise<string[]>}
 */
export async function axeViolations(page, name) {
  assert.equal(page.frames().length, 1, `${name}: axe is put into the page alone`);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  // Legacy mode: its own blank page, which the other mode opens, is one that an extension's page may not reach.
  const { violations, passes } = await new AxePuppeteer(page, NOTHING_MORE)
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  assert.ok(passes.length > 10, `${name}: axe looked at something`);
  return violations.map(({ id, help, nodes }) => {
    const targets = nodes.map((node) => node.target.join(' ')).slice(0, 5);
    return `${id}: ${help}: ${targets.join(', ')}`;
  });
}
