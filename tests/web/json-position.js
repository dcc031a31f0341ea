// Owns the place of the first fault in a text that is not JSON; the engine's own messages do not always name it.

// Inside a string: everything from the space on but the quote and the backslash.
const TOKEN =
  /\s*(?:([{}[\],:])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])))/y;

/**
 * Where the text stops being JSON (RFC 8259), as an offset; the text's length where it ends too early.
 * @param {string} text
 * @returns {number}
 */
export function faultOffset(text) {
  /** What closes each value that is open: `}` or `]`. @type {string[]} */
  const open = [];
  /** @type {'value' | 'valueOrClose' | 'key' | 'keyOrClose' | 'colon' | 'commaOrClose' | 'end'} */
  let expected = 'value';
  let offset = 0;
  for (;;) {
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text);
    const start = offset + (/^\s*/.exec(text.slice(offset, offset + 4096))?.[0].length ?? 0);
    if (!token) return isCutOff(text, start) ? text.length : start;
    const [, sign = '', string] = token;
    const isValue = sign === '' || sign === '{' || sign === '[';
    if (expected === 'end') return start;
    if (
      (expected === 'valueOrClose' || expected === 'keyOrClose' || expected === 'commaOrClose') &&
      sign === open.at(-1)
    ) {
      open.pop();
      expected = open.length === 0 ? 'end' : 'commaOrClose';
    } else if (expected === 'value' || expected === 'valueOrClose') {
      if (!isValue) return start;
      if (sign === '') {
        expected = open.length === 0 ? 'end' : 'commaOrClose';
      } else {
        open.push(sign === '{' ? '}' : ']');
        expected = sign === '{' ? 'keyOrClose' : 'valueOrClose';
      }
    } else if (expected === 'key' || expected === 'keyOrClose') {
      if (!string) return start;
      expected = 'colon';
    } else if (expected === 'colon') {
      if (sign !== ':') return start;
      expected = 'value';
    } else {
      if (sign !== ',') return start;
      expected = open.at(-1) === '}' ? 'key' : 'value';
    }
    offset = TOKEN.lastIndex;
  }
}

/**
 * Whether the text ends inside a token rather than being wrong there.
 * @param {string} text
 * @param {number} start
 */
function isCutOff(text, start) {
  const rest = text.slice(start);
  return /^(?:"(?:[ !#-[\]-\uffff]|\\.)*\\?|[a-z]{0,4}|-?[\d.eE+-]*)$/.test(rest);
}

/**
 * Line and column, both from 1, as editors count them.
 * @param {string} text
 * @param {number} offset
 */
export function linePlace(text, offset) {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
