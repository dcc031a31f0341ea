// Owns how one stored visit is read, by its day and its name.

import { inDatabase } from './database.js';
import { storedOfDay } from './stored-days.js';

/**
 * @param {Pick<import('./reader-instance.js').ReaderModule, 'visitDetail'>} reader
 * @param {number} day In days since 1970.
 * @param {string} id
 * @returns {Promise<import('./core/types.js').SoughtVisit>} Rejects with a `StoreError`.
 */
export function readVisit({ visitDetail }, day, id) {
  return inDatabase(async (database) => {
    const { closed, beside } = await storedOfDay(database, day);
    return visitDetail(closed, beside, id);
  });
}
