// Owns the graph as it is drawn: its nodes, the sites before the third parties, each with its size and its neighbours.

/**
 * @typedef {import('../../core/types.js').GraphView} GraphView
 *
 * @typedef {'site' | 'third-party'} NodeKind
 *
 * @typedef {object} Node
 * @property {NodeKind} kind
 * @property {string} key Of the node alone: a domain can be a site and a third party of others.
 * @property {string} name As the browser writes it.
 * @property {string} text As people do.
 * @property {number} degree Of a third party: on how many sites of the period it was met; of a site: how many third parties it met.
 * @property {number} requests
 * @property {number} radius
 * @property {number[]} neighbours Places of the nodes of the graph that it is linked to, the largest first.
 *
 * @typedef {object} Link
 * @property {number} site The place of a node.
 * @property {number} thirdParty
 * @property {number} visits
 * @property {number} requests
 */

/** Of a node that met one other, and how fast it grows: nearly, its area tells how many it met. */
const [LEAST_RADIUS, GROWTH] = [3, 1.5];
const MOST_RADIUS = 26;

/** What is drawn. Its numbers can change; what it is made of never does: another node or link makes another graph. */
export class GraphModel {
  /** By place. @type {Node[]} */
  nodes;
  /** @type {Link[]} */
  links;
  #places;

  /** @param {GraphView} view */
  constructor({ sites, thirdParties, links }) {
    const linked = new Set(links.map(({ thirdParty }) => thirdParty));
    // One whose sites are all left out has nothing to be linked to.
    const drawn = thirdParties.map((node, at) => ({ node, at })).filter(({ at }) => linked.has(at));
    const places = new Map(drawn.map(({ at }, index) => [at, sites.length + index]));
    this.sites = sites.length;
    this.thirdParties = drawn.length;
    this.nodes = [
      ...sites.map((node) => nodeOf('site', node)),
      ...drawn.map(({ node }) => nodeOf('third-party', node)),
    ];
    this.links = links.map((link) => ({ ...link, thirdParty: places.get(link.thirdParty) ?? 0 }));
    for (const { site, thirdParty } of this.links) {
      this.nodes[site]?.neighbours.push(thirdParty);
      this.nodes[thirdParty]?.neighbours.push(site);
    }
    this.#places = new Map(this.nodes.map(({ key }, place) => [key, place]));
    this.bySize = [...this.nodes.keys()];
    this.#sort();
  }

  /**
   * Takes the numbers of another reading, if the graph is the same. Each node keeps its place, so that all that is known by places stays true.
   *
   * @param {GraphView} view
   * @returns {boolean} Whether it is; if not, nothing has changed.
   */
  renew(view) {
    const other = new GraphModel(view);
    if (other.nodes.length !== this.nodes.length || other.links.length !== this.links.length) return false;
    const places = other.nodes.map(({ key }) => this.#places.get(key));
    const own = new Map(this.links.map((link) => [link.site * this.nodes.length + link.thirdParty, link]));
    const links = other.links.map(({ site, thirdParty }) =>
      own.get((places[site] ?? NaN) * this.nodes.length + (places[thirdParty] ?? NaN)),
    );
    if (places.includes(undefined) || links.includes(undefined)) return false;
    for (const [at, { text, degree, requests, radius }] of other.nodes.entries()) {
      Object.assign(this.nodes[places[at] ?? 0] ?? {}, { text, degree, requests, radius });
    }
    for (const [at, { visits, requests }] of other.links.entries())
      Object.assign(links[at] ?? {}, { visits, requests });
    this.#sort();
    return true;
  }

  /**
   * @param {string} key
   * @returns {number | undefined} The node's place; undefined where it is not in the graph.
   */
  placeOf(key) {
    return this.#places.get(key);
  }

  /**
   * The nodes whose names hold some words: those whose name it is first, then those that begin so, the largest of them first.
   *
   * @param {string} words
   * @returns {string[]} Their keys.
   */
  find(words) {
    const sought = words.trim().toLowerCase();
    if (sought === '') return [];
    /** @type {number[][]} */
    const found = [[], [], []];
    for (const place of this.bySize) {
      const names = [this.nodes[place]?.name ?? '', this.nodes[place]?.text.toLowerCase() ?? ''];
      if (names.includes(sought)) found[0]?.push(place);
      else if (names.some((name) => name.startsWith(sought))) found[1]?.push(place);
      else if (names.some((name) => name.includes(sought))) found[2]?.push(place);
    }
    return found.flat().map((place) => this.nodes[place]?.key ?? '');
  }

  #sort() {
    for (const { neighbours } of this.nodes) neighbours.sort((one, other) => this.#compare(one, other));
    this.bySize.sort((one, other) => this.#compare(one, other));
  }

  /**
   * The largest first; of two that are the same, in the order in which the core gives them.
   *
   * @param {number} one
   * @param {number} other
   */
  #compare(one, other) {
    return (this.nodes[other]?.radius ?? 0) - (this.nodes[one]?.radius ?? 0) || one - other;
  }
}

/**
 * @param {NodeKind} kind
 * @param {GraphView['sites'][number]} node
 * @returns {Node}
 */
function nodeOf(kind, { name, text, degree, requests }) {
  const radius = Math.min(MOST_RADIUS, LEAST_RADIUS + GROWTH * Math.sqrt(Math.max(0, degree - 1)));
  return { kind, key: `${kind}:${name}`, name, text, degree, requests, radius, neighbours: [] };
}
