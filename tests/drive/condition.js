// Owns the waiting for a condition, and the watching of one: asked again and again until it holds, or as long as it must, never a sleep that hopes.

import os from 'node:os';

const ASK_AGAIN_MS = 25;

/** What takes a second on a machine that is left alone takes many where two browsers start at once; only what never comes costs as much. */
const PATIENCE_MS = 30_000;

/**
 * @template T
 * @param {string} what the condition in words, for the error
 * @param {() => Promise<T> | T} ask gives something truthy once the condition holds; may throw until then
 * @param {number} [timeoutMs]
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, ask, timeoutMs = PATIENCE_MS) {
  const deadline = Date.now() + timeoutMs;
  let last = 'it never held';
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > deadline) {
      const [load = 0] = os.loadavg();
      throw new Error(
        `Waited ${timeoutMs} ms in vain for ${what} (${last}; the machine's load is ${load.toFixed(1)}).`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

/**
 * Watches that something stays so; the first time that it is not, or that the asking throws, is the last.
 * @param {string} what the condition in words, for the error
 * @param {() => Promise<unknown> | unknown} ask gives something truthy as long as the condition holds
 * @param {number} ms for how long
 */
export async function stays(what, ask, ms) {
  const since = Date.now();
  for (;;) {
    const askedMs = Date.now() - since;
    if (!(await ask())) throw new Error(`No more of ${what} after ${askedMs} of ${ms} ms.`);
    if (askedMs >= ms) return;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

/**
 * A promise that may never settle (a page in the middle of a navigation answers nobody) is given up after a while.
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @returns {Promise<T>}
 */
export function within(promise, ms) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}
