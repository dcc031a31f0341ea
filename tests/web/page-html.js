// Owns the HTML of a declared page: what it shows, and the requests that it makes.
import { makeRequests } from './page-requests.js';

/**
 * @typedef {object} PageSpec
 * @property {string} [title]
 * @property {string} [language] of the root element; `en` by default
 * @property {string} [head] more HTML for the head
 * @property {string} [body] HTML of the body
 * @property {import('./page-requests.js').PageRequest[]} [requests] made by the page's script, all at once
 * @property {Record<string, string>} [headers] more response headers
 * @property {number} [boundMs] the page is done after this long, settled or not; 20 s by default
 */

/**
 * @param {PageSpec} spec
 * @returns {string}
 */
export function pageHtml(spec) {
  const { title = 'page', language = 'en', head = '', body = '', requests = [], boundMs = 20_000 } = spec;
  const script = `(${makeRequests})(${inScript(requests)}, ${boundMs});`;
  return [
    '<!doctype html>',
    `<html lang="${language}" data-done="false">`,
    `<head><meta charset="utf-8"><title>${inText(title)}</title><link rel="icon" href="data:,">${head}</head>`,
    `<body>${body}<script>${script}</script></body>`,
    '</html>',
    '',
  ].join('\n');
}

/**
 * JSON that cannot end the script it stands in.
 * @param {unknown} value
 */
function inScript(value) {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/**
 * @param {string} text
 */
export function inText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
