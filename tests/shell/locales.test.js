// Proves that all words are in _locales: each language whole, each message used, and no source with words of its own.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { OF_PERIOD, OF_SITE, OF_THIRD_PARTY } from '../../extension/dashboard/day-figures.js';
import { wordsOfPage, wordsOfScripts, wordsOfStylesheet } from './literal-words.js';
import { namedMessages, usedMessages } from './named-messages.js';
import { pages, scripts, stylesheets, tree } from './screen-sources.js';

const LOCALES = path.join(import.meta.dirname, '..', '..', '_locales');

/** @typedef {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} Messages */

/** @param {'en' | 'fr'} language @returns {Promise<Messages>} */
async function messagesOf(language) {
  return JSON.parse(await readFile(path.join(LOCALES, language, 'messages.json'), 'utf8'));
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

test('the_french_messages_keep_their_signs_on_the_line_of_the_word_before', async () => {
  const broken = Object.entries(await messagesOf('fr')).filter(([, { message }]) => / [:;?!»%]|« /.test(message));
  assert.deepEqual(broken, []);
});

test('the_french_messages_have_the_narrow_space_before_their_tall_signs', async () => {
  const wide = Object.entries(await messagesOf('fr')).filter(([, { message }]) => /\u00a0[;?!]/.test(message));
  assert.deepEqual(wide, []);
});

test('no_formula_of_a_figure_ends_with_a_stop_since_a_picture_s_caption_gives_it_one', async () => {
  const formulas = [...OF_PERIOD, ...OF_SITE, ...OF_THIRD_PARTY].map(({ formula }) => formula);
  for (const language of /** @type {const} */ (['en', 'fr'])) {
    const messages = await messagesOf(language);
    for (const key of formulas) assert.match(messages[key]?.message ?? '', /[^.]$/, `${language} ${key}`);
  }
});

test('every_message_that_the_code_names_exists_in_both_languages', async () => {
  const messages = [await messagesOf('en'), await messagesOf('fr')];
  const missing = [];
  const all = await namedMessages();
  assert.ok(all.length > 500, `${all.length} messages are named`);
  for (const { key, isPlural, file } of all) {
    const forms = ['one', 'many', 'other'].map((form) => `${key}_${form}`);
    // What is named in a table can be either.
    const keys = (isPlural ?? !messages[0]?.[key]) ? forms : [key];
    for (const one of keys) if (messages.some((language) => !language[one])) missing.push(`${one} (${file})`);
  }
  assert.deepEqual(missing, []);
});

test('every_message_is_one_that_some_source_can_ask_for', async () => {
  const isUsed = await usedMessages();
  const unused = Object.keys(await messagesOf('en')).filter((key) => !isUsed(key));
  assert.deepEqual(unused, []);
  for (const key of ['nobodyAsksForThis', 'outcomeNobody', 'typeNobody']) assert.ok(!isUsed(key), key);
});

test('no_script_shows_words_of_its_own', async () => {
  assert.deepEqual(wordsOfScripts(await scripts()), []);
});

test('no_page_and_no_stylesheet_has_words_of_its_own', async () => {
  const [all, styles] = [await pages(), await stylesheets()];
  assert.ok(all.length >= 4 && styles.length >= 9);
  assert.deepEqual([...all.flatMap(wordsOfPage), ...styles.flatMap(wordsOfStylesheet)], []);
});

test('words_are_found_wherever_a_source_can_have_them', () => {
  for (const code of [
    "make('p', {}, 'Words');",
    "make('p', { title: 'Words' });",
    "make('p', { 'aria-label': isOpen ? 'Words' : text('other') });",
    "draw('text', {}, `${count} Words`);",
    "element.textContent = count + ' Words';",
    "element.title = name ?? 'Words';",
    "element.setAttribute('placeholder', 'Words');",
    "list.append(...['Words'].filter(Boolean));",
    "list.replaceChildren(...all.map((one) => 'Words'));",
    "const LABEL = 'Words'; make('p', {}, LABEL);",
    "function show(words) { element.textContent = words; } show('Words');",
    "function line(tag, ...words) { return make(tag, {}, ...words); } line('p', text('one'), 'Words');",
    "class Line { #draw(words) { this.element.append(words); } open() { this.#draw('Words'); } }",
    "class Line { say(w) { region.textContent = w; } } class List { #line = new Line(); f() { this.#line.say('Words'); } }",
    "class Line { constructor(words) { region.textContent = words; } } new Line('Words');",
    "context.fillText('Words', 0, 0);",
  ]) {
    assert.equal(wordsOfScripts([tree('one.js', code)]).length, 1, code);
  }
  for (const code of [
    "make('p', { class: 'words', 'data-testid': 'words' }, text('words'), ' · ');",
    "make('code', {}, 'webRequest');",
    "element.className = 'words'; element.setAttribute('role', 'status');",
    "select.value = 'words'; throw new Error('Words');",
  ]) {
    assert.deepEqual(wordsOfScripts([tree('one.js', code)]), [], code);
  }
  for (const text of ['<p>Words</p>', '<p title="Words"></p>', '<p data-i18n="key"></p>Words']) {
    assert.equal(wordsOfPage({ file: 'one.html', text }).length, 1, text);
  }
  assert.deepEqual(wordsOfPage({ file: 'one.html', text: '<p class="words" data-i18n-attr="title:key">≥</p>' }), []);
  assert.equal(wordsOfStylesheet({ file: 'one.css', text: 'p::before { content: "Words"; }' }).length, 1);
  assert.deepEqual(wordsOfStylesheet({ file: 'one.css', text: String.raw`p::before { content: "\2014 "; }` }), []);
});
