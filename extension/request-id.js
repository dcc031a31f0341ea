// Owns the numbers by which the browsers name requests.

const ZERO = 48;

/**
 * The number of a request. `Number`, which reads any text, made counting a request dearer by a twentieth in both browsers.
 *
 * @param {string} requestId A decimal number, in both browsers.
 * @returns {number}
 */
export function numberOf(requestId) {
  let number = 0;
  for (let at = 0; at < requestId.length; at += 1) number = number * 10 + (requestId.charCodeAt(at) - ZERO);
  return number;
}
