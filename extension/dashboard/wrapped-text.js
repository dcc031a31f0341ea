// Owns text in lines: SVG breaks none.

/**
 * Words in lines that are no wider than the room. A word that is, as a long name can be, is cut.
 *
 * @param {string} words
 * @param {number} room
 * @param {(piece: string) => number} widthOf
 * @returns {string[]}
 */
export function wrap(words, room, widthOf) {
  /** @type {string[]} */
  const lines = [];
  let line = '';
  for (const word of words.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= room) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = cut(word, room, widthOf);
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  return [...lines, line];
}

/**
 * @param {string} word
 * @param {number} room
 * @param {(piece: string) => number} widthOf
 * @returns {string[]} It whole where it has room.
 */
function cut(word, room, widthOf) {
  if (widthOf(word) <= room) return [word];
  const pieces = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && widthOf(piece + character) > room) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
