// Proves that the popup's page names the files that the popup would find late, and none that it does not need.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** @param {string} file @returns {string[]} what it imports before it runs; a file that the build makes imports nothing */
function importsOf(file) {
  const full = path.join(ROOT, file);
  if (!existsSync(full)) return [];
  const found = readFileSync(full, 'utf8').matchAll(/^import (?:[^'"]* from )?'([^']+)'/gm);
  return [...found].map(([, name = '']) => path.join(path.dirname(file), name));
}

/** @param {string[]} files @returns {string[]} these, and all that they import */
function withImports(files) {
  const all = new Set(files);
  for (const file of all) for (const imported of importsOf(file)) all.add(imported);
  return [...all];
}

test('Every file of the popup is named by its page or by popup.js, so that none waits for another', () => {
  const html = readFileSync(path.join(ROOT, 'popup/popup.html'), 'utf8');
  const named = [...html.matchAll(/<(?:script type="module"|link rel="modulepreload")[^>]* (?:src|href)="([^"]+)"/g)];
  const page = named.map(([, name = '']) => path.join('popup', name));
  const needed = withImports(['popup/question.js', 'popup/popup.js']);
  assert.equal(new Set(page).size, page.length, 'named once');
  assert.deepEqual(
    needed.filter((file) => ![...page, ...importsOf('popup/popup.js')].includes(file)),
    [],
    'found late',
  );
  assert.deepEqual(
    page.filter((file) => !needed.includes(file)),
    [],
    'not needed',
  );
});

test('What only a click needs is not loaded before', () => {
  const loaded = withImports(['popup/question.js', 'popup/popup.js']);
  for (const file of ['popup/domain-detail.js', 'popup/confirmation.js', 'extension/export-file.js']) {
    assert.ok(!loaded.includes(file), file);
  }
});
