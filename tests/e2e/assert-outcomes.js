// Owns the comparison of what became of a page's requests, by domain: what is expected, what the popup shows, what the log has.
import assert from 'node:assert/strict';
import { truthOf } from './truth.js';

/** @typedef {Record<string, Record<string, number>>} Outcomes by domain: how many requests had which outcome */

/**
 * The outcomes that the popup shows.
 * @param {import('./popup.js').Shown} shown
 * @returns {Outcomes}
 */
export function outcomesOf(shown) {
  return Object.fromEntries(
    shown.rows.map(({ domain, requests, marks }) => {
      // What is on its way is in the number of a row, and marked besides.
      const sent = requests - (marks['pending'] ?? 0);
      return [domain, { ...(sent > 0 && { sent }), ...marks }];
    }),
  );
}

/**
 * Holds the popup against what is expected, and its `sent` against the log: a domain with nothing uncertain has as many as
 * reached the server, the others at most as many.
 * @param {import('./stage.js').Stage} stage
 * @param {{ tabId: number, mark: number }} opened
 * @param {string} site
 * @param {Outcomes} expected
 * @param {Record<string, number>} [untold] by domain: requests that reached the server, of which the browser tells nothing
 */
export async function assertOutcomes(stage, { tabId, mark }, site, expected, untold = {}) {
  const shown = await (await stage.popup(tabId)).settled();
  assert.equal(shown.site, site);
  const outcomes = outcomesOf(shown);
  assert.deepEqual(outcomes, expected, 'the popup');
  const { domains: reached } = truthOf(stage.web.log.since(mark), site);
  for (const domain of new Set([...Object.keys(reached), ...Object.keys(outcomes)])) {
    const { sent = 0, unknown = 0 } = outcomes[domain] ?? {};
    const told = (reached[domain] ?? 0) - (untold[domain] ?? 0);
    assert.ok(
      sent <= told && told <= sent + unknown,
      `${domain}: ${sent} sent, ${unknown} uncertain, ${told} in the log`,
    );
  }
  return shown;
}
