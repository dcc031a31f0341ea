// Owns the situations of going back and forward, and of pages that are loaded before they are asked for.
import { until, within } from '../drive/condition.js';
import { Tab } from '../drive/tab.js';
import { declareHtml, follow, reached, withImage } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */
/** @typedef {import('../e2e/stage.js').Stage} Stage */

/** Chromium 156 has prerendering, Firefox 153 has none. */
const PRERENDER = { browser: /** @type {const} */ ('chromium'), why: 'Firefox 153 has no prerender' };

/** A page answers sooner, on a busy machine too. */
const ANSWERS_MS = 2_000;

/**
 * From a first page to a second one, back, and forward; each page asks for something more each time it is shown.
 * @param {string} name
 */
const thereAndBack = (name) => async (/** @type {Stage} */ stage) => {
  const { page } = await stage.visit(`https://${name}-one.test/`);
  await stage.driver.goto(page, `https://${name}-two.test/`);
  const shows = (/** @type {string} */ site) =>
    until(`${site} to be shown`, async () => (await stage.driver.urlOf(page)) === `https://${site}/`);
  await stage.driver.back(page).catch(() => {});
  await shows(`${name}-one.test`);
  await page.evaluate((url) => fetch(url, { mode: 'no-cors' }), `https://again.${name}-one-third.test/`);
  await page.evaluate(() => void setTimeout(() => history.forward()));
  await shows(`${name}-two.test`);
  await page.evaluate((url) => fetch(url, { mode: 'no-cors' }), `https://again.${name}-two-third.test/`);
};

/** @param {import('../web/web.js').TestWeb} web @param {string} next @param {string} [more] */
function declarePrerendering(web, next, more = '') {
  const { origin } = new URL(next);
  declareHtml(
    web,
    `${origin}/`,
    `<script type="speculationrules">{"prerender":[{"source":"list","urls":["${next}"],"eagerness":"immediate"}]}</script>${more}`,
  );
}

/** @type {Situation[]} */
export const HISTORY = [
  {
    name: 'back_and_forward_to_kept_pages_goes_on_with_their_visits',
    declare(web) {
      web.page('https://kept-one.test/', withImage('img.kept-one-third.test'));
      web.page('https://kept-two.test/', withImage('img.kept-two-third.test'));
    },
    walk: thereAndBack('kept'),
    visits: () => [
      {
        site: 'kept-one.test',
        end: 'navigated',
        third: { 'img.kept-one-third.test': 1, 'again.kept-one-third.test': 1 },
      },
      { site: 'kept-two.test', end: null, third: { 'img.kept-two-third.test': 1, 'again.kept-two-third.test': 1 } },
    ],
  },
  {
    name: 'back_and_forward_to_pages_that_are_not_kept_begins_visits_of_their_own',
    declare(web) {
      for (const name of ['unkept-one', 'unkept-two']) {
        declareHtml(
          web,
          `https://${name}.test/`,
          `<img src="https://img.${name}-third.test/1.gif"><script>addEventListener('unload', () => {});</script>`,
          // Chromium 156 takes no notice of unload handlers unless the page insists.
          { 'cache-control': 'no-store', 'permissions-policy': 'unload=(self)' },
        );
      }
    },
    walk: thereAndBack('unkept'),
    visits: () => [
      { site: 'unkept-one.test', end: 'navigated', third: { 'img.unkept-one-third.test': 1 } },
      {
        site: 'unkept-one.test',
        end: 'navigated',
        third: { 'img.unkept-one-third.test': 1, 'again.unkept-one-third.test': 1 },
      },
      { site: 'unkept-two.test', end: 'navigated', third: { 'img.unkept-two-third.test': 1 } },
      {
        site: 'unkept-two.test',
        end: null,
        third: { 'img.unkept-two-third.test': 1, 'again.unkept-two-third.test': 1 },
      },
    ],
  },
  {
    name: 'a_prerendered_page_that_is_shown_is_one_visit_with_what_it_asked_for_before',
    only: PRERENDER,
    declare(web) {
      declarePrerendering(web, 'https://foreseen.test/next');
      web.page('https://foreseen.test/next', withImage('img.foreseen-third.test'));
    },
    async walk(stage) {
      const { page } = await stage.visit('https://foreseen.test/');
      await reached(stage, 'img.foreseen-third.test');
      await stage.quiet();
      await follow(page, 'https://foreseen.test/next');
      const shown = await until('the prerendered page', () => tabThatShows(stage, 'https://foreseen.test/next'));
      await shown.run(() => void fetch('https://api.foreseen-third.test/', { mode: 'no-cors' }));
    },
    visits: () => [
      { site: 'foreseen.test', end: 'navigated', own: { 'foreseen.test': 2 }, third: {} },
      {
        site: 'foreseen.test',
        end: null,
        own: {},
        third: { 'img.foreseen-third.test': 1, 'api.foreseen-third.test': 1 },
      },
    ],
  },
  {
    name: 'a_prerendered_page_that_is_never_shown_is_a_visit_that_ends_with_the_page_that_wanted_it',
    only: PRERENDER,
    declare(web) {
      declarePrerendering(web, 'https://unshown.test/next');
      web.page('https://unshown.test/next', withImage('img.unshown-third.test'));
      web.page('https://unshown-other.test/', withImage('img.unshown-other-third.test'));
    },
    async walk(stage) {
      const { page } = await stage.visit('https://unshown.test/');
      await reached(stage, 'img.unshown-third.test');
      await stage.driver.goto(page, 'https://unshown-other.test/');
    },
    visits: () => [
      { site: 'unshown-other.test', end: null, third: { 'img.unshown-other-third.test': 1 } },
      { site: 'unshown.test', end: 'navigated', own: { 'unshown.test': 2 }, third: {} },
      { site: 'unshown.test', end: 'navigated', own: {}, third: { 'img.unshown-third.test': 1 } },
    ],
  },
];

/**
 * The tab that shows an address.
 *
 * @param {import('../e2e/stage.js').Stage} stage
 * @param {string} url
 * @returns {Promise<Tab | null>}
 */
async function tabThatShows(stage, url) {
  const isShown = (/** @type {string} */ wanted) => location.href === wanted && !Reflect.get(document, 'prerendering');
  for (const page of await stage.driver.browser.pages()) {
    const tab = new Tab(page, stage.driver.name);
    if (await within(tab.run(isShown, url), ANSWERS_MS).catch(() => false)) return tab;
  }
  return null;
}
