// Owns the situations of a tab that goes from page to page: reloads, redirects, what is sent as a page is left.
import { declareHtml, held, reached, withImage } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */

/** @param {import('puppeteer-core').Page} page @param {string} url */
const follow = (page, url) => page.evaluate((to) => void (location.href = to), url);

/** @type {Situation[]} */
export const NAVIGATION = [
  {
    name: 'a_reload_begins_a_visit_of_its_own',
    declare: (web) => web.page('https://reload.test/', withImage('img.reload-third.test')),
    async walk(stage) {
      const { page } = await stage.visit('https://reload.test/');
      await stage.driver.reload(page);
    },
    visits: () => [
      { site: 'reload.test', end: 'navigated', third: { 'img.reload-third.test': 1 } },
      { site: 'reload.test', end: null, third: { 'img.reload-third.test': 1 } },
    ],
  },
];
void [declareHtml, held, reached, follow];
