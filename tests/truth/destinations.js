// Owns one judge of a run: what the browser told the server each request is for, against the types that the export gives.

/**
 * @typedef {import('./comparison.js').SavedExport} SavedExport
 * @typedef {import('./server-truth.js').Truth} Truth
 */

/** What `Sec-Fetch-Dest` names (Fetch "destination"); all else is data. @type {Readonly<Record<string, string>>} */
const OF_DESTINATION = {
  document: 'page',
  iframe: 'frame',
  image: 'image',
  script: 'script',
  worker: 'script',
  style: 'stylesheet',
  font: 'font',
  audio: 'media',
  video: 'media',
};

/** What webRequest's types name. @type {Readonly<Record<string, string>>} */
const OF_TYPE = {
  main_frame: 'page',
  sub_frame: 'frame',
  image: 'image',
  script: 'script',
  stylesheet: 'stylesheet',
  font: 'font',
  media: 'media',
};

/** What is neither shown, played nor run. */
const DATA = 'data';

/**
 * Of each host of which every request reached the server, is counted and came with the header: what its requests are for.
 *
 * @param {SavedExport} saved
 * @param {Truth} truth
 * @returns {{ where: string, said: string, follows: string }[]} `said` by the browser, `follows` from the types
 */
export function destinations(saved, truth) {
  return [...reachedByHost(truth)].flatMap(([host, entries]) => {
    const rows = saved.contacts.filter((one) => one.host === host);
    const requests = rows.reduce((all, one) => all + one.requests, 0);
    const sent = rows.reduce((all, one) => all + one.sent, 0);
    const isWhole = sent === requests && sent === entries.length && entries.every(({ secFetchDest }) => secFetchDest);
    if (!isWhole || truth.workerScripts.has(host)) return [];
    const said = entries.map(({ secFetchDest }) => OF_DESTINATION[secFetchDest] ?? DATA);
    const types = saved.contact_types.filter((one) => one.host === host);
    const follows = types.flatMap((one) => Array.from({ length: one.requests }, () => OF_TYPE[one.type] ?? DATA));
    return [{ where: host, said: said.sort().join(' '), follows: follows.sort().join(' ') }];
  });
}

/** @param {Truth} truth */
function reachedByHost({ loads, workers }) {
  /** @type {Map<string, import('./server-truth.js').LoggedRequest[]>} */
  const hosts = new Map();
  for (const contacts of [...loads.map((of) => of.contacts), ...workers.values()]) {
    for (const [host, reached] of contacts) {
      hosts.set(host, [...(hosts.get(host) ?? []), ...reached.map(({ entry }) => entry)]);
    }
  }
  return hosts;
}
