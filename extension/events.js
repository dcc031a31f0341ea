// Owns which events of the browser are listened to. All of them are registered in the background's first turn.

import { api } from './browser.js';
import { answerEvent } from './firefox.js';
import { installed } from './installation.js';
import { requestAnswered, requestFailed, requestRedirected, requestStarted } from './request-steps.js';
import { documentCommitted, navigationFailed, tabRemoved } from './document-steps.js';

/** Requests that can leave the browser: the others (`data:`, extensions' own) never wake the background. */
const COUNTED_URLS = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'];

/**
 * @typedef {object} Listeners
 * @property {import('./counting.js').Counting} counting
 * @property {import('./private-tabs.js').PrivateTabs} privateTabs
 * @property {import('./open-tabs.js').OpenTabs} openTabs
 * @property {() => void} onLastMoment Something ended that must be stored before the browser stops the background.
 */

/**
 * Listens. An event that finds no listener in the first turn of a background that it woke is lost.
 *
 * @param {Listeners} listeners
 */
export function listen({ counting, privateTabs, openTabs, onLastMoment }) {
  const { webRequest, webNavigation, tabs, runtime } = api;
  const filter = { urls: COUNTED_URLS };
  webRequest.onBeforeRequest.addListener((details) => {
    const { incognito } = /** @type {import('./step.js').RequestDetails} */ (details);
    if (incognito) privateTabs.note(details.tabId, true);
    counting.observe(requestStarted, details);
    return undefined;
  }, filter);
  webRequest.onBeforeRedirect.addListener((details) => counting.observe(requestRedirected, details), filter);
  // `onCompleted` adds nothing: this one is fired for all that completes.
  answerEvent().addListener((details) => counting.observe(requestAnswered, details), filter);
  webRequest.onErrorOccurred.addListener((details) => counting.observe(requestFailed, details), filter);
  webNavigation.onCommitted.addListener((details) => {
    openTabs.noteCommit(details);
    counting.observe(documentCommitted, details);
  });
  webNavigation.onErrorOccurred.addListener((details) => {
    counting.observe(navigationFailed, /** @type {typeof details & import('./step.js').CommitDetails} */ (details));
  });
  tabs.onCreated.addListener((tab) => privateTabs.note(tab.id, tab.incognito));
  const noteGone = (/** @type {number} */ tabId) => {
    counting.observe(tabRemoved, { tabId, atMs: Date.now() });
    onLastMoment();
  };
  tabs.onRemoved.addListener((tabId) => noteGone(tabId));
  // Chromium 156 gives a tab that it discards another number.
  tabs.onReplaced?.addListener((_, tabId) => noteGone(tabId));
  // Firefox's event page is told before it is stopped; Chromium kills its worker without a word.
  runtime.onSuspend?.addListener(onLastMoment);
  runtime.onInstalled.addListener(installed);
  // Starts the background with the browser: what the last session left open is closed, what is open now is found.
  runtime.onStartup.addListener(() => {});
}
