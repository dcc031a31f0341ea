// Owns the situations of frames: with and without an address, boxed in, taken away, written into.
import { BROKEN_OFF, declareHtml, held, reached } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */

/** Markup as the value of an attribute. @param {string} html */
const quoted = (html) => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** @type {Situation[]} */
export const FRAMES = [
  {
    name: 'what_frames_three_deep_ask_for_belongs_to_the_page_and_the_way_there_is_told',
    declare(web) {
      web.page('https://deep.test/', { requests: [{ kind: 'frame', url: 'https://one.deep-a.test/' }] });
      web.page('https://one.deep-a.test/', { requests: [{ kind: 'frame', url: 'https://two.deep-b.test/' }] });
      web.page('https://two.deep-b.test/', { requests: [{ kind: 'frame', url: 'https://three.deep-c.test/' }] });
      web.redirects(['https://px.deep-d.test/1.gif', 'https://px.deep-e.test/1.gif']);
      web.page('https://three.deep-c.test/', { requests: [{ kind: 'image', url: 'https://px.deep-d.test/1.gif' }] });
    },
    walk: async (stage) => void (await stage.visit('https://deep.test/')),
    visits: () => [
      {
        site: 'deep.test',
        third: {
          'one.deep-a.test': 1,
          'two.deep-b.test': 1,
          'three.deep-c.test': 1,
          'px.deep-d.test': 1,
          'px.deep-e.test': 1,
        },
        broughtBy: {
          'one.deep-a.test': '',
          'two.deep-b.test': 'frame one.deep-a.test',
          'three.deep-c.test': 'frame one.deep-a.test, frame two.deep-b.test',
          'px.deep-e.test':
            'frame one.deep-a.test, frame two.deep-b.test, frame three.deep-c.test, redirect px.deep-d.test',
        },
      },
    ],
  },
  {
    name: 'what_a_frame_without_an_address_asks_for_belongs_to_the_page',
    declare: (web) =>
      declareHtml(
        web,
        'https://blank-frame.test/',
        `<body><script>
          const frame = document.createElement('iframe');
          document.body.append(frame);
          const image = frame.contentDocument.createElement('img');
          image.src = 'https://img.blank-frame-third.test/1.gif';
          frame.contentDocument.body.append(image);
          frame.contentWindow.fetch('https://api.blank-frame-third.test/', { mode: 'no-cors' });
        </script>`,
      ),
    walk: async (stage) => void (await stage.visit('https://blank-frame.test/')),
    visits: () => [
      { site: 'blank-frame.test', third: { 'img.blank-frame-third.test': 1, 'api.blank-frame-third.test': 1 } },
    ],
  },
  {
    name: 'what_is_written_into_a_frame_asks_in_the_name_of_the_page',
    declare: (web) =>
      declareHtml(
        web,
        'https://written.test/',
        `<body><script>
          const frame = document.createElement('iframe');
          document.body.append(frame);
          frame.contentDocument.open();
          frame.contentDocument.write('<script src="https://cdn.written-third.test/a.js"><' + '/script>' +
            '<img src="https://img.written-third.test/1.gif"><iframe src="https://embed.written-frame.test/"></iframe>');
          frame.contentDocument.close();
        </script>`,
      ),
    walk: async (stage) => void (await stage.visit('https://written.test/')),
    visits: () => [
      {
        site: 'written.test',
        third: { 'cdn.written-third.test': 1, 'img.written-third.test': 1, 'embed.written-frame.test': 1 },
      },
    ],
  },
  {
    name: 'what_a_srcdoc_frame_and_a_blob_frame_ask_for_belongs_to_the_page',
    declare: (web) =>
      declareHtml(
        web,
        'https://srcdoc.test/',
        `<body><iframe srcdoc="${quoted('<img src="https://img.srcdoc-third.test/1.gif"><iframe src="https://embed.srcdoc-frame.test/"></iframe>')}"></iframe>
        <script>
          const frame = document.createElement('iframe');
          frame.src = URL.createObjectURL(new Blob(['<img src="https://img.blob-third.test/1.gif">'], { type: 'text/html' }));
          document.body.append(frame);
        </script>`,
      ),
    walk: async (stage) => void (await stage.visit('https://srcdoc.test/')),
    visits: () => [
      {
        site: 'srcdoc.test',
        third: { 'img.srcdoc-third.test': 1, 'embed.srcdoc-frame.test': 1, 'img.blob-third.test': 1 },
      },
    ],
  },
  {
    name: 'a_sandboxed_frame_is_judged_against_the_page_around_it',
    declare(web) {
      declareHtml(
        web,
        'https://boxed.test/',
        '<body><iframe sandbox="allow-scripts" src="https://boxed.test/own"></iframe>' +
          '<iframe sandbox="allow-scripts" src="https://ads.boxed-frame.test/"></iframe>',
      );
      declareHtml(
        web,
        'https://boxed.test/own',
        '<img src="https://img.boxed-own.test/1.gif"><img src="https://boxed.test/2.gif">',
      );
      declareHtml(
        web,
        'https://ads.boxed-frame.test/',
        `<script>fetch('https://api.boxed-third.test/', { mode: 'no-cors' });</script>`,
      );
    },
    walk: async (stage) => void (await stage.visit('https://boxed.test/')),
    visits: () => [
      {
        site: 'boxed.test',
        third: { 'img.boxed-own.test': 1, 'ads.boxed-frame.test': 1, 'api.boxed-third.test': 1 },
        broughtBy: { 'api.boxed-third.test': 'frame ads.boxed-frame.test' },
      },
    ],
  },
  {
    name: 'a_frame_that_is_removed_while_it_loads_leaves_its_requests_with_the_page',
    declare(web) {
      web.answer('https://slow.removed-late.test/', { hang: true });
      const { after, release } = held();
      web.serve('slow.removed-third.test', () => {
        release();
        return { hang: true };
      });
      web.serve('signal.removed.test', () => ({ after }));
      declareHtml(web, 'https://embed.removed-frame.test/', '<img src="https://slow.removed-third.test/1.gif">');
      declareHtml(
        web,
        'https://removed.test/',
        `<body><iframe id="early" src="https://slow.removed-late.test/"></iframe>
        <iframe id="late" src="https://embed.removed-frame.test/"></iframe><script>
          fetch('https://signal.removed.test/', { mode: 'no-cors' }).then(() => {
            early.remove();
            late.remove();
            return fetch('https://api.removed-third.test/', { mode: 'no-cors' });
          });
        </script>`,
      );
    },
    walk: async (stage) => void (await stage.begin('https://removed.test/')),
    visits: () => [
      {
        site: 'removed.test',
        third: {
          'slow.removed-late.test': BROKEN_OFF,
          'embed.removed-frame.test': 1,
          'slow.removed-third.test': BROKEN_OFF,
          'api.removed-third.test': 1,
        },
      },
    ],
  },
  {
    name: 'a_frame_that_goes_from_page_to_page_stays_with_the_page_around_it',
    declare(web) {
      declareHtml(web, 'https://around.test/', '<body><iframe src="https://ad.around-one.test/"></iframe>');
      declareHtml(
        web,
        'https://ad.around-one.test/',
        `<script>addEventListener('pagehide', () => navigator.sendBeacon('https://bye.around-one.test/'));
          onload = () => setTimeout(() => { location.href = 'https://click.around-hop.test/'; });</script>`,
      );
      web.redirects(['https://click.around-hop.test/', 'https://ad.around-two.test/']);
      declareHtml(web, 'https://ad.around-two.test/', '<img src="https://img.around-three.test/1.gif">');
    },
    async walk(stage) {
      await stage.begin('https://around.test/');
      await reached(stage, 'img.around-three.test');
    },
    visits: () => [
      {
        site: 'around.test',
        third: {
          'ad.around-one.test': 1,
          'bye.around-one.test': 1,
          'click.around-hop.test': 1,
          'ad.around-two.test': 1,
          'img.around-three.test': 1,
        },
      },
    ],
  },
];
