// Owns a core that counts nothing: it notes what the shell tells it.

import { AskedInVain } from '../../extension/asked-in-vain.js';
import { CoreKeys } from '../../extension/core-keys.js';
import { NextPages } from '../../extension/next-pages.js';
import { PrivateTabs } from '../../extension/private-tabs.js';
import { RecentUrls } from '../../extension/recent-urls.js';
import { WallClock } from '../../extension/wall-clock.js';

/** A target whose core notes what it is told. @param {Record<string, unknown>} [results] */
export function bench(results = {}) {
  /** @type {unknown[][]} */
  const told = [];
  const core = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (/** @type {unknown[]} */ ...args) => {
          told.push([name, ...args]);
          const result = results[String(name)];
          return typeof result === 'function' ? result(...args) : result;
        },
    },
  );
  const privateTabs = new PrivateTabs();
  const urls = new RecentUrls();
  // The proxy takes every call that the core knows.
  return {
    told,
    urls,
    privateTabs,
    target: {
      core: /** @type {any} */ (core),
      keys: new CoreKeys(/** @type {any} */ (core)),
      urls,
      privateTabs,
      askedInVain: new AskedInVain(),
      nextPages: new NextPages(),
      // Its own core: what is told of the clock is not what these tests look at.
      clock: new WallClock({ setUtcOffset: () => {} }),
    },
  };
}
