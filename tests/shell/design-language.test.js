// Proves that the page about the design and the stylesheets agree, and that no stylesheet has a colour or a size of text of its own.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = path.join(import.meta.dirname, '..', '..');
const FOLDERS = ['extension', 'popup'];
const DESIGN = 'extension/design.css';
const DOCUMENT = 'docs/design-language.md';

/** The colours that a forced palette has (CSS Color 4); they take the place of all others there. */
const SYSTEM =
  /^(CanvasText|Canvas|LinkText|ButtonText|ButtonFace|ButtonBorder|Highlight|HighlightText|GrayText|Mark)$/;

/** What has a colour, as far as the stylesheets use it. */
const COLOURED =
  /^(color|background|background-color|border(-(top|bottom|block|inline|start|end|color))*|outline(-color)?|fill|stroke|accent-color|scrollbar-color|box-shadow)$/;

/** Words beside colours: widths, styles, and what takes the colour from elsewhere. */
const PLAIN =
  /^(none|transparent|inherit|currentColor|auto|solid|dashed|dotted|inset|0|thin|-?[\d.]+(px|rem|em|%)?|calc\(.*\))$/;

/** @param {string} file */
async function read(file) {
  return readFile(path.join(ROOT, file), 'utf8');
}

async function stylesheets() {
  const found = [];
  for (const folder of FOLDERS) {
    for (const name of await readdir(path.join(ROOT, folder), { recursive: true })) {
      if (name.endsWith('.css')) found.push(`${folder}/${name}`);
    }
  }
  return found;
}

/**
 * The declarations of a stylesheet, without those that define tokens.
 *
 * @param {string} css
 * @returns {{ property: string, value: string }[]}
 */
function declarations(css) {
  const bare = css.replaceAll(/\/\*[^]*?\*\//g, '');
  return [...bare.matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+)(?=;)/g)].map(([, property = '', value = '']) => ({
    property,
    value: value.replace('!important', '').trim(),
  }));
}

/** @param {string} css */
function definedTokens(css) {
  return new Set([...css.matchAll(/^\s+(--[a-z-]+)\s*:/gm)].map(([, name = '']) => name));
}

test('the_page_names_each_token_of_the_design_and_no_other', async () => {
  const defined = definedTokens(await read(DESIGN));
  assert.ok(defined.size > 30);
  const named = new Set([...(await read(DOCUMENT)).matchAll(/`(--[a-z-]+)`/g)].map(([, name = '']) => name));
  assert.deepEqual([...named].sort(), [...defined].sort());
});

test('the_page_has_each_colour_as_it_is_in_light_and_in_dark', async () => {
  const [light = '', dark = ''] = (await read(DESIGN)).split('@media (prefers-color-scheme: dark)');
  const page = await read(DOCUMENT);
  const colours = (/** @type {string} */ css) =>
    new Map([...css.matchAll(/^\s+(--[a-z-]+): (#[0-9a-f]+);/gm)].map(([, name = '', value = '']) => [name, value]));
  const [inLight, inDark] = [colours(light), colours(dark.split('@media')[0] ?? '')];
  assert.ok(inLight.size > 15 && inDark.size > 15);
  for (const [name, value] of inLight) {
    const row = `| \`${name}\` | \`${value}\` | \`${inDark.get(name) ?? value}\` |`;
    assert.ok(page.replaceAll(/ +/g, ' ').includes(row), `${DOCUMENT} has no ${row}`);
  }
});

test('no_stylesheet_uses_a_colour_or_a_size_of_text_that_is_no_token', async () => {
  const faults = [];
  const files = await stylesheets();
  assert.ok(files.length >= 7, files.join());
  for (const file of files) {
    const all = declarations(await read(file));
    assert.ok(all.length > 10, `${file} was read`);
    for (const { property, value } of all) {
      const isFault =
        (COLOURED.test(property) && !isOfTokens(value)) ||
        (property === 'font-size' && !/^\d+(\.\d+)?%$|^var\(--text[a-z-]*\)$|^inherit$/.test(value)) ||
        (property === 'font' && !/^inherit$|^var\(--text[a-z-]*\)/.test(value)) ||
        (property === 'font-family' && !/^var\(--(sans|mono)\)$/.test(value));
      if (isFault) faults.push(`${file}: ${property}: ${value}`);
    }
  }
  assert.deepEqual(faults, []);
});

test('what_a_stylesheet_names_as_a_token_is_one', async () => {
  const own = await read(DESIGN);
  const unknown = [];
  for (const file of await stylesheets()) {
    const css = await read(file);
    const known = new Set([...definedTokens(own), ...definedTokens(css)]);
    // With a value beside it: set by a script.
    for (const [, name = '', otherwise] of css.matchAll(/var\((--[a-z-]+)(,)?/g)) {
      if (!known.has(name) && !otherwise) unknown.push(`${file}: ${name}`);
    }
  }
  assert.deepEqual(unknown, []);
});

test('the_badge_of_the_first_steps_has_the_colours_of_the_badge', async () => {
  const css = await read(DESIGN);
  const badge = await read('extension/badge.js');
  assert.equal(/--badge: (#\w+)/.exec(css)?.[1], /COLOR = '(#\w+)'/.exec(badge)?.[1]);
});

/** @param {string} value */
function isOfTokens(value) {
  const parts = value.replaceAll(/var\(--[a-z-]+\)/g, 'none').match(/[\w.#%-]+\([^)]*\)|[^\s,]+/g) ?? [];
  return parts.every((part) => PLAIN.test(part) || SYSTEM.test(part));
}
