// Owns how a statement of the method is drawn: its message, and what stands in it between backquotes as code.
import { make } from '../../popup/element.js';
import { keyOf, text } from '../i18n.js';

/**
 * @param {string} message
 * @returns {(string | Node)[]} What to append.
 */
function withCode(message) {
  return message.split('`').map((piece, place) => (place % 2 === 0 ? piece : make('code', {}, piece)));
}

/**
 * The statement for one of the core's names.
 * @param {string} prefix
 * @param {string} name
 * @param {string} [suffix]
 * @returns {(string | Node)[]}
 */
export function statement(prefix, name, suffix) {
  return withCode(text(keyOf(prefix, name, suffix)));
}
