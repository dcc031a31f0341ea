// Owns what a page tells the background to do: it is done, or the page hears why not.
import { ask } from '../extension/client.js';

/**
 * @param {import('../extension/core/types.js').Request} request One that is answered by “done”.
 * @returns {Promise<void>}
 * @throws {Error} Where the background did not answer, or says that it could not do it.
 */
export async function order(request) {
  const { response, error, problems } = await ask(request);
  if (response === null) throw new Error(error ?? problems[0]?.detail ?? request.kind);
}
