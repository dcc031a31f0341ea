// Proves the saved export: its rows against the server's log, its digest, and that the popup's holds one site alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { untilVisible } from './drawn.js';
import { canonical, digestOf, saveExport, sentOf, visitsOf } from './saved-export.js';
import { Stage } from './stage.js';
import { siteOf, sum, tally, truthOf } from './truth.js';

/** @type {Stage} */
let stage;
/** @type {{ site: string, hosts: Record<string, number> }[]} by visit, first to last */
const visited = [];
/** @type {import('./stage.js').Opened} */
let last;
before(async () => {
  stage = await Stage.open();
  for (const [url, site] of [
    ['https://www.export-a.test/', 'export-a.test'],
    ['https://www.export-b.co.uk/', 'export-b.co.uk'],
    ['https://www.export-a.test/', 'export-a.test'],
  ]) {
    const name = String(site).split('.')[0];
    last = await stage.visit(String(url), {
      requests: [
        { kind: 'script', url: `https://cdn.${name}-x.test/lib.js` },
        { kind: 'image', url: `https://img.${name}-x.test/1.gif` },
        { kind: 'image', url: `https://img.${name}-x.test/2.gif` },
        { kind: 'xhr', url: 'https://api.export-both.test/data.json' },
        { kind: 'image', url: 'https://gone.export-dead.invalid/1.gif' },
        { kind: 'frame', url: 'https://embed.export-frame.github.io/widget' },
      ],
    });
    const { hosts } = truthOf(stage.web.log.since(last.mark), String(site));
    visited.push({ site: String(site), hosts });
    await stage.counted(last.tabId);
  }
});
after(() => stage?.close());

test('the_dashboard_s_export_holds_every_visit_with_its_hosts_and_requests_as_the_log_has_them', async () => {
  const { saved, name } = await stage.exportAll();
  assert.equal(saved.format, 'tiers-export');
  assert.equal(saved.export.unreadable_visits, 0);
  assert.match(name, /^tiers-everything-\d{4}-\d\d-\d\d\.json$/);
  const pages = saved.visits.filter((visit) => visit.kind === 'page');
  assert.deepEqual(
    pages.map((visit) => ({ site: visit.site, hosts: sentOf(saved, visit.visit_id) })),
    visited,
  );
  assert.equal(new Set(pages.map((visit) => visit.visit_id)).size, visited.length);
  for (const visit of pages) {
    assert.equal(visit.complete, true);
    assert.deepEqual(visit.incomplete_reasons, []);
    assert.match(visit.started_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const failed = saved.contacts.find((row) => row.visit_id === visit.visit_id && row.host.endsWith('.invalid'));
    assert.deepEqual({ sent: failed?.sent, failed: failed?.failed }, { sent: 0, failed: 1 });
  }
});

test('the_rows_of_the_export_agree_with_each_other', async () => {
  const { saved } = await stage.exportAll();
  for (const row of saved.contacts) {
    assert.equal(row.domain, siteOf(row.host), row.host);
    assert.equal(row.requests, row.sent + row.cached + row.blocked + row.failed + row.unknown + row.pending);
    const types = saved.contact_types.filter((type) => type.visit_id === row.visit_id && type.host === row.host);
    assert.equal(sum(types.map((type) => type.requests)), row.requests, `${row.host} by type`);
    const visit = saved.visits.find(({ visit_id }) => visit_id === row.visit_id);
    assert.equal(row.third_party, row.domain !== visit?.site, row.host);
  }
  const thirds = saved.contacts.filter((row) => row.third_party && row.sent + row.pending > 0);
  assert.equal(saved.totals.visits, visited.length);
  assert.equal(saved.totals.sites, new Set(visited.map(({ site }) => site)).size);
  assert.equal(saved.totals.third_party_hosts, Object.keys(tally(thirds.map((row) => row.host))).length);
  assert.equal(saved.totals.third_party_domains, Object.keys(tally(thirds.map((row) => row.domain))).length);
  assert.equal(saved.totals.third_party_requests, sum(visited.map(({ hosts }) => sum(Object.values(hosts)))));
  const embedded = saved.contacts.find((row) => row.host === 'embed.export-frame.github.io');
  assert.deepEqual(
    { domain: embedded?.domain, icann: embedded?.icann_domain },
    { domain: 'export-frame.github.io', icann: 'github.io' },
  );
});

test('the_digest_of_the_export_verifies_and_a_changed_number_is_noticed', async () => {
  const { saved, text } = await stage.exportAll();
  assert.equal(saved.integrity.algorithm, 'sha256/jcs');
  assert.equal(digestOf(text), saved.integrity.digest);
  const [first] = saved.contacts;
  assert.ok(first);
  first.sent += 1;
  assert.notEqual(digestOf(JSON.stringify(saved)), saved.integrity.digest);
});

test('the_popup_s_export_holds_this_page_s_site_alone', async () => {
  const popup = await stage.popup(last.tabId);
  const { saved, text, name } = await saveExport(popup.page, stage.downloads);
  await untilVisible(popup.page, '[data-testid="action-status"]');
  assert.match(name, /^tiers-export-a\.test-\d{4}-\d\d-\d\d\.json$/);
  const own = visited.filter(({ site }) => site === 'export-a.test');
  assert.deepEqual(
    visitsOf(saved, 'export-a.test').map((visit) => ({ site: visit.site, hosts: sentOf(saved, visit.visit_id) })),
    own,
  );
  assert.equal(saved.visits.length, own.length);
  assert.ok(!/export-b(-x)?\./.test(text), 'the other site is not in it');
  assert.equal(digestOf(text), saved.integrity.digest);
});

test('the_export_holds_no_address_beyond_the_host', async () => {
  const { page } = await stage.visit('https://secret.test/private-path?token=private-query#private-hash', {
    title: 'private-title',
    requests: [{ kind: 'image', url: 'https://img.secret-third.test/private-image.gif?id=private-id' }],
  });
  await page.evaluate(() =>
    fetch('https://api.secret-third.test/private-call', { method: 'POST', body: 'private-body', mode: 'no-cors' }),
  );
  const { text } = await stage.exportAll();
  assert.ok(text.includes('secret-third.test'));
  assert.equal(/private-[a-z]*/.exec(text), null);
});

test('the_canonical_form_of_these_tests_is_that_of_rfc_8785', () => {
  const sample = {
    '€': 'Euro',
    '\r': 'CR',
    1: 'one',
    '😀': 'smile',
    a: [333333333.3333333, 1e30, 4.5, 0.002, 1e-27, true, null],
  };
  assert.equal(
    canonical(sample),
    '{"\\r":"CR","1":"one","a":[333333333.3333333,1e+30,4.5,0.002,1e-27,true,null],"€":"Euro","😀":"smile"}',
  );
});
