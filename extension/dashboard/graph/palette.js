// Owns the colours that the graph is painted with: those of the style sheets as they are now, for a canvas knows none.

/**
 * @typedef {object} Palette
 * @property {string} paper
 * @property {string} site
 * @property {string} thirdParty
 * @property {string} link
 * @property {string} chosen Of what is chosen, and its links.
 * @property {string} name
 * @property {string} font
 */

/** What changes them. */
const SCHEMES = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'];

/**
 * @param {Element} element Of the graph.
 * @returns {Palette}
 */
export function paletteOf(element) {
  const style = getComputedStyle(element);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(`--graph-${name}`).trim();
  return {
    paper: colour('paper'),
    site: colour('site'),
    thirdParty: colour('third-party'),
    link: colour('link'),
    chosen: colour('chosen'),
    name: colour('name'),
    font: `${style.fontSize} ${style.fontFamily}`,
  };
}

/** @param {() => void} onChange */
export function watchPalette(onChange) {
  for (const scheme of SCHEMES) matchMedia(scheme).addEventListener('change', onChange);
}
