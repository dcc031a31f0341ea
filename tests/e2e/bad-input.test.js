// Proves that odd names and addresses are counted as what they are: nothing breaks on them, nothing is mistaken for another.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Stage } from './stage.js';
import { assertPopupEqualsLog, contactedOf } from './truth.js';

/** @typedef {import('../web/page-requests.js').PageRequest} PageRequest */

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/** @param {string[]} urls @returns {PageRequest[]} */
const images = (urls) => urls.map((url) => ({ kind: 'image', url }));

test('hosts_with_the_names_of_an_object_s_own_properties_are_hosts_like_any_other', async () => {
  const names = ['__proto__', 'constructor', 'tostring', 'hasownproperty', 'valueof', 'prototype'];
  const opened = await stage.visit('https://odd-names.test/', {
    requests: images([
      ...names.map((name) => `https://${name}.test/1.gif`),
      ...names.map((name) => `https://${name}.odd-third.test/1.gif`),
      ...names.map((name) => `https://${name}/1.gif`),
    ]),
  });
  const { popup, truth } = await assertPopupEqualsLog(stage, opened, 'odd-names.test');
  assert.equal(Object.keys(truth.domains).length, 13);
  assert.deepEqual(Object.keys((await popup.detail('odd-third.test')).hosts).length, 6);
  const { saved } = await stage.exportAll();
  assert.deepEqual(
    saved.contacts.filter((row) => row.domain === 'constructor').map((row) => [row.host, row.sent]),
    [['constructor', 1]],
  );
});

test('a_page_whose_own_site_has_such_a_name_is_counted', async () => {
  const opened = await stage.visit('https://www.constructor.test/', {
    requests: images(['https://img.__proto__.test/1.gif', 'https://static.constructor.test/own.gif']),
  });
  const { truth } = await assertPopupEqualsLog(stage, opened, 'constructor.test');
  assert.deepEqual(Object.entries(truth.domains), [['__proto__.test', 1]]);
});

test('a_name_in_another_script_is_one_with_its_ascii_form_and_shown_as_people_write_it', async () => {
  const opened = await stage.visit('https://www.bücher-laden.de/', {
    requests: images([
      'https://cdn.xn--bcher-laden-thb.de/own.gif',
      'https://img.xn--mnchen-3ya.de/1.gif',
      'https://img.münchen.de/2.gif',
      'https://xn--wgv71a119e.jp/1.gif',
    ]),
  });
  const { shown } = await assertPopupEqualsLog(stage, opened, 'xn--bcher-laden-thb.de');
  assert.equal(shown.siteText, 'bücher-laden.de');
  assert.deepEqual(contactedOf(shown), { 'xn--mnchen-3ya.de': 2, 'xn--wgv71a119e.jp': 1 });
  assert.deepEqual(shown.rows.map((row) => row.text).sort(), ['münchen.de', '日本語.jp']);
});

test('a_host_as_long_as_names_may_be_is_counted_and_does_not_widen_the_popup', async () => {
  const label = 'a'.repeat(60);
  const host = `${label}.${label}.${label}.long-third-${'b'.repeat(40)}.test`;
  assert.ok(host.length > 230);
  const opened = await stage.visit('https://long.test/', { requests: images([`https://${host}/1.gif`]) });
  const { popup, truth } = await assertPopupEqualsLog(stage, opened, 'long.test');
  assert.equal(truth.hosts[host], 1);
  await popup.detail(`long-third-${'b'.repeat(40)}.test`);
  await popup.page.setViewport({ width: 400, height: 600 });
  const overflow = await popup.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await popup.page.setViewport({ width: 1280, height: 800 });
  assert.ok(overflow <= 0, `the popup is ${overflow} px too wide`);
});

test('addresses_are_their_own_sites_and_their_last_numbers_are_no_domain', async () => {
  const opened = await stage.visit('http://192.0.2.10/', {
    requests: images([
      'http://192.0.2.10:8080/own.gif',
      'http://192.0.2.11/1.gif',
      'http://198.51.100.11/1.gif',
      'http://0xc0.0.2.12/1.gif',
      'http://[2001:db8::1]/1.gif',
      'http://[2001:db8:0:0::1]:8080/2.gif',
      'http://[2001:db8::2]/1.gif',
    ]),
  });
  const popup = await stage.popup(opened.tabId);
  const shown = await popup.settled();
  assert.equal(shown.site, '192.0.2.10');
  assert.deepEqual(contactedOf(shown), {
    '192.0.2.11': 1,
    '192.0.2.12': 1,
    '198.51.100.11': 1,
    '[2001:db8::1]': 2,
    '[2001:db8::2]': 1,
  });
});

test('ports_names_and_passwords_in_an_address_do_not_make_another_host', async () => {
  const opened = await stage.visit('https://parts.test/', {
    requests: [
      { kind: 'script', url: 'https://cdn.parts-third.test/1.js' },
      { kind: 'script', url: 'https://cdn.parts-third.test:8443/2.js' },
      { kind: 'websocket', url: 'wss://cdn.parts-third.test:9443/socket' },
      { kind: 'image', url: 'https://other.test%40img.parts-fourth.test@img.parts-fifth.test/1.gif' },
    ],
  });
  await stage.web.log.until((entry) => entry.url.endsWith('/2.js'), { since: opened.mark });
  const { truth } = await assertPopupEqualsLog(stage, opened, 'parts.test');
  assert.equal(truth.domains['parts-third.test'], 3);
  assert.equal(truth.domains['parts-fourth.test'], undefined);
});

test('a_host_with_a_trailing_dot_is_another_host_of_another_site_as_html_has_it', async () => {
  const opened = await stage.visit('https://dot.test/', {
    requests: images([
      'https://dot.test./1.gif',
      'https://img.dot-third.test./1.gif',
      'https://img.dot-third.test/1.gif',
    ]),
  });
  const popup = await stage.popup(opened.tabId);
  const shown = await popup.settled();
  assert.deepEqual(contactedOf(shown), { 'dot-third.test': 1, 'dot-third.test.': 1, 'dot.test.': 1 });
  for (const { text } of shown.rows) assert.ok(!text.endsWith('.'), text);
});

test('names_of_one_label_and_under_special_use_suffixes_are_counted', async () => {
  const opened = await stage.visit('http://intranet/', {
    requests: images(['http://intranet/own.gif', 'http://printer.local/1.gif', 'http://nas/1.gif']),
  });
  const shown = await (await stage.popup(opened.tabId)).settled();
  assert.equal(shown.site, 'intranet');
  assert.deepEqual(contactedOf(shown), { nas: 1, 'printer.local': 1 });
});

test('addresses_without_a_host_are_not_counted', async () => {
  const opened = await stage.visit('https://hostless.test/', {
    requests: images(['data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'about:blank']),
    body: '<iframe src="about:blank"></iframe><iframe src="data:text/html,hello"></iframe>',
  });
  await opened.page.evaluate(() => fetch(URL.createObjectURL(new Blob(['blob']))).then((answer) => answer.text()));
  const { shown } = await assertPopupEqualsLog(stage, opened, 'hostless.test');
  assert.equal(shown.domains, 0);
  assert.deepEqual(shown.rows, []);
});

test('what_a_page_puts_into_names_is_shown_as_text_and_never_run', async () => {
  const opened = await stage.visit('https://markup-in-address.test/?q=<script>alert(1)</script>', {
    title: '<img src=x onerror=alert(1)>',
    requests: images([
      'https://img.markup-in-third.test/<img src=x onerror=document.title=1>.gif?"><script>alert(1)</script>',
    ]),
  });
  const { popup } = await assertPopupEqualsLog(stage, opened, 'markup-in-address.test');
  const { urls } = await popup.detail('markup-in-third.test');
  assert.equal(urls.length, 1);
  assert.equal(await popup.page.evaluate(() => document.querySelectorAll('li img, li script').length), 0);
});
