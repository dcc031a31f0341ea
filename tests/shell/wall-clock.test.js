// Proves that a core knows where the user's clock stands, and is told only where that changes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { WallClock } from '../../extension/wall-clock.js';

const zone = process.env['TZ'];
before(() => {
  process.env['TZ'] = 'Europe/Paris';
});
after(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

function heard() {
  /** @type {number[]} */
  const minutes = [];
  return { minutes, clock: new WallClock({ setUtcOffset: (offset) => void minutes.push(offset) }) };
}

test('The core is told of the clock as it begins, and of summer and winter as they come', () => {
  const { clock, minutes } = heard();
  const winter = Date.UTC(2026, 2, 29, 0, 59);
  for (const at of [winter - 1_000, winter, winter + 60_000, winter + 120_000]) clock.tell(at);
  assert.deepEqual(minutes, [60, 120]);
  clock.tell(Date.UTC(2026, 9, 25, 1));
  assert.deepEqual(minutes, [60, 120, 60]);
});

test('Who travels is where the clock says', () => {
  const { clock, minutes } = heard();
  const at = Date.UTC(2026, 0, 1);
  clock.tell(at);
  process.env['TZ'] = 'Asia/Tokyo';
  clock.tell(at + 1);
  process.env['TZ'] = 'Europe/Paris';
  assert.deepEqual(minutes, [60, 540]);
});

test('A moment that is none tells nothing, and where the clock shows UTC nothing is to be told', () => {
  const { clock, minutes } = heard();
  clock.tell(Number.NaN);
  process.env['TZ'] = 'UTC';
  clock.tell(0);
  process.env['TZ'] = 'Europe/Paris';
  assert.deepEqual(minutes, []);
});
