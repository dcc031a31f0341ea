// Owns the canvas of the graph: what is seen and chosen on it, by mouse, finger and keys, and when it is painted.
import { make } from '../../../popup/element.js';
import { text } from '../../i18n.js';
import { tell } from './canvas-data.js';
import { act } from './graph-keys.js';
import { graphPicture, isPart } from './graph-picture.js';
import { keptPositions } from './kept-positions.js';
import { LayoutRun } from './layout-run.js';
import { letNodesBeMoved } from './node-drag.js';
import { Painter } from './painter.js';
import { paletteOf, watchPalette } from './palette.js';
import { watchSharpness } from './sharpness.js';
import { nodeAt } from './view-port.js';
import { Zoom } from './zoom.js';
import { zoomButtons } from './zoom-buttons.js';

/**
 * @typedef {import('./graph-model.js').GraphModel} GraphModel
 * @typedef {import('./graph-model.js').Node} Node
 *
 * @typedef {object} GraphCanvasParts
 * @property {string} describedBy The id of what says in words what is seen.
 * @property {(key: string) => void} onChoose The reader has chosen a node, by its key, or none: empty. A place would be one in the graph that is seen, which
 *   is not the newest while that is laid out.
 * @property {(node: Node) => void} onOpen The reader wants all that is known of a node.
 */

/** How far beside a node a mouse and a finger meet it, in pixels. */
const [SLACK, FINGER_SLACK] = [3, 12];
/** A graph with more links is painted anew when a zoom or a move of the whole pauses, not in each of its frames. */
const MANY_LINKS = 1500;
const PAUSE_MS = 120;

const NONE = /** @type {ReadonlySet<number>} */ (new Set());

/** The canvas. `data-…` say what is on it. */
export class GraphCanvas {
  #parts;
  #canvas;
  #painter;
  #zoom;
  #layout = new LayoutRun();
  /** @type {import('./scene.js').Scene | null} */
  #scene = null;
  /** The key of what is chosen, whether or not it is in the graph that is seen. */
  #chosen = '';
  /** What was asked for, as the reader chose it. */
  #asked = '';
  /** What is laid out now, and when that is over. @type {GraphModel | null} */
  #laying = null;
  /** @type {Promise<void>} */
  #laid = Promise.resolve();
  #isSettled = false;
  /** Whether where the nodes lie is worth keeping. */
  #isArranged = false;
  #isStillOld = true;
  /** @type {ReadonlySet<number>} */
  #moving = NONE;
  /** @type {number | undefined} */
  #pointedAt;
  #frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;

  /** @param {GraphCanvasParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#canvas = make('canvas', {
      class: 'graph-canvas',
      role: 'application',
      tabindex: 0,
      'aria-label': text('graphLabel'),
      'aria-describedby': parts.describedBy,
      'data-testid': 'graph',
    });
    this.#painter = new Painter(this.#canvas, paletteOf(this.#canvas));
    this.#letNodesBeMoved();
    this.#zoom = new Zoom(this.#canvas, (transform) => this.#zoomed(transform));
    const buttons = zoomButtons({
      onZoom: (steps) => this.#zoom.by(steps),
      onWhole: () => this.#scene && this.#zoom.showWhole(this.#scene),
    });
    this.element = make('div', { class: 'graph-frame' }, this.#canvas, buttons);
    this.#canvas.addEventListener('click', (event) => {
      const isFinger = event instanceof PointerEvent && event.pointerType === 'touch';
      this.#choose(this.#nodeAt(pointIn(event), isFinger));
    });
    this.#canvas.addEventListener('pointermove', (event) => {
      if (event.pointerType === 'mouse' && event.buttons === 0) this.#pointAt(this.#nodeAt(pointIn(event), false));
    });
    this.#canvas.addEventListener('pointerleave', () => this.#pointAt(undefined));
    this.#canvas.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.#scene) return;
      const [scene, zoom] = [this.#scene, this.#zoom];
      const choose = (/** @type {number | undefined} */ place) => this.#choose(place);
      if (act(event, { scene, zoom, choose, open: this.#parts.onOpen })) event.preventDefault();
    });
    new ResizeObserver(() => this.#resize()).observe(this.#canvas);
    watchSharpness(() => this.#resize());
    watchPalette(() => this.#repaint());
  }

  /**
   * What is seen now. What is chosen is not seen in it, so it has no say in which names there are.
   *
   * @returns {{ drawing: SVGSVGElement, isPart: boolean }} `isPart`: it is not the whole graph.
   */
  picture() {
    if (!this.#scene) throw new Error(text('graphWait'));
    const scene = { ...this.#scene, chosen: undefined };
    return { drawing: graphPicture(scene, this.#painter.namesOf(scene)), isPart: isPart(scene) };
  }

  focus() {
    this.#canvas.focus();
  }

  /**
   * Shows a graph; one that is not laid out is laid out first. One that grew does so from where it lies, and is looked at as closely as before.
   *
   * @param {GraphModel} model
   * @param {string} asked What the reader asked for: where that is something else, it is shown as a whole.
   */
  async show(model, asked) {
    const isLaidOut = this.#scene?.model === model && this.#isSettled;
    // Its numbers can be others.
    if (isLaidOut || this.#laying === model) this.#repaint();
    else {
      if (asked !== this.#asked) [this.#zoom.isWhole, this.#isArranged] = [true, false];
      this.#laying = model;
      this.#laid = this.#lay(model);
    }
    this.#asked = asked;
    await this.#laid;
  }

  /** @param {GraphModel} model */
  async #lay(model) {
    this.#isSettled = false;
    this.#canvas.dataset['settled'] = 'false';
    const begin = this.#isArranged && this.#scene ? keptPositions(model, this.#scene) : null;
    const canSeeMotion = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    try {
      const positions = await this.#layout.start(model, begin, (sofar) => {
        if (canSeeMotion) this.#put(model, sofar);
      });
      if (!positions) return;
      this.#isSettled = true;
      this.#isArranged = true;
      this.#put(model, positions);
    } finally {
      if (this.#laying === model) this.#laying = null;
    }
  }

  /**
   * Marks a node, or none.
   *
   * @param {string} key
   */
  mark(key) {
    this.#chosen = key;
    const place = this.#scene?.model.placeOf(key);
    if (!this.#scene || this.#scene.chosen === place) return;
    this.#scene.chosen = place;
    this.#repaint();
  }

  /**
   * Brings a node into the middle.
   *
   * @param {string} key
   */
  bring(key) {
    const place = this.#scene?.model.placeOf(key);
    if (this.#scene && place !== undefined) this.#zoom.bring(this.#scene, place);
  }

  /**
   * @param {GraphModel} model
   * @param {Float32Array} positions
   */
  #put(model, positions) {
    // Places of the one before are those of other nodes here.
    if (this.#scene?.model !== model) [this.#pointedAt, this.#moving] = [undefined, NONE];
    const { transform = { x: 0, y: 0, k: 1 } } = this.#scene ?? {};
    this.#scene = { model, positions, transform, size: this.#size(), chosen: model.placeOf(this.#chosen) };
    if (this.#zoom.isWhole) this.#zoom.showWhole(this.#scene, { isAtOnce: true });
    this.#repaint();
  }

  /** @param {import('./view-port.js').Transform} transform */
  #zoomed(transform) {
    if (!this.#scene) return;
    this.#scene.transform = transform;
    clearTimeout(this.#pause);
    if (this.#scene.model.links.length <= MANY_LINKS) this.#isStillOld = true;
    else this.#pause = setTimeout(() => this.#repaint(), PAUSE_MS);
    this.#ask();
  }

  #letNodesBeMoved() {
    letNodesBeMoved(this.#canvas, {
      scene: () => this.#scene,
      nodeAt: (point, isFinger) => (this.#isSettled ? this.#nodeAt(point, isFinger) : undefined),
      onMove: (moving) => {
        if (this.#moving !== moving) this.#isStillOld = true;
        this.#moving = moving;
        this.#ask();
      },
      onEnd: () => {
        this.#moving = NONE;
        this.#repaint();
      },
    });
  }

  /**
   * @param {readonly [number, number]} point
   * @param {boolean} isFinger
   */
  #nodeAt(point, isFinger) {
    if (!this.#scene) return undefined;
    const { model, positions, transform } = this.#scene;
    return nodeAt(model.nodes, positions, transform, point, isFinger ? FINGER_SLACK : SLACK);
  }

  /** @param {number | undefined} place */
  #pointAt(place) {
    if (this.#pointedAt === place) return;
    this.#pointedAt = place;
    this.#canvas.classList.toggle('graph-points', place !== undefined);
    this.#ask();
  }

  /** @param {number | undefined} place In what is seen. */
  #choose(place) {
    const key = place === undefined ? '' : (this.#scene?.model.nodes[place]?.key ?? '');
    this.mark(key);
    this.#parts.onChoose(key);
  }

  #size() {
    return { width: this.#canvas.clientWidth, height: this.#canvas.clientHeight };
  }

  #resize() {
    const size = this.#size();
    if (size.width === 0) {
      // Not shown now: nobody waits for the layout. Shown again, it begins anew.
      this.#layout.end();
      return;
    }
    this.#painter.resize(size, devicePixelRatio);
    if (!this.#scene) return;
    const before = this.#scene.size;
    this.#scene.size = size;
    if (this.#zoom.isWhole) this.#zoom.showWhole(this.#scene, { isAtOnce: true });
    else this.#zoom.keepMiddle(before, this.#scene);
    this.#repaint();
  }

  /** What stands still has changed. */
  #repaint() {
    this.#isStillOld = true;
    this.#ask();
  }

  /** Asks for a frame: several changes are painted in one. */
  #ask() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#frame = 0;
    if (!this.#scene) return;
    if (this.#isStillOld) {
      this.#painter.palette = paletteOf(this.#canvas);
      const names = this.#painter.paintStill(this.#scene, this.#moving);
      this.#canvas.dataset['names'] = String(names.length);
      this.#isStillOld = false;
    }
    // What is moved is pointed at, by a finger too.
    const [moved = this.#pointedAt] = this.#moving;
    this.#painter.paintFrame(this.#scene, this.#moving, moved);
    tell(this.#canvas, this.#scene, this.#isSettled);
  }
}

/**
 * @param {MouseEvent} event
 * @returns {[number, number]} In the element that it met.
 */
function pointIn({ offsetX, offsetY }) {
  return [offsetX, offsetY];
}
