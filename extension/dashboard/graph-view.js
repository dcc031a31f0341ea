// Owns the view of the graph: the filter, the search, the canvas with what is chosen on it, the picture, the table of the same links.
import { drawText, make } from '../../popup/element.js';
import { plural, text } from '../i18n.js';
import { FailedReading } from './failed-reading.js';
import { GraphControls, NO_FILTER } from './graph/graph-controls.js';
import { GraphModel } from './graph/graph-model.js';
import { graphWords } from './graph/graph-words.js';
import { linkTable } from './graph/link-table.js';
import { NodePanel } from './graph/node-panel.js';
import { PictureButtons } from './picture.js';
import { pictureCaption } from './picture-caption.js';

/**
 * @typedef {import('../core/types.js').GraphView} GraphOfCore
 * @typedef {import('./graph/graph-canvas.js').GraphCanvas} GraphCanvas
 * @typedef {import('./place.js').Place} Place
 * @typedef {import('./view.js').Shown} Shown
 */

/** What stays smooth (row 13 of the benchmarks): of more, the greatest are shown. */
const MOST = { sites: 300, thirdParties: 2000 };

/** Of more third parties the graph is a ball: where the reader has not chosen, those are shown that were met on more sites. */
const READABLE = 150;

const SUMMARY = 'graph-summary';

export class GraphView {
  #place;
  #controls;
  #panel;
  #table;
  #picture = new PictureButtons({
    name: () => 'graph',
    title: () => text('graphTitle'),
    draw: () => this.#drawPicture(),
    caption: () => this.#caption(),
  });
  /** Of the picture that was drawn last: it is not of the whole graph. */
  #isPicturePart = false;
  #summary = make('p', { id: SUMMARY, class: 'soft', role: 'status', 'data-testid': SUMMARY });
  #wait = make('p', { class: 'graph-wait soft', 'data-testid': 'graph-wait' });
  #failed = new FailedReading(() => void this.#draw());
  #stage = make('div', { class: 'graph-stage' }, this.#wait);
  #all;
  #none = make('p', { 'data-testid': 'graph-none' });
  /** @type {Promise<GraphCanvas> | undefined} */
  #loading;
  /** @type {GraphCanvas | null} */
  #canvas = null;
  /** @type {GraphModel | null} */
  #model = null;
  /** @type {Shown | null} */
  #shown = null;
  /** The filter where the reader has chosen none; it stays while the period does, however the numbers grow. */
  #readable = { of: '', least: NO_FILTER };

  /** @param {Place} place */
  constructor(place) {
    this.#place = place;
    this.#controls = new GraphControls(place, {
      onFilter: () => this.#draw(),
      onFind: (words) => this.#model?.find(words) ?? [],
      onFound: (found) => this.#choose(found, true),
    });
    this.#panel = new NodePanel(place, {
      onChoose: (chosen) => this.#choose(chosen, true),
      onLeft: () => this.#canvas?.focus(),
    });
    this.#table = linkTable(place);
    const stage = make('div', { class: 'graph-beside' }, this.#stage, this.#panel.element);
    const keys = make('p', { class: 'soft small' }, text('graphHands'), ' ', text('graphKeys'));
    this.#all = make('div', {}, stage, keys, this.#picture.element, this.#table.element);
    const words = [this.#summary, this.#none, this.#failed.element];
    this.element = make('div', { class: 'graph-view' }, this.#controls.element, ...words, this.#all);
  }

  /**
   * @param {Shown} shown
   * @returns {import('./view.js').Heading}
   */
  draw(shown) {
    this.#shown = shown;
    return { words: text('graphTitle'), settled: this.#draw() };
  }

  /** Draws what the address says. Never rejects: a failure is said. */
  async #draw() {
    if (!this.#shown) return;
    const { summary, from, to } = this.#shown;
    try {
      const least = this.#controls.chosen ?? this.#leastToRead(this.#shown);
      const view = summary.graph({ minSites: least, ...MOST });
      const model = this.#model?.renew(view) ? this.#model : new GraphModel(view);
      this.#model = model;
      this.#controls.draw(least);
      this.#drawWords(view, model, least);
      this.#table.draw(model);
      this.#panel.draw(model, this.#place.part('node'));
      await this.#show(model, [least, from, to].join(' '));
      this.#failed.clear();
    } catch (error) {
      console.error('graph-view: the graph could not be shown.', error);
      this.#wait.hidden = true;
      this.#failed.say(error);
    }
  }

  /** @param {Shown} shown */
  #leastToRead({ summary, from, to }) {
    const of = [from, to].join(' ');
    if (this.#readable.of !== of) this.#readable = { of, least: summary.leastSites(READABLE) };
    return this.#readable.least;
  }

  /**
   * @param {GraphModel} model
   * @param {string} asked
   */
  async #show(model, asked) {
    drawText(this.#wait, text('graphWait'));
    this.#wait.hidden = false;
    try {
      this.#canvas ??= await (this.#loading ??= this.#load());
    } catch (error) {
      // The next drawing tries again.
      this.#loading = undefined;
      throw error;
    }
    // Another one is wanted by now, or none.
    if (this.#model !== model || !this.element.isConnected) return;
    this.#canvas.mark(this.#place.part('node'));
    await this.#canvas.show(model, asked);
    if (this.#model === model) this.#wait.hidden = true;
  }

  async #load() {
    const { GraphCanvas } = await import('./graph/graph-canvas.js');
    const canvas = new GraphCanvas({
      describedBy: SUMMARY,
      onChoose: (key) => this.#choose(key, false),
      onOpen: ({ kind, name }) => this.#place.go(this.#place.of(kind, name)),
    });
    this.#stage.prepend(canvas.element);
    return canvas;
  }

  /**
   * @param {string} key Of a node; empty: none.
   * @param {boolean} isToBeBrought Into the middle.
   */
  #choose(key, isToBeBrought) {
    if (!this.#model) return;
    this.#place.note({ node: key });
    this.#canvas?.mark(key);
    this.#panel.draw(this.#model, key);
    if (isToBeBrought) this.#canvas?.bring(key);
  }

  /**
   * How much is drawn, and what is left out.
   *
   * @param {GraphOfCore} view
   * @param {GraphModel} model
   * @param {number} least
   */
  #drawWords(view, model, least) {
    const isEmpty = model.thirdParties === 0;
    this.#all.hidden = isEmpty;
    this.#none.hidden = !isEmpty;
    this.#controls.element.hidden = isEmpty && least === NO_FILTER;
    drawText(
      this.#summary,
      isEmpty
        ? ''
        : graphWords(view, model, { least, isChosen: this.#controls.chosen !== undefined, most: MOST }).join(' '),
    );
    this.#none.replaceChildren(...(isEmpty ? this.#nothing(least) : []));
  }

  /** @param {number} least */
  #nothing(least) {
    if (least === NO_FILTER) return [text('graphNone')];
    const all = make('a', { href: this.#place.with({ min: String(NO_FILTER) }) }, text('graphShowAll'));
    return [plural('graphNoneOnSo', least), ' ', all];
  }

  #drawPicture() {
    if (!this.#canvas) throw new Error(text('graphWait'));
    const { drawing, isPart } = this.#canvas.picture();
    this.#isPicturePart = isPart;
    return drawing;
  }

  #caption() {
    if (!this.#shown) return [];
    const part = this.#isPicturePart ? [text('graphPart')] : [];
    return pictureCaption({ what: [text('graphText'), this.#summary.textContent ?? '', ...part], shown: this.#shown });
  }
}
