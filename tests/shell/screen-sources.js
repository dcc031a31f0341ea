// Owns the sources of the screens as their compiler reads them: scripts as trees, pages and stylesheets as text.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(import.meta.dirname, '..', '..');
const FOLDERS = ['extension', 'popup'];

/** @typedef {{ file: string, text: string }} Source */

/**
 * @param {string} extension With its dot.
 * @returns {Promise<Source[]>} In all folders, however deep.
 */
async function sources(extension) {
  const found = [];
  for (const folder of FOLDERS) {
    for (const name of await readdir(path.join(ROOT, folder), { recursive: true })) {
      if (!name.endsWith(extension)) continue;
      const file = path.posix.join(folder, ...name.split(path.sep));
      found.push({ file, text: await readFile(path.join(ROOT, file), 'utf8') });
    }
  }
  return found;
}

/** @returns {Promise<ts.SourceFile[]>} */
export async function scripts() {
  return (await sources('.js')).map(({ file, text }) => tree(file, text));
}

/**
 * @param {string} file
 * @param {string} text
 */
export function tree(file, text) {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
}

/** Without their comments. */
export async function pages() {
  return (await sources('.html')).map(({ file, text }) => ({ file, text: text.replaceAll(/<!--[^]*?-->/g, '') }));
}

/** Without their comments. */
export async function stylesheets() {
  return (await sources('.css')).map(({ file, text }) => ({ file, text: text.replaceAll(/\/\*[^]*?\*\//g, '') }));
}

/** The types that the build makes of the core's, in which the names stand that the screens have words for. */
export async function coreTypes() {
  const file = 'generated/extension/core/types.d.ts';
  return ts.createSourceFile(file, await readFile(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

/**
 * @param {ts.Node} node
 * @returns {Generator<ts.Node, void>} It, and all that is in it.
 */
export function* within(node) {
  yield node;
  /** @type {ts.Node[]} */
  const children = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) yield* within(child);
}
