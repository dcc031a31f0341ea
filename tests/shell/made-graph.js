// Owns graphs for tests: as the core gives them, and as they are laid out.
import * as forces from 'd3-force';
import fc from 'fast-check';
import { layOut } from '../../extension/dashboard/graph/layout.js';

/** @typedef {import('../../extension/core/types.js').GraphView} GraphView */
/** @typedef {import('../../extension/dashboard/graph/graph-model.js').GraphModel} GraphModel */

/** A graph as the core gives it: each pair of a site and a third party is linked once. @type {fc.Arbitrary<GraphView>} */
export const graphs = fc
  .record({ sites: fc.integer({ min: 1, max: 6 }), thirdParties: fc.integer({ min: 1, max: 12 }) })
  .chain(({ sites, thirdParties }) =>
    fc
      .uniqueArray(fc.tuple(fc.nat(sites - 1), fc.nat(thirdParties - 1), fc.nat(9), fc.nat(9)), {
        selector: ([site, thirdParty]) => `${site} ${thirdParty}`,
        minLength: 1,
      })
      .map((pairs) => graphOf(sites, thirdParties, pairs)),
  );

/**
 * A graph of so many nodes.
 *
 * @param {number} sites
 * @param {number} thirdParties
 * @param {[site: number, thirdParty: number, requests: number, visits: number][]} pairs
 * @returns {GraphView}
 */
export function graphOf(sites, thirdParties, pairs) {
  const links = pairs.map(([site, thirdParty, requests, visits]) => ({ site, thirdParty, requests, visits }));
  const nodes = (/** @type {number} */ count, /** @type {'site' | 'thirdParty'} */ end) =>
    Array.from({ length: count }, (_, at) => {
      const own = links.filter((link) => link[end] === at);
      const name = `${end.toLowerCase()}${at}.test`;
      return { name, text: name, degree: own.length, requests: own.reduce((sum, link) => sum + link.requests, 0) };
    });
  return {
    sites: nodes(sites, 'site'),
    thirdParties: nodes(thirdParties, 'thirdParty'),
    links,
    allSites: sites,
    allThirdParties: thirdParties,
    matching: thirdParties,
  };
}

/**
 * Where its nodes lie once they are laid out.
 *
 * @param {GraphModel} model
 * @param {Float32Array} [begin]
 */
export function positionsOf({ nodes, links }, begin) {
  const input = {
    begin,
    radii: Float32Array.from(nodes, ({ radius }) => radius),
    links: Uint32Array.from(links.flatMap(({ site, thirdParty }) => [site, thirdParty])),
  };
  let last = new Float32Array();
  for (const positions of layOut(forces, input)) last = Float32Array.from(positions);
  return last;
}

/**
 * How far two nodes lie from each other.
 *
 * @param {Float32Array} positions
 * @param {number} one
 * @param {number} other
 */
export function distance(positions, one, other) {
  const at = (/** @type {number} */ index) => positions[index] ?? 0;
  return Math.hypot(at(2 * one) - at(2 * other), at(2 * one + 1) - at(2 * other + 1));
}
