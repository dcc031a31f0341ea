// Owns what is noted of a request that reached the web.

/** @typedef {import('./request-log.js').LoggedRequest} LoggedRequest */

/**
 * A request as a handler sees it.
 * @typedef {LoggedRequest & { headers: import('node:http').IncomingHttpHeaders }} WebRequest
 */

/**
 * @param {import('./front-door.js').DoorRequest} incoming
 * @param {URL} url
 * @param {'http' | 'websocket'} type
 * @returns {WebRequest}
 */
export function webRequest(incoming, url, type) {
  const { headers } = incoming;
  const asked = new URL(url);
  if (type === 'websocket') asked.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return {
    ...addressOf(asked),
    at: Date.now(),
    type,
    method: incoming.method ?? 'GET',
    secFetchSite: text(headers['sec-fetch-site']),
    secFetchDest: text(headers['sec-fetch-dest']),
    secFetchMode: text(headers['sec-fetch-mode']),
    referer: headers.referer ?? '',
    isConditional: headers['if-none-match'] !== undefined,
    purpose: text(headers['sec-purpose'] ?? headers.purpose),
    headers,
  };
}

/**
 * @param {URL} url
 * @returns {LoggedRequest}
 */
export function webTransportRequest(url) {
  return {
    ...addressOf(url),
    at: Date.now(),
    type: 'webtransport',
    method: 'CONNECT',
    isConditional: false,
    // The server does not say what the browser's headers were.
    ...{ secFetchSite: '', secFetchDest: '', secFetchMode: '', referer: '', purpose: '' },
  };
}

/** @param {URL} url */
function addressOf(url) {
  return {
    scheme: url.protocol.slice(0, -1),
    host: url.hostname,
    port: Number(url.port || (['https:', 'wss:'].includes(url.protocol) ? 443 : 80)),
    path: url.pathname + url.search,
    url: url.href,
  };
}

/**
 * @param {string | string[] | undefined} header
 */
function text(header) {
  return Array.isArray(header) ? header.join(', ') : (header ?? '');
}
