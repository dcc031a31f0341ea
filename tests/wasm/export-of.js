// Owns the export of records that a test has in hand, made as the worker makes it of the store.
import { ExportMaking } from '../../extension/export-making.js';
import { ENVIRONMENT } from './target.js';

/**
 * @typedef {import('../../extension/core/types.js').StoredDay} StoredDay
 * @typedef {import('../../extension/core/types.js').StoredVisit} StoredVisit
 */

/**
 * @param {Pick<import('../../extension/reader-instance.js').ReaderModule, 'ExportMaking'>} reader
 * @param {{ visits?: StoredVisit[], days?: StoredDay[] }} stored
 * @param {Partial<import('../../extension/export-making.js').ExportOrder>} [order]
 * @returns {Promise<{ saved: any, unreadable: import('../../extension/core/types.js').UnreadableVisits }>} `saved`: what the file says.
 */
export async function exportOf(reader, { visits = [], days = [] }, order) {
  const making = new ExportMaking(reader, {
    site: undefined,
    environment: ENVIRONMENT,
    nowMs: 0,
    id: 'export',
    ...order,
  });
  const all = new Set([...visits, ...days].map(({ day }) => day));
  for (const day of [...all].sort((one, other) => one - other)) {
    const beside = visits.filter((visit) => visit.day === day).map(({ bytes }) => bytes);
    making.add(
      days.find((closed) => closed.day === day),
      beside,
    );
  }
  const { file, missing } = await making.finish();
  return { saved: JSON.parse(await file.text()), unreadable: missing.unreadable };
}
