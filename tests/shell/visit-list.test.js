// Proves when the list of visits is read, and what it says of visits that it cannot list.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';

import { standIn } from './stand-ins.js';

const shared = /** @type {any} */ (globalThis);

// Days that are read when a test says, and a table and a search without looks.
standIn({
  '../visit-days.js': `
    export class VisitDays {
      all = 2; read = 0; isDone = false; missing = { visits: 0, days: 0 };
      constructor() { globalThis.readings.push(this); }
      readUntil(isEnough, take, { signal, onProgress }) {
        return new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          this.progress = () => onProgress(1, 2);
          this.fail = reject;
          this.end = (rows = [], missing = this.missing) => {
            take(rows);
            Object.assign(this, { isDone: true, missing });
            resolve();
          };
        });
      }
    }`,
  './visit-table.js': `
    import { make } from '${new URL('../../popup/element.js', import.meta.url)}';
    export class VisitTable {
      element = make('div');
      draw(rows) { this.element.textContent = rows.map(({ id }) => id).join(' '); }
    }`,
  './search-field.js': `
    import { make } from '${new URL('../../popup/element.js', import.meta.url)}';
    export class SearchField {
      element = make('input');
      value = '';
      constructor(label, place) { this.place = place; }
      draw() { this.value = this.place.part('search'); }
    }`,
});

const { VisitList } = await import('../../extension/dashboard/visit-list.js');

/** A clock that the test sets. */
const time = { nowMs: 0 };

beforeEach(() => {
  shared.readings = [];
  time.nowMs = 0;
  mock.method(performance, 'now', () => time.nowMs);
  mock.method(console, 'error', () => {});
});
afterEach(() => {
  mock.timers.reset();
  document.body.replaceChildren();
  shared.document.activeElement = null;
  mock.restoreAll();
});

/** A list in the page, of what an address names. @param {Record<string, string>} [address] */
function visitList(address = {}) {
  const place = { part: (/** @type {string} */ name) => address[name] ?? '', note: () => {} };
  const list = new VisitList(/** @type {any} */ (place), /** @type {any} */ ({}));
  document.body.append(list.element);
  return {
    list,
    address,
    /** Draws it, of so many counted visits, after so many orders. */
    draw: (visits = 2, orders = 0) => list.draw(/** @type {any} */ ({ totals: { visits }, ordersDone: orders })),
    words: () => list.element.textContent ?? '',
    press: async (/** @type {string} */ testid) => {
      const button = find(list.element, testid);
      assert.ok(button && !(/** @type {HTMLElement} */ (button).hidden), testid);
      /** @type {HTMLElement} */ (button).focus();
      button.dispatchEvent(new Event('click'));
      await setImmediate();
    },
  };
}

/** @param {Element} within @param {string} testid @returns {Element | undefined} */
function find(within, testid) {
  if (within.getAttribute('data-testid') === testid) return within;
  return [...within.children].map((child) => find(child, testid)).find((found) => found);
}

/** Ends the reading that began last. @param {string[]} ids Of the visits that it found. @param {{ visits: number, days: number }} [missing] */
async function endReading(ids, missing) {
  shared.readings.at(-1).end(
    ids.map((id) => ({ id })),
    missing,
  );
  await setImmediate();
}

test('where_all_visits_that_were_counted_have_expired_the_history_says_so_and_not_that_nothing_was', async () => {
  for (const [address, said] of /** @type {[Record<string, string>, string][]} */ ([
    [{}, 'visitsNoneKept'],
    [{ name: 'news.test' }, 'visitsNoneKept'],
    [{ search: 'ads' }, 'searchNoneKept ads'],
  ])) {
    const { draw, words } = visitList(address);
    void draw();
    await endReading([], { visits: 0, days: 2 });
    assert.ok(words().includes(said), words());
    assert.match(words(), /visitsNotKept_other 2/);
    assert.doesNotMatch(words(), /Nothing|searchNoneVisit/);
  }
});

test('where_no_visit_that_was_counted_can_be_read_the_history_does_not_say_that_nothing_was', async () => {
  const { draw, words } = visitList();
  void draw();
  await endReading([], { visits: 3, days: 0 });
  assert.match(words(), /^visitCount_other 0unreadableVisits_other 3\./);
});

test('what_is_said_of_visits_that_cannot_be_read_and_of_days_without_visits_are_two_sentences', async () => {
  const { draw, words } = visitList();
  void draw();
  await endReading(['one'], { visits: 3, days: 2 });
  assert.match(words(), /unreadableVisits_other 3\. visitsNotKept_other 2/);
});

test('where_nothing_was_counted_the_history_says_so', async () => {
  for (const [address, said] of /** @type {[Record<string, string>, string][]} */ ([
    [{}, 'periodNothing'],
    [{ name: 'news.test' }, 'siteNothing'],
    [{ search: 'ads' }, 'searchNoneVisit ads'],
  ])) {
    const { draw, words } = visitList(address);
    void draw(0);
    await endReading([]);
    assert.ok(words().includes(said), words());
  }
});

test('a_history_that_could_not_be_read_offers_to_be_read_again_and_then_says_so_no_more', async () => {
  const { draw, words, press } = visitList();
  void draw();
  shared.readings.at(-1).fail(new Error('no disk'));
  await setImmediate();
  assert.match(words(), /actionFailed no disk/);
  await press('read-again');
  shared.readings.at(-1).fail(new Error('no disk'));
  await setImmediate();
  assert.match(words(), /actionFailed no disk/);
  await press('read-again');
  assert.equal(shared.readings.length, 3);
  await endReading(['one']);
  assert.match(words(), /^visitCount_one 1.*one/);
  assert.doesNotMatch(words(), /actionFailed|retry/);
});

test('a_reading_that_goes_on_is_ended_by_no_drawing_of_the_same_and_then_done_again_once', async () => {
  const { draw, words } = visitList({ search: 'ads' });
  const settled = draw();
  for (const visits of [3, 4, 5]) void draw(visits);
  assert.equal(shared.readings.length, 1);
  await endReading(['one']);
  await settled;
  assert.match(words(), /one/);
  assert.equal(shared.readings.length, 2);
  await endReading(['two', 'one']);
  assert.match(words(), /two one/);
  assert.equal(shared.readings.length, 2);
});

test('a_drawing_of_what_is_being_read_is_settled_once_that_is_shown', async () => {
  const { draw, words } = visitList();
  void draw();
  let shown = '';
  const settled = draw(3).then(() => (shown = words()));
  await setImmediate();
  assert.equal(shown, '');
  await endReading(['one']);
  await settled;
  assert.match(shown, /one/);
});

test('where_the_address_is_another_or_something_was_deleted_a_reading_that_goes_on_is_given_up_for_a_new_one', async () => {
  const { draw, address, words } = visitList();
  void draw();
  address['search'] = 'ads';
  void draw();
  assert.equal(shared.readings.length, 2);
  void draw(1);
  assert.equal(shared.readings.length, 3);
  await endReading(['left']);
  assert.match(words(), /left/);
});

test('a_visit_that_was_deleted_goes_at_once_where_as_much_was_counted_meanwhile_and_where_the_reading_was_stopped', async () => {
  const { draw, words, press } = visitList();
  void draw(2, 0);
  await endReading(['deleted']);
  void draw(3, 1);
  await endReading(['counted']);
  assert.match(words(), /counted/);
  assert.doesNotMatch(words(), /deleted/);
  void draw(4, 1);
  await press('stop-reading');
  const before = shared.readings.length;
  void draw(5, 1);
  assert.equal(shared.readings.length, before, 'counting alone does not undo what its reader decided');
  void draw(6, 2);
  assert.equal(shared.readings.length, before + 1);
});

test('what_took_long_to_read_is_not_read_again_at_once', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { draw } = visitList({ search: 'ads' });
  void draw();
  void draw(3);
  time.nowMs = 1_000;
  await endReading(['one']);
  void draw(4);
  assert.equal(shared.readings.length, 1);
  time.nowMs = 21_000;
  mock.timers.tick(20_000);
  assert.equal(shared.readings.length, 2);
});

test('more_of_the_same_are_read_on_and_not_from_the_beginning', async () => {
  const { draw, press } = visitList();
  void draw();
  const [reading] = shared.readings;
  reading.end(Array.from({ length: 60 }, (_, id) => ({ id })));
  await setImmediate();
  await press('show-more');
  void draw();
  assert.equal(shared.readings.length, 1);
  reading.end([]);
  await setImmediate();
  assert.equal(shared.readings.length, 2);
});

test('a_history_that_was_left_while_it_was_read_is_read_no_further_and_anew_where_its_reader_is_back', async () => {
  for (const sort of ['', 'requests']) {
    const { draw, list, words } = visitList({ sort });
    void draw();
    const reading = shared.readings.at(-1);
    list.element.remove();
    reading.progress();
    await setImmediate();
    const before = shared.readings.length;
    document.body.append(list.element);
    void draw();
    assert.equal(shared.readings.length, before + 1);
    await endReading(['one']);
    assert.match(words(), /visitCount_one 1.*one/);
  }
});

test('a_history_whose_reader_is_back_before_its_reading_has_ended_is_read_anew', async () => {
  const { draw, list, words } = visitList();
  void draw();
  list.element.remove();
  shared.readings.at(-1).progress();
  document.body.append(list.element);
  const settled = draw();
  await setImmediate();
  assert.equal(shared.readings.length, 2);
  await endReading(['one']);
  await settled;
  assert.match(words(), /visitCount_one 1.*one/);
});

test('a_button_that_goes_leaves_the_focus_where_its_reader_goes_on', async () => {
  const { draw, list, press } = visitList({ sort: 'requests' });
  void draw();
  await press('stop-reading');
  const more = find(list.element, 'show-more');
  assert.equal(document.activeElement, more);
  await press('show-more');
  await endReading(['one']);
  assert.equal(/** @type {HTMLElement} */ (more).hidden, true);
  assert.equal(document.activeElement, list.element);
});
