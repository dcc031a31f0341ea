// Owns the comparison of what became of a page's requests, by domain: what is expected, what the popup shows, what the log has.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { until } from '../drive/condition.js';
import { popupView } from '../drive/popup-view.js';
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
 * Waits until the background has told of what is expected: on a busy machine the last events come late, and a popup that stands still meanwhile
 * stands still too early. In vain it waits where something else is told: the comparison says what.
 * @param {import('./stage.js').Stage} stage
 * @param {number} tabId
 * @param {Outcomes} expected
 */
async function untilTold(stage, tabId, expected) {
  const isTold = async () => {
    const { domains } = await popupView(stage.driver, tabId);
    const told = domains.map(({ domain, outcomes }) => [
      domain,
      Object.fromEntries(Object.entries(outcomes).filter(([, requests]) => requests > 0)),
    ]);
    return isDeepStrictEqual(Object.fromEntries(told), expected);
  };
  await until('the background to tell of what is expected', isTold).catch((error) => console.warn(error));
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
  const popup = await stage.popup(tabId);
  await untilTold(stage, tabId, expected);
  const shown = await popup.settled();
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
