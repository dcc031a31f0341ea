// Owns a site that is told by its name: its page, what the server's log says of it, and what an export does.

/**
 * @typedef {import('../e2e/saved-export.js').SavedExport} SavedExport
 * @typedef {import('../web/request-log.js').LoggedRequest} LoggedRequest
 *
 * @typedef {object} Said
 * @property {SavedExport['visits']} visits
 * @property {LoggedRequest[]} logged
 * @property {LoggedRequest[]} missing those that the export does not say
 * @property {string[]} tooMuch what the export says beyond the log
 * @property {string[]} reasons why its visits may be incomplete
 * @property {string} account of its visits and hosts, a line each: for the word of a failure
 */

/** @param {string} name */
export const addressOf = (name) => `https://www.${name}.test/`;

/**
 * A page that asks so many third parties, each once.
 *
 * @param {string} name
 * @param {number} [thirds]
 * @returns {import('../web/page-html.js').PageSpec}
 */
export function pageOf(name, thirds = 3) {
  const hosts = Array.from({ length: thirds }, (_, index) => `img${index}.${name}-third.test`);
  return { requests: hosts.map((host) => ({ kind: 'image', url: `https://${host}/1.gif` })) };
}

/** @param {string} host @param {string} name */
function isOf(host, name) {
  return host.endsWith(`.${name}.test`) || host.endsWith(`.${name}-third.test`);
}

/**
 * Holds what an export says of a site against the log.
 *
 * @param {SavedExport} saved
 * @param {readonly LoggedRequest[]} log
 * @param {string} name
 * @returns {Said}
 */
export function saidOf(saved, log, name) {
  const visits = saved.visits.filter(({ site }) => site === `${name}.test`);
  const ids = new Set(visits.map(({ visit_id: id }) => id));
  const rows = saved.contacts.filter(({ host }) => isOf(host, name));
  const logged = log.filter(({ host }) => isOf(host, name));
  const missing = [];
  const accounts = visits.map((visit) => `${visit.started_at} to ${visit.ended_at} ${visit.incomplete_reasons.join()}`);
  const tooMuch = rows.filter(({ visit_id: id }) => !ids.has(id)).map(({ host }) => `${host} in another site's visit`);
  for (const host of new Set([...rows, ...logged].map((one) => one.host))) {
    const own = rows.filter((one) => one.host === host && ids.has(one.visit_id));
    const sent = sum(own.map((one) => one.sent));
    // What had not been answered, or was broken off, may have reached the server.
    const perhaps = sent + sum(own.map((one) => one.pending + one.unknown));
    const reached = logged.filter((entry) => entry.host === host);
    const times = reached.map(({ at }) => new Date(at).toISOString());
    accounts.push(`${host}: ${sent} sent, ${perhaps - sent} perhaps; in the log ${times.join()}`);
    if (sent > reached.length) tooMuch.push(`${host}: ${sent} said, ${reached.length} in the log`);
    if (perhaps < reached.length) missing.push(...reached.slice(perhaps));
  }
  const reasons = visits.flatMap((visit) => visit.incomplete_reasons);
  return { visits, logged, missing, tooMuch, reasons, account: accounts.join('\n') };
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((all, one) => all + one, 0);
}
