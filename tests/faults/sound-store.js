// Owns what every fault must leave: a store that opens, whose records can be read, in which no visit is twice and no time runs backwards.
import assert from 'node:assert/strict';
import { digestOf } from '../e2e/saved-export.js';

/**
 * The export of everything, once it is held to be sound.
 *
 * @param {import('../e2e/stage.js').Stage} stage
 * @returns {Promise<import('../e2e/saved-export.js').SavedExport>}
 */
export async function soundExport(stage) {
  const { saved, text } = await stage.exportAll();
  assert.equal(digestOf(text), saved.integrity.digest);
  assert.equal(saved.export.unreadable_visits, 0, 'records that cannot be read');
  const ids = saved.visits.map(({ visit_id: id }) => id);
  assert.deepEqual(
    ids.filter((id, place) => ids.indexOf(id) !== place),
    [],
    'visits that are there twice',
  );
  const rows = saved.contacts.map(({ visit_id: id, host, attribution }) => `${id} ${host} ${attribution}`);
  assert.equal(new Set(rows).size, rows.length, 'contacts that are there twice');
  for (const { started_at: start, ended_at: end, site } of saved.visits) {
    assert.ok(end === null || end >= start, `${site} began at ${start} and ended at ${end}`);
  }
  return saved;
}

/** Events reach the background after the server, on a busy machine by more than the web and the store stand still. */
const LATE_MS = 30_000;

/**
 * The export of everything once it says what is expected. It is sound from the first time on.
 *
 * @param {import('../e2e/stage.js').Stage} stage
 * @param {(saved: import('../e2e/saved-export.js').SavedExport) => void} assertSaid
 * @returns {Promise<import('../e2e/saved-export.js').SavedExport>}
 */
export async function soundExportThat(stage, assertSaid) {
  const deadline = Date.now() + LATE_MS;
  for (;;) {
    const saved = await soundExport(stage);
    try {
      assertSaid(saved);
      return saved;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
