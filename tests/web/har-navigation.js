// Owns the ways through a recorded page: which redirect led to which request, and which of them are the navigation.

/** Redirects that a browser follows at most (the Fetch standard's limit). A longer chain is none. */
const MOST_REDIRECTS = 20;

/**
 * A recorded request over the network, whether it was sent or not.
 * @typedef {object} RecordedRequest
 * @property {number} index in the file's `log.entries`
 * @property {URL} url
 * @property {string} address the URL as it travels
 * @property {import('./har-shape.js').RawEntry} entry
 * @property {string | null} target the address that its redirect leads to
 * @property {import('./har-request.js').Fate} fate
 * @property {boolean} isDocument
 * @property {boolean} isPreflight no redirect leads to it
 */

/**
 * Ties each recorded redirect to the request that followed it: the first later one of that address that nothing else
 * led to.
 * @param {RecordedRequest[]} requests in the order in which they began
 * @returns {Map<number, number>} from a redirect's place to the place that it led to
 */
export function followRedirects(requests) {
  /** @type {Map<number, number>} */
  const next = new Map();
  /** How many redirects led to a place. @type {Map<number, number>} */
  const followed = new Map();
  for (const [place, { target }] of requests.entries()) {
    const before = followed.get(place) ?? 0;
    if (target === null || before === MOST_REDIRECTS) continue;
    const found = requests.findIndex(
      (other, otherPlace) =>
        otherPlace > place && !other.isPreflight && !followed.has(otherPlace) && other.address === target,
    );
    if (found < 0) continue;
    next.set(place, found);
    followed.set(found, before + 1);
  }
  return next;
}

/**
 * The first chain of redirects that leads to a document; one with an answer before one without.
 * @param {RecordedRequest[]} requests
 * @param {Map<number, number>} next
 * @returns {number[]} their places: hops, then the document; empty where none was recorded
 */
export function navigationOf(requests, next) {
  const followed = new Set(next.values());
  const chains = [...requests.keys()]
    .filter((place) => !followed.has(place))
    .map((head) => chainFrom(head, next))
    .filter((chain) => opens(chain, requests));
  const end = (/** @type {number[]} */ chain) => requests[chain.at(-1) ?? -1]?.fate;
  const answered = chains.find(
    (chain) =>
      requests[chain[0] ?? -1]?.entry.method === 'GET' && (end(chain) === 'answered' || end(chain) === 'cached'),
  );
  return answered ?? chains.find((chain) => end(chain) !== 'internal') ?? [];
}

/**
 * The URL that tells the first party: the page's document, else the front page of the host that its title names, else
 * of the first that answered, else of the first that was asked.
 * @param {RecordedRequest[]} requests at least one
 * @param {number[]} navigation
 * @param {string} title
 */
export function pageUrl(requests, navigation, title) {
  const document = requests[navigation.at(-1) ?? -1];
  if (document) return document.address;
  const named = title.split(/\s+/).find((word) => /^https?:\/\//.test(word));
  const asked = requests.find(({ fate }) => fate === 'answered') ?? requests[0];
  const url = named && URL.canParse(named) ? named : (asked?.address ?? '');
  // A page that is known by its WebSocket alone was loaded over the scheme that goes with it.
  return new URL('/', url.replace(/^ws/, 'http')).href;
}

/**
 * A redirect's answer has often no type of its own; as the page's first request it can be nothing else.
 * @param {number[]} chain
 * @param {RecordedRequest[]} requests
 */
function opens(chain, requests) {
  return chain.some((place) => requests[place]?.isDocument) || (chain.length > 1 && chain[0] === 0);
}

/**
 * @param {number} head
 * @param {Map<number, number>} next
 */
function chainFrom(head, next) {
  const chain = [];
  for (let place = /** @type {number | undefined} */ (head); place !== undefined; place = next.get(place)) {
    chain.push(place);
  }
  return chain;
}
