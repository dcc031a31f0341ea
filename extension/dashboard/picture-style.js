// Owns what makes a drawing independent of the page: the style sheets' colours and type, written into each of its elements.

/** What each kind of element is drawn with. */
const PAINT = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'opacity'];
const TYPE = ['font-size', 'font-weight', 'text-anchor', 'paint-order'];
/** What an element is drawn with where nothing is said. */
const INITIAL = new Map([
  ['fill-opacity', '1'],
  ['stroke', 'none'],
  ['stroke-opacity', '1'],
  ['stroke-dasharray', 'none'],
  ['opacity', '1'],
  ['text-anchor', 'start'],
  ['paint-order', 'normal'],
]);
/** What an element keeps of what it was made with. */
const KEPT = new Set([
  ...['viewBox', 'width', 'height', 'x', 'y', 'dx', 'dy', 'rx', 'ry', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'd'],
  ...['transform', 'role', 'data-value', 'data-day', 'data-name'],
]);

/**
 * Writes into each element how it looks in the light colours, and takes away what only the page needs: classes, states, what is hidden. Its
 * role stays: a picture is read, too.
 *
 * @param {SVGSVGElement} picture Of no document.
 * @returns {SVGSVGElement} The same.
 */
export function settle(picture) {
  const place = document.createElement('div');
  place.className = 'picture';
  place.append(picture);
  document.body.append(place);
  const looks = [...picture.querySelectorAll('*')].map((element) => ({ element, look: lookOf(element) }));
  place.remove();
  picture.remove();
  for (const { element, look } of looks) {
    if (look === null) element.remove();
    else write(element, look);
  }
  picture.setAttribute('font-family', 'sans-serif');
  return picture;
}

/**
 * @param {Element} element
 * @returns {[string, string][] | null} Nothing where it is not seen.
 */
function lookOf(element) {
  if (element.tagName === 'title' || element.tagName === 'desc') return [];
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden') return null;
  // A group's own look is that of what is in it, but for what is not inherited.
  const names = element.tagName === 'g' ? ['opacity'] : element.tagName === 'text' ? [...PAINT, ...TYPE] : PAINT;
  return names
    .map((name) => /** @type {[string, string]} */ ([name, style.getPropertyValue(name)]))
    .filter(([name, value]) => value !== '' && value !== INITIAL.get(name));
}

/**
 * @param {Element} element
 * @param {[string, string][]} look
 */
function write(element, look) {
  for (const { name } of [...element.attributes]) if (!KEPT.has(name)) element.removeAttribute(name);
  const hasStroke = look.some(([name]) => name === 'stroke');
  for (const [name, value] of look) if (hasStroke || name !== 'stroke-width') element.setAttribute(name, value);
}
