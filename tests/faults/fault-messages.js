// Owns the way of a test's words to the background, beside the extension's own messages. Part of a variant of the built extension; runs
// in its background, before the extension's own code.

/**
 * @typedef {{ fault: 'stop', from: string, after: number }
 *   | { fault: 'steps' }
 *   | { fault: 'clock', aheadMs: number }} FaultMessage
 */

/** @type {Map<string, (message: any) => unknown>} */
const answers = new Map();

/**
 * Answers the messages of one kind.
 *
 * @template {FaultMessage['fault']} Kind
 * @param {Kind} kind
 * @param {(message: Extract<FaultMessage, { fault: Kind }>) => unknown} answer
 */
export function answerFault(kind, answer) {
  answers.set(kind, answer);
}

const { onMessage } = chrome.runtime;
const listen = onMessage.addListener.bind(onMessage);
/** @param {any} message @returns {(message: any) => unknown} */
const answerOf = (message) => answers.get(message?.fault) ?? (() => undefined);

listen((message, _sender, reply) => {
  if (message?.fault === undefined) return false;
  void Promise.resolve(answerOf(message)(message)).then(reply);
  return true;
});

// The extension does not know these messages, and would answer so.
Reflect.set(onMessage, 'addListener', (/** @type {(...args: any[]) => any} */ heard) =>
  listen((message, sender, reply) => (message?.fault === undefined ? heard(message, sender, reply) : false)),
);
