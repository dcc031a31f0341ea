// Owns what is handed on of a failure from the background, or a worker, to the page that says it.

/**
 * @typedef {object} Failure
 * @property {string} [kind] The pages have words for some of them (`i18n.js`).
 * @property {string} message For the console, and for a technical detail.
 */

/**
 * What an error says of itself.
 *
 * @param {unknown} error
 * @returns {Failure}
 */
export function failureOf(error) {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message } = error;
  return 'kind' in error && typeof error.kind === 'string' ? { kind: error.kind, message } : { message };
}

/** Something failed elsewhere. */
export class FailedElsewhereError extends Error {
  /** @override */
  name = 'FailedElsewhereError';

  /** @param {Failure} failure */
  constructor({ kind, message }) {
    super(message);
    this.kind = kind;
  }
}
