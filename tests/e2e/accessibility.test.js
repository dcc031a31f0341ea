// Proves that axe finds nothing to complain of on any screen, in light and in dark.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AxePuppeteer } from '@axe-core/puppeteer';
import { screens, SCREENS } from './screens.js';
import { Stage } from './stage.js';

for (const [language, colorScheme] of /** @type {const} */ ([
  ['en', 'light'],
  ['fr', 'dark'],
])) {
  test(`axe_finds_nothing_on_any_screen_in_${language}_and_${colorScheme}`, async () => {
    const stage = await Stage.open({ language, colorScheme });
    /** @type {Record<string, string[]>} */
    const found = {};
    const checked = [];
    try {
      for await (const { name, page, kind } of screens(stage)) {
        await page.bringToFront();
        await page.setViewport({ width: kind === 'popup' ? 400 : 1100, height: 800 });
        // Legacy mode: its own blank page, which the other mode opens, is one that an extension's page may not reach.
        const { violations, passes } = await new AxePuppeteer(page)
          .setLegacyMode()
          .options({ resultTypes: ['violations'] })
          .analyze();
        assert.ok(passes.length > 10, `${name}: axe looked at something`);
        checked.push(name);
        if (violations.length === 0) continue;
        found[name] = violations.map(
          ({ id, help, nodes }) =>
            `${id}: ${help}: ${nodes
              .map((node) => node.target.join(' '))
              .slice(0, 5)
              .join(', ')}`,
        );
      }
    } finally {
      await stage.close();
    }
    assert.deepEqual(found, {});
    assert.deepEqual(checked, SCREENS);
  });
}
