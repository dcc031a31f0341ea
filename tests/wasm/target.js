// Owns what the shell's steps are told for in these tests: a built core, with what the shell keeps beside it. To be imported after the
// browser that the shell is to find.
import { AskedInVain } from '../../extension/asked-in-vain.js';
import { CoreKeys } from '../../extension/core-keys.js';
import { NextPages } from '../../extension/next-pages.js';
import { PrivateTabs } from '../../extension/private-tabs.js';
import { RecentUrls } from '../../extension/recent-urls.js';
import { WallClock } from '../../extension/wall-clock.js';

/** @typedef {import('../../extension/step.js').Target} Target */

/**
 * @param {import('../../extension/core/counter.js').Core} core
 * @param {Partial<Target>} [kept] what an earlier core's shell kept
 * @returns {Target}
 */
export function targetOf(core, kept = {}) {
  return {
    urls: new RecentUrls(),
    privateTabs: new PrivateTabs(),
    nextPages: new NextPages(),
    ...kept,
    // These are one core's.
    core,
    keys: new CoreKeys(core),
    askedInVain: new AskedInVain(),
    clock: new WallClock(core),
  };
}

/** What an export is told of where it is made. */
export const ENVIRONMENT = {
  browser_name: 'Replay',
  browser_version: null,
  os: null,
  language: null,
  time_zone: null,
  extension_version: null,
};
