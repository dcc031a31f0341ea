// Owns what the dashboard says of the counting itself: that it is paused, and what keeps counts out of the store.
import { pausedNotice, problemNotice } from '../../popup/notice.js';
import { ask } from '../client.js';
import { readSettings } from '../kept.js';
import { KEEPS_NEWEST_OUT } from '../live-stored.js';

/** What the numbers lack, or stand still for. What keeps them from being read is said in their place. */
const SAID = [...KEEPS_NEWEST_OUT, 'countsGivenUp', 'coreUnavailable', 'accessMissing'];

/** @returns {Promise<HTMLElement[]>} Rejects with a `StoreError`. */
export async function countingNotices() {
  return [...(await pause()), ...(await problems())];
}

/** Says so where nothing is counted: the numbers would stand still without a reason. */
async function pause() {
  const { paused } = await readSettings();
  return paused ? [pausedNotice()] : [];
}

/** What keeps counts out of the store, or requests from being counted. Nothing where the background does not answer: then none has told. */
async function problems() {
  try {
    const reply = await ask({ kind: 'wake' });
    return reply.problems.filter(({ kind }) => SAID.includes(kind)).map(problemNotice);
  } catch (error) {
    console.warn(
      'counting-notices: the background does not answer; whether it could not store something is not known.',
      error,
    );
    return [];
  }
}
