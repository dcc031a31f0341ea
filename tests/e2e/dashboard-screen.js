// Owns the dashboard as a test has it before it: how it is opened, what is done in it, and what it shows.
import { until } from '../drive/condition.js';
import { clickOnceSeen, untilDrawn } from './drawn.js';

const FILE = 'extension/dashboard/dashboard.html';

/**
 * Within which an open dashboard tells of what comes. It rests 20 times as long as it read last (`extension/dashboard/slow-reading.js`), which on a busy machine
 * are seconds, and then reads again.
 */
export const NEWS_MS = 60_000;

/**
 * What a line of a table shows: its name, and its figures by their `data-testid`.
 * @typedef {{ name: string, figures: Record<string, number>, words: string }} ShownLine
 */

/** The dashboard in a tab of its own. */
export class DashboardScreen {
  /**
   * @param {import('./stage.js').Stage} stage
   * @param {import('puppeteer-core').Page} page
   */
  constructor(stage, page) {
    this.stage = stage;
    this.page = page;
  }

  /**
   * @param {import('./stage.js').Stage} stage
   * @param {string} [address]
   */
  static async open(stage, address = '') {
    const screen = new DashboardScreen(stage, await stage.driver.openExtensionPage(`${FILE}${address}`));
    await screen.#drawn();
    return screen;
  }

  /** @param {string} address As in the page's address, from `?` on. */
  async open(address) {
    await this.stage.driver.goto(this.page, this.stage.driver.extensionUrl(`${FILE}${address}`));
    await this.#drawn();
  }

  async reload() {
    await this.stage.driver.reload(this.page);
    await this.#drawn();
  }

  #drawn() {
    return untilDrawn(this.page);
  }

  /** @returns {Promise<string>} */
  address() {
    return this.page.evaluate(() => location.search);
  }

  /** @param {string} selector */
  async click(selector) {
    await clickOnceSeen(this.page, selector);
  }

  /**
   * What a reader types and leaves.
   * @param {string} testid
   * @param {string} words
   */
  async type(testid, words) {
    await until(`${testid} to be typed into`, () =>
      this.page.evaluate(
        (selector, typed) => {
          const field = document.querySelector(selector);
          if (!(field instanceof HTMLInputElement && field.checkVisibility({ visibilityProperty: true }))) return false;
          field.value = typed;
          field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
          field.dispatchEvent(new Event('change', { bubbles: true }));
          return true;
        },
        `[data-testid="${testid}"]`,
        words,
      ),
    );
  }

  /** @param {string} selector @returns {Promise<string>} Empty where it is not to be seen. */
  words(selector) {
    return this.page.evaluate((one) => {
      const element = document.querySelector(one);
      return element?.checkVisibility() ? (element.textContent ?? '') : '';
    }, selector);
  }

  /** @param {string} testid @returns {Promise<ShownLine[]>} */
  lines(testid) {
    return this.page.evaluate((row) => {
      const shown = [...document.querySelectorAll(`[data-testid="${row}"]`)].filter((line) => line.checkVisibility());
      return shown.map((line) => {
        /** @type {Record<string, number>} */
        const figures = {};
        for (const figure of line.querySelectorAll('[data-testid][data-value]')) {
          figures[figure.getAttribute('data-testid') ?? ''] = Number(figure.getAttribute('data-value'));
        }
        const words = line instanceof HTMLElement ? line.innerText : '';
        return { name: line.getAttribute('data-name') ?? line.getAttribute('data-domain') ?? '', figures, words };
      });
    }, testid);
  }

  /**
   * The names of a table's lines, once they are these.
   * @param {string} testid
   * @param {string[]} names
   */
  async untilNames(testid, names) {
    let last = /** @type {string[]} */ ([]);
    try {
      const areThere = async () => {
        last = (await this.lines(testid)).map(({ name }) => name);
        return JSON.stringify(last) === JSON.stringify(names);
      };
      await until(`the lines ${names.join(', ')}`, areThere, NEWS_MS);
    } catch (cause) {
      throw new Error(`${testid} has ${last.join(', ') || 'no lines'}`, { cause });
    }
  }
}
