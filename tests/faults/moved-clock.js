// Owns the clock of a background, moved from outside. Part of a variant of the built extension; runs in its background, before the
// extension's own code.
import { answerFault } from './fault-messages.js';

/**
 * What it does: whatever the extension reads the time of (`Date.now()`, the moments of the browser's events) is so much later or
 * earlier, in this background and in those that follow it, until the browser ends. What it does not: the browser's own clock stays, and
 * its timers, which heed no such clock in a real browser either.
 */

/** In the browser's session storage, where it outlives the background. */
const KEY = 'clockAheadMs';

let aheadMs = 0;

const now = Date.now.bind(Date);
Date.now = () => now() + aheadMs;

const session = chrome.storage.session;
const recall = session.get.bind(session);
// The extension asks for its session before it tells its core any moment: by then the clock is where it was left.
Reflect.set(session, 'get', async (/** @type {string[]} */ keys) => {
  const kept = await recall([KEY]);
  aheadMs = Number(kept[KEY] ?? 0);
  return recall(keys);
});

answerFault('clock', async (message) => {
  aheadMs = message.aheadMs;
  await session.set({ [KEY]: aheadMs });
});

/** @param {{ timeStamp?: number }} details */
function move(details) {
  const at = details.timeStamp;
  // Read later than it is heard, where the background is only starting.
  if (at !== undefined) Object.defineProperty(details, 'timeStamp', { get: () => at + aheadMs });
}

/** @param {any} event */
function moveMoments(event) {
  const listen = event.addListener.bind(event);
  Reflect.set(event, 'addListener', (/** @type {(details: any) => unknown} */ heard, /** @type {any[]} */ ...filter) =>
    listen(
      (/** @type {any} */ details) => {
        move(details);
        return heard(details);
      },
      ...filter,
    ),
  );
}

for (const events of [chrome.webRequest, chrome.webNavigation]) {
  for (const [name, event] of Object.entries(events)) if (/^on[A-Z]/.test(name)) moveMoments(event);
}
