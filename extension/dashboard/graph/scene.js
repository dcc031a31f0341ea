// Owns what is to be seen of the graph at a moment, and where each node of it is on the screen.
import { nodeScale } from './view-port.js';

/**
 * @typedef {object} Scene
 * @property {import('./graph-model.js').GraphModel} model
 * @property {Float32Array} positions
 * @property {import('./view-port.js').Transform} transform
 * @property {{ width: number, height: number }} size In CSS pixels.
 * @property {number | undefined} chosen The place of a node: what is not linked to it is dimmed.
 */

/** How far around what is chosen its ring is. */
export const RING = 3;

/**
 * Where a node is on the screen.
 *
 * @param {Float32Array} positions
 * @param {Scene['transform']} transform
 * @param {number} place
 * @returns {[number, number]}
 */
export function pointOf(positions, { x, y, k }, place) {
  return [(positions[2 * place] ?? 0) * k + x, (positions[2 * place + 1] ?? 0) * k + y];
}

/**
 * A node as it is on the screen.
 *
 * @param {Scene} scene
 * @param {number} place
 */
export function bareShapeOf({ model, positions, transform }, place) {
  const [x, y] = pointOf(positions, transform, place);
  return { place, x, y, radius: (model.nodes[place]?.radius ?? 0) * nodeScale(transform.k) };
}

/**
 * The same, with its ring where it is chosen.
 *
 * @param {Scene} scene
 * @param {number} place
 */
export function shapeOf(scene, place) {
  const shape = bareShapeOf(scene, place);
  return place === scene.chosen ? { ...shape, radius: shape.radius + RING } : shape;
}
