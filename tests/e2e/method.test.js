// Proves “How this is counted”: it is reached from the popup and the dashboard, and tells all that the core knows of it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { until } from '../drive/condition.js';
import { freshReader } from '../wasm/core-module.js';
import { untilDrawn } from './drawn.js';
import { Stage } from './stage.js';

/** @typedef {import('puppeteer-core').Page} Page */

const PAGE = 'extension/method/method.html';

/** The names by which the page shows what the core tells: the test id of its elements, and the attribute that says which one. */
const SHOWN = /** @type {const} */ ({
  term: 'data-term',
  example: 'data-host',
  outcome: 'data-outcome',
  attribution: 'data-attribution',
  'known-gap': 'data-gap',
  'error-code': 'data-code',
  version: 'data-value',
});

for (const [language, colorScheme] of /** @type {const} */ ([
  ['en', 'light'],
  ['fr', 'dark'],
])) {
  describe(`how_it_is_counted_in_${language}`, () => {
    /** @type {Stage} */
    let stage;
    before(async () => {
      stage = await Stage.open({ language, colorScheme });
    });
    after(() => stage?.close());

    test(`the_page_shows_all_that_the_core_tells_of_the_method`, async () => {
      const view = (await freshReader()).method();
      const page = await openMethod(stage);
      const shown = Object.fromEntries(
        await Promise.all(
          Object.entries(SHOWN).map(async ([testid, attribute]) => [testid, await named(page, testid, attribute)]),
        ),
      );
      assert.deepEqual(shown['term'], view.terms);
      assert.deepEqual(
        shown['example'],
        view.examples.map(({ host }) => host),
      );
      assert.deepEqual(
        shown['outcome'],
        view.outcomes.map(({ outcome }) => outcome),
      );
      assert.deepEqual(shown['attribution'], view.attributions);
      assert.deepEqual(
        shown['known-gap'],
        view.gaps.map(({ gap }) => gap),
      );
      assert.deepEqual(shown['error-code'].sort(), view.errors.map(({ code }) => code).sort());
      assert.deepEqual(
        shown['version'],
        view.versions.map(({ version }) => version),
      );
      await page.close();
    });

    test(`each_thing_that_the_page_shows_is_said_in_${language}_and_can_be_seen`, async () => {
      const messages = await messagesOf(language);
      const page = await openMethod(stage);
      for (const testid of Object.keys(SHOWN)) {
        const words = await page.$$eval(`[data-testid="${testid}"]`, (elements) =>
          elements.map((element) =>
            element instanceof HTMLElement && element.checkVisibility() ? element.innerText : '',
          ),
        );
        for (const one of words) {
          assert.ok(one.trim().length > 0, testid);
          assert.doesNotMatch(one, /\bmethod[A-Z]|\boutcome[A-Z]|`|undefined/, one);
        }
      }
      const contacts = await page.$$eval('[data-testid="outcome"]', (rows) =>
        rows.map((row) => [row.getAttribute('data-contact'), row.children[2]?.textContent]),
      );
      for (const [contact, word] of contacts)
        assert.equal(word, messages[contact === 'true' ? 'methodYes' : 'methodNo']);
      await page.close();
    });

    test(`each_entry_of_the_contents_leads_to_its_section`, async () => {
      const page = await openMethod(stage);
      const entries = await page.$$eval('[data-testid="contents"] a', (links) =>
        links.map((link) => ({ words: link.textContent, target: link.getAttribute('href')?.slice(1) ?? '' })),
      );
      const sections = await page.$$eval('[data-testid="section"]', (found) =>
        found.map((section) => ({ words: section.querySelector('h2')?.textContent, target: section.id })),
      );
      assert.deepEqual(entries, sections);
      await page.close();
    });

    test(`the_page_fits_any_width`, async () => {
      const page = await openMethod(stage);
      for (const width of [320, 480, 721, 1024, 1600]) {
        await page.setViewport({ width, height: 800 });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${overflow} px wider than ${width} px`);
      }
      await page.close();
    });

    test(`a_code_is_found_by_a_part_of_it_and_by_its_family`, async () => {
      const messages = await messagesOf(language);
      const page = await openMethod(stage);
      const all = (await named(page, 'error-code', 'data-code')).length;
      const search = await page.waitForSelector('[data-testid="code-search"]');
      const find = async (/** @type {string} */ query) => {
        await search?.evaluate((input, words) => {
          if (!(input instanceof HTMLInputElement)) throw new Error('no input');
          input.value = words;
          input.dispatchEvent(new Event('input', { bubbles: true }));
        }, query);
        return page.evaluate(() => ({
          found: [...document.querySelectorAll('[data-testid="error-code"]')]
            .filter((element) => element.checkVisibility())
            .map((element) => element.getAttribute('data-code')),
          count: Number(document.querySelector('[data-testid="code-count"]')?.getAttribute('data-value')),
          none: document.querySelector('[data-testid="code-none"]')?.textContent,
          headings: [...document.querySelectorAll('#errors h3, #errors h4')].filter((one) => one.checkVisibility())
            .length,
        }));
      };
      const unknownHost = { found: ['NS_ERROR_UNKNOWN_HOST'], count: 1, none: '', headings: 2 };
      assert.deepEqual(await find(' ns_error_unknown_host '), unknownHost);
      const certificate = { found: ['net::ERR_CERT'], count: 1, none: '', headings: 2 };
      assert.deepEqual(await find('net::ERR_CERT_DATE_INVALID'), certificate);
      const none = String(messages['methodSearchNone']).replace('$QUERY$', 'NS_ERROR_OF_NO_TABLE');
      assert.deepEqual(await find('NS_ERROR_OF_NO_TABLE'), { found: [], count: 0, none, headings: 0 });
      assert.equal((await find('')).count, all);
      await page.close();
    });

    test(`the_page_is_reached_from_the_popup_and_from_the_dashboard`, async () => {
      const messages = await messagesOf(language);
      const { tabId } = await stage.visit('https://news.test/', {});
      const popup = await stage.popup(tabId);
      await popup.settled();
      const dashboard = await stage.driver.openExtensionPage('extension/dashboard/dashboard.html');
      await untilDrawn(dashboard);
      for (const page of [popup.page, dashboard]) {
        await page.bringToFront();
        const link = await page.waitForSelector('[data-testid="how-it-counts"]', { visible: true });
        assert.equal(await link?.evaluate((element) => element.textContent), messages['howItCounts']);
        await link?.click();
        await assertOpened(stage, String(messages['methodTitle']));
      }
    });
  });
}

/** @param {Stage} stage @returns {Promise<Page>} */
async function openMethod(stage) {
  const page = await stage.driver.openExtensionPage(PAGE);
  await untilDrawn(page);
  return page;
}

/**
 * A click opened the page in a tab of its own, which is closed again.
 * @param {Stage} stage
 * @param {string} title
 */
async function assertOpened({ driver }, title) {
  const url = driver.extensionUrl(PAGE);
  // By the extension's own list: puppeteer does not follow a tab that an extension opens in Firefox.
  const opened = () => driver.asExtension((page) => chrome.tabs.query({ url: page }), url);
  await until('the page to be opened', async () => (await opened()).some((tab) => tab.title === title));
  const ids = (await opened()).map(({ id }) => id ?? 0);
  assert.equal(ids.length, 1);
  await driver.asExtension((tabs) => chrome.tabs.remove(tabs), ids);
}

/** @param {Page} page @param {string} testid @param {string} attribute @returns {Promise<string[]>} */
function named(page, testid, attribute) {
  return page.$$eval(
    `[data-testid="${testid}"]`,
    (elements, name) => elements.map((element) => element.getAttribute(name) ?? ''),
    attribute,
  );
}

/** @param {string} language @returns {Promise<Record<string, string>>} by key */
async function messagesOf(language) {
  const file = path.join(import.meta.dirname, '..', '..', '_locales', language, 'messages.json');
  /** @type {Record<string, { message: string }>} */
  const messages = JSON.parse(await readFile(file, 'utf8'));
  return Object.fromEntries(Object.entries(messages).map(([key, { message }]) => [key, message]));
}
