// Owns the situations of connections that stay open, and of addresses that the browser makes secure.
import assert from 'node:assert/strict';
import { declareHtml, reached } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */

/** Hosts that answer WebTransport: one is asked where it accepts, one where it refuses. */
const TRANSPORTED = ['quic.talker-third.test', 'quic.talker-fourth.test'];

/** This machine, and the network around it, by the hosts that a page names. */
const aroundHere = {
  '10.0.0.1': 1,
  '127.0.0.1': 1,
  '192.168.0.1': 1,
  '[::1]': 1,
  localhost: 1,
  'printer.localhost': 1,
};

/** @type {Situation[]} */
export const SOCKETS = [
  {
    name: 'a_websocket_and_a_stream_of_events_are_one_contact_each_however_long_they_stay_open',
    declare(web) {
      web.answer('https://events.streamer-third.test/', {
        headers: { 'content-type': 'text/event-stream' },
        body: 'retry: 3600000\n\ndata: one\n\ndata: two\n\n',
      });
      declareHtml(
        web,
        'https://streamer.test/',
        `<script>
          const socket = new WebSocket('wss://live.streamer-third.test/');
          socket.onopen = () => { socket.send('one'); socket.send('two'); };
          new EventSource('https://events.streamer-third.test/');
        </script>`,
      );
    },
    async walk(stage) {
      await stage.visit('https://streamer.test/');
      await reached(stage, 'live.streamer-third.test');
      await reached(stage, 'events.streamer-third.test');
    },
    visits: () => [
      { site: 'streamer.test', third: { 'live.streamer-third.test': 1, 'events.streamer-third.test': 1 } },
    ],
  },
  {
    // Chromium 156 names what a server says no to by an error alone, Firefox 153 by its answer.
    name: 'a_webtransport_that_a_server_answers_is_a_contact_also_where_the_answer_is_no',
    elsewhere: TRANSPORTED,
    async declare(web) {
      const { port, certificateHash } = await web.speakWebTransport(TRANSPORTED);
      const [accepted, refused] = TRANSPORTED.map((host) => `https://${host}:${port}`);
      declareHtml(
        web,
        'https://talker.test/',
        `<html data-done="false"><script>
          const value = new Uint8Array(${JSON.stringify(certificateHash)});
          const open = (url) => new WebTransport(url, { serverCertificateHashes: [{ algorithm: 'sha-256', value }] });
          const settled = (promise) => promise.then(() => 'accepted', () => 'refused');
          (async () => {
            const answers = [await settled(open('${accepted}/').ready), await settled(open('${refused}/refused').ready)];
            document.documentElement.dataset.answers = answers.join();
            document.documentElement.dataset.done = 'true';
          })();
        </script>`,
      );
    },
    async walk(stage) {
      const { page } = await stage.visit('https://talker.test/');
      const answers = await page.evaluate(() => document.documentElement.dataset['answers']);
      assert.equal(answers, 'accepted,refused');
    },
    // Firefox 153 names neither tab nor document.
    visits: (browser) => {
      const third = Object.fromEntries(TRANSPORTED.map((host) => [host, 1]));
      const page = { site: 'talker.test', third: {} };
      return browser === 'chromium' ? [{ ...page, third }] : [page, { ...page, kind: 'background', third }];
    },
  },
  {
    name: 'a_webtransport_that_nobody_answers_is_no_contact',
    declare: (web) =>
      declareHtml(
        web,
        'https://transporter.test/',
        `<html data-done="false"><script>
          const done = () => { document.documentElement.dataset.done = 'true'; };
          try { new WebTransport('https://quic.transport-third.test/').ready.then(done, done); } catch { done(); }
        </script>`,
      ),
    walk: async (stage) => void (await stage.visit('https://transporter.test/')),
    // No error tells whether a packet left. Firefox 153 names neither tab nor document.
    visits: (browser) => {
      const third = { 'quic.transport-third.test': { unknown: 1 } };
      const page = { site: 'transporter.test', third: {} };
      return browser === 'chromium' ? [{ ...page, third }] : [page, { ...page, kind: 'background', third }];
    },
  },
  {
    name: 'addresses_that_a_policy_makes_secure_are_one_request_each',
    declare: (web) =>
      declareHtml(
        web,
        'https://upgrader.test/',
        '<img src="http://img.upgraded-third.test/1.gif"><body><iframe src="http://embed.upgraded-frame.test/"></iframe>',
        { 'content-security-policy': 'upgrade-insecure-requests' },
      ),
    walk: async (stage) => void (await stage.visit('https://upgrader.test/')),
    visits: () => [{ site: 'upgrader.test', third: { 'img.upgraded-third.test': 1, 'embed.upgraded-frame.test': 1 } }],
  },
  {
    name: 'an_address_that_its_host_wants_secure_is_one_request_and_no_hop',
    only: {
      browser: 'chromium',
      why: 'Firefox 153 does not heed that wish of a host whose certificate it was told to accept',
    },
    declare(web) {
      const strict = { 'strict-transport-security': 'max-age=600' };
      declareHtml(web, 'https://strict.test/', '<p>strict</p>', strict);
      web.serve('img.strict-third.test', () => ({
        headers: { ...strict, 'content-type': 'image/svg+xml' },
        body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
      }));
      declareHtml(web, 'https://strict.test/one', '<img src="https://img.strict-third.test/1.svg">');
      declareHtml(web, 'http://lax.test/', '<img src="http://img.strict-third.test/2.svg">');
    },
    async walk(stage) {
      const { page } = await stage.visit('https://strict.test/');
      await stage.driver.goto(page, 'https://strict.test/one');
      await stage.driver.goto(page, 'http://lax.test/');
      await stage.driver.goto(page, 'http://strict.test/one');
      await reached(stage, 'img.strict-third.test', 3);
    },
    visits: () => [
      { site: 'lax.test', third: { 'img.strict-third.test': 1 } },
      { site: 'strict.test', third: {} },
      { site: 'strict.test', third: { 'img.strict-third.test': 1 } },
      { site: 'strict.test', third: { 'img.strict-third.test': 1 } },
    ],
  },
  {
    name: 'what_a_page_asks_of_this_machine_and_of_the_network_around_it_is_a_contact',
    declare(web) {
      declareHtml(
        web,
        'http://prober.test/',
        `<img src="http://127.0.0.1:8123/a.gif"><img src="http://localhost/a.gif"><img src="http://[::1]/a.gif">
         <img src="http://printer.localhost/a.gif"><img src="http://192.168.0.1/a.gif"><img src="http://10.0.0.1:631/a.gif">`,
      );
      declareHtml(
        web,
        'https://prober-secure.test/',
        `<img src="http://127.0.0.1:8123/a.gif"><img src="http://localhost/a.gif"><img src="http://[::1]/a.gif">
         <img src="http://printer.localhost/a.gif"><img src="https://192.168.0.1/a.gif"><img src="http://10.0.0.1:631/a.gif">`,
      );
    },
    async walk(stage) {
      await stage.visit('http://prober.test/');
      await stage.visit('https://prober-secure.test/');
    },
    visits: () => [
      { site: 'prober-secure.test', third: aroundHere },
      { site: 'prober.test', third: aroundHere },
    ],
  },
];
