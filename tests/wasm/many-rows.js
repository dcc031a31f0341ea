// Owns days with as many third parties on as many sites as are asked for: told to the real core, visit by visit, and summed up as days that are over.

const DAY_MS = 86_400_000;

/** So many visits are live before the core may forget them. */
const AT_ONCE = 20;
/** A minute after its end a visit is forgotten; more is sure. */
const FORGOTTEN_AFTER_MS = 200_000;

/** With more requests than the others, which have one each: the site's and the third party's number, and how many. */
export const LOUDEST = /** @type {const} */ ([
  [7, 11, 3],
  [3, 5, 2],
]);

/** @param {number} site */
export const siteName = (site) => `s${site}.test`;
/** @param {number} thirdParty */
export const thirdPartyName = (thirdParty) => `t${thirdParty}.test`;

/**
 * Two days: on the first each site was visited and contacted nobody, on the second each contacted all the third parties, which are so new to it.
 *
 * @param {{ counter: typeof import('../../extension/core/counter.js'), days: typeof import('../../extension/core/days.js') }} modules
 * @param {{ sites: number, thirdParties: number, firstDay: number }} size `firstDay`: in days since 1970
 * @returns {import('../../extension/core/types.js').StoredRollup[]}
 */
export function manyRows({ counter, days }, { sites, thirdParties, firstDay }) {
  const core = new counter.Core('many-rows');
  core.setUtcOffset(0);
  const script = core.typeCode('script');
  const requests = new Map(LOUDEST.map(([site, thirdParty, count]) => [`${site} ${thirdParty}`, count]));
  let requestId = 0;
  return [0, 1].map((place) => {
    /** The last state of each. @type {Map<string, Uint8Array>} */
    const visits = new Map();
    let atMs = (firstDay + place) * DAY_MS + DAY_MS / 4;
    const store = () => {
      for (const { id, bytes } of core.commit(atMs)?.visits ?? []) visits.set(id, bytes);
      core.stored();
    };
    for (let site = 0; site < sites; site += 1) {
      const name = siteName(site);
      const document = `${name} ${place}`;
      const navigation = (requestId += 1);
      core.navigationStarted(navigation, name, 1, false, false, atMs);
      core.requestAnswered(navigation, false);
      core.documentCommitted(document, '', 1, 0, true, 'active', false, 'https', name, atMs);
      const key = core.documentKey(document, '', '', 1, 0, false, atMs);
      for (let thirdParty = 0; thirdParty < (place === 0 ? 0 : thirdParties); thirdParty += 1) {
        const host = core.hostKey(thirdPartyName(thirdParty));
        for (let times = requests.get(`${site} ${thirdParty}`) ?? 1; times > 0; times -= 1) {
          requestId += 1;
          core.requestStarted(requestId, host, key, script, atMs);
          core.requestAnswered(requestId, false);
        }
      }
      core.tabRemoved(1, atMs);
      store();
      atMs += 1;
      if (site % AT_ONCE !== AT_ONCE - 1) continue;
      atMs += FORGOTTEN_AFTER_MS;
      store();
    }
    return days.foldDay(firstDay + place, undefined, [...visits.values()]).closed.rollup;
  });
}
