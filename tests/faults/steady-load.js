// Owns a browser under load: one tab goes from page to page, another one shows a page that never comes to rest. Each request is to a host
// of its own, so that it is known which one is missing.
import { addressOf, pageOf } from './named-site.js';

/** How often the page that never comes to rest asks. */
const ASKS_EVERY_MS = 80;
const PAGE_AFTER_MS = 150;

export class SteadyLoad {
  /** The sites that were visited. @type {string[]} */
  names;
  #stage;
  #name;
  #isOver = false;
  /** Settles as the load ends. @type {() => void} */
  #end = () => {};
  #ending = new Promise((resolve) => (this.#end = () => resolve('over')));
  /** @type {Promise<void>} */
  #walking = Promise.resolve();

  /**
   * @param {import('../e2e/stage.js').Stage} stage
   * @param {string} name that no other load of this browser has
   */
  constructor(stage, name) {
    this.#stage = stage;
    this.#name = name;
    this.names = [`${name}-long`];
  }

  /** Settles as the load begins. */
  async begin() {
    const { web, driver } = this.#stage;
    const [long] = this.names;
    web.answer(addressOf(`${long}`), {
      headers: { 'content-type': 'text/html' },
      body: `<!doctype html><title>never at rest</title><link rel="icon" href="data:,"><script>
        let number = 0;
        setInterval(() => {
          number += 1;
          fetch('https://img' + number + '.${long}-third.test/', { mode: 'no-cors' }).catch(() => {});
        }, ${ASKS_EVERY_MS});
      </script>`,
    });
    const tab = await driver.newPage();
    await this.#stage.begin(addressOf(`${long}`));
    this.#walking = this.#walk(tab);
  }

  /** Settles when nothing is begun any more; the browser may be gone. */
  async end() {
    this.#isOver = true;
    this.#end();
    await this.#walking;
  }

  /** @param {import('puppeteer-core').Page} tab */
  async #walk(tab) {
    for (let number = 0; !this.#isOver; number += 1) {
      const name = `${this.#name}-${number}`;
      this.names.push(name);
      this.#stage.web.page(addressOf(name), pageOf(name, 5));
      // A browser that is gone answers late that it is.
      const shown = this.#stage.driver.goto(tab, addressOf(name)).catch(() => {});
      await Promise.race([shown, this.#ending]);
      await new Promise((resolve) => setTimeout(resolve, PAGE_AFTER_MS));
    }
  }
}
