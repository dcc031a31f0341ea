// Owns what the canvas of the graph tells of itself in its `data-…`: pixels can be asked nothing.
import { pointOf } from './scene.js';

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import('./scene.js').Scene} scene That is painted on it.
 * @param {boolean} isSettled Whether it is laid out.
 */
export function tell({ dataset }, { model, chosen, positions, transform }, isSettled) {
  const at = chosen === undefined ? [] : pointOf(positions, transform, chosen);
  dataset['settled'] = String(isSettled);
  dataset['nodes'] = String(model.nodes.length);
  dataset['links'] = String(model.links.length);
  dataset['scale'] = transform.k.toFixed(3);
  dataset['chosen'] = chosen === undefined ? '' : (model.nodes[chosen]?.key ?? '');
  dataset['chosenAt'] = at.map((pixels) => pixels.toFixed(1)).join(' ');
}
