// Owns the painting of a picture on a canvas: the few kinds of elements that pictures are made of. An image of the SVG would have to be loaded, which
// the pages' policy allows for files of the extension only.

/** @typedef {CanvasRenderingContext2D} Context */

const ANCHORS = new Map([
  ['middle', /** @type {const} */ ('center')],
  ['end', /** @type {const} */ ('right')],
]);

/**
 * Paints a picture, each of whose elements says itself how it looks.
 *
 * @param {SVGElement} element
 * @param {Context} context
 * @throws {Error} At an element that it does not know: a picture is whole or none.
 */
export function paint(element, context) {
  if (element.tagName === 'title' || element.tagName === 'desc') return;
  context.save();
  const number = (/** @type {string} */ name, fallback = 0) =>
    Number.parseFloat(element.getAttribute(name) ?? '') || fallback;
  if (element instanceof SVGGraphicsElement) {
    const matrix = element.transform.baseVal.consolidate()?.matrix;
    if (matrix) context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
  }
  context.globalAlpha *= shareOf(element, 'opacity');
  if (element instanceof SVGTextElement) paintText(element, context, number);
  else if (element instanceof SVGSVGElement || element instanceof SVGGElement) {
    for (const child of element.children) paint(/** @type {SVGElement} */ (child), context);
  } else paintShape(element, context, outlineOf(element, number));
  context.restore();
}

/**
 * @param {SVGElement} element
 * @param {(name: string, fallback?: number) => number} number
 * @returns {Path2D}
 */
function outlineOf(element, number) {
  const path = new Path2D(element.tagName === 'path' ? (element.getAttribute('d') ?? '') : undefined);
  if (element.tagName === 'rect') {
    path.roundRect(number('x'), number('y'), number('width'), number('height'), number('rx'));
  } else if (element.tagName === 'circle') {
    path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI);
  } else if (element.tagName === 'line') {
    path.moveTo(number('x1'), number('y1'));
    path.lineTo(number('x2'), number('y2'));
  } else if (element.tagName !== 'path') throw new Error(`${element.tagName} in a picture`);
  return path;
}

/**
 * @param {SVGElement} element
 * @param {Context} context
 * @param {Path2D} outline
 */
function paintShape(element, context, outline) {
  painted(element, context, 'fill', () => context.fill(outline));
  painted(element, context, 'stroke', () => context.stroke(outline));
}

/**
 * @param {SVGTextElement} element
 * @param {Context} context
 * @param {(name: string, fallback?: number) => number} number
 */
function paintText(element, context, number) {
  context.font = `${number('font-weight', 400)} ${number('font-size', 16)}px sans-serif`;
  context.textAlign = ANCHORS.get(element.getAttribute('text-anchor') ?? '') ?? 'left';
  context.lineJoin = 'round';
  const [words, x, y] = [element.textContent ?? '', number('x') + number('dx'), number('y') + number('dy')];
  // The edge that keeps a label readable over lines lies below its letters.
  painted(element, context, 'stroke', () => context.strokeText(words, x, y));
  painted(element, context, 'fill', () => context.fillText(words, x, y));
}

/**
 * @param {SVGElement} element
 * @param {Context} context
 * @param {'fill' | 'stroke'} kind
 * @param {() => void} act
 */
function painted(element, context, kind, act) {
  const colour = element.getAttribute(kind) ?? 'none';
  if (colour === 'none') return;
  const before = context.globalAlpha;
  context.globalAlpha = before * shareOf(element, `${kind}-opacity`);
  if (kind === 'fill') context.fillStyle = colour;
  else {
    context.strokeStyle = colour;
    context.lineWidth = Number.parseFloat(element.getAttribute('stroke-width') ?? '1');
    context.setLineDash((element.getAttribute('stroke-dasharray') ?? '').match(/[\d.]+/g)?.map(Number) ?? []);
  }
  act();
  context.globalAlpha = before;
}

/**
 * @param {SVGElement} element
 * @param {string} name
 */
function shareOf(element, name) {
  return Number(element.getAttribute(name) ?? 1);
}
