// Owns the identity of the browser session: what outlives the background, and ends with the browser.

import { UNSTORED_VISITS_KEY } from './given-up.js';
import { PRIVATE_TABS_KEY } from './private-tabs.js';
import { keep, recall } from './session-memory.js';
import { UNSTORED_TABS_KEY } from './unstored-tabs.js';

const SESSION_KEY = 'session';
/** True from the start of a background until it has made a first commit, or could not. */
const STARTING_KEY = 'starting';

/**
 * @typedef {import('./core/counter.js').Before} Before
 *
 * @typedef {object} Session
 * @property {string} id
 * @property {boolean} isNew No background of this session has been here: pages that are open were not seen.
 * @property {Before} before What has been here.
 * @property {unknown} privateTabs What an earlier background of this session knew of private tabs.
 * @property {import('./given-up.js').UnstoredVisits | null} unstoredVisits What the background before could not store, where it was for long.
 * @property {number[]} unstoredTabs Those of which the background before had not stored everything; -1: of what is no tab's.
 */

/**
 * The browser session, as an earlier background left it, or a new one.
 *
 * @returns {Promise<Session>}
 */
export async function readSession() {
  try {
    const kept = await recall([SESSION_KEY, STARTING_KEY, PRIVATE_TABS_KEY, UNSTORED_TABS_KEY, UNSTORED_VISITS_KEY]);
    const id = kept[SESSION_KEY];
    const privateTabs = kept[PRIVATE_TABS_KEY];
    const unstoredTabs = numbersIn(kept[UNSTORED_TABS_KEY]);
    const unstoredVisits = unstoredVisitsIn(kept[UNSTORED_VISITS_KEY]);
    const isNew = typeof id !== 'string';
    const before = kept[STARTING_KEY] === true ? 'deadStart' : isNew ? 'nothing' : 'background';
    noteStarting(true);
    return { id: isNew ? newSession() : id, isNew, before, privateTabs, unstoredTabs, unstoredVisits };
  } catch (cause) {
    console.error('session: storage.session cannot be read; this background counts as a session of its own.', cause);
    const id = newSession();
    return { id, isNew: true, before: 'nothing', privateTabs: undefined, unstoredTabs: [], unstoredVisits: null };
  }
}

/** @param {boolean} isStarting False once this background has made a first commit, or could not. */
export function noteStarting(isStarting) {
  keep(STARTING_KEY, isStarting, 'pages may be said to be incomplete');
}

/**
 * A new session in the place of the one there is: also where the old one's live state cannot be used, so that no visit gets the
 * identifier of another.
 *
 * @returns {string}
 */
export function newSession() {
  const id = crypto.randomUUID();
  keep(SESSION_KEY, id, 'the next background counts as a session of its own');
  return id;
}

/** @param {unknown} kept @returns {number[]} */
function numbersIn(kept) {
  return Array.isArray(kept) ? kept.filter((one) => typeof one === 'number') : [];
}

/** @param {unknown} kept @returns {Session['unstoredVisits']} */
function unstoredVisitsIn(kept) {
  if (typeof kept !== 'object' || kept === null || !('sinceMs' in kept) || !('visits' in kept)) return null;
  const { sinceMs, visits } = kept;
  return typeof sinceMs === 'number' && typeof visits === 'number' ? { sinceMs, visits } : null;
}
