// Owns the loading of a stylesheet that only some views need.
import { make } from '../../popup/element.js';

/** By address. @type {Map<string, Promise<void>>} */
const loaded = new Map();

/**
 * @param {string} href From the dashboard's page.
 * @returns {Promise<void>} When what it says holds. Rejects where it could not be loaded.
 */
export function stylesheet(href) {
  const known = loaded.get(href) ?? load(href);
  loaded.set(href, known);
  return known;
}

/**
 * @param {string} href
 * @returns {Promise<void>}
 */
function load(href) {
  const link = make('link', { rel: 'stylesheet', href });
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      loaded.delete(href);
      link.remove();
      reject(new Error(`${href} could not be loaded`));
    });
    document.head.append(link);
  });
}
