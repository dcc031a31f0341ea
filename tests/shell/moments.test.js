// Proves that a moment stands in its sentence as the reader's language says it, a time of today and a date before.
import './fake-browser.js';
import { partOf } from './fake-document.js';

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { mock, test } from 'node:test';

const FRENCH = path.join(import.meta.dirname, '..', '..', '_locales', 'fr', 'messages.json');
const messages = JSON.parse(await readFile(FRENCH, 'utf8'));

/** @type {any} */ (globalThis).chrome.i18n = {
  getMessage: (/** @type {string} */ key, /** @type {string[]} */ words = []) => {
    const { message = '', placeholders = {} } = messages[key] ?? {};
    return message.replaceAll(
      /\$(\w+)\$/g,
      (/** @type {string} */ _, /** @type {string} */ name) =>
        words[Number(placeholders[name.toLowerCase()].content.slice(1)) - 1],
    );
  },
  getUILanguage: () => 'fr',
};
// The words are chosen when these are loaded.
const { problemNotice } = await import('../../popup/notice.js');
const { PageSummary } = await import('../../popup/page-summary.js');

const NOW = new Date(2027, 4, 4, 12).getTime();
const BEFORE = new Date(2027, 4, 3, 14, 2).getTime();
mock.timers.enable({ apis: ['Date'], now: NOW });

/** Since when the popup says that a visit lasts. @param {number} startedAtMs */
function visitSince(startedAtMs) {
  const page = {
    site: 'news.test',
    siteText: 'news.test',
    startedAtMs,
    gaps: [],
    totals: { domains: 1, hosts: 1, requests: 1 },
    outcomes: { blocked: 0 },
  };
  new PageSummary(() => {}).draw(/** @type {any} */ (page), null);
  return partOf('since').textContent;
}

/** @param {number} sinceMs */
const problemSince = (sinceMs) => problemNotice({ kind: 'storeFull', sinceMs, detail: '' }).textContent ?? '';

test('a_visit_and_a_problem_last_in_french_“depuis”_a_time_of_today_and_“depuis_le”_a_date', () => {
  assert.match(visitSince(NOW), /^depuis \d\d:\d\d:\d\d$/);
  assert.match(visitSince(BEFORE), /^depuis le 3 mai 2027\D+14:02$/);
  assert.match(problemSince(NOW), /Depuis \d\d:\d\d:\d\d$/);
  assert.match(problemSince(BEFORE), /Depuis le 3 mai 2027\D+14:02$/);
});
