// Owns the page whose load is measured: 300 requests over 40 hosts, and a clock of its own.

const REQUESTS = 300;
const HOSTS = 40;
/** @type {import('../web/page-requests.js').PageRequestKind[]} */
const KINDS = ['image', 'image', 'script', 'image', 'fetch', 'script', 'stylesheet', 'image', 'xhr', 'image'];

export const MEASURED_URL = 'https://www.measured.test/';

/** Runs in the page: notes when it says that it is done, at the moment that it does, by the clock that began with its navigation. */
const CLOCK = `<script>
  new MutationObserver(() => {
    const { dataset } = document.documentElement;
    if (dataset.done === 'true') dataset.doneAtMs ??= String(performance.now());
  }).observe(document.documentElement, { attributeFilter: ['data-done'] });
</script>`;

/**
 * Declares the page. Nothing of it is cached, so every load makes every request.
 * @param {import('../web/web.js').TestWeb} web
 */
export function declareMeasuredPage(web) {
  const requests = Array.from({ length: REQUESTS }, (_, at) => ({
    kind: KINDS[at % KINDS.length] ?? 'image',
    url: `https://${at % HOSTS === 0 ? 'www.measured' : `host.third${at % HOSTS}`}.test/assets/${at}?v=${at * 7919}`,
  }));
  web.page(MEASURED_URL, { title: 'Measured', head: CLOCK, body: '<h1>300 requests</h1>', requests });
}

/**
 * Loads the page and gives what its load took.
 * @param {import('../drive/driver.js').Driver} driver
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<number>} milliseconds
 */
export async function timeOfLoad(driver, page) {
  await driver.goto(page, MEASURED_URL);
  const { unsettled, doneAtMs } = await page.evaluate(() => ({ ...document.documentElement.dataset }));
  if (unsettled !== '0') throw new Error(`${driver.name}: ${unsettled} requests of the page were never answered.`);
  return Number(doneAtMs);
}
