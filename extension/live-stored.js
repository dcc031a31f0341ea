// Owns the word to the background that it is to store what is live, so that a page that reads the store finds it there.

import { ask } from './client.js';
import { StoreError } from './database.js';
import { FailedElsewhereError } from './failure.js';

/** What keeps the newest from being stored, and nobody from reading what is. @type {readonly import('./problems.js').ProblemKind[]} */
export const KEEPS_NEWEST_OUT = ['storeFull', 'storeUnavailable'];

/**
 * Where the background cannot store, or does not answer, what it has counted may be missing from the store: nobody is to take that for
 * everything.
 *
 * @param {{ isPartWelcome?: boolean }} [options] Whether it is no failure that the newest cannot be stored: whoever wants to delete must see
 *   what there is, and who looks is told beside it.
 * @returns {Promise<void>} Rejects with a `StoreError`, or with what else the background failed of.
 */
export async function storeWhatIsLive({ isPartWelcome = false } = {}) {
  /** @type {import('./reply.js').Reply} */
  let reply;
  try {
    reply = await ask({ kind: 'flush' });
  } catch (cause) {
    if (!isPartWelcome) throw cause;
    console.warn('live-stored: the background does not answer; what it has not stored is missing.', cause);
    return;
  }
  if (reply.response !== null) return;
  for (const { kind, detail } of reply.problems) {
    if (isPartWelcome && KEEPS_NEWEST_OUT.includes(kind)) continue;
    if (isOfStore(kind)) throw new StoreError(kind, detail);
  }
  // A commit that is under way, for a disk that is slow: what it holds is not there yet. Without a core nothing is live.
  const isWithoutCore = reply.problems.some(({ kind }) => kind === 'coreUnavailable');
  if (reply.error && !isPartWelcome && !isWithoutCore) throw new FailedElsewhereError(reply.error);
}

/**
 * @param {import('./problems.js').ProblemKind} kind
 * @returns {kind is StoreError['kind']}
 */
function isOfStore(kind) {
  return kind.startsWith('store');
}
