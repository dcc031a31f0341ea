// Owns the place of the daily chart on a page, and which days are charted at all. What draws it is loaded once the page shows its totals: nothing
// waits for it.
import { drawText, make } from '../../popup/element.js';
import { detailOf, text } from '../i18n.js';

/**
 * @typedef {import('./day-figures.js').DayFigures} DayFigures
 * @typedef {import('./view.js').Shown} Shown
 *
 * @typedef {object} DayChartParts
 * @property {import('./place.js').Place} place
 * @property {readonly import('./day-figures.js').Figure[]} figures What can be shown; the first is, where the address names none of them.
 * @property {import('./place.js').Parts} [leads] What else the address of a bar's days has.
 * @property {boolean} [isElsewhere] The table of the days is on a view of its own.
 *
 * @typedef {object} Charted
 * @property {DayFigures[]} rows The days on which there is something, in their order.
 * @property {Shown} shown
 * @property {{ name: string, text: string }} [of] The site or third party that it is of.
 * @property {{ visits: number, sites?: number, incomplete?: number }} [much] How much there is of that.
 */

export class DayChart {
  #parts;
  /** What is to be seen now. @type {Charted | null} */
  #charted = null;
  /** @type {import('./day-plot.js').DayPlot | null} */
  #plot = null;
  element = make('section', { class: 'rows day-chart', 'data-testid': 'day-chart', hidden: '' });

  /** @param {DayChartParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.element.setAttribute('aria-label', text('daysTitle'));
  }

  /**
   * @param {Charted} charted
   * @returns {Promise<void>} When it is there. Never rejects: a failure is said.
   */
  async draw(charted) {
    this.#charted = charted;
    // The totals say all that there is of one day.
    this.element.hidden = charted.rows.length === 0 || isOneDay(charted);
    if (this.element.hidden) return;
    try {
      if (!this.#plot) {
        const { DayPlot } = await import('./day-plot.js');
        // Another drawing may have waited too.
        this.#plot ??= new DayPlot(this.#parts, this.element);
      }
      this.#plot.draw(this.#charted);
    } catch (error) {
      console.error('day-chart: it could not be drawn.', error);
      // Its elements give way to the words: the next drawing makes them anew.
      this.#plot = null;
      drawText(this.element, text('actionFailed', detailOf(error)));
    }
  }
}

/** @param {Charted} charted */
function isOneDay({ rows, shown: { from, to } }) {
  const [first, last] = [from ?? rows[0]?.day, to ?? rows.at(-1)?.day];
  return first === last;
}
