// Owns the page of the daily chart for its tests: days that are known, the way to it, what is seen on it.
import { untilDrawn } from './drawn.js';
import { putEarlierDays } from './earlier-days.js';
import { Stage } from './stage.js';

/** Whom each site's page contacts, with how many requests to each. @type {Record<string, Record<string, number>>} */
const SITES = {
  news: { ads: 3, stats: 1 },
  shop: { ads: 1, fonts: 1, maps: 2 },
  early: { late: 1 },
  quiet: {},
};
/** Days with something, by how long ago they were; today has a visit of each site. @type {Record<number, string[]>} */
const EARLIER = { 1: ['news'], 3: ['news', 'shop', 'early'], 4: ['quiet'], 40: ['shop'] };

/** @type {Stage} */
export let stage;
/** @type {import('puppeteer-core').Page} */
export let page;
/** In days since 1970. */
export let today = 0;

/** Opens the browser, which visits all of them. */
export async function begin() {
  // Pictures are light whatever the screen is.
  stage = await Stage.open({ colorScheme: 'dark' });
  for (const [site, asked] of Object.entries(SITES)) {
    const urls = Object.entries(asked).flatMap(([name, times]) =>
      Array.from({ length: times }, (_, at) => `https://cdn.${name}-third.test/${at}.gif`),
    );
    const requests = urls.map((url) => ({ kind: /** @type {const} */ ('image'), url }));
    const opened = await stage.visit(`https://www.${site}-site.test/`, { requests });
    // As where the extension comes to a page that is open: its count is incomplete.
    if (site === 'early') await stage.beginSession();
    await stage.counted(opened.tabId);
    if (site === 'early') {
      await opened.page.evaluate(() => fetch('https://cdn.late-third.test/x', { mode: 'no-cors' }));
      await stage.quiet();
    }
    await opened.page.close();
  }
  await stage.quiet();
  const days = Object.entries(EARLIER).map(([ago, sites]) => ({
    ago: Number(ago),
    sites: sites.map((site) => `${site}-site.test`),
  }));
  today = await putEarlierDays(stage.driver, days);
  page = await stage.driver.openExtensionPage('extension/dashboard/dashboard.html');
  await page.setViewport({ width: 1100, height: 800 });
}

export async function end() {
  await stage?.close();
}

/** @param {string} address As in the page's address, from `?` on. */
export async function open(address) {
  await stage.driver.goto(page, stage.driver.extensionUrl(`extension/dashboard/dashboard.html${address}`));
  await drawn();
}

export async function drawn() {
  await untilDrawn(page);
  await page.waitForSelector('.day-chart[data-drawn]');
}

/** The chart and the table of days as a reader has them. */
export function screen() {
  return page.evaluate(() => {
    const chart = document.querySelector('.day-chart');
    const number = (/** @type {Element} */ element, /** @type {string} */ name) => Number(element.getAttribute(name));
    const text = (/** @type {string} */ testid) => document.querySelector(`[data-testid="${testid}"]`)?.textContent;
    const slider = document.querySelector('[data-testid="day-slider"]');
    return {
      search: location.search,
      isHidden: chart instanceof HTMLElement && chart.hidden,
      title: chart?.querySelector('h2')?.textContent ?? '',
      summary: chart?.querySelector('svg[role="img"]')?.getAttribute('aria-label') ?? '',
      readout: text('day-readout') ?? '',
      barText: text('bar-text') ?? '',
      said: slider?.getAttribute('aria-valuetext') ?? '',
      shown: /** @type {HTMLSelectElement | null} */ (document.querySelector('[data-testid="figure"]'))?.value,
      isSliderFocused: document.activeElement === slider,
      bars: [...document.querySelectorAll('[data-testid="bar"]')].map((bar) => ({
        day: number(bar, 'data-day'),
        value: number(bar, 'data-value'),
        x: number(bar, 'x'),
        width: number(bar, 'width'),
        height: number(bar, 'height'),
      })),
      marks: [...document.querySelectorAll('[data-testid="bar-incomplete"]')].map((mark) => number(mark, 'data-day')),
      rows: [...document.querySelectorAll('[data-testid="day-row"]')].map((row) => ({
        day: number(row, 'data-name'),
        address: row.querySelector('a')?.getAttribute('href') ?? '',
        isIncomplete: row.querySelector('[data-testid="row-incomplete"]:not([hidden])') !== null,
        /** @type {Record<string, number>} */
        figures: Object.fromEntries(
          [...row.querySelectorAll('td [data-value]')].map((figure) => [
            figure.getAttribute('data-testid')?.replace('day-', '') ?? '',
            number(figure, 'data-value'),
          ]),
        ),
      })),
    };
  });
}
