// Owns what the export ties to a site and to no page of it, beside what the log says of the site's service worker.
import { siteOf } from '../e2e/truth.js';
import { sum } from './contact-rows.js';

/**
 * @typedef {import('./comparison.js').Contact} Contact
 * @typedef {import('./comparison.js').SavedExport} SavedExport
 * @typedef {import('./server-truth.js').LoadTruth} LoadTruth
 * @typedef {import('./server-truth.js').Reached} Reached
 *
 * @typedef {object} SiteRecord
 * @property {string} site
 * @property {string} host
 * @property {Contact} contact what the site's records say of the host
 * @property {Reached[]} reached what the site's worker asked of it
 */

/** The records of sites, all of a site together: which of them a worker's request is in, nobody can tell. */
export class SiteRecords {
  /** @type {SiteRecord[]} */
  all;

  /**
   * @param {SavedExport} saved
   * @param {import('./comparison.js').Visit[]} visits
   * @param {import('./server-truth.js').Truth} truth
   */
  constructor(saved, visits, truth) {
    const records = visits.filter(({ kind }) => kind === 'background');
    const sites = new Set([...records.map((one) => one.site), ...truth.workers.keys()]);
    this.all = [...sites].flatMap((site) => {
      const ids = new Set(records.filter((one) => one.site === site).map((one) => one.visit_id));
      const rows = saved.contacts.filter((one) => ids.has(one.visit_id));
      const byWorker = truth.workers.get(site) ?? new Map();
      return [...new Set([...rows.map((one) => one.host), ...byWorker.keys()])].map((host) => ({
        site,
        host,
        contact: sum(rows.filter((one) => one.host === host)),
        reached: byWorker.get(host) ?? [],
      }));
    });
  }

  /**
   * So many requests to a host the records say beyond the workers', at most: where documents that asked for it are of their sites, it
   * may have been one of these.
   *
   * @param {string} host
   * @param {ReadonlySet<string>} [sites] all, where none are named
   */
  beyondWorkers(host, sites) {
    return this.all
      .filter((record) => record.host === host && (sites?.has(record.site) ?? true))
      .reduce((all, { contact: { sent, unknown }, reached }) => all + sent + unknown - reached.length, 0);
  }
}

/** The sites of the documents of a load that asked for a host. @param {LoadTruth} of @param {string} host */
export function askingSites(of, host) {
  const askers = (of.contacts.get(host) ?? []).map(({ way }) => way.findLast(({ kind }) => kind === 'frame')?.host);
  return new Set(askers.map((asker) => siteOf(asker ?? of.load.host)));
}
