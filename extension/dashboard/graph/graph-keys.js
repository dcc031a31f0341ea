// Owns what keys do on the graph's canvas: they lead from node to node, move and zoom what is seen, and open what is chosen.
import { pointOf } from './scene.js';
import { DIRECTIONS, nearestTowards } from './view-port.js';

/**
 * @typedef {import('./scene.js').Scene} Scene
 * @typedef {import('./view-port.js').Direction} Direction
 *
 * @typedef {object} Keyed What keys act on.
 * @property {Scene} scene
 * @property {import('./zoom.js').Zoom} zoom
 * @property {(place: number | undefined) => void} choose
 * @property {(node: import('./graph-model.js').Node) => void} open
 */

/**
 * Does what a key asks for.
 *
 * @param {{ key: string, shiftKey: boolean }} pressed
 * @param {Keyed} keyed
 * @returns {boolean} Whether the key means something here.
 */
export function act({ key, shiftKey }, keyed) {
  const { scene, zoom, choose, open } = keyed;
  const direction = key in DIRECTIONS ? /** @type {Direction} */ (key) : null;
  const chosen = scene.chosen === undefined ? undefined : scene.model.nodes[scene.chosen];
  if (key === '+' || key === '=') zoom.by(1);
  else if (key === '-') zoom.by(-1);
  else if (key === '0') zoom.showWhole(scene);
  else if (key === 'Escape') choose(undefined);
  else if (key === 'Home') step(keyed, scene.model.bySize[0]);
  else if (key === 'Enter' && chosen) open(chosen);
  else if (direction && shiftKey) zoom.pan(DIRECTIONS[direction], scene.transform);
  else if (direction) step(keyed, next(scene, direction));
  else return false;
  return true;
}

/**
 * @param {Keyed} keyed
 * @param {number | undefined} place
 */
function step({ scene, zoom, choose }, place) {
  if (place === undefined) return;
  choose(place);
  const { positions, transform, size } = scene;
  const [x, y] = pointOf(positions, transform, place);
  if (x < 0 || y < 0 || x > size.width || y > size.height) zoom.bring(scene, place);
}

/**
 * From what is chosen to the nearest of its neighbours that lies there; where none does, to the nearest of all.
 *
 * @param {Scene} scene
 * @param {Direction} direction
 */
function next({ model, positions, chosen }, direction) {
  if (chosen === undefined) return model.bySize[0];
  const neighbours = model.nodes[chosen]?.neighbours ?? [];
  return (
    nearestTowards(neighbours, positions, chosen, direction) ??
    nearestTowards(model.nodes.keys(), positions, chosen, direction)
  );
}
