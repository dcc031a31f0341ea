// Owns what is taken out of closed days: sites and visits, some days, all of them.

import { isTyped } from './core-error.js';
import { resultOf } from './database.js';
import { dayOf, noteChange, putDay, sums } from './stored-days.js';

/**
 * @typedef {import('./core/types.js').StoredRollup} StoredRollup
 */

/**
 * What the core makes of closed days where something is deleted.
 *
 * @typedef {Pick<import('./days-instance.js').DaysModule, 'dayWithout' | 'rollupVisits' | 'rollupWithoutSite'>} DaysWithout
 */

/**
 * Deletes every day.
 *
 * @param {IDBTransaction} transaction Over {@link DAY_TABLES}, as all that follow.
 */
export function clearDays(transaction) {
  transaction.objectStore('days').clear();
  transaction.objectStore('rollups').clear();
  noteChange(transaction, IDBKeyRange.lowerBound(-Infinity));
}

/**
 * Deletes the closed days of a range.
 *
 * @param {IDBTransaction} transaction
 * @param {IDBKeyRange} range
 * @param {('days' | 'rollups')[]} tables
 */
export async function deleteDays(transaction, range, tables) {
  for (const table of tables) {
    const records = transaction.objectStore(table);
    // Who has read the days reads all of them again where one has changed.
    if ((await resultOf(records.getKey(range))) === undefined) continue;
    records.delete(range);
    // Of visits alone that expire the sums go on to answer: to make all spans before anew each night would be for nothing.
    noteChange(transaction, table === 'rollups' ? range : null);
  }
}

/**
 * Leaves a visit out of its day, where that is closed.
 *
 * @param {IDBTransaction} transaction
 * @param {import('./core/types.js').DeletedVisit} visit
 * @param {DaysWithout} core
 */
export async function leaveVisitOut(transaction, { id, day }, { dayWithout }) {
  const stored = await dayOf(transaction, day);
  if (!stored) return;
  // Of a day that cannot be read no page knows a visit: it is beside its day.
  const left = whatIsRead(() => dayWithout(day, stored.bytes, undefined, id));
  if (left === null) return;
  if (left) {
    putDay(transaction, left);
    noteChange(transaction, IDBKeyRange.only(day));
  } else {
    await deleteDays(transaction, IDBKeyRange.only(day), ['days', 'rollups']);
  }
}

/**
 * Leaves a site out of every day.
 *
 * @param {IDBTransaction} transaction
 * @param {string} site
 * @param {DaysWithout} core
 */
export async function leaveSiteOut(transaction, site, core) {
  const { visits, unread } = await daysOfSite(transaction, site, core.rollupVisits);
  // Of those that are not read nobody can say that the site is not in them.
  for (const day of [...visits.keys(), ...unread]) await leaveSiteOutOf(transaction, day, site, core);
}

/**
 * What cannot be read, be it damaged or of a later version, may still hold what is to go: nothing is left of it.
 *
 * @param {IDBTransaction} transaction
 * @param {number} day
 * @param {string} site
 * @param {DaysWithout} core
 */
async function leaveSiteOutOf(transaction, day, site, { dayWithout, rollupWithoutSite }) {
  const [days, rollups] = [transaction.objectStore('days'), transaction.objectStore('rollups')];
  const stored = await dayOf(transaction, day);
  noteChange(transaction, IDBKeyRange.only(day));
  const left = stored && whatIsRead(() => dayWithout(day, stored.bytes, site, undefined));
  if (left) {
    putDay(transaction, left);
    return;
  }
  days.delete(day);
  /** @type {StoredRollup | undefined} */
  const rollup = await resultOf(rollups.get(day));
  const rest = rollup && whatIsRead(() => rollupWithoutSite(day, rollup.bytes, site));
  if (rest) rollups.put(rest);
  else rollups.delete(day);
}

/**
 * The closed days with a site, by their sums.
 *
 * @param {IDBTransaction} transaction Over `days` and `rollups`.
 * @param {string} site
 * @param {(stored: Uint8Array, site: string) => number | undefined} rollupVisits
 * @returns {Promise<{ visits: Map<number, number>, unread: number[], kept: number[] }>} `visits`: how many pages of the site were visited on
 *   each day that has it; `unread`: the days of which nobody knows, for their sum is missing or cannot be read; `kept`: all days whose visits
 *   are kept.
 */
export async function daysOfSite(transaction, site, rollupVisits) {
  const keysOf = async (/** @type {string} */ table) =>
    (await resultOf(transaction.objectStore(table).getAllKeys())).map(Number);
  const [summed, kept] = await Promise.all([keysOf('rollups'), keysOf('days')]);
  const unread = new Set([...summed, ...kept]);
  /** @type {Map<number, number>} */
  const visits = new Map();
  for await (const some of sums(transaction, summed)) {
    for (const { day, bytes } of some) {
      const count = whatIsRead(() => rollupVisits(bytes, site));
      if (count === null) continue;
      unread.delete(day);
      if (count !== undefined) visits.set(day, count);
    }
  }
  return { visits, unread: [...unread], kept };
}

/**
 * @template Read
 * @param {() => Read} read
 * @returns {Read | null} Null where it cannot be read.
 */
function whatIsRead(read) {
  try {
    return read();
  } catch (cause) {
    // What the core made of a day and could not read again is no reason to delete what is stored.
    if (!isTyped(cause) || cause.kind === 'dayNotKept') throw cause;
    return null;
  }
}
