// Owns what a page tells the background to do: it is done, or the page hears why not.
import { ask, responseOf } from '../extension/client.js';

/** What is over before this needs no word: what is ordered, and what a page does by itself. */
export const SLOW_MS = 500;

/**
 * @param {import('../extension/core/types.js').Request} request One that is answered by “done”.
 * @param {() => void} [onSlow] It takes long: what goes on is to be said.
 * @returns {Promise<void>}
 * @throws {Error} Where the background did not answer, or says that it could not do it.
 */
export async function order(request, onSlow = () => {}) {
  const slow = setTimeout(onSlow, SLOW_MS);
  try {
    responseOf(await ask(request), 'done');
  } finally {
    clearTimeout(slow);
  }
}
