// Owns what is said where a tab has no count: nothing to count, not seen yet, excluded.
import { sentence, text } from '../extension/i18n.js';
import { hostName, make, symbol } from './element.js';
import { reloadButton, wayToCount } from './notice.js';

/** @typedef {import('../extension/core/types.js').TabView} TabView */
/** @typedef {import('./notice.js').Hindrance} Hindrance */

const BROWSER_SCHEMES = new Set([
  'about',
  'chrome',
  'chrome-error',
  'chrome-search',
  'chrome-untrusted',
  'devtools',
  'edge',
  'brave',
  'opera',
  'vivaldi',
  'resource',
  'view-source',
]);
const EXTENSION_SCHEMES = new Set(['chrome-extension', 'moz-extension', 'extension']);

/**
 * @param {Exclude<TabView, { kind: 'page' }>} tab
 * @param {Hindrance} hindrance
 * @param {{ reload: () => void, include: HTMLElement }} ways The ways out that a state may offer.
 * @returns {HTMLElement[]}
 */
export function tabState(tab, hindrance, { reload, include }) {
  if (tab.kind === 'nothing') {
    return [
      heading('nothing', 'nothingTitle'),
      make('p', { 'data-testid': 'nothing-scheme', 'data-value': tab.scheme }, ...nothingText(tab.scheme)),
    ];
  }
  if (tab.kind === 'unseen') {
    return [heading('unseen', 'unseenTitle'), make('p', {}, text('unseenText')), ...toCount(hindrance, reload)];
  }
  if (tab.kind === 'uncounted') {
    return [
      heading('uncounted', 'uncountedTitle', 'unseen'),
      make('p', {}, text('uncountedText')),
      ...toCount(hindrance, reload),
    ];
  }
  const site = make('strong', {}, hostName(tab.siteText, tab.site));
  return [
    heading('excluded', 'excludedTitle'),
    make('p', {}, ...sentence('excludedText', site)),
    make('div', { class: 'ways' }, include),
  ];
}

/**
 * The way to a count. While something hinders it a reload leads only back here, so that none is offered.
 * @param {Hindrance} hindrance
 * @param {() => void} reload
 * @returns {HTMLElement[]}
 */
function toCount(hindrance, reload) {
  const way = wayToCount(hindrance);
  return hindrance ? [way] : [way, make('div', { class: 'ways' }, reloadButton(reload))];
}

/**
 * @param {string} name
 * @param {string} key
 * @param {string} [picture] The symbol's name, where it is another.
 * @returns {HTMLElement}
 */
function heading(name, key, picture = name) {
  return make('h2', { class: 'state-title', tabindex: -1, 'data-testid': `state-${name}` }, symbol(picture), text(key));
}

/**
 * @param {string} scheme
 * @returns {(string | Node)[]}
 */
function nothingText(scheme) {
  if (scheme === '') return [text('nothingEmpty')];
  const shown = make('code', {}, `${scheme}:`);
  if (BROWSER_SCHEMES.has(scheme)) return sentence('nothingBrowser', shown);
  if (EXTENSION_SCHEMES.has(scheme)) return sentence('nothingExtension', shown);
  if (scheme === 'file') return sentence('nothingFile', shown);
  return sentence('nothingOther', shown);
}
