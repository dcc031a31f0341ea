// Owns the situations of what is asked for over http.
import { reached, withImage } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */

/** @type {Situation[]} */
export const HTTP = [
  {
    name: 'an_image_over_http_that_a_secure_page_gets_over_https_is_contacted_once',
    declare: (web) =>
      web.page('https://mixed.test/', { requests: [{ kind: 'image', url: 'http://img.mixed-third.test/1.gif' }] }),
    async walk(stage) {
      await stage.visit('https://mixed.test/');
      await reached(stage, 'img.mixed-third.test');
    },
    visits: () => [
      { site: 'mixed.test', third: { 'img.mixed-third.test': 1 }, broughtBy: { 'img.mixed-third.test': '' } },
    ],
  },
  {
    name: 'what_a_page_over_http_asks_for_is_its_own',
    declare: (web) => web.page('http://plain.test/', withImage('img.plain-third.test')),
    walk: async (stage) => void (await stage.visit('http://plain.test/')),
    visits: () => [{ site: 'plain.test', third: { 'img.plain-third.test': 1 } }],
  },
];
