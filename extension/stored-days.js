// Owns what a transaction does to closed days: visits are folded into them, they are summed up anew; and how their records are read.

import { resultOf } from './database.js';
import { deleteSpans, spanOf } from './spans.js';
import { finished } from './transaction.js';

/**
 * @typedef {import('./core/types.js').Addition} Addition
 * @typedef {import('./core/types.js').ClosedDay} ClosedDay
 * @typedef {import('./core/types.js').Fold} Fold
 * @typedef {import('./core/types.js').StoredDay} StoredDay
 * @typedef {import('./core/types.js').StoredRollup} StoredRollup
 * @typedef {import('./core/types.js').StoredVisit} StoredVisit
 */

/**
 * What the core makes of the visits of a day that is over; null where all is to be left as it is.
 *
 * @typedef {object} DayFolds
 * @property {(day: number, stored: Uint8Array | undefined, visits: StoredVisit[]) => Fold | null} fold Into what is stored of the day.
 * @property {(day: number, stored: Uint8Array, visits: StoredVisit[]) => Addition | null} addToSum Into the sum of a day whose visits are kept no
 *   longer.
 */

/** The tables of closed days, and that of the note that they have changed. */
export const DAY_TABLES = ['days', 'rollups', 'spans', 'meta'];

/**
 * What is asked for, one after the other. The browser reads the next while whoever asks takes this one.
 *
 * @template Asked, Result
 * @param {readonly Asked[]} all
 * @param {(asked: Asked) => IDBRequest<Result>} ask
 * @returns {AsyncGenerator<Result, void, void>}
 */
export async function* oneByOne(all, ask) {
  /** @param {number} at */
  const begin = (at) => {
    const reading = at < all.length ? resultOf(ask(/** @type {Asked} */ (all[at]))) : null;
    // Whoever asks may end before it is awaited.
    reading?.catch(() => {});
    return reading;
  };
  let reading = begin(0);
  for (let next = 1; reading; next += 1) {
    const result = await reading;
    reading = begin(next);
    yield result;
  }
}

/**
 * The sums of closed days, those of a span at a time: so often is told how far it is, and looked whether it is still wanted.
 *
 * @param {IDBTransaction} transaction Over `rollups`.
 * @param {number[]} days In their order.
 * @returns {AsyncGenerator<StoredRollup[], void, void>}
 */
export async function* sums(transaction, days) {
  const rollups = transaction.objectStore('rollups');
  /** @type {Map<number, number[]>} */
  const bySpan = new Map();
  for (const day of days) bySpan.set(spanOf(day), [...(bySpan.get(spanOf(day)) ?? []), day]);
  const wanted = new Set(days);
  const ranges = [...bySpan.values()].map((some) => IDBKeyRange.bound(some.at(0), some.at(-1)));
  for await (const some of oneByOne(ranges, (range) => rollups.getAll(range))) {
    yield some.filter(({ day }) => wanted.has(day));
  }
}

/**
 * What is stored of the visits of a day.
 *
 * @param {IDBDatabase} database
 * @param {number} day
 * @param {string} [site]
 * @returns {Promise<{ closed: StoredDay | undefined, beside: Uint8Array[] }>} Its record, if it is closed, and the bytes of the visits beside it:
 *   those of the site, or all.
 */
export async function storedOfDay(database, day, site) {
  // In one transaction: a visit is in one place or in the other.
  const transaction = database.transaction(['visits', 'days'], 'readonly');
  /** @type {[StoredDay | undefined, StoredVisit[], void]} */
  const [closed, visits] = await Promise.all([
    dayOf(transaction, day),
    resultOf(transaction.objectStore('visits').index('day').getAll(IDBKeyRange.only(day))),
    // It ends in a turn of its own. Whoever goes on with what was read at once, and for long, holds up each commit of the background.
    finished(transaction),
  ]);
  const sought = site === undefined ? visits : visits.filter((visit) => visit.site === site);
  return { closed, beside: sought.map(({ bytes }) => bytes) };
}

/**
 * The record of a closed day. Version 2 of the store counted its visits by site.
 *
 * @param {IDBTransaction} transaction Over `days`.
 * @param {number} day
 * @returns {Promise<StoredDay | undefined>}
 */
export async function dayOf(transaction, day) {
  const stored = await resultOf(transaction.objectStore('days').get(day));
  return stored && asDay(stored);
}

/**
 * @param {Omit<StoredDay, 'visits'> & { visits: number | number[] }} stored As {@link dayOf}.
 * @returns {StoredDay}
 */
export function asDay({ day, visits, bytes }) {
  const count = typeof visits === 'number' ? visits : visits.reduce((sum, ofSite) => sum + ofSite, 0);
  return { day, visits: count, bytes };
}

/**
 * The days, before a day, of the visits that are to be folded.
 *
 * @param {IDBDatabase} database
 * @param {number} before
 * @param {(id: string) => boolean} isToBeFolded
 * @returns {Promise<{ days: number[], isAnyLeft: boolean }>} `isAnyLeft`: of visits that are not to be folded.
 */
export function daysOfVisits(database, before, isToBeFolded) {
  const index = database.transaction('visits', 'readonly').objectStore('visits').index('day');
  const reading = index.openKeyCursor(IDBKeyRange.upperBound(before, true));
  /** @type {Set<number>} */
  const days = new Set();
  let isAnyLeft = false;
  return new Promise((resolve, reject) => {
    reading.onerror = () => reject(reading.error);
    reading.onsuccess = () => {
      const cursor = reading.result;
      if (!cursor) {
        resolve({ days: [...days], isAnyLeft });
        return;
      }
      if (isToBeFolded(String(cursor.primaryKey))) days.add(Number(cursor.key));
      else isAnyLeft = true;
      cursor.continue();
    };
  });
}

/**
 * The closed days that are not summed up: an earlier version closed them.
 *
 * @param {IDBDatabase} database
 * @returns {Promise<number[]>}
 */
export async function daysWithoutSum(database) {
  const transaction = database.transaction(['days', 'rollups'], 'readonly');
  const [days, rollups] = await Promise.all(
    ['days', 'rollups'].map((table) => resultOf(transaction.objectStore(table).getAllKeys())),
  );
  const summed = new Set(rollups);
  return (days ?? []).filter((day) => !summed.has(day)).map(Number);
}

/**
 * @param {IDBTransaction} transaction Over `visits` and {@link DAY_TABLES}.
 * @param {number} day
 * @param {DayFolds} folds
 */
export async function foldInto(transaction, day, { fold, addToSum }) {
  const visits = transaction.objectStore('visits');
  /** @type {[StoredDay | undefined, StoredRollup | undefined, StoredVisit[]]} */
  const [stored, rollup, open] = await Promise.all([
    resultOf(transaction.objectStore('days').get(day)),
    resultOf(transaction.objectStore('rollups').get(day)),
    resultOf(visits.index('day').getAll(IDBKeyRange.only(day))),
  ]);
  // Of a day with a sum alone the visits are kept no longer: one that comes late is added to the sum.
  /** @type {string[] | undefined} */
  let folded;
  if (rollup && !stored) {
    const addition = addToSum(day, rollup.bytes, open);
    if (addition) transaction.objectStore('rollups').put(addition.rollup);
    folded = addition?.added;
  } else {
    const made = fold(day, stored?.bytes, open);
    if (made) putDay(transaction, made.closed);
    folded = made?.folded;
  }
  if (!folded) return;
  for (const id of folded) visits.delete(id);
  noteChange(transaction, IDBKeyRange.only(day));
}

/**
 * Makes a closed day anew from its visits.
 *
 * @param {IDBTransaction} transaction Over {@link DAY_TABLES}.
 * @param {number} day
 * @param {(day: number, stored: Uint8Array) => ClosedDay | null} rebuild Null where it is to be left as it is.
 */
export async function rebuildFrom(transaction, day, rebuild) {
  const stored = await dayOf(transaction, day);
  const closed = stored && rebuild(day, stored.bytes);
  if (!closed) return;
  putDay(transaction, closed);
  noteChange(transaction, IDBKeyRange.only(day));
}

/**
 * @param {IDBTransaction} transaction
 * @param {ClosedDay} closed
 */
export function putDay(transaction, { day, rollup }) {
  transaction.objectStore('days').put(day);
  transaction.objectStore('rollups').put(rollup);
}

/**
 * Whoever has read the days sees by it that they have changed since. What was made of their sums goes with the same transaction.
 *
 * @param {IDBTransaction} transaction Over {@link DAY_TABLES}.
 * @param {IDBKeyRange | null} summed The days whose sums changed; null: of none.
 */
export function noteChange(transaction, summed) {
  transaction.objectStore('meta').put({ key: 'days', change: crypto.randomUUID() });
  if (summed) deleteSpans(transaction, summed);
}
