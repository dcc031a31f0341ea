// Owns the graph as a picture to be saved: what is seen of it now, in elements that keep what they are of.
import { draw } from '../svg.js';
import { NAME_HEIGHT, shortName } from './name-places.js';
import { HALF_SIDE, linkOpacity } from './painter.js';
import { bareShapeOf, pointOf } from './scene.js';

/** @typedef {import('./scene.js').Scene} Scene */

/**
 * The picture of a scene.
 *
 * @param {Scene} scene
 * @param {import('./name-places.js').PlacedName[]} names
 * @returns {SVGSVGElement}
 */
export function graphPicture(scene, names) {
  const { model, size } = scene;
  const { width, height } = size;
  const nodes = [...model.nodes.keys()].filter((place) => isWhole(scene, place)).map((place) => drawNode(scene, place));
  return draw(
    'svg',
    { viewBox: `0 0 ${width} ${height}` },
    draw('path', { class: 'graph-link', d: outline(scene), 'stroke-opacity': linkOpacity(model.links.length) }),
    ...nodes,
    ...names.map(({ place, left, middle }) =>
      draw(
        'text',
        { class: 'graph-name', x: left, y: middle + NAME_HEIGHT / 4 },
        shortName(model.nodes[place]?.text ?? ''),
      ),
    ),
  );
}

/**
 * Whether the picture of a scene leaves something of the graph out.
 *
 * @param {Scene} scene
 */
export function isPart(scene) {
  return [...scene.model.nodes.keys()].some((place) => !isWhole(scene, place));
}

/**
 * The links, from edge to edge of the picture.
 *
 * @param {Scene} scene
 */
function outline({ model, positions, transform, size }) {
  return model.links
    .map(({ site, thirdParty }) =>
      clipped([...pointOf(positions, transform, site), ...pointOf(positions, transform, thirdParty)], size),
    )
    .filter((line) => line !== null)
    .map(([x1, y1, x2, y2]) => `M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}`)
    .join('');
}

/**
 * What of a line lies in the picture (Liang and Barsky's way).
 *
 * @param {[number, number, number, number]} line
 * @param {Scene['size']} size
 * @returns {[number, number, number, number] | null}
 */
export function clipped([x1, y1, x2, y2], { width, height }) {
  let [from, to] = [0, 1];
  const [byX, byY] = [x2 - x1, y2 - y1];
  for (const [by, room] of [
    [-byX, x1],
    [byX, width - x1],
    [-byY, y1],
    [byY, height - y1],
  ]) {
    if (by === undefined || room === undefined) continue;
    if (by === 0 && room < 0) return null;
    if (by < 0) from = Math.max(from, room / by);
    if (by > 0) to = Math.min(to, room / by);
  }
  return from > to ? null : [x1 + from * byX, y1 + from * byY, x1 + to * byX, y1 + to * byY];
}

/**
 * Whether all of a node lies in the picture, which has no frame to cut it at.
 *
 * @param {Scene} scene
 * @param {number} place
 */
function isWhole(scene, place) {
  const { x, y, radius } = bareShapeOf(scene, place);
  return x >= radius && y >= radius && x <= scene.size.width - radius && y <= scene.size.height - radius;
}

/**
 * @param {Scene} scene
 * @param {number} place
 */
function drawNode(scene, place) {
  const { kind, name } = scene.model.nodes[place] ?? {};
  const { x, y, radius } = bareShapeOf(scene, place);
  const tenth = (/** @type {number} */ pixels) => Number(pixels.toFixed(1));
  if (kind === 'third-party') {
    const circle = { cx: tenth(x), cy: tenth(y), r: tenth(radius) };
    return draw('circle', { class: 'graph-third-party', ...circle, 'data-name': name });
  }
  const half = radius * HALF_SIDE;
  const [width, height] = [tenth(2 * half), tenth(2 * half)];
  const square = { x: tenth(x - half), y: tenth(y - half), width, height };
  return draw('rect', { class: 'graph-site', ...square, 'data-name': name });
}
