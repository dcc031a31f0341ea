// Owns what of the graph is seen, and how large: the way from where a node lies to where it is on the screen.

/** @typedef {{ x: number, y: number, k: number }} Transform As d3-zoom has it: moved by x and y after it was made k times as large. */

/** Free space around the whole graph, in pixels. */
const EDGE = 28;
/** A graph of three nodes does not fill the screen. */
const LARGEST_FIT = 1.6;
/** How much larger one can look, and how much smaller than the whole. */
const [CLOSEST, FARTHEST] = [10, 0.5];

/**
 * The transform that shows all nodes in the middle.
 *
 * @param {Float32Array} positions
 * @param {readonly { radius: number }[]} nodes
 * @param {{ width: number, height: number }} size
 * @returns {Transform}
 */
export function fit(positions, nodes, { width, height }) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [place, { radius }] of nodes.entries()) {
    const [x, y] = [positions[2 * place] ?? 0, positions[2 * place + 1] ?? 0];
    left = Math.min(left, x - radius);
    top = Math.min(top, y - radius);
    right = Math.max(right, x + radius);
    bottom = Math.max(bottom, y + radius);
  }
  if (left > right) return { x: width / 2, y: height / 2, k: 1 };
  const room = { width: Math.max(1, width - 2 * EDGE), height: Math.max(1, height - 2 * EDGE) };
  const k = Math.min(LARGEST_FIT, room.width / (right - left), room.height / (bottom - top));
  return { x: width / 2 - (k * (left + right)) / 2, y: height / 2 - (k * (top + bottom)) / 2, k };
}

/**
 * How large one can look.
 *
 * @param {Transform} whole That shows all.
 * @returns {[number, number]}
 */
export function scales({ k }) {
  return [k * FARTHEST, Math.max(CLOSEST, k)];
}

/**
 * How much larger a node is drawn than its radius: nodes grow less than what lies between them, so that close up there is room for names, and
 * that from afar they are still seen.
 *
 * @param {number} k
 */
export function nodeScale(k) {
  return Math.sqrt(k);
}

/**
 * The node at a point of the screen: of several the one whose middle is the nearest. A small node can be met a little beside it.
 *
 * @param {readonly { radius: number }[]} nodes
 * @param {Float32Array} positions
 * @param {Transform} transform
 * @param {readonly [number, number]} point
 * @param {number} slack In pixels, more for a finger.
 * @returns {number | undefined} Its place.
 */
export function nodeAt(nodes, positions, { x, y, k }, [pointX, pointY], slack) {
  const scale = nodeScale(k);
  /** @type {number | undefined} */
  let nearest;
  let least = Infinity;
  for (const [place, { radius }] of nodes.entries()) {
    const distance = Math.hypot(
      (positions[2 * place] ?? 0) * k + x - pointX,
      (positions[2 * place + 1] ?? 0) * k + y - pointY,
    );
    if (distance > radius * scale + slack || distance >= least) continue;
    nearest = place;
    least = distance;
  }
  return nearest;
}

/** @typedef {'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'} Direction */

/** @type {Record<Direction, readonly [number, number]>} */
export const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * The nearest node that lies from another in a direction: within the quarter of all that is around it.
 *
 * @param {Iterable<number>} places That are asked.
 * @param {Float32Array} positions
 * @param {number} from
 * @param {Direction} direction
 * @returns {number | undefined}
 */
export function nearestTowards(places, positions, from, direction) {
  const [towardsX, towardsY] = DIRECTIONS[direction];
  /** @type {number | undefined} */
  let nearest;
  let least = Infinity;
  for (const place of places) {
    const x = (positions[2 * place] ?? 0) - (positions[2 * from] ?? 0);
    const y = (positions[2 * place + 1] ?? 0) - (positions[2 * from + 1] ?? 0);
    const along = x * towardsX + y * towardsY;
    const across = Math.abs(x * towardsY - y * towardsX);
    const distance = Math.hypot(x, y);
    if (place === from || along <= 0 || across > along || distance >= least) continue;
    nearest = place;
    least = distance;
  }
  return nearest;
}
