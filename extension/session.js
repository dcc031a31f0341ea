// Owns the identity of the browser session: what outlives the background, and ends with the browser.

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
 * @property {number[]} unstoredTabs Those of which the background before had not stored everything; -1: of what is no tab's.
 */

/**
 * The browser session, as an earlier background left it, or a new one.
 *
 * @returns {Promise<Session>}
 */
export async function readSession() {
  try {
    const kept = await recall([SESSION_KEY, STARTING_KEY, PRIVATE_TABS_KEY, UNSTORED_TABS_KEY]);
    const id = kept[SESSION_KEY];
    const privateTabs = kept[PRIVATE_TABS_KEY];
    const unstoredTabs = numbersIn(kept[UNSTORED_TABS_KEY]);
    const isNew = typeof id !== 'string';
    const before = kept[STARTING_KEY] === true ? 'deadStart' : isNew ? 'nothing' : 'background';
    noteStarting(true);
    return { id: isNew ? newSession() : id, isNew, before, privateTabs, unstoredTabs };
  } catch (cause) {
    console.error('session: storage.session cannot be read; this background counts as a session of its own.', cause);
    return { id: newSession(), isNew: true, before: 'nothing', privateTabs: undefined, unstoredTabs: [] };
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
