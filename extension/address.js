// Owns what is read off a URL: its host and its scheme.

// Browsers hand over URLs that their own parser has serialised, so a scan finds what the parser would; a `URL` object for
// each request costs more than counting it.

const COLON = 58;
const SLASH = 47;
const QUESTION_MARK = 63;
const HASH = 35;
const AT = 64;
const CLOSING_BRACKET = 93;

/**
 * The host of a serialised URL, as `URL.hostname` gives it; empty where it has none (`data:`, `blob:`, `about:`, no URL).
 *
 * @param {string} url
 * @returns {string}
 */
export function hostOf(url) {
  const colon = url.indexOf(':');
  // No authority: the body of a `data:` URL, which can be megabytes, is not looked at.
  if (colon < 1 || url.charCodeAt(colon + 1) !== SLASH || url.charCodeAt(colon + 2) !== SLASH) return '';
  let from = colon + 3;
  let port = -1;
  let end = url.length;
  for (let at = from; at < end; at += 1) {
    const code = url.charCodeAt(at);
    if (code === SLASH || code === QUESTION_MARK || code === HASH) {
      end = at;
    } else if (code === COLON) {
      port = at;
    } else if (code === AT) {
      // What came before is a user's name and password.
      from = at + 1;
      port = -1;
    } else if (code === CLOSING_BRACKET) {
      // The colons so far are those of an IPv6 address.
      port = -1;
    }
  }
  return url.slice(from, port === -1 ? end : port);
}

/**
 * The part of a serialised URL that its host is in, from its beginning: two URLs of which it is the same have the same host.
 * Found faster than the host itself.
 *
 * @param {string} url
 * @returns {string}
 */
export function upToHost(url) {
  const end = url.indexOf('/', url.indexOf('//') + 2);
  return end === -1 ? url : url.slice(0, end);
}

/**
 * The scheme of a serialised URL, without the colon; empty where there is none.
 *
 * @param {string} url
 * @returns {string}
 */
export function schemeOf(url) {
  const colon = url.indexOf(':');
  return colon === -1 ? '' : url.slice(0, colon);
}

/**
 * Whether requests to this scheme are counted.
 *
 * @param {string} scheme
 * @returns {boolean}
 */
export function isWebScheme(scheme) {
  return scheme === 'https' || scheme === 'http' || scheme === 'wss' || scheme === 'ws';
}
