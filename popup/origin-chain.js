// Owns “who brought it”: the chain page → frame → redirect → domain, as far as the browser tells.
import { text } from '../extension/i18n.js';
import { hostName, make, symbol } from './element.js';

/** @typedef {import('../extension/core/types.js').Step} Step */
/** @typedef {import('../extension/core/types.js').PageView} PageView */
/** @typedef {Pick<ReadonlyMap<string, string>, 'get'>} WrittenNames Hosts as people write them, by their ASCII form. */

/**
 * Steps name hosts in ASCII only: how they are written stands elsewhere in the same view.
 * @param {PageView} page
 * @returns {WrittenNames}
 */
export function writtenNames(page) {
  /** @type {Map<string, string>} */
  const names = new Map([[page.site, page.siteText]]);
  if (page.host.endsWith(page.site)) names.set(page.host, page.host.slice(0, -page.site.length) + page.siteText);
  for (const hop of page.hops) names.set(hop.host, hop.text);
  for (const domain of page.domains) {
    names.set(domain.domain, domain.text);
    for (const host of domain.hosts) names.set(host.host, host.text);
  }
  return names;
}

/**
 * The steps between the page and the domain, for one line of a row.
 * @param {readonly Step[]} steps
 * @param {WrittenNames} names
 * @returns {HTMLElement}
 */
export function shortChain(steps, names) {
  const named = steps.map(({ kind, host }) => ({ kind, name: hostName(names.get(host) ?? host, host) }));
  return make('span', { class: 'chain', 'data-testid': 'brought-by' }, ...chainLine(named));
}

/**
 * Steps in one line, each with a name of whatever it is.
 * @param {readonly { kind: Step['kind'], name: string | Node }[]} steps
 * @returns {(string | Node)[]} What to append.
 */
export function chainLine(steps) {
  return steps.flatMap((step, index) => [
    ...(index > 0 ? [' ', ...arrow(), ' '] : []),
    text(stepKey(step)),
    ' ',
    step.name,
  ]);
}

/**
 * The whole chain, from the page to the domain, a step a line.
 * @param {PageView} page
 * @param {readonly Step[]} steps
 * @param {HTMLElement} domain The domain's name.
 * @param {WrittenNames} names
 * @returns {HTMLElement}
 */
export function wholeChain(page, steps, domain, names) {
  const chain = make('ol', { class: 'whole-chain', 'data-testid': 'chain' });
  chain.append(chainLink('stepPage', hostName(names.get(page.host) ?? page.host, page.host)));
  for (const step of steps)
    chain.append(chainLink(stepKey(step), hostName(names.get(step.host) ?? step.host, step.host)));
  chain.append(make('li', {}, ...arrow(), make('strong', {}, domain)));
  return chain;
}

/**
 * @param {string} key
 * @param {HTMLElement} host
 * @returns {HTMLElement}
 */
function chainLink(key, host) {
  const link = make('li', {}, make('span', { class: 'soft' }, text(key)), ' ', host);
  if (key !== 'stepPage') link.prepend(...arrow());
  return link;
}

/** @returns {Node[]} */
function arrow() {
  return [symbol('then'), make('span', { class: 'visually-hidden' }, text('stepTo'))];
}

/**
 * @param {Pick<Step, 'kind'>} step
 * @returns {string}
 */
function stepKey({ kind }) {
  return kind === 'frame' ? 'stepFrame' : 'stepRedirect';
}
