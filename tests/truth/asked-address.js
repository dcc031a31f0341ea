// Owns the addresses of a case's web: each says by itself which load asked, along which way, and what is to be answered.

/**
 * What an address says. The names are short: they are in every address.
 *
 * @typedef {object} Asked
 * @property {number} l the load: the number that the server gave to the page's document; 0: no page asked
 * @property {number} n what tells it from what the same document asks for beside it
 * @property {import('./case.js').AskKind} k
 * @property {import('./case.js').Fate} f
 * @property {string[]} i hosts of the frames that hold who asks, outermost first
 * @property {string[]} v hosts that redirected here
 * @property {string[]} to hosts that are still to be asked
 * @property {string} [w] host of the service worker that asks
 * @property {number} [s] of what a server hangs up on: which of the frames' documents asks
 * @property {number} [fr] of a frame: the place of its document
 * @property {string} [in] of a worker: the host that it asks
 *
 * @typedef {object} Way what the address of a navigation's redirect says
 * @property {string[]} to hosts that are still to be asked
 * @property {string} end the page's address
 */

/** By these the web's blank answers know what to send where the browser does not say what it is for. */
const EXTENSIONS = /** @type {Partial<Record<import('./case.js').AskKind, string>>} */ ({
  image: 'gif',
  script: 'js',
  preload: 'js',
  prefetch: 'js',
  worker: 'js',
  stylesheet: 'css',
  font: 'woff2',
  media: 'wav',
  frame: 'html',
});

/**
 * @param {string} scheme
 * @param {string} host
 * @param {Asked} asked
 */
export function askedAddress(scheme, host, asked) {
  return `${scheme}://${host}/x/${pack(asked)}.${EXTENSIONS[asked.k] ?? 'json'}`;
}

/**
 * @param {string} path
 * @returns {Asked | null}
 */
export function askedOf(path) {
  return unpack(/^\/x\/([\w-]+)\.\w+$/.exec(path)?.[1]);
}

/**
 * An address that is the same whoever asks, so that the browser can keep its answer.
 *
 * @param {string} scheme
 * @param {string} host
 * @param {import('./case.js').AskKind} kind
 */
export function keptAddress(scheme, host, kind) {
  return `${scheme}://${host}/kept.${EXTENSIONS[kind] ?? 'json'}`;
}

/** @param {string} path */
export function isKept(path) {
  return /^\/kept\.\w+$/.test(path);
}

/**
 * @param {string} host
 * @param {Way} way
 */
export function wayAddress(host, way) {
  return `https://${host}/way/${pack(way)}`;
}

/**
 * @param {string} path
 * @returns {Way | null}
 */
export function wayOf(path) {
  return unpack(/^\/way\/([\w-]+)$/.exec(path)?.[1]);
}

/** @param {object} value */
function pack(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** @param {string | undefined} text */
function unpack(text) {
  return text === undefined ? null : JSON.parse(Buffer.from(text, 'base64url').toString());
}
