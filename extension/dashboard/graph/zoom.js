// Owns how large the graph is seen, and which part of it: by wheel, pinch and pull, and by what buttons and keys ask for.
import { d3 } from '../d3.js';
import { fit, scales } from './view-port.js';

/** @typedef {import('./view-port.js').Transform} Transform */

/** How far a hand may tremble in a click. */
export const CLICK_DISTANCE = 3;
/** What one step does: so many times as large, so many pixels. */
const [ZOOM_STEP, PAN_STEP] = [1.4, 60];
const MOVE_MS = 250;
/** One step of a wheel is more, in pixels. */
const MOST_OF_A_PINCH = 40;
/** How close one looks at a node that was searched for. */
const CLOSE = 1.5;

/** The zoom of a canvas. */
export class Zoom {
  #selection;
  #onChange;
  /** @type {import('d3-zoom').ZoomBehavior<HTMLCanvasElement, unknown>} */
  #zoom = d3.zoom();
  /** The whole graph is shown, also as it is laid out and as the window changes, until the reader looks closer. */
  isWhole = true;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {(transform: Transform) => void} onChange
   */
  constructor(canvas, onChange) {
    this.#onChange = onChange;
    this.#selection = d3.select(canvas);
    this.#zoom
      .clickDistance(CLICK_DISTANCE)
      .duration(moveMs())
      .filter(isMeant)
      .wheelDelta(wheelDelta)
      .on('zoom', (event) => this.#zoomed(event));
    this.#selection.call(this.#zoom);
    // As large as it can be, d3-zoom leaves the wheel to the browser, which would make the page larger.
    canvas.addEventListener('wheel', (event) => isZooming(event) && event.preventDefault(), { passive: false });
  }

  /**
   * Shows all.
   *
   * @param {import('./scene.js').Scene} scene
   * @param {{ isAtOnce?: boolean }} [options]
   */
  showWhole({ positions, model, size }, { isAtOnce = false } = {}) {
    const whole = fit(positions, model.nodes, size);
    this.#zoom.scaleExtent(scales(whole));
    this.#goTo(whole, isAtOnce ? 0 : moveMs());
    this.isWhole = true;
  }

  /**
   * Brings a node into the middle.
   *
   * @param {import('./scene.js').Scene} scene
   * @param {number} place
   */
  bring({ positions, transform, size }, place) {
    const k = Math.max(transform.k, CLOSE);
    const [x, y] = [positions[2 * place] ?? 0, positions[2 * place + 1] ?? 0];
    this.#goTo({ k, x: size.width / 2 - x * k, y: size.height / 2 - y * k }, moveMs());
    this.isWhole = false;
  }

  /**
   * Keeps in the middle what was there.
   *
   * @param {{ width: number, height: number }} before How large the canvas was.
   * @param {import('./scene.js').Scene} scene
   */
  keepMiddle(before, { size, transform: { x, y, k } }) {
    this.#goTo({ k, x: x + (size.width - before.width) / 2, y: y + (size.height - before.height) / 2 }, 0);
  }

  /** @param {1 | -1} steps Closer, or farther. */
  by(steps) {
    this.isWhole = false;
    const [ms, factor] = [moveMs(), ZOOM_STEP ** steps];
    if (ms === 0) this.#zoom.scaleBy(this.#selection, factor);
    else this.#zoom.scaleBy(this.#selection.transition().duration(ms), factor);
  }

  /**
   * Looks a step further in a direction.
   *
   * @param {readonly [number, number]} direction
   * @param {Transform} transform
   */
  pan([x, y], { k }) {
    this.isWhole = false;
    this.#zoom.translateBy(this.#selection, (-x * PAN_STEP) / k, (-y * PAN_STEP) / k);
  }

  /**
   * @param {Transform} to
   * @param {number} ms
   */
  #goTo({ x, y, k }, ms) {
    const transform = new d3.ZoomTransform(k, x, y);
    if (ms === 0) this.#zoom.transform(this.#selection, transform);
    else this.#zoom.transform(this.#selection.transition().duration(ms), transform);
  }

  /** @param {import('d3-zoom').D3ZoomEvent<HTMLCanvasElement, unknown>} event */
  #zoomed({ transform: { x, y, k }, sourceEvent }) {
    if (sourceEvent) this.isWhole = false;
    this.#onChange({ x, y, k });
  }
}

/**
 * Whether a hand means the graph and not the page: the page is scrolled by the wheel alone and by one finger.
 *
 * @param {WheelEvent | TouchEvent | MouseEvent} event
 */
function isMeant(event) {
  if (event.type === 'wheel') return isZooming(event);
  if ('touches' in event) return event.touches.length > 1;
  return !event.ctrlKey && 'button' in event && event.button === 0;
}

/** @param {Pick<MouseEvent, 'ctrlKey' | 'metaKey'>} event */
function isZooming({ ctrlKey, metaKey }) {
  return ctrlKey || metaKey;
}

/**
 * How much larger by how much of the wheel. A pinch on a touchpad is told as a wheel with Ctrl in small steps (Chromium 156, Firefox 153).
 *
 * @param {WheelEvent} event
 */
function wheelDelta({ deltaY, deltaMode, ctrlKey }) {
  if (deltaMode !== WheelEvent.DOM_DELTA_PIXEL) return -deltaY * (deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : 1);
  const isPinch = ctrlKey && Math.abs(deltaY) < MOST_OF_A_PINCH;
  return -deltaY * 0.002 * (isPinch ? 10 : 1);
}

/** How long a move of the screen's own takes. */
function moveMs() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOVE_MS;
}
