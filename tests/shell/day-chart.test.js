// Proves that a chart that could not be drawn says so, and is there again when it is drawn next.
import './fake-browser.js';
import './fake-document.js';

import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';

import { DayChart } from '../../extension/dashboard/day-chart.js';
import { standIn } from './stand-ins.js';

const shared = /** @type {any} */ (globalThis);

standIn({
  './day-plot.js': `
    export class DayPlot {
      plot = document.createElement('div');
      constructor(_, element) { element.replaceChildren(this.plot); }
      draw() {
        if (globalThis.plotIsBroken) throw new TypeError('no such figure');
        this.plot.textContent = 'the bars';
      }
    }`,
});

afterEach(() => mock.restoreAll());

test('a_chart_that_cannot_be_drawn_says_so_and_the_next_drawing_that_can_be_shows_its_bars', async () => {
  mock.method(console, 'error', () => {});
  const chart = new DayChart(/** @type {any} */ ({}));
  const charted = /** @type {any} */ ({ rows: [{ day: 1 }, { day: 2 }], shown: {} });
  const words = async () => {
    await chart.draw(charted);
    return chart.element.textContent;
  };
  assert.equal(await words(), 'the bars');
  shared.plotIsBroken = true;
  assert.equal(await words(), 'actionFailed no such figure');
  shared.plotIsBroken = false;
  assert.equal(await words(), 'the bars');
});
