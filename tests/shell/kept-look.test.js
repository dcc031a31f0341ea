// Proves that “What is kept” names all that a page remembers of its own look.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { scripts, within } from './screen-sources.js';

const LOCALES = path.join(import.meta.dirname, '..', '..', '_locales');

/** How each kind of preference is named to the reader, by the file that keeps it. */
const NAMES = {
  'popup/popup.js': { en: /sections/, fr: /sections/ },
  'popup/domain-list.js': { en: /sorted/, fr: /tri/ },
  'popup/request-list.js': { en: /addresses in full/, fr: /adresses entières/ },
};

/** @param {import('typescript').Node} node */
const isKeeping = (node) => ts.isCallExpression(node) && node.expression.getText() === 'writePreference';

test('each_preference_that_a_page_keeps_is_named_where_it_is_said_what_is_kept', async () => {
  const keeping = (await scripts()).filter((tree) => [...within(tree)].some(isKeeping)).map((tree) => tree.fileName);
  assert.deepEqual(keeping.sort(), Object.keys(NAMES).sort());
  for (const language of /** @type {const} */ (['en', 'fr'])) {
    const messages = JSON.parse(await readFile(path.join(LOCALES, language, 'messages.json'), 'utf8'));
    for (const names of Object.values(NAMES)) assert.match(messages.keptLookWhy.message, names[language]);
  }
});
