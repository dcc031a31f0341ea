// Proves that the popup speaks the reader's language, with numbers as it writes them, and the toolbar button too.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { declareDemo } from '../web/demo-web.js';
import { SpokenLanguage } from './spoken-language.js';
import { Stage } from './stage.js';

for (const language of /** @type {const} */ (['en', 'fr'])) {
  test(`the_popup_and_its_button_write_numbers_as_${language}_does`, async () => {
    const spoken = await SpokenLanguage.of(language);
    const stage = await Stage.open({ language });
    try {
      declareDemo(stage.web);
      const many = await stage.visit('https://many.test/', {});
      await many.page.evaluate(async () => {
        for (let sent = 0; sent < 1001; sent += 91) {
          const batch = Array.from({ length: 91 }, () => fetch('https://api.many-third.test/x', { mode: 'no-cors' }));
          await Promise.all(batch);
        }
      });
      const popup = await stage.popup(many.tabId);
      await popup.until('all that it asked for', ({ requests }) => requests === 1001);
      const shown = await popup.settled();
      assert.equal(shown.requests, 1001);
      const written = new Intl.NumberFormat(language === 'en' ? 'en-US' : 'fr').format(1001);
      assert.ok(shown.words.includes(written), `${written} in ${shown.words.slice(0, 300)}`);
      spoken.assertSpoken(shown.words, 'popup of many requests');
      assert.match(shown.language, new RegExp(`^${language}`));
      assert.equal(shown.title, spoken.message('extensionName'));
      const button = await stage.driver.asExtension((tabId) => chrome.action.getTitle({ tabId }), many.tabId);
      assert.equal(button, spoken.message('badgeTitle').replace('$COUNT$', '1'));
    } finally {
      await stage.close();
    }
  });
}
