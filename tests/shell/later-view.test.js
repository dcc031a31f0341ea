// Proves that a view whose files are loaded when it is first shown draws what there is to see by then, and that a failure is no end.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';

import { LaterView } from '../../extension/dashboard/later-view.js';

/** What the view was given to draw. @type {unknown[]} */
let drawn;
let loads = 0;
let isBroken = false;
/** What the loading waits for besides. */
let held = Promise.resolve();

beforeEach(() => {
  drawn = [];
  loads = 0;
  isBroken = false;
  held = Promise.resolve();
  mock.method(console, 'error', () => {});
});
afterEach(() => {
  mock.timers.reset();
  document.body.replaceChildren();
  mock.restoreAll();
});

/** One that stands in the page. */
function laterView() {
  /** @type {LaterView} */
  const view = new LaterView({
    heading: () => ({ words: 'compareTitle' }),
    load: async () => {
      loads += 1;
      await held;
      if (isBroken) throw new TypeError('no such file');
      const element = document.createElement('p');
      const draw = (/** @type {unknown} */ shown) => {
        drawn.push(shown);
        return { words: 'drawn' };
      };
      return { element, draw };
    },
    redraw: () => view.draw(now).settled,
  });
  document.body.append(view.element);
  return view;
}

/** What there is to see by now. @type {any} */
let now;

/** What there is to see, told apart by the tests alone. */
const [first, second] = /** @type {[any, any]} */ ([{ from: 1 }, { from: 2 }]);

test('it_is_loaded_once_and_draws_what_there_is_to_see_by_then', async () => {
  const view = laterView();
  const { words, isLoading, settled } = view.draw(first);
  assert.deepEqual([words, isLoading], ['compareTitle', true]);
  now = second;
  await Promise.all([settled, view.draw(second).settled]);
  assert.deepEqual([loads, drawn], [1, [second]]);
  assert.equal(view.element.getAttribute('data-loading'), null);
  assert.deepEqual(view.draw(first), { words: 'drawn' });
  assert.deepEqual([loads, drawn], [1, [second, first]]);
});

test('of_a_view_that_was_left_while_it_was_loaded_nothing_is_drawn_until_it_is_shown_again', async () => {
  const view = laterView();
  const { settled } = view.draw(first);
  view.element.remove();
  await settled;
  assert.deepEqual(drawn, []);
  document.body.append(view.element);
  view.draw(second);
  assert.deepEqual(drawn, [second]);
});

test('a_view_whose_loading_takes_long_says_so_until_it_is_there', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  /** @type {() => void} */
  let arrive = () => {};
  held = new Promise((resolve) => (arrive = resolve));
  const view = laterView();
  const { settled } = view.draw(first);
  mock.timers.tick(499);
  assert.equal(view.element.textContent, '');
  mock.timers.tick(1);
  assert.equal(view.element.textContent, 'stillLoading');
  arrive();
  await settled;
  assert.equal(view.element.textContent, '');
});

test('a_view_that_cannot_be_loaded_says_so_and_is_tried_again_when_it_is_drawn_again', async () => {
  isBroken = true;
  const view = laterView();
  await view.draw(first).settled;
  assert.match(view.element.textContent ?? '', /actionFailed no such file/);
  isBroken = false;
  now = second;
  await view.draw(second).settled;
  assert.deepEqual([loads, drawn, view.element.textContent], [2, [second], '']);
});

test('a_view_that_cannot_be_loaded_is_tried_again_where_its_reader_wants_it', async () => {
  isBroken = true;
  const view = laterView();
  await view.draw(first).settled;
  isBroken = false;
  now = second;
  find(view.element, 'read-again')?.dispatchEvent(new Event('click'));
  await setImmediate();
  assert.deepEqual([loads, drawn, view.element.textContent], [2, [second], '']);
});

/** @param {Element} within @param {string} testid @returns {Element | undefined} */
function find(within, testid) {
  if (within.getAttribute('data-testid') === testid) return within;
  return [...within.children].map((child) => find(child, testid)).find((found) => found);
}
