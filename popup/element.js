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
 * @param {string} ascii As the browser does; it stands beside it where it differs, for names can look alike.
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
  element.replaceChildren(...breakable(written));
  if (written === ascii) return;
  element.title = ascii;
  element.append(' ', make('span', { class: 'ascii' }, ...breakable(ascii)));
}

/**
 * A name whose line may end behind its dots; behind hyphens it may by itself.
 * @param {string} name
 */
function breakable(name) {
  return name.split(/(?<=\.)/).flatMap((label, at) => (at === 0 ? [label] : [make('wbr'), label]));
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

/**
 * Puts content in the place of what an element holds, unless that is the same: then a link in it keeps the focus.
 * @param {Element} element
 * @param {...(string | Node)} content Without listeners of its own.
 */
export function drawContent(element, ...content) {
  const next = document.createDocumentFragment();
  next.append(...content);
  const held = [...element.childNodes];
  const isSame =
    held.length === next.childNodes.length && held.every((node, at) => node.isEqualNode(next.childNodes[at] ?? null));
  if (!isSame) element.replaceChildren(next);
}

/**
 * Marks that one of several links leads to what is shown already, or that it does not.
 * @param {Element} link
 * @param {boolean} isCurrent
 * @param {'page' | 'true'} [what] Of the pages that the links are of; else of what they choose.
 */
export function drawCurrent(link, isCurrent, what = 'true') {
  if (isCurrent) link.setAttribute('aria-current', what);
  else link.removeAttribute('aria-current');
}
