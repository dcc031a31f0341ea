// Owns which messages of _locales the sources of the screens name: as a whole, or put together of a prefix, a name and a suffix.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { coreTypes, pages, scripts, within } from './screen-sources.js';

const MANIFEST = path.join(import.meta.dirname, '..', '..', 'manifest.json');

/** What asks for a message by its key. */
const ASKING = /^(text|plural|sentence|getMessage)$/;

/** What puts a key together of a prefix, a name and a suffix. */
const COMPOSING = /^(keyOf|statement)$/;

/** Properties of tables that hold keys. */
const HOLDING = /^(title|why|label|column|formula|counted|search|none|sum|mean)$/;

/**
 * @typedef {object} Named
 * @property {string} key
 * @property {boolean | undefined} isPlural Undefined: it can be either.
 * @property {string} file
 */

/** The messages that the scripts and the pages name as a whole. @returns {Promise<Named[]>} */
export async function namedMessages() {
  const inScripts = (await scripts()).flatMap((tree) => [...within(tree)].flatMap((node) => keysOf(node, tree)));
  const inPages = (await pages()).flatMap(({ file, text }) => {
    const contents = [...text.matchAll(/data-i18n="(\w+)"/g)].map(([, key = '']) => key);
    const attributes = [...text.matchAll(/data-i18n-attr="([^"]+)"/g)].flatMap(([, pairs = '']) =>
      pairs.split(' ').map((pair) => pair.split(':')[1] ?? ''),
    );
    return [...contents, ...attributes].map((key) => ({ key, isPlural: false, file }));
  });
  return [...inScripts, ...inPages];
}

/**
 * @param {ts.Node} node
 * @param {ts.SourceFile} tree
 * @returns {Named[]}
 */
function keysOf(node, tree) {
  const file = tree.fileName;
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && HOLDING.test(node.name.text)) {
    return literalsOf(node.initializer).flatMap((key) =>
      /^\w+$/.test(key) ? [{ key, isPlural: undefined, file }] : [],
    );
  }
  const [asked] = ts.isCallExpression(node) ? node.arguments : [];
  if (!asked || !ASKING.test(calledBy(node))) return [];
  return literalsOf(asked).map((key) => ({ key, isPlural: calledBy(node) === 'plural', file }));
}

/** @param {ts.Node} node */
function calledBy(node) {
  if (!ts.isCallExpression(node)) return '';
  const { expression } = node;
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}

/** @param {ts.Expression} node @returns {string[]} */
function literalsOf(node) {
  if (ts.isStringLiteral(node)) return [node.text];
  return ts.isConditionalExpression(node) ? [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)] : [];
}

/**
 * Tells whether a key is one that some source can ask for.
 *
 * @returns {Promise<(key: string) => boolean>}
 */
export async function usedMessages() {
  const named = new Set((await namedMessages()).map(({ key }) => key));
  for (const [, key = ''] of (await readFile(MANIFEST, 'utf8')).matchAll(/__MSG_(\w+)__/g)) named.add(key);
  const trees = await scripts();
  const literals = new Set([...trees, await coreTypes()].flatMap((tree) => literalsIn(tree)));
  const composed = trees.flatMap((tree) => [...within(tree)].flatMap(composedBy));
  return (key) => {
    const base = key.replace(/_(one|many|other)$/, '');
    if (named.has(key) || named.has(base) || literals.has(key) || literals.has(base)) return true;
    return composed.some(({ prefix, suffix }) => {
      if (!base.startsWith(prefix) || !base.endsWith(suffix)) return false;
      const name = base.slice(prefix.length, base.length - suffix.length);
      return literals.has(name) || literals.has(name.charAt(0).toLowerCase() + name.slice(1));
    });
  };
}

/** @param {ts.SourceFile} tree @returns {string[]} */
function literalsIn(tree) {
  return [...within(tree)].flatMap((node) => {
    if (ts.isStringLiteral(node)) return [node.text];
    return ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) ? [node.name.text] : [];
  });
}

/**
 * What a node puts around a name to have a key.
 *
 * @param {ts.Node} node
 * @returns {{ prefix: string, suffix: string }[]}
 */
function composedBy(node) {
  if (!ts.isCallExpression(node)) return [];
  if (COMPOSING.test(calledBy(node))) {
    const [prefix, , suffix] = node.arguments;
    const isNamed = prefix && ts.isStringLiteral(prefix);
    return isNamed ? [{ prefix: prefix.text, suffix: suffix && ts.isStringLiteral(suffix) ? suffix.text : '' }] : [];
  }
  const [asked] = node.arguments;
  if (!ASKING.test(calledBy(node)) || !asked || !ts.isTemplateExpression(asked)) return [];
  return [{ prefix: asked.head.text, suffix: asked.templateSpans.at(-1)?.literal.text ?? '' }];
}
