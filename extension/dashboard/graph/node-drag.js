// Owns the moving of a node by hand. What is linked to it alone goes with it, all else stays: who moves one thing looks for it where it was put.
import { d3 } from '../d3.js';
import { pointOf } from './scene.js';
import { CLICK_DISTANCE } from './zoom.js';

/**
 * @typedef {import('./scene.js').Scene} Scene
 *
 * @typedef {object} NodeDragParts
 * @property {(point: readonly [number, number], isFinger: boolean) => number | undefined} nodeAt The node at a point, where it can be moved.
 * @property {() => Scene | null} scene
 * @property {(moving: ReadonlySet<number>) => void} onMove
 * @property {() => void} onEnd
 */

/**
 * @typedef {object} Dragged As d3-drag tells of it.
 * @property {number} x
 * @property {number} y
 * @property {{ place: number, model: Scene['model'] }} subject
 */

/**
 * Lets nodes be moved. To be called before the zoom's listeners are there: a hand that has a node does not move the whole.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {NodeDragParts} parts
 */
export function letNodesBeMoved(canvas, { nodeAt, scene, onMove, onEnd }) {
  /** @type {ReadonlySet<number>} */
  let moving = new Set();
  const drag = d3.drag();
  drag
    .clickDistance(CLICK_DISTANCE)
    .container(() => canvas)
    .subject(({ x, y, sourceEvent }) => {
      const place = nodeAt([x, y], sourceEvent.type.startsWith('touch'));
      const now = scene();
      if (place === undefined || !now) return undefined;
      const [nodeX, nodeY] = pointOf(now.positions, now.transform, place);
      return { place, model: now.model, x: nodeX, y: nodeY };
    })
    .on('drag', (/** @type {Dragged} */ { x, y, subject: { place, model } }) => {
      const now = scene();
      // Of another graph, that came while a hand had the node, it is another node's place.
      if (now?.model !== model) return;
      if (!moving.has(place)) moving = withItsOwn(now, place);
      move(now, moving, place, x, y);
      onMove(moving);
    })
    .on('end', () => {
      if (moving.size > 0) onEnd();
      moving = new Set();
    });
  d3.select(canvas)
    .call(/** @type {any} d3's types let only data be subjects. */ (drag))
    // It would take every finger: beside a node, one scrolls the page.
    .style('touch-action', null);
}

/**
 * @param {Scene} scene
 * @param {number} place
 */
function withItsOwn({ model }, place) {
  const isItsOwn = (/** @type {number} */ neighbour) => model.nodes[neighbour]?.neighbours.length === 1;
  return new Set([place, ...(model.nodes[place]?.neighbours.filter(isItsOwn) ?? [])]);
}

/**
 * @param {Scene} scene
 * @param {ReadonlySet<number>} moving
 * @param {number} place
 * @param {number} x Where it is to be on the screen.
 * @param {number} y
 */
function move({ positions, transform }, moving, place, x, y) {
  const byX = (x - transform.x) / transform.k - (positions[2 * place] ?? 0);
  const byY = (y - transform.y) / transform.k - (positions[2 * place + 1] ?? 0);
  for (const moved of moving) {
    positions[2 * moved] = (positions[2 * moved] ?? 0) + byX;
    positions[2 * moved + 1] = (positions[2 * moved + 1] ?? 0) + byY;
  }
}
