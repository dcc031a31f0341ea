// Proves when a changing count is announced: once it stands still, once only, and however often it is drawn meanwhile.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import fc from 'fast-check';
import { Announcement, STILL_MS } from '../../popup/announcement.js';

/**
 * What is announced of counts that are drawn one after the other.
 *
 * @param {{ count: number, afterMs: number }[]} drawn Each so long after the one before.
 * @returns {string[]}
 */
function announced(drawn) {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    /** @type {string[]} */
    const said = [];
    const region = {
      get textContent() {
        return said.at(-1) ?? '';
      },
      set textContent(words) {
        said.push(words);
      },
    };
    const announcement = new Announcement(/** @type {HTMLElement} */ (/** @type {unknown} */ (region)));
    for (const { count, afterMs } of drawn) {
      mock.timers.tick(afterMs);
      announcement.say(String(count));
    }
    mock.timers.tick(STILL_MS);
    return said;
  } finally {
    mock.timers.reset();
  }
}

/** The counts that stood still for long enough, each once where it is the same as the one before. @param {{ count: number, afterMs: number }[]} drawn */
function stillCounts(drawn) {
  /** @type {string[]} */
  const still = [];
  let stoodMs = 0;
  for (const [at, { count }] of drawn.entries()) {
    const next = drawn[at + 1];
    if (drawn[at - 1]?.count !== count) stoodMs = 0;
    stoodMs += next ? next.afterMs : STILL_MS;
    if (stoodMs >= STILL_MS && still.at(-1) !== String(count)) still.push(String(count));
  }
  return still;
}

test('a_count_is_announced_once_it_stands_still_and_each_change_once', () => {
  const drawing = fc.record({ count: fc.nat(3), afterMs: fc.nat(2 * STILL_MS) });
  fc.assert(
    fc.property(fc.array(drawing, { maxLength: 30 }), (drawn) => {
      assert.deepEqual(announced(drawn), stillCounts(drawn));
    }),
  );
});

test('a_page_that_goes_on_asking_the_same_hosts_does_not_put_the_announcement_off', () => {
  const asking = Array.from({ length: 40 }, () => ({ count: 5, afterMs: STILL_MS / 6 }));
  assert.deepEqual(announced(asking), ['5']);
  assert.deepEqual(announced([...asking, { count: 6, afterMs: 1 }, ...asking.slice(0, 3)]), ['5']);
});
