// Proves that odd names and addresses are counted as what they are: nothing breaks on them, nothing is mistaken for another.
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { downloadedFile } from '../drive/download.js';
import { DashboardScreen } from './dashboard-screen.js';
import { putEarlierDays } from './earlier-days.js';
import { Stage } from './stage.js';
import { assertPopupEqualsLog, contactedOf } from './truth.js';

/** @typedef {import('../web/page-requests.js').PageRequest} PageRequest */

const CHART = '.day-chart[data-drawn]';

/** @type {Stage} */
let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

/** @param {string[]} urls @returns {PageRequest[]} */
const images = (urls) => urls.map((url) => ({ kind: 'image', url }));

/** As long as a host's name may be (RFC 1035). */
const LONGEST = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(56)}.test`;
const LONGEST_DOMAIN = `${'d'.repeat(56)}.test`;

/**
 * Hebrew and Arabic stand from right to left; a heart is in no alphabet; the last is as much of code as
 * a host may be that both browsers ask: Firefox 153 asks none with a bracket, a quote or an ampersand. */
const ODD_THIRD_PARTIES = [LONGEST, 'i❤.test', 'שלום.test', 'cdn.مثال.test', 'onload+alert$_.like-code.test'];
const ODD_SITES = [`www.${'e'.repeat(63)}.test`, 'www.דוגמה.test'];

/** @param {string} host */
const asciiOf = (host) => new URL(`http://${host}/`).hostname;

/**
 * What is wrong with a screen on a small telephone: it is wider than that, a name is not isolated from the words around it, something was read as
 * markup.
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<string[]>}
 */
async function faultsAt320(page) {
  await page.setViewport({ width: 320, height: 800 });
  const faults = await page.evaluate(() => {
    const found = [];
    const overflow = document.documentElement.scrollWidth - window.innerWidth;
    if (overflow > 0) found.push(`${overflow} px too wide`);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.textContent ?? '';
      const around = node.parentElement;
      // What is offered in a field is isolated by it.
      if (!/[\u0590-\u06ff]|like-code|d{56}|e{63}/.test(words) || around?.closest('bdi, option, text')) continue;
      found.push(`“${words}” is not isolated: ${around?.outerHTML.slice(0, 100)}`);
    }
    for (const made of document.querySelectorAll('main img:not(.mark-of-tiers), main b, main script')) {
      found.push(`made of a name: ${made.outerHTML}`);
    }
    return found;
  });
  await page.setViewport({ width: 1280, height: 800 });
  return faults;
}

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
  assert.deepEqual(shown.rows.map((row) => row.text).sort(), [
    'münchen.de xn--mnchen-3ya.de',
    '日本語.jp xn--wgv71a119e.jp',
  ]);
});

test('names_of_253_characters_of_pictures_right_to_left_or_like_code_are_counted_isolated_and_never_wider_than_the_popup', async () => {
  assert.equal(LONGEST.length, 253);
  for (const [place, site] of ODD_SITES.entries()) {
    const opened = await stage.visit(`http://${site}/`, {
      requests: images([...ODD_THIRD_PARTIES.map((host) => `http://${host}/${place}.gif`), 'http://own.test/1.gif']),
    });
    const { popup, truth } = await assertPopupEqualsLog(stage, opened, asciiOf(site.replace(/^www\./, '')));
    assert.equal(Object.keys(truth.domains).length, ODD_THIRD_PARTIES.length + 1, site);
    for (const domain of Object.keys(truth.domains)) await popup.detail(domain);
    assert.deepEqual(await faultsAt320(popup.page), [], `the popup of ${site}`);
    await opened.page.close();
  }
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
  await popup.until('all that it asked for', ({ requests }) => requests === 6);
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
  await popup.until('all that it asked for', ({ requests }) => requests === 3);
  const shown = await popup.settled();
  assert.deepEqual(contactedOf(shown), { 'dot-third.test': 1, 'dot-third.test.': 1, 'dot.test.': 1 });
  const written = ['dot-third.test', 'dot-third.test dot-third.test.', 'dot.test dot.test.'];
  assert.deepEqual(shown.rows.map(({ text }) => text).sort(), written);
});

test('names_of_one_label_and_under_special_use_suffixes_are_counted', async () => {
  const opened = await stage.visit('http://intranet/', {
    requests: images(['http://intranet/own.gif', 'http://printer.local/1.gif', 'http://nas/1.gif']),
  });
  const popup = await stage.popup(opened.tabId);
  await popup.until('all that it asked for', ({ requests }) => requests === 2);
  const shown = await popup.settled();
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

test('names_that_look_alike_are_told_apart_by_what_the_browser_writes_beside_them', async () => {
  const alike = ['xn--pple-43d.test', 'xn--80ak6aa92e.test'];
  const opened = await stage.visit('https://look-alike.test/', {
    requests: images(alike.map((host) => `https://${host}/1.gif`)),
  });
  const popup = await stage.popup(opened.tabId);
  const { rows } = await popup.settled();
  for (const { domain, text } of rows) assert.match(text, new RegExp(`^\\S+ ${domain}$`));
  await opened.page.close();
  const screen = await DashboardScreen.open(stage, '?view=site&name=look-alike.test');
  const lines = await screen.lines('contact-row');
  assert.deepEqual(lines.map(({ name }) => name).sort(), [...alike].sort());
  for (const { name, words } of lines) assert.match(words, new RegExp(`^\\S+ ${name}\\s`));
  await screen.page.close();
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

test('the_dashboard_has_each_odd_name_in_its_place_and_is_as_wide_as_its_window', async () => {
  const [longSite, hebrew] = /** @type {[string, string]} */ (
    ODD_SITES.map((site) => asciiOf(site).replace('www.', ''))
  );
  // A chart has more than one day.
  await putEarlierDays(stage.driver, [{ ago: 2, sites: [longSite, hebrew] }]);
  const arabic = asciiOf('مثال.test');
  const settled = '[data-settled="true"]';
  /** Each view by its address, and what comes last in it where that is read for itself. @type {[string, string?][]} */
  const views = [
    ['', CHART],
    ['?view=sites'],
    ['?view=third-parties'],
    ['?view=third-parties&search=third'],
    ['?view=new'],
    ['?view=days', CHART],
    ['?view=visits', '[data-testid="visit-row"]'],
    ['?view=visits&group=site', '[data-testid="site-row"]'],
    [`?view=visits&name=${hebrew}`, '[data-testid="visit-row"]'],
    ['?view=graph', settled],
    [`?view=graph&node=third-party:${LONGEST_DOMAIN}`, settled],
    [`?view=graph&node=site:${hebrew}`, settled],
    [`?view=compare&one=${hebrew}&other=${longSite}`, '[data-testid="compared-row"]'],
    ['?view=kept'],
    [`?view=third-party&name=${LONGEST_DOMAIN}`],
    [`?view=third-party&name=${arabic}`, CHART],
    [`?view=site&name=${longSite}`, CHART],
    ['?view=site&name=xn--bcher-laden-thb.de'],
    // A reader can have any address.
    ['?view=third-party'],
    [`?view=site&name=${encodeURIComponent('<img src=x onerror=document.title=1>')}`],
    [`?view=site&name=${'w'.repeat(300)}`],
    ['?view=constructor&period=__proto__&sort=__proto__&page=-7&from=tomorrow&to=2026-99-99'],
  ];
  const screen = await DashboardScreen.open(stage);
  for (const [view, last = 'html'] of views) {
    await screen.open(view);
    await screen.page.waitForSelector(last);
    assert.deepEqual(await faultsAt320(screen.page), [], view);
    const shown = await screen.page.evaluate(() => ({
      visits: document.querySelector('[data-testid="total-visits"]')?.getAttribute('data-value') ?? null,
      problems: document.querySelectorAll('[data-testid="problem"]').length,
      title: document.getElementById('title')?.textContent ?? '',
    }));
    assert.equal(shown.problems, 0, view);
    if (view.includes(`third-party&name=${LONGEST_DOMAIN}`)) assert.equal(shown.title, LONGEST_DOMAIN);
    if (view.includes(`third-party&name=${arabic}`)) assert.equal(shown.title, `مثال.test ${arabic}`);
    if (view.includes('compare')) {
      const isWithin = (/** @type {Element[]} */ heads) => heads.every((head) => head.scrollWidth <= head.clientWidth);
      assert.ok(await screen.page.$$eval('.sides th', isWithin), 'a name runs over the heads beside it');
    }
    if (view === '?view=third-party') assert.equal(shown.title, 'No name in this address');
    if (view.includes('bcher')) assert.equal(shown.title, 'bücher-laden.de xn--bcher-laden-thb.de');
    // What the address says and nobody knows is as if it said nothing.
    if (view.includes('constructor')) assert.ok(Number(shown.visits) > 5, `${shown.visits} visits`);
  }
  await screen.open(`?view=visits&name=${hebrew}`);
  await screen.click('[data-testid="open-visit"]');
  await screen.page.waitForSelector('[data-testid="visit-domain"]');
  await screen.page.evaluate(() => {
    for (const domain of document.querySelectorAll('details')) domain.open = true;
  });
  await screen.page.waitForSelector('[data-testid="chain"]');
  assert.deepEqual(await faultsAt320(screen.page), [], 'the page of a visit');
  await screen.page.close();
});

test('a_picture_has_odd_names_as_text_within_its_width', async () => {
  const screen = await DashboardScreen.open(
    stage,
    `?view=site&name=${asciiOf(ODD_SITES[0] ?? '').replace('www.', '')}`,
  );
  for (const [address, last] of /** @type {const} */ ([
    [await screen.address(), CHART],
    ['?view=graph', '[data-settled="true"]'],
  ])) {
    await screen.open(address);
    await screen.page.waitForSelector(last);
    await screen.click('[data-testid="picture-svg"]');
    const file = await downloadedFile(stage.downloads);
    const svg = await readFile(file, 'utf8');
    await rm(file);
    const picture = await screen.page.evaluate((text) => {
      const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml');
      document.body.append(root);
      const width = Number(root.getAttribute('width'));
      const { left } = root.getBoundingClientRect();
      const lines = [...root.querySelectorAll('text')].map((line) => {
        const box = line.getBoundingClientRect();
        return { words: line.textContent ?? '', from: box.left - left, to: box.right - left };
      });
      const tags = [...new Set([...root.querySelectorAll('*')].map(({ tagName }) => tagName))];
      root.remove();
      return { width, lines, tags };
    }, svg);
    const beyond = picture.lines.filter(({ from, to }) => from < -1 || to > picture.width + 1);
    assert.deepEqual(beyond, [], address);
    assert.ok(
      picture.lines.some(({ words }) => /e{20}|דוגמה/.test(words)),
      address,
    );
    for (const tag of ['script', 'image', 'foreignObject', 'b']) assert.ok(!picture.tags.includes(tag), tag);
  }
  await screen.page.close();
});
