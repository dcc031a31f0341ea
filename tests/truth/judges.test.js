// Proves that the other judges can judge: their words follow from a right export, and not from one that differs in a single figure.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hearJudges } from './judges.js';
import { exportOf, RUN, stop, truthOfTwoLoads } from './two-loads.js';

/** @typedef {import('./comparison.js').SavedExport} SavedExport */

const GONE = 'net::ERR_NAME_NOT_RESOLVED';

/**
 * What a listener was told where the browser did what the export says.
 *
 * @param {SavedExport} saved
 * @returns {import('../situations/recording.js').RecordedEvent[]}
 */
function toldOf(saved) {
  return saved.contacts.flatMap(({ host, sent, cached, failed }) => {
    const url = `https://${host}/`;
    const many = (/** @type {string} */ event, /** @type {number} */ times, /** @type {object} */ more = {}) =>
      Array.from({ length: times }, () => [`webRequest.${event}`, { url, ...more }]);
    return /** @type {import('../situations/recording.js').RecordedEvent[]} */ ([
      ...many('onBeforeRequest', sent + cached + failed),
      // Firefox says so twice.
      ...['onHeadersReceived', 'onResponseStarted'].flatMap((event) =>
        Array.from({ length: cached }, (_, requestId) => [`webRequest.${event}`, { url, requestId, fromCache: true }]),
      ),
      ...many('onErrorOccurred', failed),
    ]);
  });
}

test('The browser’s word on same and other sites follows from right domains, and not from a wrong one', () => {
  const truth = truthOfTwoLoads();
  const saved = exportOf(truth);
  const { heard, disagreements } = hearJudges(saved, truth, toldOf(saved), RUN);
  assert.equal(heard['Sec-Fetch-Site'], 10);
  assert.deepEqual(disagreements, []);
  for (const contact of saved.contacts) if (contact.host === 'cdn.t0-1.com') contact.domain = 's0-1.fr';
  assert.notEqual(hearJudges(saved, truth, toldOf(saved), RUN).disagreements.length, 0);
});

test('Firefox’s word on third parties follows from right domains, and not from a wrong one', () => {
  const truth = truthOfTwoLoads();
  const saved = exportOf(truth);
  const words = Buffer.from(JSON.stringify({ l: 1, k: 'image', f: 'ok', i: [], v: [], to: [] })).toString('base64url');
  const details = { url: `https://cdn.t0-1.com/x/${words}.gif`, thirdParty: true, type: 'image' };
  /** @type {import('../situations/recording.js').RecordedEvent[]} */
  const seen = [...toldOf(saved), ['webRequest.onBeforeRequest', details]];
  const { heard, disagreements } = hearJudges(saved, truth, seen, RUN);
  assert.equal(heard.thirdParty, 1);
  assert.deepEqual(disagreements, []);
  details.thirdParty = false;
  assert.equal(hearJudges(saved, truth, seen, RUN).disagreements.length, 1);
});

test('What the browser told the server a request is for follows from its right type, and not from a wrong one', () => {
  const truth = truthOfTwoLoads();
  const saved = exportOf(truth);
  const { heard, disagreements } = hearJudges(saved, truth, toldOf(saved), RUN);
  assert.equal(heard['Sec-Fetch-Dest'], new Set(saved.contacts.map(({ host }) => host)).size);
  assert.deepEqual(disagreements, []);
  for (const type of ['script', 'beacon', 'sub_frame']) {
    for (const one of saved.contact_types) if (one.host === 'cdn.t0-1.com') one.type = type;
    assert.deepEqual(
      hearJudges(saved, truth, toldOf(saved), RUN).disagreements.map(({ judge, where }) => [judge, where]),
      [['Sec-Fetch-Dest', 'cdn.t0-1.com']],
    );
  }
});

test('What the export says beyond what a listener was told is found out', () => {
  const truth = truthOfTwoLoads();
  const saved = exportOf(truth);
  const [contact] = saved.contacts;
  assert.ok(contact);
  const seen = toldOf(saved);
  const disagreements = () => hearJudges(saved, truth, seen, RUN).disagreements.map(({ said }) => said);
  assert.deepEqual(disagreements(), []);
  contact.sent -= 1;
  for (const outcome of /** @type {const} */ (['cached', 'blocked', 'failed', 'unknown'])) {
    contact[outcome] += 1;
    assert.notDeepEqual(disagreements(), [], outcome);
    contact[outcome] -= 1;
  }
  contact.sent += 2;
  assert.deepEqual(disagreements(), ['2 requests, 0 to 1']);
});

test('What a listener was told and the export does not say is found out, unless the background was stopped', () => {
  const truth = truthOfTwoLoads();
  const saved = exportOf(truth);
  /** @type {Record<string, { error?: string }>} */
  const kinds = { cached: {}, blocked: { error: 'net::ERR_BLOCKED_BY_CLIENT' }, failed: { error: GONE } };
  for (const [outcome, { error }] of Object.entries(kinds)) {
    const url = 'https://more.t0-1.com/';
    const more = { url, requestId: 'more', ...(error ? { error } : { fromCache: true }) };
    const event = `webRequest.${error ? 'onErrorOccurred' : 'onResponseStarted'}`;
    const seen = [...toldOf(saved), ['webRequest.onBeforeRequest', { url }], [event, more]];
    const said = (/** @type {typeof RUN['stops']} */ stops) =>
      hearJudges(saved, truth, /** @type {ReturnType<typeof toldOf>} */ (seen), { ...RUN, stops }).disagreements.map(
        (one) => one.said,
      );
    assert.deepEqual(said([]), [`0 ${outcome}, 1 to 1`]);
    assert.deepEqual(said([stop('kill', 0)]), []);
  }
});
