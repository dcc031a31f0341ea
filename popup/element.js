// Owns the making of elements: attributes and text nodes only, so that nothing from the network is ever parsed.
import { number } from '../extension/i18n.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | undefined>} [attributes] One that is undefined is left out.
 * @param {...(string | Node)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * A drawing of the page's sprite, copied: a `use` element costs a shadow tree, and a long list has hundreds of marks.
 * It stands beside words and is hidden from screen readers.
 * @param {string} name
 * @returns {SVGSVGElement}
 */
export function symbol(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'symbol');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const drawing = document.getElementById(`symbol-${name}`);
  if (drawing) for (const shape of drawing.children) svg.append(shape.cloneNode(true));
  return svg;
}

/**
 * A host, isolated and left to right, so that a right-to-left name cannot reorder what stands around it.
 * @param {string} written As people write it.
 * @param {string} ascii As the browser does; in the tooltip where it differs.
 * @returns {HTMLElement}
 */
export function hostName(written, ascii) {
  const element = make('bdi', { dir: 'ltr', class: 'host' });
  drawHostName(element, written, ascii);
  return element;
}

/**
 * @param {HTMLElement} element Of {@link hostName}.
 * @param {string} written
 * @param {string} ascii
 */
export function drawHostName(element, written, ascii) {
  element.textContent = written;
  if (written !== ascii) element.title = ascii;
}

/**
 * A count: formatted for the reader, raw in `data-value`.
 * @param {string} testid
 * @param {number} count
 * @param {string} [className]
 * @returns {HTMLSpanElement}
 */
export function numeral(testid, count, className) {
  const element = make('span', { 'data-testid': testid, class: className });
  drawNumeral(element, count);
  return element;
}

/**
 * @param {Element} element
 * @param {number} count
 */
export function drawNumeral(element, count) {
  if (element.getAttribute('data-value') === String(count)) return;
  element.setAttribute('data-value', String(count));
  element.textContent = number(count);
}

/**
 * Writes text only where it changed: a reader's selection in it survives.
 * @param {Element} element
 * @param {string} content
 */
export function drawText(element, content) {
  if (element.textContent !== content) element.textContent = content;
}

/**
 * A horizontal bar. The number that it pictures stands beside it, so it is hidden from screen readers.
 * @returns {HTMLSpanElement}
 */
export function measure() {
  return make('span', { class: 'measure', 'aria-hidden': 'true' }, make('span'));
}

/**
 * @param {HTMLElement} bar Of {@link measure}.
 * @param {number} share From 0 to 1.
 */
export function drawMeasure(bar, share) {
  bar.style.setProperty('--share', share.toFixed(4));
}

/**
 * An element of the page's own HTML.
 * @template {Element} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function part(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no ${kind.name} named ${id}`);
  return element;
}
