// Owns how the errors around the core are told apart.

/** The core cannot answer: it does not run, or is being restarted. */
export class CoreUnavailableError extends Error {
  /** @override */
  name = 'CoreUnavailableError';
  kind = 'coreUnavailable';
}

/**
 * Whether this is one of the core's own errors, which say what was wrong with what it was given. Anything else that it throws is
 * a failure of the core itself, a trap.
 *
 * @param {unknown} cause
 * @returns {cause is Error & { kind: unknown }}
 */
export function isTyped(cause) {
  return cause instanceof Error && 'kind' in cause;
}
