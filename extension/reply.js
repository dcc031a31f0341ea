// Owns the shape of what the background replies to a page.

// A reply crosses as its JSON text (`dispatch` writes it, `ask` reads it): Firefox 153 copies an object property by property, which
// takes 20 to 35 ms for a page with 150 third parties, and 2 to 3 as text.

/**
 * @typedef {import('./problems.js').Problem} Problem
 * @typedef {import('./core/types.js').Request} Request
 * @typedef {import('./core/types.js').Response} Response
 * @typedef {import('./core/types.js').RequestView} RequestView
 *
 * @typedef {{ kind: 'rebuildDay', day: number }} RebuildDayRequest Has one closed day made anew from its visits.
 * @typedef {{ kind: 'wake' }} WakeRequest Asks the shell itself how long the background took to start.
 *
 * @typedef {{ kind: 'rebuilt', isRead: boolean }} RebuiltResponse `isRead`: where the day cannot be read it is left as it is.
 *
 * @typedef {object} WakeResponse
 * @property {'wake'} kind
 * @property {number} startMs The extension's own code began, in milliseconds since the worker or page did.
 * @property {number} coreReadyMs The core was instantiated.
 * @property {number} restoredMs The core had its state back.
 * @property {number} firstRequestCountedMs The first request was counted; 0: none was.
 *
 * @typedef {object} PopupResponse
 * @property {'popup'} kind
 * @property {string} base64 The core's response, whose bytes the popup's module reads.
 *
 * @typedef {RequestView & { url: string | null }} RequestRow A request with its URL, which the shell keeps in memory. Null:
 * it is no longer known.
 *
 * @typedef {object} RequestsResponse
 * @property {'requests'} kind
 * @property {RequestRow[]} requests
 *
 * @typedef {Request | RebuildDayRequest | WakeRequest} AnyRequest What a page can ask.
 * @typedef {PopupResponse | RequestsResponse | RebuiltResponse | WakeResponse} OwnResponse A response of the shell's own, or in its own form.
 * @typedef {Exclude<Response, { kind: OwnResponse['kind'] }> | OwnResponse} AnyResponse What it is answered.
 *
 * @typedef {object} Reply
 * @property {AnyResponse | null} response Null where there is no answer: see `problems` and `error`.
 * @property {Problem[]} problems What is wrong at the moment; empty where all is well.
 * @property {number | null} sinceMs Since when something has been wrong, in milliseconds since 1970.
 * @property {import('./failure.js').Failure} [error] Why this request was not answered.
 */

/** The message that tells open pages to ask again. */
export const CHANGED = 'changed';

export {};
