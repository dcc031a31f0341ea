// Owns the figures of the year's browsing: how many hosts a page asks, how often, for what, and what becomes of it.

// Where they come from. `measured`: from recorded page loads (HAR), those of the test data of sitespeed.io's PageXray: the first load in
// each of eight files of different sites (newspapers, shops, a maker of steel, Wikipedia, LinkedIn), 726 requests to 160 hosts. A small
// script counted `log.entries` by page, and domains with `tldts`. The loads are some years old, and hold what was asked for in the seconds
// of the load alone. `chosen`: what a recording cannot tell (a cache that is filled, a blocker, frames, workers), or what has grown since.

/** Requests of a visit; measured: 91 of a load, and a page that is read goes on asking. */
export const REQUESTS_A_VISIT = 100;

/** Hosts that one visit asks. Measured: 20 for 91 requests, 34 to 47 for the 170 to 200 of newspapers. */
export const HOSTS_A_VISIT = 24;

/** Of the requests, those that go to other sites. Measured. */
export const THIRD_PARTY_SHARE = 0.64;

/** Of a visit's hosts, those that are asked once. Measured: 0.42; the rotating hosts below come on top of the stable ones. */
export const ASKED_ONCE_SHARE = 0.42;

/** Of the requests to third parties, those that are answered with a redirect. Measured: 0.058 of all, nearly all of them there. */
export const REDIRECT_SHARE = 0.13;

/** When requests begin, after the page: median, and how far they lie apart. Measured: median 2.3 s, 90 of 100 within 7.6 s. */
export const LOAD_MEDIAN_MS = 2_300;
export const LOAD_SIGMA = 0.93;

/** Of a page's requests, up to so many come later while it is read (advertising that is changed, players, mail). Chosen. */
export const LATE_SHARE = 0.35;

/**
 * What a host is for, and for what it is asked, in shares. Measured over all: image 0.46, script 0.23, frame 0.10, stylesheet 0.06,
 * xmlhttprequest 0.05, font 0.01, not told 0.10; chosen: more scripts, xmlhttprequests and pings, as pages have now.
 *
 * @typedef {'own' | 'static' | 'tracker' | 'advertiser'} Role
 * @type {Record<Role, [type: string, share: number][]>}
 */
export const TYPES = {
  own: [
    ['image', 0.47],
    ['script', 0.19],
    ['xmlhttprequest', 0.16],
    ['stylesheet', 0.08],
    ['font', 0.05],
    ['media', 0.02],
    ['other', 0.03],
  ],
  static: [
    ['script', 0.42],
    ['image', 0.34],
    ['stylesheet', 0.1],
    ['font', 0.1],
    ['xmlhttprequest', 0.04],
  ],
  tracker: [
    ['image', 0.32],
    ['xmlhttprequest', 0.3],
    ['script', 0.24],
    ['ping', 0.14],
  ],
  advertiser: [
    ['image', 0.36],
    ['script', 0.3],
    ['xmlhttprequest', 0.18],
    ['sub_frame', 0.12],
    ['ping', 0.04],
  ],
};

/** Of the third-party domains, what they are for. Chosen. @type {[Role, number][]} */
export const ROLES = [
  ['tracker', 0.4],
  ['advertiser', 0.38],
  ['static', 0.22],
];

/** Of what may be kept (images, scripts, stylesheets, fonts), what comes from the cache. Chosen: about an eighth of all then does. */
export const CACHED_SHARE = 0.18;

/** Of the third-party domains, those that something on the machine blocks, and those of which nobody is there. Chosen. */
export const BLOCKED_DOMAINS_SHARE = 0.06;
export const DEAD_DOMAINS_SHARE = 0.004;

/** Of the requests, those that are broken off without a word about whether they left, and those whose end nobody sees. Chosen. */
export const ABORTED_SHARE = 0.012;
export const ENDLESS_SHARE = 0.002;

/** Of the third parties' requests, those that a frame makes, where the page has one. Chosen. */
export const IN_FRAME_SHARE = 0.4;

/** Of the visits, those to which a redirect led. Chosen. */
export const HOP_SHARE = 0.08;

/** Of the sites, those with a service worker; and of their visits, those in which it asks for something. Chosen. */
export const WORKER_SITES_SHARE = 0.2;
export const WORKER_SHARE = 0.5;

/**
 * Of the sites, those whose pages ask a host that is made for this one visit (an advertisement's own frame, a measured name server). Such
 * names are in none of the recordings, and on many pages of today: chosen, with half of these sites' visits.
 */
export const FRESH_HOST_SITES_SHARE = 0.3;
export const FRESH_HOST_SHARE = 0.5;

/** Of the visits, those that go on with the site of the one before. Chosen, so that 500 visits are of about 150 sites. */
export const STAYS_SHARE = 0.5;

/** By the hour of the user's clock, from midnight: how much is browsed. Chosen: asleep from one to seven. */
export const HOURS = [1, 0, 0, 0, 0, 0, 0, 2, 4, 6, 6, 5, 6, 5, 5, 5, 5, 5, 6, 7, 9, 10, 8, 4];

/** In a day, how often the background is killed as a page loads, and how many tabs the browser brings back as it starts. Chosen. */
export const KILLS_A_DAY = 3;
export const TABS_BROUGHT_BACK = 2;
export const TABS = 8;
