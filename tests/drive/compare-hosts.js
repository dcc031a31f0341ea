// Owns the comparison of what the popup shows with what the server saw.

/**
 * @typedef {object} HostDifference
 * @property {string[]} unseen hosts that the server's log has and the popup lacks
 * @property {string[]} unproven hosts that the popup shows as contacted and the log lacks
 */

/**
 * The third-party hosts of the log: neither of the page's own site, nor asked only by the navigation, whose hops are
 * no contacts of the page.
 * @param {import('../web/request-log.js').LoggedRequest[]} log of this page alone
 * @param {string[]} navigation addresses of the navigation, in order
 * @param {string} site of the page, as the popup shows it
 * @returns {string[]}
 */
export function thirdPartiesOfLog(log, navigation, site) {
  const hops = navigation.map(address);
  const hosts = log.filter((entry) => {
    if (entry.host === site || entry.host.endsWith(`.${site}`)) return false;
    // Plain http names no destination: there the address tells, once for each time that it was a hop.
    const hop = hops.indexOf(address(entry.url));
    if (hop >= 0 && (entry.secFetchDest === '' || entry.secFetchDest === 'document')) {
      hops.splice(hop, 1);
      return false;
    }
    return entry.secFetchDest !== 'document';
  });
  return [...new Set(hosts.map((entry) => entry.host))].sort();
}

/**
 * @param {string[]} seen by the server
 * @param {import('./popup-view.js').ShownPage} page
 * @returns {HostDifference}
 */
export function hostDifference(seen, page) {
  const shown = page.domains.flatMap((domain) => domain.contacted);
  return {
    unseen: seen.filter((host) => !shown.includes(host)),
    unproven: shown.filter((host) => !seen.includes(host)).sort(),
  };
}

/**
 * Without the scheme, which the browser may have upgraded.
 * @param {string} url
 */
function address(url) {
  return url.replace(/^\w+:/, '');
}
