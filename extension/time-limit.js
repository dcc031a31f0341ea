// Owns waiting for what may never end: a disk can hang, and nothing else is to hang with it.

/**
 * Waits for a promise, but not for ever.
 *
 * @template Result
 * @param {Promise<Result>} promise
 * @param {number} ms
 * @param {() => Result | PromiseLike<Result>} late What there is to say then; may throw.
 * @returns {Promise<Result>}
 */
export async function within(promise, ms, late) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<void>} */
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  // What fails when nobody waits any more must not count as nobody's.
  promise.catch(() => {});
  try {
    return await Promise.race([promise, over.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}
