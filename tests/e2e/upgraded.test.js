// Proves that a navigation which the browser itself turns from http to https is one visit, without a hop that nobody answered.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sentOf, visitsOf } from './saved-export.js';
import { BROWSER, Stage } from './stage.js';
import { assertPopupEqualsLog, truthOf } from './truth.js';

/**
 * Chromium 156 does so on its own (HTTPS upgrades), for names under a public suffix alone, which `.test` is not; Firefox 153 where its
 * user wants https only. Both have `.dev` on their list of what is only ever asked over https (HSTS).
 */
const UPGRADING =
  BROWSER === 'chromium'
    ? { args: ['--enable-features=HttpsUpgrades'] }
    : { prefs: { 'dom.security.https_only_mode': true } };

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open(UPGRADING);
});
after(() => stage?.close());

for (const [how, site] of /** @type {const} */ ([
  ['the_browser_upgrades_to_https', 'upgraded.com'],
  ['hsts_turns_into_https', 'upgraded.dev'],
])) {
  test(`a_navigation_that_${how}_is_one_visit_without_a_hop`, async () => {
    const { web } = stage;
    const third = `img.${site.replace('.', '-')}-third.test`;
    web.page(`https://${site}/`, { requests: [{ kind: 'image', url: `https://${third}/1.gif` }] });
    const { mark } = await stage.visit(`http://${site}/`);
    await stage.quiet();
    const log = web.log.since(mark);
    const asked = log.map(({ url }) => url);
    assert.deepEqual(asked, [`https://${site}/`, `https://${third}/1.gif`], 'never over http');
    const { saved } = await stage.exportAll();
    const visits = visitsOf(saved, site);
    assert.deepEqual(
      visits.map((visit) => [visit.host, visit.incomplete_reasons, sentOf(saved, visit.visit_id)]),
      [[site, [], truthOf(log, site).hosts]],
    );
    const ids = visits.map((visit) => visit.visit_id);
    assert.deepEqual(
      saved.hops.filter((hop) => ids.includes(hop.visit_id)),
      [],
    );
  });
}

test('a_redirect_that_the_browser_upgrades_is_a_hop_once', async () => {
  const { web } = stage;
  web.redirects(['https://go.upgraded-hop.com/', 'https://moved.com/']);
  web.page('https://moved.com/', { requests: [{ kind: 'image', url: 'https://img.moved-third.test/1.gif' }] });
  const { mark } = await stage.visit('http://go.upgraded-hop.com/');
  await stage.quiet();
  const log = web.log.since(mark);
  assert.equal(log.filter(({ host }) => host === 'go.upgraded-hop.com').length, 1);
  const { saved } = await stage.exportAll();
  const [visit, ...more] = visitsOf(saved, 'moved.com');
  assert.deepEqual(more, []);
  assert.deepEqual(
    saved.hops.filter((hop) => hop.visit_id === visit?.visit_id).map(({ host }) => host),
    ['go.upgraded-hop.com'],
  );
  assert.deepEqual(sentOf(saved, visit?.visit_id ?? ''), { 'img.moved-third.test': 1 });
});

test('what_a_page_over_http_asks_for_and_the_browser_upgrades_is_a_contact_once', async () => {
  const { web } = stage;
  // Neither upgrades a page of this machine. The image: Chromium 156 by its list (HSTS), Firefox 153, whose list WebDriver switches
  // off, because its user wants so; it tells of both alike, by a redirect that names no server.
  const opened = await stage.visit('http://localhost/', {
    requests: [{ kind: 'image', url: 'http://img.upgraded-third.dev/1.gif' }],
  });
  await assertPopupEqualsLog(stage, opened, 'localhost');
  const asked = web.log.since(opened.mark).map(({ url }) => url);
  assert.deepEqual(asked, ['http://localhost/', 'https://img.upgraded-third.dev/1.gif'], 'once, over https');
  const { saved } = await stage.exportAll();
  const rows = saved.contacts.filter(({ host }) => host === 'img.upgraded-third.dev');
  assert.deepEqual(
    rows.map(({ requests, brought_by: way }) => [requests, way]),
    [[1, []]],
  );
});
