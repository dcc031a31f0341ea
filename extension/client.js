// Owns what a page says to the background and hears from it.

import { api } from './browser.js';
import { FailedElsewhereError } from './failure.js';
import { CHANGED } from './reply.js';

/**
 * @typedef {import('./reply.js').AnyRequest} AnyRequest
 * @typedef {import('./reply.js').AnyResponse} AnyResponse
 * @typedef {import('./reply.js').Reply} Reply
 */

/** How long a page waits. Waking the background takes some tens of milliseconds. */
const ANSWER_WITHIN_MS = 5_000;
/** How long it waits for what can go through years of closed days, each of which takes some hundredths of a second. */
const LONG_WORK_WITHIN_MS = 120_000;
/** @type {Set<AnyRequest['kind']>} */
const LONG_WORK = new Set(['deleteSite', 'deleteVisit', 'deleteDays', 'deleteAll', 'rebuildDay']);

/** The background did not answer. */
export class NoAnswerError extends Error {
  /** @override */
  name = 'NoAnswerError';
  kind = 'noAnswer';
}

/**
 * Asks the background. A reply can lack a response: `problems` says why, and `error` what it is about this request.
 *
 * @param {AnyRequest} request
 * @returns {Promise<Reply>} Rejects with a {@link NoAnswerError}.
 */
export async function ask(request) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const withinMs = LONG_WORK.has(request.kind) ? LONG_WORK_WITHIN_MS : ANSWER_WITHIN_MS;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      const message = `The background did not answer “${request.kind}” within ${withinMs / 1_000} s. Open this page again; if that does not help, restart the browser.`;
      reject(new NoAnswerError(message));
    }, withinMs);
  });
  try {
    const reply = await Promise.race([api.runtime.sendMessage(request), late]);
    if (typeof reply === 'string') return JSON.parse(reply);
    throw new NoAnswerError(`The background took “${request.kind}” and did not reply. Open this page again.`);
  } catch (cause) {
    if (cause instanceof NoAnswerError) throw cause;
    const message = `The background cannot be reached to answer “${request.kind}”. Open this page again; if that does not help, restart the browser.`;
    throw new NoAnswerError(message, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The response of a reply.
 *
 * @template {AnyResponse['kind']} Kind
 * @param {Reply} reply
 * @param {Kind} kind That of the response to what was asked.
 * @returns {Extract<AnyResponse, { kind: Kind }>}
 * @throws {FailedElsewhereError} Where there is none: with what the background failed of.
 */
export function responseOf({ response, error }, kind) {
  if (isOfKind(response, kind)) return response;
  throw new FailedElsewhereError(error ?? { message: `The background gave no “${kind}”.` });
}

/**
 * @template {AnyResponse['kind']} Kind
 * @param {AnyResponse | null} response
 * @param {Kind} kind
 * @returns {response is Extract<AnyResponse, { kind: Kind }>}
 */
function isOfKind(response, kind) {
  return response?.kind === kind;
}

/**
 * Calls back when there may be something new to ask for, at most about four times a second.
 *
 * @param {() => void} callback
 * @returns {() => void} Stops it.
 */
export function onChanged(callback) {
  /**
   * @param {unknown} message What other pages ask the background passes here as well: not for us.
   * @param {chrome.runtime.MessageSender} sender
   */
  const listener = (message, sender) => {
    if (sender.id !== api.runtime.id) return;
    if (typeof message === 'object' && message !== null && 'kind' in message && message.kind === CHANGED) callback();
  };
  api.runtime.onMessage.addListener(listener);
  return () => api.runtime.onMessage.removeListener(listener);
}
