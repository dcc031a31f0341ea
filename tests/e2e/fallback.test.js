// Proves that a navigation which the browser tries over https and makes over http where that fails is one visit with its true hops,
// and that the try counts nothing. In both browsers' usual settings, which the other tests switch off.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { follow } from '../situations/situation.js';
import { sentOf, visitsOf } from './saved-export.js';
import { BROWSER, Stage } from './stage.js';
import { tally } from './truth.js';

/** Chromium 156 upgrades names under a public suffix alone, which `.test` is not; Firefox 153 no addresses that WebDriver opens. */
const TRYING_HTTPS =
  BROWSER === 'chromium'
    ? { args: ['--enable-features=HttpsUpgrades'] }
    : { prefs: { 'dom.security.https_first': true } };

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open(TRYING_HTTPS, (web) => web.page('https://from.test/', { requests: [] }));
});
after(() => stage?.close());

/**
 * Follows a link to a page of a site, and proves that it is one visit over http.
 * @param {string} site
 * @param {{ url: string, hops: string[], asked: string[] }} way where the link leads, and what is asked of the server until the page
 */
async function assertOnePlainVisit(site, { url, hops, asked }) {
  const { web } = stage;
  const third = `img.${site.replace('.com', '')}-third.test`;
  web.page(`http://${site}/`, { requests: [{ kind: 'image', url: `https://${third}/1.gif` }] });
  const { page, mark } = await stage.visit('https://from.test/');
  await follow(page, url);
  await web.log.until(() => web.log.since(mark).some(({ host }) => host === third), { what: third });
  await stage.quiet();
  const log = web.log.since(mark).map((request) => request.url);
  assert.deepEqual(log, ['https://from.test/', ...asked, `http://${site}/`, `https://${third}/1.gif`]);
  const { saved } = await stage.exportAll();
  const visits = visitsOf(saved, site);
  assert.deepEqual(
    visits.map((visit) => [visit.host, visit.scheme, visit.incomplete_reasons, sentOf(saved, visit.visit_id)]),
    [[site, 'http', [], { [third]: 1 }]],
  );
  const id = visits[0]?.visit_id;
  assert.deepEqual(
    saved.hops.filter((hop) => hop.visit_id === id).map(({ host }) => host),
    hops,
  );
  const contacts = saved.contacts.filter((row) => row.visit_id === id);
  assert.deepEqual(tally(contacts.map(({ host, requests }) => `${host} ${requests}`)), {
    [`${site} 1`]: 1,
    [`${third} 1`]: 1,
  });
}

test('a_link_to_a_site_without_https_is_one_visit_over_http', async () => {
  stage.web.speakHttpOnly('plain.com');
  await assertOnePlainVisit('plain.com', { url: 'http://plain.com/', hops: [], asked: [] });
  assert.ok(stage.web.refused.has('plain.com'), 'https was tried');
});

test('a_redirect_without_https_to_a_site_without_https_is_a_hop_once', async () => {
  const { web } = stage;
  web.speakHttpOnly('go.plain-hop.com');
  web.speakHttpOnly('hopped-plain.com');
  web.redirects(['http://go.plain-hop.com/', 'http://hopped-plain.com/']);
  await assertOnePlainVisit('hopped-plain.com', {
    url: 'http://go.plain-hop.com/',
    hops: ['go.plain-hop.com'],
    asked: ['http://go.plain-hop.com/'],
  });
  assert.ok(web.refused.has('go.plain-hop.com') && web.refused.has('hopped-plain.com'), 'https was tried');
});

test('a_redirect_that_the_browser_upgrades_and_that_leads_to_a_site_without_https_is_a_hop_once', async () => {
  const { web } = stage;
  web.speakHttpOnly('sent-plain.com');
  web.redirects(['https://go.safe-hop.com/', 'http://sent-plain.com/']);
  await assertOnePlainVisit('sent-plain.com', {
    url: 'http://go.safe-hop.com/',
    hops: ['go.safe-hop.com'],
    asked: ['https://go.safe-hop.com/'],
  });
  assert.ok(web.refused.has('sent-plain.com'), 'https was tried');
});

test(
  'a_redirect_to_a_site_whose_https_does_not_answer_in_time_is_a_hop_once',
  { skip: BROWSER === 'firefox' && 'Firefox 153 goes on waiting (10 s and more)' },
  async () => {
    const { web } = stage;
    web.serve('https://slow-plain.com/', () => ({ hang: true }));
    web.redirects(['https://go.slow-hop.com/', 'http://slow-plain.com/']);
    await assertOnePlainVisit('slow-plain.com', {
      url: 'https://go.slow-hop.com/',
      hops: ['go.slow-hop.com'],
      asked: ['https://go.slow-hop.com/', 'https://slow-plain.com/'],
    });
  },
);
