// Owns the measuring of row 1: the shell's real listeners, told what a browser tells them, against a parser of the same URLs.
// Runs the same in Node and in an extension's page, beside a copy of the shell (`shell/`) that found `captured-browser.js`.
import { beside } from './beside.js';
import { ANSWER_EVENTS, RequestEvents } from './request-events.js';
import { plannedPages } from './url-list.js';

/**
 * @typedef {object} RoundTimes microseconds a request, of each few pages
 * @property {number[]} tiers
 * @property {number[]} yardstick
 * @property {number} urls
 * @property {number} averageUrlLength
 */

/** Rounds that are not counted: the compilers of both sides find out what is hot. */
const WARM_UP = 12;
/** A time is that of so many pages: long enough for the steps of a browser's clock, short enough for little to come between. */
const PAGES_AT_A_TIME = 5;
/**
 * The sides take turns after so many events. Each few are made right before they are told: a browser makes one and tells it, so
 * that it is in the processor's cache. Hundreds made at a time would measure how long memory takes to answer.
 */
const EVENTS_AT_A_TIME = 24;
/** The events that are told here; one that the shell listens to and that is not told would be counted too cheap. */
const TOLD = ['onBeforeRequest', 'onBeforeRedirect', ...Object.values(ANSWER_EVENTS), 'onErrorOccurred'];

/**
 * @param {import('../drive/browser-binary.js').BrowserName} browser whose events are told
 * @param {number} rounds
 * @returns {Promise<RoundTimes>}
 */
export async function measureRequests(browser, rounds) {
  /** @type {{ parse: (url: string) => { domain: string | null } }} */
  const { parse } = await beside('./tldts.js');
  await beside('./shell/background.js');
  /** @type {typeof import('./captured-browser.js')} */
  const { ask, listeners } = await beside('./shell/browser.js');
  refuseUntold(listeners);
  // Answered once the core is there.
  await ask({ kind: 'flush' });

  const pages = plannedPages();
  const urls = pages.flat().map(({ url }) => url);
  const source = new RequestEvents(browser);
  /** @type {RoundTimes} */
  const times = { tiers: [], yardstick: [], urls: urls.length, averageUrlLength: urls.join('').length / urls.length };
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (let at = 0; at < pages.length; at += PAGES_AT_A_TIME) {
      const some = pages.slice(at, at + PAGES_AT_A_TIME);
      const events = source.of(some);
      const requests = some.flat().length;
      let [parsingMs, countingMs] = [0, 0];
      for (let first = 0; first < events.length; first += EVENTS_AT_A_TIME) {
        const few = events.slice(first, first + EVENTS_AT_A_TIME);
        const calls = few.map(({ name }) => heardBy(listeners.get(name) ?? []));
        const sides = [
          () => (parsingMs += timeOfParsing(parse, structuredClone(urlsOf(few)))),
          () => (countingMs += timeOfCounting(calls, structuredClone(few.map(({ details }) => details)))),
        ];
        if ((first / EVENTS_AT_A_TIME + round) % 2 === 0) sides.reverse();
        for (const side of sides) side();
      }
      times.yardstick.push((parsingMs * 1_000) / requests);
      times.tiers.push((countingMs * 1_000) / requests);
    }
    // Stores what was counted: a background does so every second at the latest, and it is row 2's to measure.
    await ask({ kind: 'flush' });
    if (round < 0) times.tiers.length = times.yardstick.length = 0;
  }
  const { response, error } = await ask({ kind: 'popup', tabId: 1 });
  /** @type {typeof import('../../extension/popup-instance.js')} */
  const { popupView } = await beside('./shell/popup-instance.js');
  const page = response && popupView(response).page;
  if (!(page?.totals?.requests > 0)) {
    throw new Error(`Nothing was counted: ${error?.message ?? `the popup shows “${page?.kind ?? 'nothing'}”`}.`);
  }
  return times;
}

/**
 * The URLs of the requests that begin.
 * @param {import('./request-events.js').BrowserEvent[]} events
 * @returns {string[]}
 */
function urlsOf(events) {
  const begins = events.filter(({ name }) => name === 'webRequest.onBeforeRequest');
  return begins.map(({ details }) => String(details['url']));
}

/**
 * @param {(url: string) => { domain: string | null }} parse
 * @param {string[]} urls As a browser gives them: each string a new one, whose hash nobody has computed.
 * @returns {number} milliseconds
 */
function timeOfParsing(parse, urls) {
  let used = 0;
  const begin = performance.now();
  for (const url of urls) used += parse(url).domain?.length ?? 0;
  const time = performance.now() - begin;
  if (urls.length > 0 && used === 0) throw new Error('The parser found no domain.');
  return time;
}

/**
 * @param {((details: unknown) => unknown)[]} calls
 * @param {unknown[]} details
 * @returns {number} milliseconds
 */
function timeOfCounting(calls, details) {
  const begin = performance.now();
  for (let at = 0; at < calls.length; at += 1) calls[at]?.(details[at]);
  return performance.now() - begin;
}

/**
 * @param {((details: unknown) => unknown)[]} heard
 * @returns {(details: unknown) => unknown}
 */
function heardBy(heard) {
  const [only, ...others] = heard;
  if (!only) throw new Error('The shell does not listen to one of the events that are told.');
  return others.length === 0 ? only : (details) => heard.forEach((listener) => listener(details));
}

/** @param {Map<string, unknown[]>} listeners */
function refuseUntold(listeners) {
  const requests = [...listeners].filter(([name, list]) => name.startsWith('webRequest.') && list.length > 0);
  const untold = requests.map(([name]) => name.slice('webRequest.'.length)).filter((name) => !TOLD.includes(name));
  if (untold.length > 0) throw new Error(`The shell listens to webRequest's ${untold.join()}: tell it of them, too.`);
}
