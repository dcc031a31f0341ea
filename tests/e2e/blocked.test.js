// Proves what is told of requests that were stopped or led elsewhere: by another extension, by the browser, by the page's policy.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { assertOutcomes } from './assert-outcomes.js';
import { BROWSER, Stage } from './stage.js';
import { assertPopupEqualsLog } from './truth.js';

/** @typedef {import('../web/page-requests.js').PageRequest} PageRequest */

const IS_FIREFOX = BROWSER === 'firefox';
const inFirefoxAlone = {
  skip: !IS_FIREFOX && 'Chromium has nothing of the kind, or nothing that a test can switch on',
};

/** What stands for the lists of trackers that Firefox fetches, each under the preference that tests may set. */
const LISTED = {
  'privacy.trackingprotection.enabled': true,
  'urlclassifier.trackingTable': 'moztest-track-simple',
  'urlclassifier.trackingTable.testEntries': 'listed.tracker-third.test',
  'privacy.trackingprotection.cryptomining.enabled': true,
  'urlclassifier.features.cryptomining.blacklistHosts': 'listed.miner-third.test',
  'privacy.trackingprotection.fingerprinting.enabled': true,
  'urlclassifier.features.fingerprinting.blacklistHosts': 'listed.fingerprinter-third.test',
  'privacy.trackingprotection.socialtracking.enabled': true,
  'urlclassifier.features.socialtracking.blacklistHosts': 'listed.social-third.test',
};

/** @type {Stage} */
let stage;
before(async () => {
  const otherExtensions = IS_FIREFOX ? ['blocker', 'canceller'] : ['blocker'];
  stage = await Stage.open({ otherExtensions, prefs: LISTED });
});
after(() => stage?.close());

/**
 * One request of each of these kinds.
 * @param {string} host
 * @param {PageRequest['kind'][]} [kinds]
 * @param {'http' | 'https'} [scheme]
 * @returns {PageRequest[]}
 */
function oneOfEach(host, kinds = ['image', 'script', 'fetch', 'frame'], scheme = 'https') {
  return kinds.map((kind) => ({
    kind,
    url: `${kind === 'websocket' ? 'wss' : scheme}://${host}/${kind}?of=${host}`,
  }));
}

/** A frame that is stopped never says that it is done: as markup it is not waited for. @param {string} host */
const frameOf = (host) => `<iframe src="https://${host}/frame"></iframe>`;

test('each_kind_of_request_that_another_extension_blocks_is_one_that_did_not_leave', async () => {
  const opened = await stage.visit('https://ext-blocks.test/', {
    body: frameOf('blocked.ext-third.test'),
    requests: oneOfEach('blocked.ext-third.test', ['image', 'script', 'fetch', 'websocket', 'beacon']),
  });
  await assertOutcomes(stage, opened, 'ext-blocks.test', { 'ext-third.test': { blocked: 6 } });
});

test('a_host_from_which_another_extension_leads_away_was_not_contacted_and_the_one_it_leads_to_was', async () => {
  const opened = await stage.visit('https://ext-redirects.test/', { requests: oneOfEach('redirected.led-away.test') });
  await assertOutcomes(stage, opened, 'ext-redirects.test', { 'redirect-target.test': { sent: 4 } });
});

test('a_websocket_that_another_extension_would_lead_elsewhere_is_counted_where_it_went', async () => {
  const opened = await stage.visit('https://ext-sockets.test/', {
    requests: [
      ...oneOfEach('redirected.led-socket.test', ['websocket']),
      { kind: 'image', url: 'https://img.socket-other.test/1.gif' },
    ],
  });
  // Chromium 156 lets it pass; Firefox 153 gives it up, and fires an answer without a status for it.
  const { truth } = await assertPopupEqualsLog(stage, opened, 'ext-sockets.test');
  const went = IS_FIREFOX ? {} : { 'led-socket.test': 1 };
  assert.deepEqual(truth.domains, { ...went, 'socket-other.test': 1 });
});

test('what_another_extension_answers_with_a_file_of_its_own_left_for_nobody', async () => {
  const opened = await stage.visit('https://ext-replaces.test/', {
    requests: [...oneOfEach('replaced.by-file.test', ['script']), ...oneOfEach('img.not-replaced.test', ['image'])],
  });
  await assertOutcomes(stage, opened, 'ext-replaces.test', { 'not-replaced.test': { sent: 1 } });
});

test('an_address_that_another_extension_changes_on_its_host_is_one_request', async () => {
  const opened = await stage.visit('http://ext-changes.test/', {
    requests: [...oneOfEach('trimmed.of-query.test'), ...oneOfEach('secured.by-rule.test', undefined, 'http')],
  });
  await assertOutcomes(stage, opened, 'ext-changes.test', {
    'by-rule.test': { sent: 4 },
    'of-query.test': { sent: 4 },
  });
});

test('what_an_extension_cancels_before_it_leaves_is_blocked_and_after_the_answer_sent', inFirefoxAlone, async () => {
  const moments = ['first', 'early', 'late'];
  const opened = await stage.visit('https://cancels.test/', {
    body: moments.map((moment) => frameOf(`cancelled-${moment}.at-${moment}.test`)).join(''),
    requests: moments.flatMap((moment) =>
      oneOfEach(`cancelled-${moment}.at-${moment}.test`, ['image', 'script', 'fetch']),
    ),
  });
  await assertOutcomes(stage, opened, 'cancels.test', {
    'at-early.test': { blocked: 4 },
    'at-first.test': { blocked: 4 },
    'at-late.test': { sent: 4 },
  });
});

test('what_firefox_s_own_tracking_protection_stops_is_blocked', inFirefoxAlone, async () => {
  const names = ['tracker', 'miner', 'fingerprinter', 'social'];
  const opened = await stage.visit('https://protected.test/', {
    body: names.map((name) => frameOf(`listed.${name}-third.test`)).join(''),
    requests: names.flatMap((name) => oneOfEach(`listed.${name}-third.test`, ['script', 'fetch'])),
  });
  await assertOutcomes(
    stage,
    opened,
    'protected.test',
    Object.fromEntries(names.map((name) => [`${name}-third.test`, { blocked: 3 }])),
  );
});

/** What the policy below forbids, one of each kind. */
const FORBIDDEN = {
  body: frameOf('cdn.forbidden-third.test'),
  requests: oneOfEach('cdn.forbidden-third.test', ['image', 'script', 'fetch']),
};
/** The pages' icon is a `data:` address. */
const POLICY = "default-src 'self' 'unsafe-inline' data:";

test('what_the_page_s_own_policy_forbids_is_never_asked_for_and_each_report_of_it_is_a_request', async () => {
  const opened = await stage.visit('https://forbids.test/', {
    ...FORBIDDEN,
    headers: { 'content-security-policy': `${POLICY}; report-uri https://log.reports-third.test/csp` },
  });
  const reports = () => stage.web.log.since(opened.mark).filter(({ host }) => host === 'log.reports-third.test');
  await until('a report of each that is forbidden', () => reports().length >= 4);
  // Neither browser (Chromium 156, Firefox 153) tells of what is forbidden.
  await assertOutcomes(stage, opened, 'forbids.test', { 'reports-third.test': { sent: 4 } });
});

test('what_a_policy_in_the_page_s_markup_forbids_is_never_asked_for', async () => {
  const opened = await stage.visit('https://forbids-in-markup.test/', {
    ...FORBIDDEN,
    head: `<meta http-equiv="content-security-policy" content="${POLICY}">`,
  });
  await assertOutcomes(stage, opened, 'forbids-in-markup.test', {});
});

test('a_policy_that_only_reports_stops_nothing', async () => {
  const opened = await stage.visit('https://only-reports.test/', {
    headers: {
      'content-security-policy-report-only':
        "default-src 'self' 'unsafe-inline'; report-uri https://log.reported-third.test/csp",
    },
    requests: oneOfEach('cdn.tolerated-third.test', ['image', 'script']),
  });
  const isReport = (/** @type {{ host: string }} */ entry) => entry.host === 'log.reported-third.test';
  await stage.web.log.until(isReport, { since: opened.mark });
  const { truth } = await assertPopupEqualsLog(stage, opened, 'only-reports.test');
  assert.equal(truth.domains['tolerated-third.test'], 2);
});

/** Content over http, each kind of a domain of its own, and what a redirect leads to. */
const NOT_SECURE = {
  body: '<iframe src="http://embed.mixed-frame.test/frame"></iframe>',
  requests: /** @type {PageRequest[]} */ ([
    { kind: 'image', url: 'http://img.mixed-image.test/1.gif' },
    { kind: 'script', url: 'http://cdn.mixed-script.test/lib.js' },
    { kind: 'fetch', url: 'http://api.mixed-fetch.test/data' },
    { kind: 'websocket', url: 'ws://live.mixed-socket.test/socket' },
    { kind: 'image', url: 'https://go.mixed-hop.test/1.gif' },
  ]),
};

test('content_that_is_not_secure_on_a_page_that_is_leaves_over_https_or_not_at_all', async () => {
  stage.web.redirects(['https://go.mixed-hop.test/1.gif', 'http://img.mixed-target.test/1.gif']);
  const images = ['mixed-hop.test', 'mixed-image.test', 'mixed-target.test'];
  const others = ['mixed-fetch.test', 'mixed-frame.test', 'mixed-script.test', 'mixed-socket.test'];
  const eachSentOnce = (/** @type {string[]} */ domains) =>
    Object.fromEntries(domains.map((domain) => [domain, { sent: 1 }]));
  const open = await stage.visit('http://mixes-nothing.test/', NOT_SECURE);
  await assertOutcomes(stage, open, 'mixes-nothing.test', eachSentOnce([...images, ...others]));
  // Neither browser (Chromium 156, Firefox 153) tells of what it does not ask for: a script, a fetch, a frame, a socket.
  const secure = await stage.visit('https://mixes.test/', NOT_SECURE);
  await assertOutcomes(stage, secure, 'mixes.test', eachSentOnce(images));
  for (const { url } of stage.web.log.since(secure.mark)) assert.match(url, /^https:/);
});

test('a_port_that_no_page_may_ask_is_no_contact', async () => {
  stage.web.redirects(['https://go.barred-hop.test/1.gif', 'https://img.barred-target.test:25/1.gif']);
  const opened = await stage.visit('https://bars.test/', {
    requests: [
      { kind: 'image', url: 'https://img.barred-third.test:25/1.gif' },
      { kind: 'fetch', url: 'https://go.barred-hop.test/1.gif' },
    ],
  });
  // Firefox 153 reports no such request.
  /** @type {import('./assert-outcomes.js').Outcomes} */
  const barred = IS_FIREFOX ? {} : { 'barred-target.test': { blocked: 1 }, 'barred-third.test': { blocked: 1 } };
  await assertOutcomes(stage, opened, 'bars.test', { ...barred, 'barred-hop.test': { sent: 1 } });
});
