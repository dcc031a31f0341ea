// Owns the instance of the days' module, the core's wasm that closes days and takes out of them what is deleted.

import { isTyped } from './core-error.js';
import * as glue from './core/days.js';
import { StoreError } from './database.js';

/**
 * What the module exports.
 *
 * @typedef {Pick<typeof glue, 'addToSum' | 'dayWithout' | 'foldDay' | 'packSpan' | 'rebuildDay' | 'rollupVisits' | 'rollupWithoutSite'>} DaysModule
 */

/** @type {Promise<unknown> | undefined} */
let loading;

/**
 * Loads the module, where it is not there yet: before anything else is called. A background that wakes has mostly nothing to do with
 * closed days, and does not wait for it.
 *
 * It is fetched, since Chromium 156 has no `import()` in service workers. The extension's own files are not subject to its
 * `connect-src`, neither there nor in Firefox 153.
 *
 * @returns {Promise<unknown>} Rejects with a {@link StoreError}, for what is stored cannot be changed without it; the next call tries again.
 */
function load() {
  loading ??= glue
    .default({ module_or_path: fetch(new URL('./core/days_bg.wasm', import.meta.url)) })
    .catch((cause) => {
      loading = undefined;
      throw new StoreError('storeUnavailable', `What works on closed days does not load: ${cause}`, cause);
    });
  return loading;
}

/**
 * Where a call traps, the next one finds an instance of its own: the memory of the one before can be in any state.
 *
 * @template {unknown[]} Of
 * @template Made
 * @param {(...of: Of) => Made} call
 * @returns {(...of: Of) => Made}
 */
function onWholeInstance(call) {
  return (...of) => {
    try {
      return call(...of);
    } catch (cause) {
      if (!isTyped(cause)) glue.__wbg_reset_state();
      throw cause;
    }
  };
}

/** The module, once it is loaded. @type {DaysModule & { load: typeof load }} */
export const days = {
  load,
  addToSum: onWholeInstance(glue.addToSum),
  dayWithout: onWholeInstance(glue.dayWithout),
  foldDay: onWholeInstance(glue.foldDay),
  packSpan: onWholeInstance(glue.packSpan),
  rebuildDay: onWholeInstance(glue.rebuildDay),
  rollupVisits: onWholeInstance(glue.rollupVisits),
  rollupWithoutSite: onWholeInstance(glue.rollupWithoutSite),
};
