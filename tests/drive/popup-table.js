// Owns the popup as a table of plain text.

const OUTCOMES = ['sent', 'cached', 'blocked', 'failed', 'unknown', 'pending'];

/**
 * @param {string} url
 * @param {import('./popup-view.js').ShownPage} page
 * @returns {string}
 */
export function popupTable(url, page) {
  const shown = OUTCOMES.filter((outcome) => (page.outcomes[outcome] ?? 0) > 0 || someHave(page, outcome));
  const rows = page.domains.map(({ domain, requests, hosts, outcomes }) => [
    domain,
    String(requests),
    String(hosts.length),
    ...shown.map((outcome) => String(outcomes[outcome] ?? 0)),
  ]);
  const totals =
    `${numbered(page.domainCount, 'domain')}, ${numbered(page.hostCount, 'host')}, ` +
    numbered(page.requestCount, 'request');
  const lines = [url, `site ${page.site}: ${totals}`];
  if (rows.length > 0) lines.push('', ...aligned([['domain', 'requests', 'hosts', ...shown], ...rows]));
  return `${lines.join('\n')}\n`;
}

/**
 * @param {import('./popup-view.js').ShownPage} page
 * @param {string} outcome
 */
function someHave(page, outcome) {
  return page.domains.some(({ outcomes }) => (outcomes[outcome] ?? 0) > 0);
}

/**
 * @param {number} number
 * @param {string} noun
 */
function numbered(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/**
 * The first column to the left, numbers to the right.
 * @param {string[][]} rows
 * @returns {string[]}
 */
function aligned(rows) {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
