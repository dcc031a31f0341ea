// Proves that what only the visits tell is freed once and can be read again where that failed, and that nothing is asked of sums that are gone: where its reading is stopped, goes on and is given
// up, and where what the page is of is deleted meanwhile.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';

import { standIn } from './stand-ins.js';

const shared = /** @type {any} */ (globalThis);

// Days that are read when, and as far as, a test says.
standIn({
  './day-reading.js': `
    export class DayReading {
      all = 2; read = 0; notKept = 0; isDone = false;
      readUntil(isEnough, take, { signal, onProgress }) {
        return new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          globalThis.readings.push({ progress: () => onProgress(1, 2), fail: reject, end: () => { this.isDone = true; resolve(); } });
        });
      }
    }`,
});

const { Detail } = await import('../../extension/dashboard/detail.js');
const { namedPage } = await import('../../extension/dashboard/named-page.js');

/** What went wrong without anybody waiting for it. @type {unknown[]} */
const unhandled = [];
process.on('unhandledRejection', (error) => unhandled.push(error));

beforeEach(() => {
  shared.readings = [];
  unhandled.length = 0;
  mock.method(console, 'error', (/** @type {unknown[]} */ ...words) => unhandled.push(words));
});
afterEach(() => {
  document.body.replaceChildren();
  mock.restoreAll();
});

/** What the core adds up, which is an error to use once it is freed. */
class CoreDetail {
  isFree = false;

  add() {}

  view() {
    this.#assertThere();
    const outcomes = { sent: 1, pending: 0, cached: 0, blocked: 0, failed: 0, unknown: 0 };
    return { visits: 1, requests: 1, outcomes, types: [], unreadable: { damaged: 0, laterVersion: 0 } };
  }

  free() {
    this.#assertThere();
    this.isFree = true;
  }

  #assertThere() {
    if (this.isFree) throw new Error('null pointer passed to rust');
  }
}

/**
 * The sums as they are by now, which are an error to ask once others are read.
 *
 * @param {{ from?: number, sites?: string[], orders?: number }} [which]
 */
function sums({ from = 1, sites = ['news.test'], orders = 0 } = {}) {
  const summary = {
    isFree: false,
    site: (/** @type {string} */ name) => {
      if (summary.isFree) throw new Error('null pointer passed to rust');
      return sites.includes(name) ? { text: name, visits: 2, requests: 2 } : undefined;
    },
  };
  return { summary, from, to: from, totals: {}, ordersDone: orders };
}

/** The page of a site, with what only the visits tell of it. */
function sitePage() {
  /** @type {CoreDetail[]} */
  const made = [];
  const place = /** @type {any} */ ({ part: () => 'news.test', backTo: () => '' });
  const rowOf = (/** @type {any} */ { summary }, /** @type {string} */ name) => summary.site(name);
  const detail = new Detail({
    place,
    whole: 'siteDetailWhole',
    none: 'siteDetailNone',
    content: [],
    rowOf,
    daysOf: () => [{ day: 1, visits: 2 }],
    begin: () => {
      const one = new CoreDetail();
      made.push(one);
      return one;
    },
    draw: () => {},
  });
  const page = namedPage({
    place,
    list: 'sites',
    listTitle: 'sitesTitle',
    nothing: 'siteNothing',
    content: [detail.element],
    rowOf,
    draw: (_, shown) => void detail.draw(shown),
  });
  document.body.append(page.element);
  return {
    made,
    draw: async (/** @type {ReturnType<typeof sums>} */ shown) => {
      page.draw(/** @type {any} */ (shown));
      await setImmediate();
    },
    press: async (/** @type {string} */ testid) => {
      const button = find(page.element, testid);
      assert.ok(button, testid);
      button.dispatchEvent(new Event('click'));
      await setImmediate();
    },
    element: page.element,
    words: () => page.element.textContent ?? '',
  };
}

/** @param {Element} within @param {string} testid @returns {Element | undefined} */
function find(within, testid) {
  if (within.getAttribute('data-testid') === testid) return within;
  for (const child of within.children) {
    const found = find(child, testid);
    if (found) return found;
  }
  return undefined;
}

/** Ends the reading that began last. */
async function endReading() {
  shared.readings.at(-1).end();
  await setImmediate();
}

test('what_was_stopped_and_is_read_on_is_freed_once_where_another_period_is_chosen_meanwhile', async () => {
  const page = sitePage();
  await page.draw(sums());
  await page.press('stop-reading');
  await page.press('read-on');
  await page.draw(sums({ from: 2 }));
  await endReading();
  assert.deepEqual(unhandled, []);
  assert.deepEqual(
    page.made.map(({ isFree }) => isFree),
    [true, false],
  );
  assert.match(page.words(), /detailPart/);
});

test('a_reading_that_is_over_when_its_site_is_deleted_asks_nothing_of_the_sums_before', async () => {
  const page = sitePage();
  const before = sums();
  await page.draw(before);
  before.summary.isFree = true;
  await page.draw(sums({ sites: [] }));
  assert.match(page.words(), /siteNothing/);
  await endReading();
  assert.deepEqual(unhandled, []);
  await page.draw(sums());
  assert.doesNotMatch(page.words(), /siteNothing|actionFailed/);
});

test('after_an_order_what_is_told_is_read_again_where_its_numbers_are_as_before_too', async () => {
  const page = sitePage();
  await page.draw(sums());
  await endReading();
  await page.draw(sums());
  assert.equal(shared.readings.length, 1);
  await page.draw(sums({ orders: 1 }));
  assert.equal(shared.readings.length, 2);
  await endReading();
  assert.deepEqual(
    page.made.map(({ isFree }) => isFree),
    [true, false],
  );
});

test('what_could_not_be_read_is_read_again_where_its_reader_wants_it', async () => {
  const page = sitePage();
  await page.draw(sums());
  shared.readings.at(-1).fail(new Error('no disk'));
  await setImmediate();
  assert.match(page.words(), /actionFailed no disk/);
  await page.press('read-again');
  assert.equal(shared.readings.length, 2);
  await endReading();
  assert.match(page.words(), /detailPart/);
  assert.doesNotMatch(page.words(), /actionFailed|retry/);
});

test('what_was_left_while_it_was_read_is_freed_and_read_anew_where_its_reader_is_back', async () => {
  const page = sitePage();
  await page.draw(sums());
  page.element.remove();
  shared.readings.at(-1).progress();
  await setImmediate();
  assert.deepEqual(
    page.made.map(({ isFree }) => isFree),
    [true],
  );
  document.body.append(page.element);
  await page.draw(sums());
  await endReading();
  assert.match(page.words(), /detailPart/);
  assert.deepEqual(
    page.made.map(({ isFree }) => isFree),
    [true, false],
  );
  assert.deepEqual(unhandled, []);
});
