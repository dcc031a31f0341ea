// Owns the daily chart where it is drawn: what is shown of which days, the bar that the reader is at, its words, its pictures.
import { drawText, make } from '../../popup/element.js';
import { text } from '../i18n.js';
import { d3 } from './d3.js';
import { axisOf, binsOf, incompleteOf } from './day-bins.js';
import { dayDrawing, roomFor } from './day-drawing.js';
import { DayPointer } from './day-pointer.js';
import { barText, binWords, chartTitle, summaryText } from './day-words.js';
import { periodOf } from './period-days.js';
import { FIRST_PAGES } from './place.js';
import { pictureCaption } from './picture-caption.js';
import { PictureButtons } from './picture.js';
import { draw } from './svg.js';

/**
 * @typedef {import('./day-chart.js').Charted} Charted
 * @typedef {import('./day-chart.js').DayChartParts} DayChartParts
 */

/** A picture's width: that of a page of a report, at which a year has a bar a day. */
const PICTURE_WIDTH = 960;

let lastId = 0;

/** What is in the chart's place. */
export class DayPlot {
  #parts;
  /** @type {Charted | null} */
  #charted = null;
  #element;
  #width = 0;
  #title = make('h2', { id: `chart-${++lastId}` });
  #choice = make('select', {
    class: 'field',
    'data-testid': 'figure',
    'aria-label': text('figureLabel'),
    title: text('figureLabel'),
  });
  #table = make('a', { 'data-testid': 'chart-table' }, text('chartAsTable'));
  #svg = draw('svg');
  #plot = make('div', { class: 'day-plot' }, this.#svg);
  #readout = make('p', { class: 'day-readout soft', 'data-testid': 'day-readout' });
  #bars = make('p', { class: 'soft small', 'data-testid': 'bar-text' });
  #legend = make('p', { class: 'soft small legend-of-marks', 'data-testid': 'marks-text' });
  #pointer;

  /**
   * @param {DayChartParts} parts
   * @param {HTMLElement} element The chart's place, which is filled.
   */
  constructor(parts, element) {
    this.#parts = parts;
    this.#element = element;
    const { place, figures, isElsewhere } = parts;
    this.#choice.append(...figures.map(({ name, label }) => make('option', { value: name }, text(label))));
    this.#choice.addEventListener('change', () => {
      const { value } = this.#choice;
      place.go(place.with({ figure: value === figures[0]?.name ? '' : value }));
    });
    this.#pointer = new DayPointer((at) => this.#drawReadout(at));
    this.#plot.append(...this.#pointer.elements);
    this.#legend.append(
      draw('svg', { class: 'mark-sample', 'aria-hidden': 'true' }, draw('rect', { class: 'incomplete-line' })),
      text('incompleteLine'),
    );
    const pictures = new PictureButtons({
      name: () => ['days', this.#charted?.of?.name ?? '', this.#figure.name].filter((one) => one !== '').join('-'),
      title: () => this.#titleText(this.#drawn(PICTURE_WIDTH).unit, true),
      draw: () => this.#drawn(PICTURE_WIDTH).drawing.svg,
      caption: () => this.#caption(),
    });
    element.removeAttribute('aria-label');
    element.setAttribute('aria-labelledby', this.#title.id);
    element.replaceChildren(
      make('div', { class: 'section-head' }, this.#title, this.#choice, ...(isElsewhere ? [this.#table] : [])),
      this.#readout,
      this.#plot,
      this.#legend,
      this.#bars,
      pictures.element,
    );
    new ResizeObserver(() => this.#resized()).observe(this.#plot);
  }

  /** @param {Charted} charted */
  draw(charted) {
    this.#charted = charted;
    this.#choice.value = this.#figure.name;
    this.#table.href = this.#parts.place.of('days');
    this.#redraw();
  }

  get #figure() {
    const { figures, place } = this.#parts;
    const [first] = figures;
    if (!first) throw new Error('A chart of nothing.');
    return figures.find(({ name }) => name === place.part('figure')) ?? first;
  }

  #resized() {
    // A change of a bar that scrolls the page is none of the chart's width.
    if (this.#plot.clientWidth !== this.#width) this.#redraw();
  }

  #redraw() {
    this.#width = this.#plot.clientWidth;
    if (!this.#charted || this.#width === 0) return;
    const { rows } = this.#charted;
    const figure = this.#figure;
    const type = Number.parseFloat(getComputedStyle(this.#readout).fontSize);
    const { drawing, bins, unit } = this.#drawn(this.#width, type);
    const title = this.#titleText(unit);
    drawText(this.#title, title);
    drawText(this.#bars, barText(figure, unit));
    this.#bars.hidden = unit === 'day';
    this.#legend.hidden = bins.every((bin) => incompleteOf(bin) === 0);
    drawing.svg.setAttribute('role', 'img');
    drawing.svg.setAttribute('aria-label', `${title}. ${summaryText(rows, figure)}`);
    // What has the focus stays.
    this.#svg.replaceWith(drawing.svg);
    this.#svg = drawing.svg;
    const { place, figures, leads } = this.#parts;
    this.#pointer.draw({
      drawing,
      label: title,
      bars: bins.map((bin) => ({
        words: binWords(bin, figures, figure).join(' · '),
        address: place.with({ ...periodOf(bin.first, bin.last), ...FIRST_PAGES, ...leads }),
      })),
    });
    this.#element.dataset['drawn'] = figure.name;
  }

  /**
   * @param {number} width
   * @param {number} [type]
   */
  #drawn(width, type) {
    if (!this.#charted) throw new Error('The chart is not drawn yet.');
    const { rows, shown } = this.#charted;
    const axis = axisOf(rows, shown.from, shown.to, roomFor(width));
    const bins = binsOf(rows, axis);
    const drawing = dayDrawing(d3, { bins, figure: this.#figure.name, ...axis }, width, type);
    return { drawing, bins, unit: axis.unit };
  }

  /**
   * @param {import('./day-bins.js').Unit} unit
   * @param {boolean} [isAlone] It is read where nothing else says whom it is of.
   */
  #titleText(unit, isAlone = false) {
    const title = chartTitle(this.#figure, unit);
    const name = this.#charted?.of?.text;
    // Isolated and left to right, as elsewhere, in what has no elements.
    return isAlone && name !== undefined ? text('chartOf', `\u2066${name}\u2069`, title) : title;
  }

  /** @returns {string[]} */
  #caption() {
    if (!this.#charted) return [];
    const { rows, shown, much } = this.#charted;
    const { bins, unit } = this.#drawn(PICTURE_WIDTH);
    const hasMarks = bins.some((bin) => incompleteOf(bin) > 0);
    const what = [`${text(this.#figure.formula)}.`, barText(this.#figure, unit)];
    return pictureCaption({
      what: [...what.filter((sentence) => sentence !== ''), summaryText(rows, this.#figure)],
      shown,
      of: much,
      marks: hasMarks ? text('incompleteLine') : undefined,
    });
  }

  /** @param {number | undefined} at The bar that the reader is at. */
  #drawReadout(at) {
    const words = at === undefined ? undefined : this.#pointer.wordsOf(at);
    if (words !== undefined) drawText(this.#readout, words);
    else if (this.#charted && this.#charted.rows.length > 0)
      drawText(this.#readout, summaryText(this.#charted.rows, this.#figure));
  }
}
