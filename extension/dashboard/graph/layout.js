// Owns where the nodes of the graph come to lie. Nothing in it is random: the same graph that begins in the same way always lies in the same way.

/**
 * @typedef {Pick<typeof import('d3-force'), 'forceSimulation' | 'forceLink' | 'forceManyBody' | 'forceX' | 'forceY' | 'forceCollide'>} Forces
 *
 * @typedef {object} LayoutInput
 * @property {Float32Array} radii Of each node.
 * @property {Uint32Array} links The places of the two nodes of each, one after the other.
 * @property {Float32Array | null} [begin] Where each node lies: the graph grew from another. x and y, NaN for one that lies nowhere.
 *
 * @typedef {import('d3-force').SimulationNodeDatum & { radius: number, place: number }} LaidNode
 */

/** Steps of a small graph, and of the largest: there a step takes long, and a rough place is good enough. */
const [MOST_STEPS, LEAST_STEPS] = [300, 120];
/** A graph of so many nodes has half of the steps. */
const HALF_STEPS_NODES = 1000;
/** How much nodes move in a step at first, and in the last one; and at first where they lie already: then they are to stay about there. */
const [FIRST_ALPHA, LAST_ALPHA, AGAIN_ALPHA] = [1, 0.001, 0.1];

/** How far the nodes of a link stand from each other, beyond their radii. */
const LINK_LENGTH = 30;
/** How much a node pushes the others away, for each unit of its radius; and how far that reaches. */
const [PUSH, PUSH_REACH] = [12, 600];
/** What keeps those together that nothing links. */
const PULL = 0.06;
/** A graph of so many links is spread to twice the size: many nodes need more room to be told apart. */
const TWICE_LINKS = 1600;
/** Free space around each node. */
const MARGIN = 2;

/**
 * Lays a graph out, step by step.
 *
 * @param {Forces} forces Of d3.
 * @param {LayoutInput} input
 * @returns {Generator<Float32Array, void>} After each step x and y of each node, one after the other: the same array each time.
 */
export function* layOut(
  { forceSimulation, forceLink, forceManyBody, forceX, forceY, forceCollide },
  { radii, links, begin },
) {
  /** @type {LaidNode[]} */
  const nodes = Array.from(radii, (radius, place) => ({
    ...{ radius, place },
    ...(begin && { x: begin[2 * place] ?? NaN, y: begin[2 * place + 1] ?? NaN }),
  }));
  const spread = 1 + Math.sqrt(links.length / 2 / TWICE_LINKS);
  /** @type {{ source: number, target: number, length: number }[]} */
  const ends = [];
  for (let at = 0; at < links.length; at += 2) {
    const [source = 0, target = 0] = [links[at], links[at + 1]];
    ends.push({ source, target, length: LINK_LENGTH * spread + (radii[source] ?? 0) + (radii[target] ?? 0) });
  }
  const all = Math.max(LEAST_STEPS, Math.round(MOST_STEPS / (1 + nodes.length / HALF_STEPS_NODES)));
  const alpha = begin ? AGAIN_ALPHA : FIRST_ALPHA;
  const steps = Math.round((all * Math.log(alpha / LAST_ALPHA)) / Math.log(FIRST_ALPHA / LAST_ALPHA));
  // The first nodes begin in the middle: d3 lays them out as a sunflower does.
  const bySize = [...nodes].sort((one, other) => other.radius - one.radius || one.place - other.place);
  const simulation = forceSimulation(bySize)
    .alpha(alpha)
    .alphaDecay(1 - LAST_ALPHA ** (1 / all))
    .force(
      'link',
      forceLink(ends)
        .id(placeOf)
        .distance(({ length }) => length),
    )
    .force(
      'charge',
      forceManyBody()
        .strength((node) => -PUSH * spread * radiusOf(node))
        .distanceMax(PUSH_REACH * spread),
    )
    .force('x', forceX(0).strength(PULL))
    .force('y', forceY(0).strength(PULL))
    .force(
      'collide',
      forceCollide((node) => radiusOf(node) * Math.sqrt(spread) + MARGIN),
    )
    .stop();
  const positions = new Float32Array(2 * nodes.length);
  for (let step = 0; step < steps; step += 1) {
    simulation.tick();
    for (const [place, { x = 0, y = 0 }] of nodes.entries()) {
      positions[2 * place] = x;
      positions[2 * place + 1] = y;
    }
    yield positions;
  }
}

/** @param {object} node Of d3, which hands back what it was given. */
function radiusOf(node) {
  return /** @type {LaidNode} */ (node).radius;
}

/** @param {object} node */
function placeOf(node) {
  return /** @type {LaidNode} */ (node).place;
}
