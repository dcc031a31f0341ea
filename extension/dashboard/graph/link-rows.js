// Owns the rows of the graph's links: all that is drawn, sorted, searched, page by page.

/**
 * @typedef {import('./graph-model.js').GraphModel} GraphModel
 * @typedef {import('./graph-model.js').Node} Node
 *
 * @typedef {'site' | 'thirdParty' | 'visits' | 'requests'} LinkSort
 *
 * @typedef {object} LinkRow
 * @property {Node} site
 * @property {Node} thirdParty
 * @property {number} visits
 * @property {number} requests
 */

/**
 * @param {GraphModel} model
 * @returns {LinkRow[]}
 */
export function rowsOf({ nodes, links }) {
  return links.flatMap(({ site, thirdParty, ...figures }) => {
    const [one, other] = [nodes[site], nodes[thirdParty]];
    return one && other ? [{ site: one, thirdParty: other, ...figures }] : [];
  });
}

/**
 * The rows that are asked for.
 *
 * @param {readonly LinkRow[]} rows
 * @param {import('../row-table.js').RowQuery<LinkSort>} query
 */
export function pageOf(rows, { search, sort, back, offset, limit }) {
  const words = search.trim().toLowerCase();
  const holds = (/** @type {Node} */ { name, text }) => name.includes(words) || text.toLowerCase().includes(words);
  const found = rows.filter(({ site, thirdParty }) => holds(site) || holds(thirdParty));
  found.sort((one, other) => compare(one, other, sort, back));
  return { total: found.length, rows: found.slice(offset, offset + limit) };
}

/**
 * Of two that are the same, by their names from A on, in either order.
 *
 * @param {LinkRow} one
 * @param {LinkRow} other
 * @param {LinkSort} sort
 * @param {boolean} back
 */
function compare(one, other, sort, back) {
  const bySite = byName(one.site, other.site);
  const byThirdParty = byName(one.thirdParty, other.thirdParty);
  const by = {
    site: bySite,
    thirdParty: byThirdParty,
    visits: other.visits - one.visits,
    requests: other.requests - one.requests,
  }[sort];
  return (back ? -by : by) || bySite || byThirdParty;
}

/**
 * @param {Node} one
 * @param {Node} other
 */
function byName(one, other) {
  return one.text < other.text ? -1 : Number(one.text > other.text);
}
