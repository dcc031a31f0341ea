// Owns the judgement of one recorded request: of what kind it was, and whether it left the browser at all.

/** @typedef {import('./har-shape.js').RawEntry} RawEntry */
/** @typedef {import('./har-shape.js').RawHeader} RawHeader */
/** @typedef {import('./page-requests.js').PageRequestKind} PageRequestKind */

/** @type {Record<string, PageRequestKind>} */
const BY_RESOURCE_TYPE = {
  document: 'frame',
  stylesheet: 'stylesheet',
  image: 'image',
  media: 'media',
  font: 'font',
  script: 'script',
  xhr: 'xhr',
  fetch: 'fetch',
  eventsource: 'eventsource',
  websocket: 'websocket',
  ping: 'beacon',
  beacon: 'beacon',
};

/** @type {Record<string, PageRequestKind>} */
const BY_DESTINATION = {
  document: 'frame',
  iframe: 'frame',
  frame: 'frame',
  style: 'stylesheet',
  image: 'image',
  audio: 'media',
  video: 'media',
  font: 'font',
  script: 'script',
};

/** @type {[RegExp, PageRequestKind][]} */
const BY_MIME_TYPE = [
  [/^text\/css/, 'stylesheet'],
  [/^image\//, 'image'],
  [/^(audio|video)\//, 'media'],
  [/font|woff/, 'font'],
  [/javascript|ecmascript/, 'script'],
  [/json/, 'xhr'],
];

/** @type {[RegExp, PageRequestKind][]} */
const BY_EXTENSION = [
  [/\.css$/i, 'stylesheet'],
  [/\.(gif|png|jpe?g|webp|avif|svg|ico)$/i, 'image'],
  [/\.(mp[34]|webm|ogg|wav|m4[av])$/i, 'media'],
  [/\.(woff2?|ttf|otf|eot)$/i, 'font'],
  [/\.m?js$/i, 'script'],
  [/\.html?$/i, 'frame'],
];

/**
 * @param {RawHeader[]} headers
 * @param {string} name in lower case
 */
export function headerOf(headers, name) {
  return headers.find((header) => header.name === name)?.value ?? '';
}

/**
 * The kind that a page replays the request as. The recorder's own word goes first, then what the browser said with the
 * request, then what came back, then the URL; `fetch` where nothing tells.
 * @param {RawEntry} entry
 * @param {URL} url
 * @returns {PageRequestKind}
 */
export function recordedKind(entry, url) {
  const { requestHeaders: headers } = entry;
  if (/^wss?:$/.test(url.protocol) || headerOf(headers, 'upgrade').toLowerCase() === 'websocket') return 'websocket';
  const kind =
    BY_RESOURCE_TYPE[entry.resourceType] ??
    BY_DESTINATION[headerOf(headers, 'sec-fetch-dest').toLowerCase()] ??
    kindAccepted(headerOf(headers, 'accept').toLowerCase(), headerOf(headers, 'x-requested-with')) ??
    BY_MIME_TYPE.find(([pattern]) => pattern.test(entry.mimeType))?.[1] ??
    BY_EXTENSION.find(([pattern]) => pattern.test(url.pathname))?.[1] ??
    'fetch';
  if (kind === 'beacon' || kind === 'xhr') return kind;
  return entry.method === 'GET' ? kind : 'fetch';
}

/**
 * Only navigations accept `text/html` by name, only style sheets `text/css`, only images `image/…` without HTML.
 * @param {string} accept
 * @param {string} requestedWith
 * @returns {PageRequestKind | null}
 */
function kindAccepted(accept, requestedWith) {
  if (requestedWith) return 'xhr';
  if (accept.includes('text/html')) return 'frame';
  if (accept.startsWith('text/css')) return 'stylesheet';
  if (accept.startsWith('image/')) return 'image';
  return null;
}

/**
 * Whether the entry is a page's document, or a redirect that may lead to one.
 * @param {RawEntry} entry
 */
export function isDocument(entry) {
  if (entry.resourceType) return entry.resourceType === 'document';
  const destination = headerOf(entry.requestHeaders, 'sec-fetch-dest');
  if (destination) return destination === 'document';
  return headerOf(entry.requestHeaders, 'accept').includes('text/html') || entry.mimeType.startsWith('text/html');
}

/**
 * What became of a request: a cache answered, or a service worker; the browser redirected by itself (https upgrade, an
 * extension) and sent nothing; an answer came; none did.
 * @typedef {'cached' | 'internal' | 'answered' | 'failed'} Fate
 */

/**
 * @param {RawEntry} entry
 * @param {string | null} target where its redirect leads to
 * @returns {Fate}
 */
export function recordedFate(entry, target) {
  if (entry.fromCache) return 'cached';
  // Chrome's header on the answers that it makes up itself; all of them are redirects.
  if (target !== null && headerOf(entry.responseHeaders, 'non-authoritative-reason')) return 'internal';
  return entry.status > 0 ? 'answered' : 'failed';
}

/**
 * Why the request never left the browser, or null where it did.
 * @param {RawEntry} entry
 * @param {Fate} fate
 * @returns {string | null}
 */
export function reasonNotSent(entry, fate) {
  if (fate === 'cached') return 'answered from the cache';
  if (fate === 'internal') return "the browser's own redirect, never sent";
  if (fate === 'answered' || entry.reachedServer) return null;
  return entry.error ? `never answered: ${entry.error}` : 'aborted or blocked before it was sent';
}

/**
 * The address that a recorded redirect leads to, or null where the answer is no redirect.
 * @param {RawEntry} entry
 * @param {URL} url
 * @returns {string | null}
 */
export function redirectTarget(entry, url) {
  if (![301, 302, 303, 307, 308].includes(entry.status)) return null;
  const location = entry.redirectUrl || headerOf(entry.responseHeaders, 'location');
  if (!location || !URL.canParse(location, url)) return null;
  return addressOf(new URL(location, url));
}

/**
 * The URL as it travels: the fragment stays in the browser.
 * @param {URL} url
 */
export function addressOf(url) {
  const sent = new URL(url);
  sent.hash = '';
  return sent.href;
}
