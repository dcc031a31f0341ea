// Owns what a step is: one event of the browser, translated into calls of the core.

/**
 * @typedef {import('./core/counter.js').Core} Core
 */

/**
 * What an event is translated for: one core, and what the shell keeps beside it.
 *
 * @typedef {object} Target
 * @property {Core} core
 * @property {import('./core-keys.js').CoreKeys} keys
 * @property {import('./recent-urls.js').RecentUrls} urls
 * @property {import('./private-tabs.js').PrivateTabs} privateTabs
 * @property {import('./asked-in-vain.js').AskedInVain} askedInVain
 * @property {import('./next-pages.js').NextPages} nextPages
 * @property {import('./wall-clock.js').WallClock} clock
 */

/**
 * One kind of event, applied to a core. Kept beside the event until it is stored, so that it can be applied again.
 *
 * @template Details
 * @typedef {(target: Target, details: Details) => void} Step
 */

// What is read of the browsers' events. Firefox 153 sets some absent fields to null, Chromium 156 leaves them out.
/**
 * @typedef {object} RequestDetails
 * @property {string} requestId A decimal number, in both browsers.
 * @property {string} url
 * @property {string} type
 * @property {number} tabId -1 where the request is no tab's.
 * @property {number} frameId
 * @property {number} [parentFrameId] -1 where the frame is outermost.
 * @property {number} timeStamp Milliseconds since 1970.
 * @property {string | null} [documentId]
 * @property {string | null} [parentDocumentId]
 * @property {string} [documentLifecycle] Chromium.
 * @property {string | null} [initiator] Chromium: the origin that asks, or `null`.
 * @property {string | null} [documentUrl] Firefox: the URL of the document or the worker that asks.
 * @property {boolean} [incognito] Firefox.
 *
 * @typedef {RequestDetails & { fromCache: boolean, ip?: string | null }} EndDetails
 * @typedef {EndDetails & { statusCode: number }} AnswerDetails
 * @typedef {EndDetails & { error: string }} ErrorDetails
 *
 * @typedef {object} CommitDetails
 * @property {string} url
 * @property {number} tabId
 * @property {number} timeStamp
 * @property {number} frameId
 * @property {number} parentFrameId -1 where the frame is outermost.
 * @property {string | null} [documentId]
 * @property {string | null} [parentDocumentId]
 * @property {string} [documentLifecycle] Chromium.
 *
 * @typedef {object} OpenDocument
 * @property {string} documentId
 * @property {string} parentDocumentId Empty where the frame is outermost.
 * @property {number} tabId
 * @property {number} frameId
 * @property {boolean} isPrivate
 * @property {string} url
 * @property {number} atMs
 */

export {};
