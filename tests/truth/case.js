// Owns what a case is: a small web and what one user does in it, as plain JSON that can be kept and shrunk.

/**
 * Hosts stand in a case with `#` in place of the run's number, so that no run meets what another one left in the browser.
 *
 * @typedef {string} HostPattern e.g. `cdn.t0-#.com`
 *
 * @typedef {'image' | 'script' | 'stylesheet' | 'font' | 'media' | 'frame' | 'fetch' | 'post' | 'xhr' | 'beacon'
 *   | 'unload-beacon' | 'websocket' | 'eventsource' | 'worker' | 'preload' | 'prefetch'} AskKind
 *
 * `slow` is answered later, `drop` never: the server hangs up. `etag` may be kept but must be asked for again, `keep` may be
 * kept: its address is the same on every page.
 * @typedef {'ok' | 'slow' | 'missing' | 'drop' | 'etag' | 'keep'} Fate
 *
 * @typedef {object} Ask something that a document asks for
 * @property {AskKind} kind
 * @property {HostPattern} host who answers; `self`: the document's own host
 * @property {HostPattern[]} via hosts that redirect there, first to last
 * @property {Fate} fate
 * @property {'script' | 'markup'} by
 * @property {'https' | 'http'} scheme
 * @property {number} [frame] of a frame: the place of its document in `frames`
 *
 * @typedef {object} FrameDocument
 * @property {Ask[]} asks a frame among them is of a higher place
 *
 * @typedef {object} PageDocument
 * @property {Ask[]} asks
 * @property {number} [prerenders] the place of another page of the site, which Chromium prepares
 *
 * @typedef {object} Site
 * @property {HostPattern} host
 * @property {'https' | 'http'} scheme
 * @property {boolean} worker whether its pages register a service worker, which passes on what they ask for
 * @property {PageDocument[]} pages
 *
 * @typedef {object} Target where a navigation leads
 * @property {number} site
 * @property {number} page
 * @property {HostPattern[]} via hosts that redirect there
 *
 * How long the user looks before the next step: until all is at rest, until the page is done (its frames may go on), or so many
 * milliseconds.
 * @typedef {'rest' | 'done' | number} Wait
 *
 * @typedef {{ do: 'open', to: Target, wait: Wait }
 *   | { do: 'go', tab: number, to: Target, by: 'address' | 'link', wait: Wait }
 *   | { do: 'reload', tab: number, wait: Wait }
 *   | { do: 'back', tab: number, wait: Wait }
 *   | { do: 'forward', tab: number, wait: Wait }
 *   | { do: 'close', tab: number }
 *   | { do: 'inside', tab: number, by: 'push' | 'hash' }
 *   | { do: 'later', tab: number, ask: Ask }
 *   | { do: 'kill' }
 *   | { do: 'restart', rested: boolean }} Step `tab`: the n-th of the open ones; where there is none, nothing happens
 *
 * @typedef {object} Case
 * @property {Site[]} sites
 * @property {FrameDocument[]} frames
 * @property {Step[]} steps
 */

/**
 * The host that a pattern stands for in one run.
 *
 * @param {HostPattern} pattern `@` stands for two numbers of an IPv4 address
 * @param {number} run
 */
export function hostIn(pattern, run) {
  return pattern.replace('@', `${run >> 8}.${run & 255}`).replace('#', String(run));
}

/**
 * The run that a host belongs to; none where it is of no run.
 *
 * @param {string} host
 */
export function runOf(host) {
  const address = /^10\.(\d+)\.(\d+)\.\d+$/.exec(host);
  if (address) return (Number(address[1]) << 8) + Number(address[2]);
  const named = /-(\d+)\./.exec(host);
  return named ? Number(named[1]) : null;
}
