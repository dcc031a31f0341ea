// Proves that each language is whole: every message there, none shown raw, none in the other language, numbers as it writes them.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { declareDemo, DEMO_URLS } from '../web/demo-web.js';
import { Stage } from './stage.js';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** The pages that fill a tab: the message of their title, and some that they must show. */
const PAGES = [
  {
    name: 'dashboard',
    title: 'dashboardTitle',
    keys: ['sitesTitle', 'leavesTitle', 'countsTitle', 'exportAll', 'howItCounts'],
  },
  {
    name: 'method',
    title: 'methodTitle',
    keys: ['howItCounts', 'countsParty', 'methodSectionGaps', 'outcomeUnknownHint', 'methodErrorOther'],
  },
];

/** @typedef {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} Messages */

/** @param {'en' | 'fr'} language @returns {Promise<Messages>} */
async function messagesOf(language) {
  return JSON.parse(await readFile(path.join(ROOT, '_locales', language, 'messages.json'), 'utf8'));
}

test('both_languages_have_the_same_messages_with_the_same_placeholders', async () => {
  const [english, french] = [await messagesOf('en'), await messagesOf('fr')];
  assert.deepEqual(Object.keys(french).sort(), Object.keys(english).sort());
  const placeholders = (/** @type {Messages} */ messages, /** @type {string} */ key) => ({
    declared: messages[key]?.placeholders ?? {},
    used: [...new Set((messages[key]?.message ?? '').match(/\$\w+\$/g))].sort(),
  });
  for (const key of Object.keys(english)) {
    assert.deepEqual(placeholders(french, key).declared, placeholders(english, key).declared, key);
    // “one” may do without its number.
    if (!key.endsWith('_one')) assert.deepEqual(placeholders(french, key).used, placeholders(english, key).used, key);
  }
});

test('every_message_that_the_code_names_exists_in_both_languages', async () => {
  const messages = [await messagesOf('en'), await messagesOf('fr')];
  const missing = [];
  for (const { key, isPlural, file } of await namedMessages()) {
    const keys = isPlural ? ['one', 'many', 'other'].map((form) => `${key}_${form}`) : [key];
    for (const one of keys) if (messages.some((language) => !language[one])) missing.push(`${one} (${file})`);
  }
  assert.deepEqual(missing, []);
});

for (const language of /** @type {const} */ (['en', 'fr'])) {
  test(`the_screens_speak_${language}_and_nothing_else`, async () => {
    const own = await messagesOf(language);
    const other = await messagesOf(language === 'en' ? 'fr' : 'en');
    const stage = await Stage.open({ language });
    try {
      declareDemo(stage.web);
      const many = await stage.visit('https://many.test/', {});
      await many.page.evaluate(async () => {
        for (let sent = 0; sent < 1001; sent += 91) {
          const batch = Array.from({ length: 91 }, () => fetch('https://api.many-third.test/x', { mode: 'no-cors' }));
          await Promise.all(batch);
        }
      });
      const shown = await (await stage.popup(many.tabId)).settled();
      assert.equal(shown.requests, 1001);
      const written = new Intl.NumberFormat(language === 'en' ? 'en-US' : 'fr').format(1001);
      assert.ok(shown.words.includes(written), `${written} in ${shown.words.slice(0, 300)}`);
      assertSpeaks(shown.words, own, other, 'popup of many requests');
      assert.equal(shown.title, own['extensionName']?.message);

      const blank = await stage.driver.newPage();
      const nothing = await stage.popup(stage.driver.tabIdOf(blank));
      const state = await nothing.until('that there is nothing', (one) => one.state === 'nothing');
      assert.ok(state.words.includes(own['nothingTitle']?.message ?? '?'));
      assertSpeaks(state.words, own, other, 'popup of nothing');

      const journal = await stage.visit(DEMO_URLS.journal);
      const popup = await stage.popup(journal.tabId);
      await popup.settled();
      await popup.detail('encheres.test');
      await popup.click('delete-site');
      const asked = await popup.read();
      assert.match(asked.language, new RegExp(`^${language}`));
      assertSpeaks(asked.words, own, other, 'popup with an opened row and a question');
      for (const key of ['typesTitle', 'domainsTitle', 'notContactedTitle', 'deleteYes']) {
        assert.ok(asked.words.includes(own[key]?.message ?? '?'), key);
      }
      await popup.click('confirm-no');
      await popup.click('pause');
      const paused = await popup.until('the pause', (one) => one.paused && one.gaps.length > 0);
      assertSpeaks(paused.words, own, other, 'popup while paused');

      for (const { name, title, keys } of PAGES) {
        const page = await stage.driver.openExtensionPage(`extension/${name}/${name}.html`);
        await page.waitForFunction(() => document.documentElement.dataset['drawn'] === 'true', { timeout: 15_000 });
        const read = await page.evaluate(() => ({
          language: document.documentElement.lang,
          title: document.title,
          words: document.body.innerText,
        }));
        assert.match(read.language, new RegExp(`^${language}`));
        assert.equal(read.title, own[title]?.message);
        assertSpeaks(read.words, own, other, name);
        for (const key of keys) assert.ok(read.words.includes(own[key]?.message ?? '?'), key);
      }
    } finally {
      await stage.close();
    }
  });
}

/**
 * @param {string} words
 * @param {Messages} own
 * @param {Messages} other
 * @param {string} where
 */
function assertSpeaks(words, own, other, where) {
  for (const key of Object.keys(own)) {
    // A key of one plain word (`pause`) can be a word of the text.
    if (/[A-Z_]/.test(key)) assert.ok(!new RegExp(`\\b${key}\\b`).test(words), `${where}: the raw key ${key}`);
  }
  assert.ok(!/\$\w+\$|[\ue000-\uf8ff]|undefined|NaN|\[object/.test(words), `${where}: an unfilled place in ${words}`);
  const lines = new Set(words.split('\n').map((line) => line.trim()));
  const ownTexts = new Set(Object.values(own).map(({ message }) => message));
  for (const { message } of Object.values(other)) {
    if (message.includes('$') || ownTexts.has(message)) continue;
    assert.ok(!lines.has(message), `${where}: “${message}” is of the other language`);
  }
}

/** The messages that the code and the pages name literally. */
async function namedMessages() {
  const named = [];
  for (const folder of ['extension', 'popup', 'extension/dashboard', 'extension/method']) {
    for (const name of await readdir(path.join(ROOT, folder))) {
      if (!/\.(js|html)$/.test(name)) continue;
      const file = `${folder}/${name}`;
      const code = (await readFile(path.join(ROOT, file), 'utf8')).replaceAll(/\/\*[^]*?\*\//g, '');
      for (const [, call, key = ''] of code.matchAll(/\b(text|plural|sentence|getMessage)\(\s*'(\w+)'/g)) {
        named.push({ key, isPlural: call === 'plural', file });
      }
      for (const [, key = ''] of code.matchAll(/data-i18n="(\w+)"/g)) named.push({ key, isPlural: false, file });
      for (const [, pairs = ''] of code.matchAll(/data-i18n-attr="([^"]+)"/g)) {
        for (const pair of pairs.split(' ')) named.push({ key: pair.split(':')[1] ?? '', isPlural: false, file });
      }
    }
  }
  assert.ok(named.length > 80, `${named.length} messages are named`);
  return named;
}
