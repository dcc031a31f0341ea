// Owns the proof of the comparison between the popup and the server's log.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostDifference, thirdPartiesOfLog } from './compare-hosts.js';

/**
 * @param {string} url
 * @param {string} [secFetchDest]
 * @returns {import('../web/request-log.js').LoggedRequest}
 */
function logged(url, secFetchDest = 'image') {
  const { hostname, pathname, protocol } = new URL(url);
  const rest = {
    ...{ at: 0, port: 443, method: 'GET', isConditional: false },
    ...{ secFetchSite: '', secFetchMode: '', referer: '', purpose: '' },
  };
  return { ...rest, type: 'http', scheme: protocol.slice(0, -1), host: hostname, path: pathname, url, secFetchDest };
}

/** @param {string[]} contacted */
function popup(contacted) {
  const domain = { domain: 'x', requests: 1, hosts: contacted, contacted, outcomes: {} };
  return { site: 'a.test', domainCount: 1, hostCount: 1, requestCount: 1, outcomes: {}, domains: [domain] };
}

test('the_pages_own_site_and_the_hops_of_its_navigation_are_no_third_parties', () => {
  const log = [
    logged('http://short.test/', ''),
    logged('https://www.a.test/', 'document'),
    logged('https://cdn.a.test/x'),
    logged('https://nota.test/x'),
    logged('https://third.test/x'),
  ];
  const hosts = thirdPartiesOfLog(log, ['http://short.test/', 'https://www.a.test/'], 'a.test');
  assert.deepEqual(hosts, ['nota.test', 'third.test']);
});

test('a_hop_that_the_page_asks_for_again_is_a_third_party', () => {
  const log = [logged('http://short.test/', ''), logged('http://www.a.test/', ''), logged('http://short.test/', '')];
  assert.deepEqual(thirdPartiesOfLog(log, ['http://short.test/', 'http://www.a.test/'], 'a.test'), ['short.test']);
});

test('what_either_side_lacks_is_named', () => {
  assert.deepEqual(hostDifference(['b.test', 'c.test'], popup(['c.test', 'd.test'])), {
    unseen: ['b.test'],
    unproven: ['d.test'],
  });
});
