// Proves of every screen, in light and in dark, that axe finds nothing to complain of, that it speaks the reader's language and no other, that it
// fits any width, that its picture shows what is there, and that it can be read with more contrast and in the reader's own palette.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VIEWS } from '../../extension/dashboard/place.js';
import { pages } from '../shell/screen-sources.js';
import { axeViolations, COLOUR_RULES } from './axe.js';
import { widthFaults } from './fitting.js';
import { picture, pictureFaults, POPUP_HEIGHT } from './screen-picture.js';
import { faultsOf, ScreenWalk } from './screen-walk.js';
import { assertSpeaks, SAID } from './screen-words.js';
import { SCREENS, screenOfView } from './screens.js';
import { SpokenLanguage } from './spoken-language.js';

/** @typedef {import('./screen-walk.js').Look} Look */
/** @typedef {{ language: 'en' | 'fr', colorScheme: 'light' | 'dark' }} Reader */

/** @type {Reader[]} */
const READERS = [
  { language: 'en', colorScheme: 'light' },
  { language: 'fr', colorScheme: 'dark' },
];

/** @type {ScreenWalk[]} */
const walks = [];
for (const reader of READERS) {
  const { language, colorScheme } = reader;
  /** By the sentence that each proves. @type {Record<string, Look>} */
  const looks = {
    // First: the README's pictures are of screens that nobody was at.
    [`every_screen_is_drawn_and_pictured_in_${language}_and_${colorScheme}`]: pictured(reader),
    [`every_screen_is_read_and_measured_with_more_contrast_in_${language}_and_${colorScheme}`]: preferred(
      reader,
      'moreContrast',
      'more_contrast',
    ),
    // A forced palette leaves nothing of a scheme's: in one of them is in both.
    ...(colorScheme === 'dark' && {
      [`every_screen_is_read_and_measured_with_a_forced_palette_in_${language}_and_${colorScheme}`]: preferred(
        reader,
        'forcedPalette',
        'a_forced_palette',
      ),
    }),
    // Last: it leaves the screen in another window.
    [`every_screen_speaks_${language}_and_axe_finds_nothing_on_it_in_${colorScheme}`]: plain(reader),
  };
  const walk = new ScreenWalk(reader, Object.values(looks));
  walks.push(walk);
  for (const [sentence, look] of Object.entries(looks)) {
    test(sentence, async () => {
      const { checked, found } = await walk.seenBy(look);
      assert.deepEqual(found, {});
      assert.deepEqual(checked, SCREENS);
    });
  }
}

test('every_page_of_the_extension_and_every_view_of_the_dashboard_is_among_the_screens', async () => {
  const files = (await pages()).map(({ file }) => file);
  for (const walk of walks) {
    const places = await walk.places();
    assert.deepEqual(new Set([...places.values()].map(({ file }) => file)), new Set(files));
    for (const view of VIEWS) {
      const shown = places.get(screenOfView(view))?.view;
      assert.equal(shown, view === VIEWS[0] ? '' : view);
    }
  }
});

test('no_words_are_asked_of_a_screen_that_is_not_there', () => {
  for (const name of Object.keys(SAID)) assert.ok(SCREENS.includes(name), name);
});

/** @param {Reader} reader @returns {Look} */
function pictured({ language, colorScheme }) {
  return {
    popupHeight: POPUP_HEIGHT,
    scale: 2,
    faults: (screen) => pictureFaults(screen, `${language}-${colorScheme}`),
  };
}

/**
 * @param {Reader} reader
 * @param {import('./screen-walk.js').Preference} preference
 * @param {string} name Of it, in the names of its pictures.
 * @returns {Look}
 */
function preferred({ language, colorScheme }, preference, name) {
  return {
    preference,
    async faults(screen) {
      await picture(screen, `${language}-${colorScheme}-${name}`);
      const unread = await axeViolations(screen.page, screen.name, COLOUR_RULES);
      return [...unread, ...(await screen.page.evaluate(unseenMeasures))];
    },
  };
}

/** @param {Reader} reader @returns {Look} */
function plain({ language }) {
  const spoken = SpokenLanguage.of(language);
  return {
    async faults({ name, page }) {
      const faults = await axeViolations(page, name);
      faults.push(...(await faultsOf(async () => assertSpeaks(page, name, await spoken, language))));
      // French has the longer words.
      if (language === 'fr') faults.push(...(await widthFaults(page)));
      return faults;
    },
  };
}

/** Runs inside the screen: bars that have the colour of what lies behind them, and views of which none looks chosen. */
function unseenMeasures() {
  const faults = [];
  const paper = getComputedStyle(document.body).backgroundColor;
  for (const bar of document.querySelectorAll('.measure')) {
    const filled = bar.firstElementChild;
    if (!filled || !bar.checkVisibility()) continue;
    const [inside, around] = [filled, bar].map((one) => getComputedStyle(one).backgroundColor);
    if (inside === around || inside === paper) faults.push(`a bar of ${inside} on ${around} on ${paper}`);
  }
  const [shown, other] = ['[aria-current]', ':not([aria-current])'].map((which) =>
    document.querySelector(`.views a${which}`),
  );
  if (shown?.checkVisibility() && other) {
    const [one, another] = [shown, other].map((link) => getComputedStyle(link).borderBottomColor);
    if (one === another) faults.push(`each view has an edge of ${one}`);
  }
  return faults;
}
