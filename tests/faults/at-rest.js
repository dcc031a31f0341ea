// Owns the wait until every page is at rest for the background, and stored so: then its end takes nothing along.
import { until } from '../drive/condition.js';

/** Longer than the core holds a page for busy (1.5 s) and than the clock waits to store that it is at rest (2 s), and a slow commit besides. */
const AT_REST_AFTER_MS = 6500;

/** @param {import('../e2e/stage.js').Stage} stage */
export async function untilAtRest({ web }) {
  const began = Date.now();
  // On a busy machine what was done before is counted late, and so is stored late to be at rest.
  const last = () => Math.max(began, ...web.log.entries.map(({ at }) => at));
  await until('the pages to be at rest', () => Date.now() - last() > AT_REST_AFTER_MS, 30_000);
}
