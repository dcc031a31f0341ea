// Owns a recording in other orders that a browser could have told it in: commits told late, or early.

/** @typedef {import('../situations/recording.js').Recording} Recording */
/** @typedef {import('../situations/recording.js').RecordedEvent} RecordedEvent */

/** How many requests of a document come before its commit at most. */
const MOST_AHEAD = 3;

/**
 * Tells each commit after the first requests of its document, but never after what it must precede: another commit in its tab, the
 * tab's next navigation, its end. Chromium 156 does so on reloads.
 *
 * @param {Recording} recording
 * @param {'keeps' | 'moves'} time of a commit: it is told late, or comes late
 * @returns {{ recording: Recording, moved: number }} `moved`: how many commits come later now
 */
export function withLateCommits(recording, time) {
  const events = [...recording.events];
  let moved = 0;
  // From the last one on: what was moved already is behind.
  for (let place = events.length - 1; place >= 0; place -= 1) {
    const [name, details] = /** @type {RecordedEvent} */ (events[place]);
    // A blank document is there as its window is, before a page can fill it: neither browser was seen to tell of it later.
    if (name !== 'webNavigation.onCommitted' || details.url === 'about:blank') continue;
    const behind = lastAhead(events, place, details);
    if (behind === undefined) continue;
    const [, request] = /** @type {RecordedEvent} */ (events[behind]);
    const timeStamp = time === 'keeps' ? details.timeStamp : Math.max(details.timeStamp, request.timeStamp);
    events.splice(place, 1);
    events.splice(behind, 0, [name, { ...details, timeStamp }]);
    moved += 1;
  }
  return { recording: { ...recording, events }, moved };
}

/**
 * Tells each page's commit before the request that led to it, and so before all that was asked for meanwhile. Firefox 153 does so, most
 * of all as it starts; the times stay right.
 *
 * @param {Recording} recording
 * @returns {{ recording: Recording, moved: number }} `moved`: how many commits come earlier now
 */
export function withEarlyCommits(recording) {
  const events = [...recording.events];
  let moved = 0;
  for (let place = 0; place < events.length; place += 1) {
    const [name, details] = /** @type {RecordedEvent} */ (events[place]);
    const isPage = name === 'webNavigation.onCommitted' && details.parentFrameId === -1;
    const ahead = isPage ? requestOf(events, place, details) : undefined;
    if (ahead === undefined) continue;
    events.splice(place, 1);
    events.splice(ahead, 0, [name, details]);
    moved += 1;
  }
  return { recording: { ...recording, events }, moved };
}

/**
 * The place of the request that led to a page; none where that was not told, or something else comes between the two.
 *
 * @param {RecordedEvent[]} events
 * @param {number} place
 * @param {{ tabId: number, url: string }} commit
 */
function requestOf(events, place, { tabId, url }) {
  for (let before = place - 1; before >= 0; before -= 1) {
    const [name, details] = /** @type {RecordedEvent} */ (events[before]);
    if (!isBarrier(name, details, tabId)) continue;
    return name === 'webRequest.onBeforeRequest' && details.url === url.split('#', 1)[0] ? before : undefined;
  }
  return undefined;
}

/**
 * The place of the last request that the document's commit can come after; none where it asks for nothing first.
 *
 * @param {RecordedEvent[]} events
 * @param {number} place
 * @param {{ tabId: number, documentId: string }} commit
 */
function lastAhead(events, place, { tabId, documentId }) {
  let last;
  let ahead = 0;
  for (let next = place + 1; next < events.length && ahead < MOST_AHEAD; next += 1) {
    const [name, details] = /** @type {RecordedEvent} */ (events[next]);
    if (isBarrier(name, details, tabId)) break;
    if (name === 'webRequest.onBeforeRequest' && details.documentId === documentId) {
      last = next;
      ahead += 1;
    }
  }
  return last;
}

/**
 * @param {string} name
 * @param {any} given
 * @param {number} tabId
 */
function isBarrier(name, given, tabId) {
  if (name === 'tabs.onRemoved' || name === 'tabs.onReplaced') return true;
  if (given.tabId !== tabId) return false;
  return name.startsWith('webNavigation.') || (name === 'webRequest.onBeforeRequest' && given.type === 'main_frame');
}
