// Owns what happens once, when the browser has just installed the extension: the first steps are shown.

import { api } from './browser.js';

/** From the extension's root. */
const WELCOME_PAGE = 'extension/welcome/welcome.html';

/**
 * Shows the first steps. Not at an update, of this extension or of the browser: nobody asked for a page then.
 *
 * @param {{ reason: string }} details Of `runtime.onInstalled`.
 */
export function installed({ reason }) {
  if (reason !== 'install') return;
  api.tabs.create({ url: api.runtime.getURL(WELCOME_PAGE) }).catch((cause) => {
    // The dashboard leads there, too.
    console.warn('installation: the first steps could not be shown.', cause);
  });
}
