// Owns the answer to what nobody declared: the smallest valid content of the kind that the request asks for.

/**
 * What the web answers to one request.
 * @typedef {object} Answer
 * @property {number} [status] 200 by default
 * @property {Record<string, string>} [headers]
 * @property {string | Uint8Array} [body]
 * @property {string[]} [earlyHints] values of `Link`, sent at once in an answer 103 that goes before
 * @property {number} [delayMs] answered this much later
 * @property {Promise<unknown>} [after] answered once this has settled
 * @property {() => void} [onSent] called once it has left
 * @property {boolean} [hang] never answered: the connection stays open until the web stops
 * @property {boolean} [drop] the connection is closed without an answer
 */

const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
/** One glyph and one character. */
const WOFF2 =
  'd09GMgABAAAAAADoAAoAAAAAAiQAAACfAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAABmAANAoBKgE2AiQDBAsEAAQgBTwHIBuXAaCfBc45rraQxKaz' +
  'GEL+Fs9/f7Fz//sLUbLjTwJNm1mwMl4KKMUIG994i6ezEb6AheU/OI4bnJYMMk27TDrJNDgMutky7IC9OJZt26hy5GMx2QM+xqB1NVT7AgAaDBRW' +
  'JVhNjWkK+pRnLAACBgAAJgCC8Nzfe/Wn6gf7bTovoAwQqs/IAQgAIDkQBC7oXSSFYVA2L5IDjja3l02DBQAAAA==';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
/** Without an icon of its own a page has the browser ask for /favicon.ico. */
const HTML =
  '<!doctype html><html data-done="true"><title>blank</title><link rel="icon" href="data:,"><p>blank</p></html>';

/** A tenth of a second of silence: 8 kHz, 8 bits, one channel. */
function silence() {
  const samples = 800;
  const wav = Buffer.alloc(44 + samples, 0x80);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(8000, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples, 40);
  return wav;
}

/** @typedef {'html' | 'script' | 'style' | 'gif' | 'png' | 'svg' | 'font' | 'media' | 'json' | 'text'} BlankKind */

/** @type {Record<BlankKind, { type: string, body: string | Uint8Array }>} */
const BLANK = {
  html: { type: 'text/html; charset=utf-8', body: HTML },
  script: { type: 'text/javascript; charset=utf-8', body: '' },
  style: { type: 'text/css; charset=utf-8', body: '' },
  gif: { type: 'image/gif', body: Buffer.from(GIF, 'base64') },
  png: { type: 'image/png', body: Buffer.from(PNG, 'base64') },
  svg: { type: 'image/svg+xml', body: SVG },
  font: { type: 'font/woff2', body: Buffer.from(WOFF2, 'base64') },
  media: { type: 'audio/wav', body: silence() },
  json: { type: 'application/json', body: '{}' },
  text: { type: 'text/plain; charset=utf-8', body: '' },
};

/** @type {Record<string, BlankKind>} */
const BY_DESTINATION = {
  document: 'html',
  iframe: 'html',
  frame: 'html',
  embed: 'html',
  object: 'html',
  script: 'script',
  worker: 'script',
  sharedworker: 'script',
  serviceworker: 'script',
  style: 'style',
  image: 'gif',
  font: 'font',
  audio: 'media',
  video: 'media',
  manifest: 'json',
};

/** @type {Record<string, BlankKind>} */
const BY_EXTENSION = {
  htm: 'html',
  html: 'html',
  js: 'script',
  mjs: 'script',
  css: 'style',
  gif: 'gif',
  ico: 'gif',
  jpg: 'gif',
  jpeg: 'gif',
  webp: 'gif',
  png: 'png',
  svg: 'svg',
  woff: 'font',
  woff2: 'font',
  ttf: 'font',
  mp3: 'media',
  mp4: 'media',
  wav: 'media',
  webm: 'media',
  json: 'json',
};

/**
 * Plain http carries no Sec-Fetch-Dest: there the extension decides, then what the request says it accepts.
 * @param {{ secFetchDest: string, path: string }} request
 * @param {string} accept the request's Accept header
 * @returns {Answer}
 */
export function blankAnswer(request, accept) {
  const extension = /\.([a-z0-9]+)(?:\?|$)/i.exec(request.path)?.[1]?.toLowerCase() ?? '';
  const { type, body } = BLANK[BY_DESTINATION[request.secFetchDest] ?? BY_EXTENSION[extension] ?? kindAccepted(accept)];
  return { headers: { 'content-type': type }, body };
}

/**
 * @param {string} accept
 * @returns {BlankKind}
 */
function kindAccepted(accept) {
  if (accept.includes('text/html')) return 'html';
  if (accept.includes('text/css')) return 'style';
  if (accept.includes('image/')) return 'gif';
  return 'text';
}
