// Owns the asking of axe: what it finds wrong in a page, in lines.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

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
  const { lines, passed } = await page.evaluate(asked, rules ?? null);
  assert.ok(passed > (rules ? 0 : 10), `${name}: axe looked at something`);
  return lines;
}

/** Runs inside the page. @param {string[] | null} rules */
async function asked(rules) {
  /** @type {typeof import('axe-core')} */
  const axe = Reflect.get(globalThis, 'axe');
  const { violations, passes } = await axe.run(document, {
    resultTypes: ['violations'],
    ...(rules && { runOnly: rules }),
  });
  const lines = violations.map(({ id, help, nodes }) => {
    const targets = nodes.map((node) => node.target.join(' ')).slice(0, 5);
    return `${id}: ${help}: ${targets.join(', ')}`;
  });
  return { lines, passed: passes.length };
}
