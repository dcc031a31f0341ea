// Owns the words of a language as tests hold screens against them: its messages, and whether what is read is of it and of no other.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const LOCALES = path.join(import.meta.dirname, '..', '..', '_locales');

/** @typedef {'en' | 'fr'} Language */
/** @typedef {Record<string, { message: string }>} Messages */

/** @param {Language} language @returns {Promise<Messages>} */
export async function messagesOf(language) {
  return JSON.parse(await readFile(path.join(LOCALES, language, 'messages.json'), 'utf8'));
}

export class SpokenLanguage {
  #other;

  /**
   * @param {Messages} own
   * @param {Messages} other
   */
  constructor(own, other) {
    this.own = own;
    this.#other = other;
  }

  /** @param {Language} language */
  static async of(language) {
    return new SpokenLanguage(await messagesOf(language), await messagesOf(language === 'en' ? 'fr' : 'en'));
  }

  /** @param {string} key @returns {string} Its message. */
  message(key) {
    const { message } = this.own[key] ?? {};
    assert.ok(message, `no message ${key}`);
    return message;
  }

  /**
   * No key is read raw, no place is unfilled, no line is of the other language.
   * @param {string} words
   * @param {string} where
   */
  assertSpoken(words, where) {
    for (const key of Object.keys(this.own)) {
      // A key of one plain word (`pause`) can be a word of the text.
      if (/[A-Z_]/.test(key)) assert.ok(!new RegExp(`\\b${key}\\b`).test(words), `${where}: the raw key ${key}`);
    }
    assert.ok(!/\$\w+\$|[\ue000-\uf8ff]|undefined|NaN|\[object/.test(words), `${where}: an unfilled place in ${words}`);
    const lines = new Set(words.split('\n').map((line) => line.trim()));
    const ownTexts = new Set(Object.values(this.own).map(({ message }) => message));
    for (const { message } of Object.values(this.#other)) {
      if (message.includes('$') || ownTexts.has(message)) continue;
      assert.ok(!lines.has(message), `${where}: “${message}” is of the other language`);
    }
  }
}
