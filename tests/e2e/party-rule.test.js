// Proves whose a host is: the party rule's cases, with their numbers, and the domains and hosts that the popup makes of names.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Stage } from './stage.js';
import { assertPopupEqualsLog, siteOf } from './truth.js';

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/**
 * A page asks for one image of each host: who is the first party, and which domains are contacted, each once? The names are those
 * of the web itself, which the test web is here.
 * @type {{ rule: string, page: string, asks: string[], site: string, contacted: string[] }[]}
 */
const CASES = [
  {
    rule: 'case_1_another_site_of_the_same_owner_is_a_third_party',
    page: 'https://www.lemonde.fr/',
    asks: ['https://img.lemde.fr', 'https://static.lemonde.fr'],
    site: 'lemonde.fr',
    contacted: ['lemde.fr'],
  },
  {
    rule: 'case_2_a_suffix_of_two_labels_is_no_site',
    page: 'https://www.bbc.co.uk/',
    asks: ['https://static.files.bbci.co.uk', 'https://static.bbc.co.uk'],
    site: 'bbc.co.uk',
    contacted: ['bbci.co.uk'],
  },
  {
    rule: 'case_3_gouv_fr_is_a_suffix',
    page: 'https://www.service-public.gouv.fr/',
    asks: ['https://stats.data.gouv.fr', 'https://static.service-public.gouv.fr'],
    site: 'service-public.gouv.fr',
    contacted: ['data.gouv.fr'],
  },
  {
    rule: 'case_4_two_users_of_a_private_suffix_are_two_sites',
    page: 'https://alice.github.io/',
    asks: ['https://bob.github.io', 'https://img.alice.github.io'],
    site: 'alice.github.io',
    contacted: ['bob.github.io'],
  },
  {
    rule: 'case_6_an_address_is_compared_in_its_canonical_form',
    page: 'http://0x7f.1/',
    asks: ['http://127.0.0.1', 'http://2130706433', 'http://0x7f.1:8080'],
    site: '127.0.0.1',
    contacted: [],
  },
  {
    rule: 'case_7_special_use_names_follow_the_same_rule',
    page: 'http://nas.local/',
    asks: ['http://printer.local', 'http://www.nas.local'],
    site: 'nas.local',
    contacted: ['printer.local'],
  },
];

for (const { rule, page, asks, site, contacted } of CASES) {
  test(rule, async () => {
    const images = asks.map((origin, place) => `${origin}/${place}.gif`);
    const opened = await stage.visit(page, { requests: images.map((url) => ({ kind: 'image', url })) });
    const { truth } = await assertPopupEqualsLog(stage, opened, site);
    assert.deepEqual(truth.domains, Object.fromEntries(contacted.map((domain) => [domain, 1])));
    const reached = stage.web.log.since(opened.mark).map(({ url }) => url);
    for (const url of images) assert.ok(reached.includes(new URL(url).href), `${url} reached the server`);
  });
}

test('hosts_of_one_registrable_domain_are_one_domain_and_those_of_two_customers_two', async () => {
  const hosts = [
    'a.cdn-house.co.uk',
    'b.cdn-house.co.uk',
    'cdn-house.co.uk',
    'static.shop-house.co.uk',
    'alice-house.github.io',
    'bob-house.github.io',
    'stats.data.gouv.fr',
    'www.impots.gouv.fr',
    'd111.cloudfront.net',
    'static.files.bbci-house.uk',
    'x.city-house.kawasaki.jp',
  ];
  const opened = await stage.visit('https://www.shop-house.co.uk/', {
    requests: hosts.map((host) => ({ kind: /** @type {const} */ ('image'), url: `https://${host}/a.gif` })),
  });
  const { popup, shown, truth } = await assertPopupEqualsLog(stage, opened, 'shop-house.co.uk');
  assert.equal(truth.domains['cdn-house.co.uk'], 3);
  assert.equal(shown.domains, 8);
  for (const { domain } of shown.rows) {
    const detail = await popup.detail(domain);
    const expected = Object.entries(truth.hosts).filter(([host]) => siteOf(host) === domain);
    assert.deepEqual(detail.hosts, Object.fromEntries(expected), `hosts of ${domain}`);
    if (domain === 'd111.cloudfront.net') assert.equal(detail.icannDomain, 'cloudfront.net');
  }
});
