// Owns the reading of a HAR file up to checked shapes: the JSON, and the few fields that a replay stands on.
import { readFile } from 'node:fs/promises';
import { HarError } from './har-error.js';
import { faultOffset, linePlace } from './json-position.js';

/** @typedef {{ name: string, value: string }} RawHeader */

/**
 * What of an entry is used, checked. Fields that start with `_` are the recorders' own.
 * @typedef {object} RawEntry
 * @property {string} pageref empty where the entry names no page
 * @property {number} at milliseconds since the epoch
 * @property {string} method
 * @property {string} url
 * @property {RawHeader[]} requestHeaders
 * @property {number} status
 * @property {RawHeader[]} responseHeaders
 * @property {string} redirectUrl as recorded, maybe relative, maybe empty
 * @property {string} mimeType
 * @property {string} resourceType Chrome's `_resourceType`
 * @property {boolean} fromCache a cache answered, or a service worker
 * @property {string} error
 * @property {boolean} reachedServer an address or time that only an answer, or the wait for one, can have left
 */

/** @typedef {{ id: string, title: string }} RawPage */

/**
 * @param {string} file
 * @returns {Promise<{ pages: RawPage[], entries: RawEntry[] }>}
 * @throws {HarError}
 */
export async function readHarShape(file) {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new HarError(file, '', `the file cannot be read (${error.code ?? error.message})`);
  });
  const document = parse(file, text.replace(/^\uFEFF/, ''));
  const log = object(file, object(file, document, 'the document')['log'], 'log');
  const byFirefox = record(log['creator'])['name'] === 'Firefox';
  const pages = list(file, log['pages'] ?? [], 'log.pages').map((page, index) => {
    const fields = object(file, page, `log.pages[${index}]`);
    return { id: string(file, fields['id'], `log.pages[${index}].id`), title: optionalString(fields['title']) };
  });
  const entries = list(file, log['entries'], 'log.entries').map((entry, index) =>
    rawEntry(file, entry, byFirefox, `log.entries[${index}]`),
  );
  if (entries.length === 0) throw new HarError(file, 'log.entries', 'it holds no request');
  return { pages, entries };
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {unknown}
 */
function parse(file, text) {
  try {
    return JSON.parse(text);
  } catch {
    const offset = faultOffset(text);
    const { line, column } = linePlace(text, offset);
    const position = `line ${line}, column ${column}`;
    if (offset >= text.length) throw new HarError(file, position, 'the file ends before its JSON does: it is cut off');
    throw new HarError(file, position, `not JSON: unexpected ${JSON.stringify(text[offset])}`);
  }
}

/**
 * @param {string} file
 * @param {unknown} value
 * @param {boolean} byFirefox Firefox itself recorded it, whose words for its cache are its own
 * @param {string} where
 * @returns {RawEntry}
 */
function rawEntry(file, value, byFirefox, where) {
  const entry = object(file, value, where);
  const request = object(file, entry['request'], `${where}.request`);
  const response = object(file, entry['response'], `${where}.response`);
  const started = string(file, entry['startedDateTime'], `${where}.startedDateTime`);
  const at = Date.parse(started);
  if (Number.isNaN(at)) throw new HarError(file, `${where}.startedDateTime`, `${JSON.stringify(started)} is no date`);
  const timings = record(entry['timings']);
  const waited = [timings['wait'], timings['receive'], timings['send']].some((ms) => typeof ms === 'number' && ms > 0);
  return {
    pageref: optionalString(entry['pageref']),
    at,
    method: string(file, request['method'], `${where}.request.method`).toUpperCase(),
    url: string(file, request['url'], `${where}.request.url`),
    requestHeaders: headers(request['headers']),
    status: number(file, response['status'], `${where}.response.status`),
    responseHeaders: headers(response['headers']),
    redirectUrl: optionalString(response['redirectURL']),
    mimeType: optionalString(record(response['content'])['mimeType']),
    resourceType: optionalString(entry['_resourceType']).toLowerCase(),
    fromCache:
      Boolean(entry['_fromCache'] ?? response['_fromCache']) ||
      (byFirefox && isFirefoxsOwnAnswer(entry, response, waited)),
    error: optionalString(entry['_error'] ?? response['_error']),
    reachedServer: waited || optionalString(entry['serverIPAddress']) !== '',
  };
}

/**
 * Whether Firefox answered from its cache or by a service worker. Firefox 153 writes headers of 0 bytes then, and no
 * times; older ones (43 is one) wrote `cache.afterRequest`, which 153 writes for a 304 alone: a server's answer. In
 * HAR 1.2 the same word tells of an answer that was stored.
 * @param {Record<string, unknown>} entry
 * @param {Record<string, unknown>} response
 * @param {boolean} waited
 */
function isFirefoxsOwnAnswer(entry, response, waited) {
  const cache = record(entry['cache']);
  if (!(Number(response['status']) > 0) || response['status'] === 304) return false;
  return (response['headersSize'] === 0 && !waited) || ('afterRequest' in cache && !('beforeRequest' in cache));
}

/** @param {unknown} value @returns {Record<string, unknown>} */
function record(value) {
  return typeof value === 'object' && value !== null ? /** @type {Record<string, unknown>} */ (value) : {};
}

/** @param {unknown} value */
function optionalString(value) {
  return typeof value === 'string' ? value : '';
}

/**
 * Some recorders put the request's first line among the headers; what has no name or value is no header.
 * @param {unknown} value
 * @returns {RawHeader[]}
 */
function headers(value) {
  if (!Array.isArray(value)) return [];
  return value
    .map(record)
    .filter((header) => typeof header['name'] === 'string' && typeof header['value'] === 'string')
    .map((header) => ({ name: String(header['name']).toLowerCase(), value: String(header['value']) }));
}

/** @param {string} file @param {unknown} value @param {string} where @returns {Record<string, unknown>} */
function object(file, value, where) {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return record(value);
  throw new HarError(file, where, value === undefined ? 'it is missing' : 'it is not an object');
}

/** @param {string} file @param {unknown} value @param {string} where @returns {unknown[]} */
function list(file, value, where) {
  if (Array.isArray(value)) return value;
  throw new HarError(file, where, value === undefined ? 'it is missing' : 'it is not a list');
}

/** @param {string} file @param {unknown} value @param {string} where @returns {string} */
function string(file, value, where) {
  if (typeof value === 'string') return value;
  throw new HarError(file, where, value === undefined ? 'it is missing' : 'it is not a string');
}

/** @param {string} file @param {unknown} value @param {string} where @returns {number} */
function number(file, value, where) {
  if (typeof value === 'number') return value;
  throw new HarError(file, where, value === undefined ? 'it is missing' : 'it is not a number');
}
