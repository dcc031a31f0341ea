// Owns the grouping of the browsers' request types into the ten that the screens show.
import { text } from '../extension/i18n.js';

/** @typedef {import('../extension/core/types.js').TypeCount} TypeCount */
/** @typedef {{ name: string, requests: number, members: TypeCount[] }} TypeGroup */

/** A map, never an object: a type's name comes from the browser and could be `constructor`. */
const GROUP_OF_TYPE = new Map([
  ['xmlhttprequest', 'Xhr'],
  ['json', 'Xhr'],
  ['script', 'Script'],
  ['stylesheet', 'Css'],
  ['image', 'Image'],
  ['imageset', 'Image'],
  ['media', 'Media'],
  ['font', 'Font'],
  ['sub_frame', 'Frame'],
  ['object', 'Frame'],
  ['websocket', 'Websocket'],
  ['webtransport', 'Websocket'],
  ['ping', 'Beacon'],
  ['beacon', 'Beacon'],
  ['csp_report', 'Beacon'],
]);

const OTHER = 'Other';

/**
 * @param {readonly TypeCount[]} types
 * @returns {TypeGroup[]} Most requests first; “other” last.
 */
export function groupTypes(types) {
  /** @type {Map<string, TypeGroup>} */
  const groups = new Map();
  for (const type of types) {
    if (type.requests === 0) continue;
    const name = GROUP_OF_TYPE.get(type.type) ?? OTHER;
    const group = groups.get(name) ?? { name, requests: 0, members: [] };
    group.requests += type.requests;
    group.members.push(type);
    groups.set(name, group);
  }
  return [...groups.values()].sort(
    (left, right) => Number(left.name === OTHER) - Number(right.name === OTHER) || right.requests - left.requests,
  );
}

/**
 * @param {TypeGroup} group
 * @returns {string}
 */
export function groupLabel(group) {
  return text(`type${group.name}`);
}

/**
 * @param {TypeGroup} group
 * @returns {boolean} Whether its members are to be named one by one, as its own name does not tell them.
 */
export function isOther(group) {
  return group.name === OTHER;
}

/**
 * One request's type: the group's name, or the browser's own where no group knows it.
 * @param {string} type As the browser names it.
 * @returns {string}
 */
export function typeLabel(type) {
  const name = GROUP_OF_TYPE.get(type);
  return name ? text(`type${name}`) : type;
}
