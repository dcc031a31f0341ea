// Owns where the names of nodes are written: the first that are given have the first choice, and no two overlap.

/**
 * @typedef {object} Candidate A name that would be written.
 * @property {number} place Of its node.
 * @property {number} x Of the node's middle, in pixels.
 * @property {number} y
 * @property {number} radius
 * @property {number} width Of the name.
 *
 * @typedef {object} PlacedName
 * @property {number} place
 * @property {number} left
 * @property {number} middle Of its height.
 * @property {number} width
 * @property {number} height
 */

/** The height of a line, and how far a name stands from its node. */
export const NAME_HEIGHT = 17;
const BESIDE = 4;
/** Of the squares that the screen is divided into, to find what lies near. */
const SQUARE = 64;

/** What lies in each square of the screen. */
class Squares {
  /** @type {Map<number, PlacedName[]>} */
  #boxes = new Map();

  /** @param {PlacedName} box */
  add(box) {
    for (const square of squaresOf(box)) {
      const boxes = this.#boxes.get(square);
      if (boxes) boxes.push(box);
      else this.#boxes.set(square, [box]);
    }
  }

  /** @param {PlacedName} box Whether something of another node lies there. */
  isFree(box) {
    return !squaresOf(box).some((square) =>
      this.#boxes.get(square)?.some((other) => other.place !== box.place && overlap(box, other)),
    );
  }
}

/**
 * Finds a place for as many names as there is room for: where there is nothing; else where only nodes are, which stay to be seen around it.
 *
 * @param {readonly Candidate[]} candidates
 * @param {Iterable<Omit<Candidate, 'width'>>} nodes All that are seen.
 * @param {{ width: number, height: number }} size Of the screen.
 * @param {number} most
 * @returns {PlacedName[]}
 */
export function placeNames(candidates, nodes, size, most) {
  const [taken, covered] = [new Squares(), new Squares()];
  for (const { place, x, y, radius } of nodes) {
    covered.add({ place, left: x - radius, middle: y, width: 2 * radius, height: 2 * radius });
  }
  /** @type {PlacedName[]} */
  const placed = [];
  for (const candidate of candidates) {
    if (placed.length >= most) break;
    if (!isSeen(candidate, size)) continue;
    const free = waysOf(candidate).filter(
      (name) => name.left >= 0 && name.left + name.width <= size.width && taken.isFree(name),
    );
    const name = free.find((one) => covered.isFree(one)) ?? free[0];
    if (!name) continue;
    placed.push(name);
    taken.add(name);
  }
  return placed;
}

/**
 * Whether anything of a node is on the screen.
 *
 * @param {Omit<Candidate, 'width'>} node
 * @param {{ width: number, height: number }} size
 */
export function isSeen({ x, y, radius }, { width, height }) {
  return x + radius >= 0 && y + radius >= 0 && x - radius <= width && y - radius <= height;
}

/**
 * Where a name may stand: right of its node, left, below, above.
 *
 * @param {Candidate} candidate
 * @returns {PlacedName[]}
 */
function waysOf({ place, x, y, radius, width }) {
  const [away, half] = [radius + BESIDE, radius + NAME_HEIGHT / 2];
  return [
    [x + away, y],
    [x - away - width, y],
    [x - width / 2, y + half],
    [x - width / 2, y - half],
  ].map(([left = 0, middle = 0]) => ({ place, left, middle, width, height: NAME_HEIGHT }));
}

/**
 * @param {PlacedName} one
 * @param {PlacedName} other
 */
export function overlap(one, other) {
  const isBeside = one.left + one.width <= other.left || other.left + other.width <= one.left;
  return !isBeside && Math.abs(one.middle - other.middle) < (one.height + other.height) / 2;
}

/** @param {PlacedName} box */
function squaresOf({ left, middle, width, height }) {
  const squares = [];
  const [top, bottom] = [middle - height / 2, middle + height / 2];
  for (let row = Math.floor(top / SQUARE); row <= Math.floor(bottom / SQUARE); row += 1) {
    for (let column = Math.floor(left / SQUARE); column <= Math.floor((left + width) / SQUARE); column += 1) {
      squares.push(row * 0x10000 + column);
    }
  }
  return squares;
}

/** Letters of a name that is written in full. */
const LONGEST = 32;
/** Of a longer one, what stays of its beginning: its end says whose it is. */
const BEGINNING = 11;

/**
 * A name that is not longer than there is ever room for.
 *
 * @param {string} name
 */
export function shortName(name) {
  if (name.length <= LONGEST) return name;
  // By letters as they are read: half a letter is none.
  const letters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name)].map(
    ({ segment }) => segment,
  );
  if (letters.length <= LONGEST) return name;
  return [...letters.slice(0, BEGINNING), '…', ...letters.slice(BEGINNING + 1 - LONGEST)].join('');
}
