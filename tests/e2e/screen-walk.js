// Owns the walk through all screens in one language and one colour scheme: each is opened once, and all who have something to look at look at it in
// that state.
import assert from 'node:assert/strict';
import { until } from '../drive/condition.js';
import { PREFERENCES } from '../drive/preference.js';
import { screens } from './screens.js';
import { Stage } from './stage.js';

/** @typedef {import('../drive/preference.js').Preference} Preference */
/** @typedef {import('./screens.js').Screen} Screen */

/**
 * @typedef {object} Look One way of looking at every screen.
 * @property {(screen: Screen) => Promise<string[]>} faults What is wrong with it; an assertion that fails is a fault too.
 * @property {Preference} [preference] What its reader asks of the looks of pages meanwhile.
 * @property {number} [popupHeight] Of its window, in CSS pixels.
 * @property {number} [scale] Pixels of the screen for one of CSS.
 */

/**
 * @typedef {object} Seen What came of a look.
 * @property {string[]} checked The screens that it was at.
 * @property {Record<string, string[]>} found Their faults, by their names.
 */

const POPUP_WIDTH = 400;
const TAB = { width: 1100, height: 800 };

export class ScreenWalk {
  #options;
  /** @type {Map<Look, Seen>} */
  #seen;
  /** @type {Map<string, { file: string, view: string }>} */
  #places = new Map();
  /** @type {Promise<void> | null} */
  #walk = null;

  /**
   * @param {{ language: 'en' | 'fr', colorScheme: 'light' | 'dark' }} options
   * @param {Look[]} looks In their order; the next finds what the last one left, which is the same screen in another window.
   */
  constructor(options, looks) {
    this.#options = options;
    this.#seen = new Map(looks.map((look) => [look, { checked: [], found: {} }]));
  }

  /** Whoever asks first has the walk begin; all have the same one. */
  #walked() {
    this.#walk ??= this.#through();
    return this.#walk;
  }

  /**
   * What a look saw.
   * @param {Look} look of this walk
   * @returns {Promise<Seen>}
   */
  async seenBy(look) {
    await this.#walked();
    return this.#seen.get(look) ?? { checked: [], found: {} };
  }

  /** Which file of the extension each screen was, by its name, and which view its address named. */
  async places() {
    await this.#walked();
    return this.#places;
  }

  async #through() {
    const stage = await Stage.open(this.#options);
    try {
      for await (const screen of screens(stage)) {
        await screen.page.bringToFront();
        await this.#note(screen);
        /** @type {Preference | null} */
        let current = null;
        for (const [look, seen] of this.#seen) {
          const { preference = null } = look;
          if (preference !== current) await prefer(stage, screen, preference);
          current = preference;
          await lookAt(screen, look, seen);
        }
        if (current) await prefer(stage, screen, null);
      }
    } finally {
      await stage.close();
    }
  }

  /** @param {Screen} screen */
  async #note({ name, page }) {
    const place = await page.evaluate(() => ({
      file: location.pathname.slice(1),
      view: new URLSearchParams(location.search).get('view') ?? '',
    }));
    this.#places.set(name, place);
  }
}

/**
 * An assertion that fails, as a fault: what else there is to be seen is seen, too.
 * @param {() => Promise<void>} assertion
 * @returns {Promise<string[]>}
 */
export async function faultsOf(assertion) {
  try {
    await assertion();
    return [];
  } catch (error) {
    if (error instanceof assert.AssertionError) return [error.message];
    throw error;
  }
}

/**
 * @param {Screen} screen
 * @param {Look} look
 * @param {Seen} seen
 */
async function lookAt(screen, look, seen) {
  const { name, page, kind } = screen;
  const { popupHeight = TAB.height, scale = 1 } = look;
  const size = kind === 'popup' ? { width: POPUP_WIDTH, height: popupHeight } : TAB;
  await page.setViewport({ ...size, deviceScaleFactor: scale });
  /** @type {string[]} */
  let faults = [];
  const failed = await faultsOf(async () => {
    faults = await look.faults(screen);
  });
  faults.push(...failed);
  seen.checked.push(name);
  if (faults.length > 0) seen.found[name] = faults;
}

/**
 * @param {Stage} stage
 * @param {Screen} screen
 * @param {Preference | null} preference
 */
async function prefer({ driver }, { name, page }, preference) {
  await driver.prefer(page, preference);
  const asked = Object.entries(PREFERENCES).map(([one, { query }]) => ({ query, isWanted: one === preference }));
  await until(`${name} to be shown with ${preference ?? 'nothing preferred'}`, () =>
    page.evaluate((all) => all.every(({ query, isWanted }) => matchMedia(query).matches === isWanted), asked),
  );
}
