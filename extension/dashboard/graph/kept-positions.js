// Owns where the nodes of a graph that grew begin: those that were there where they lay, a new one amid those that it is linked to.

/** @typedef {import('./graph-model.js').GraphModel} GraphModel */

/**
 * @param {GraphModel} model
 * @param {{ model: GraphModel, positions: Float32Array }} before
 * @returns {Float32Array} x and y of each node; NaN where nothing of it is known.
 */
export function keptPositions({ nodes }, before) {
  const places = nodes.map(({ key }) => before.model.placeOf(key));
  const known = (/** @type {number | undefined} */ place) =>
    place === undefined ? [] : [[before.positions[2 * place] ?? 0, before.positions[2 * place + 1] ?? 0]];
  const begin = new Float32Array(2 * nodes.length);
  for (const [at, { neighbours }] of nodes.entries()) {
    const own = known(places[at]);
    const points = own.length > 0 ? own : neighbours.flatMap((neighbour) => known(places[neighbour]));
    // The mean of no points is NaN.
    for (const axis of [0, 1]) {
      begin[2 * at + axis] = points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / points.length;
    }
  }
  return begin;
}
