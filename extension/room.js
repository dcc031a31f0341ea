// Owns how much room the disk has left for the store, as far as the browser tells.

import { StoreError } from './database.js';
import { isFirefox } from './firefox.js';
import { within } from './time-limit.js';

/**
 * With less left than this, nothing is put into the store.
 *
 * Chromium 156 keeps IndexedDB in a log that it writes as it goes. A write that finds no room leaves half an entry behind. What comes
 * after that half is still written, but the next time the store is opened the log is taken for damaged, and **the whole store is
 * deleted**: seen each time, after one write to a full disk. So it must never come to such a write. The figure is more than a disk
 * of 2 GB/s takes in while a commit is made (5 ms), and more than Chromium asks for to sort its log into files (4 MB, and as much
 * beside it).
 */
export const LEAST_ROOM = 32 << 20;

/** The same for what only deletes, beside what that takes. */
export const LEAST_ROOM_TO_DELETE = 8 << 20;

/** So many bytes Chromium 156 writes for one that is deleted, until it tidies up: twice as a way back, and what is left. Measured: 2.1. */
export const ROOM_TO_DELETE_A_BYTE = 3;

/** No disk takes in more: 2 GB/s, in bytes a millisecond. */
const FASTEST_DISK = 2 << 20;

/** What the browser told is not relied on for longer. */
const LONGEST_GOOD_MS = 10_000;

/** A disk that hangs does not tell either. */
const TOLD_WITHIN_MS = 1_000;

/**
 * @typedef {object} Room
 * @property {number} left How many bytes the disk has left. Infinity where the browser does not tell: Firefox 153 names a share of the disk
 *   that does not bind an extension with `unlimitedStorage`, and its database withstands a full disk.
 * @property {number} used How many the store takes.
 */

/** @type {Room} */
const UNTOLD = { left: Infinity, used: 0 };

/** @returns {StorageEstimate} */
const unknown = () => ({});

/** @returns {Promise<Room>} Never rejects. */
export async function room() {
  const storage = globalThis.navigator?.storage;
  if (!storage || isFirefox()) return UNTOLD;
  try {
    // With `unlimitedStorage`, Chromium 156 gives what is used and what the disk has left; measured anew at each call, in 0.1 ms.
    const { quota = Infinity, usage = 0 } = await within(storage.estimate(), TOLD_WITHIN_MS, unknown);
    return { left: quota - usage, used: usage };
  } catch (cause) {
    console.warn('room: the browser does not tell how much room there is.', cause);
    return UNTOLD;
  }
}

/** What was told last, and when. */
let told = { left: 0, atMs: 0 };

/** A write found no room: what was told is not to be relied on. */
export function forgetRoom() {
  told = { left: 0, atMs: 0 };
}

/**
 * What the browser told is good for as long as the fastest disk would take to fill up what is more than needed: with a year in the
 * store, Chromium 156 needs 0.7 ms to tell.
 *
 * @param {number} least In bytes.
 * @returns {Promise<void>} Rejects with a {@link StoreError} where the disk has less room left.
 */
export async function needRoom(least) {
  const goodForMs = Math.min((told.left - least) / FASTEST_DISK, LONGEST_GOOD_MS);
  if (performance.now() - told.atMs < goodForMs) return;
  const { left } = await room();
  told = { left, atMs: performance.now() };
  if (left >= least) return;
  const [has, needs] = [left, least].map((bytes) => `${Math.round(bytes / 2 ** 20)} MB`);
  throw new StoreError('storeFull', `The disk has ${has} left; Tiers writes this only where it has ${needs}.`);
}
