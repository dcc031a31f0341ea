// Owns the user of a case: takes the steps in a real browser, and remembers which loads were let come to rest.
import { until, within } from '../drive/condition.js';
import { Tab } from '../drive/tab.js';

/**
 * @typedef {import('./case.js').Step} Step
 * @typedef {import('./case.js').Wait} Wait
 *
 * @typedef {object} Stop the browser or the background ended
 * @property {'kill' | 'restart'} by
 * @property {number} at
 * @property {number} backAt when the browser was there again; of the background: when it was gone
 * @property {boolean} rested nothing had been going on for a while
 */

/** The slowest answer of a case's web takes less; on a busy machine a frame's script or a worker begins only then to ask for what it leads to. */
const QUIET_MS = 1000;
/** After so long without a request and without a step, everything has been stored, on a busy machine too. */
const REST_MS = 6500;
/** A page answers nobody in the middle of a navigation. */
const ANSWER_MS = 1000;
/** A browser that has only just started takes its time on a busy machine. */
const SETTLE_MS = 30_000;
/** Where there may be no page to go to, no other one is waited for any longer. */
const NOWHERE_MS = 2000;

export class User {
  /** Loads that were at rest before anything else happened to them. @type {Set<number>} */
  rested = new Set();
  /** Loads that are shown at the end. @type {Set<number>} */
  shown = new Set();
  /** When each load was last seen in a tab. @type {Map<number, number>} */
  seenAt = new Map();
  /** When a load that was there may have been gone back to, or was asked for more. @type {Map<number, number[]>} */
  touched = new Map();
  /** @type {Stop[]} */
  stops = [];
  #driver;
  #web;
  #onRestart;
  /** @type {Tab[]} */
  #tabs = [];
  /** The loads that each tab was seen to hold. @type {Map<Tab, Set<number>>} */
  #loads = new Map();
  /** Loads to which a tab may have gone back. @type {Set<number>} */
  #returned = new Set();

  /**
   * @param {import('../drive/driver.js').Driver} driver
   * @param {import('./case-web.js').CaseWeb} web
   * @param {() => Promise<void>} onRestart
   */
  constructor(driver, web, onRestart) {
    this.#driver = driver;
    this.#web = web;
    this.#onRestart = onRestart;
  }

  /**
   * Takes all steps, and waits until every open page is at rest.
   *
   * @param {Step[]} steps
   */
  async walk(steps) {
    for (const [number, step] of steps.entries()) await this.#take(step, number + 1);
    this.shown = new Set(await this.#rest(QUIET_MS));
  }

  /** Closes what the case opened. */
  async leave() {
    await Promise.all(this.#tabs.map((tab) => tab.close()));
    this.#tabs = [];
  }

  /**
   * @param {Step} step
   * @param {number} number
   */
  async #take(step, number) {
    if (step.do === 'open') {
      const tab = new Tab(await this.#driver.browser.newPage(), this.#driver.name);
      this.#tabs.push(tab);
      await this.#move(tab, step, () => tab.goto(this.#web.entrance(step.to, number)));
    } else if (step.do === 'kill') {
      await this.#stop({ by: 'kill', rested: false }, () => this.#driver.killBackground());
    } else if (step.do === 'restart') {
      await this.#restart(step.rested);
    } else if (step.tab < this.#tabs.length) {
      await this.#takeInTab(step, this.#tabs[step.tab] ?? null, number);
    }
  }

  /**
   * @param {Exclude<Step, { do: 'open' | 'kill' | 'restart' }>} step
   * @param {Tab | null} tab
   * @param {number} number
   */
  async #takeInTab(step, tab, number) {
    if (!tab) return;
    if (step.do === 'close') {
      this.#tabs = this.#tabs.filter((other) => other !== tab);
      await tab.close();
    } else if (step.do === 'inside') {
      const by = step.by;
      await this.#ask(tab, inside, by, number);
    } else if (step.do === 'later') {
      await this.#later(tab, step.ask);
    } else {
      if (step.do === 'back' || step.do === 'forward') this.#noteReturn(tab);
      await this.#move(tab, step, () => this.#start(tab, step, number));
    }
  }

  /**
   * A page that was at rest and is back can ask for something anew (Firefox 153: its icon), and break it off.
   *
   * @param {Tab} tab
   */
  #noteReturn(tab) {
    for (const load of this.#loads.get(tab) ?? []) {
      this.rested.delete(load);
      this.#returned.add(load);
      this.#touch(load);
    }
  }

  /** @param {number} load */
  #touch(load) {
    this.touched.set(load, [...(this.touched.get(load) ?? []), Date.now()]);
  }

  /**
   * @param {Tab} tab
   * @param {Extract<Step, { wait: Wait, tab: number }>} step
   * @param {number} number
   * @returns {Promise<unknown>}
   */
  #start(tab, step, number) {
    if (step.do === 'reload') return tab.run(() => location.reload());
    if (step.do === 'back') return tab.run(() => history.back());
    if (step.do === 'forward') return tab.run(() => history.forward());
    const address = this.#web.entrance(step.to, number);
    if (step.by === 'address') return tab.goto(address);
    return tab.run((url) => void (location.href = url), address);
  }

  /**
   * Starts a navigation and looks at it for as long as the user does. It may lead nowhere: to a page that is not there to go
   * back to.
   *
   * @param {Tab} tab
   * @param {Extract<Step, { wait: Wait }>} step
   * @param {() => Promise<unknown>} start
   */
  async #move(tab, step, start) {
    const { wait } = step;
    const mark = Math.random();
    const isPage = await this.#ask(tab, leave, mark);
    start().catch(() => {});
    if (typeof wait === 'number') {
      await new Promise((resolve) => setTimeout(resolve, wait));
      return;
    }
    const isAnother = async () => (await this.#ask(tab, isLeft, mark)) === false;
    const leads = step.do === 'open' || step.do === 'go' || (step.do === 'reload' && isPage);
    const another = until('the page to be another', isAnother, leads ? SETTLE_MS : NOWHERE_MS);
    await (leads ? another : another.catch(() => {}));
    await this.#done(tab);
    if (wait === 'rest') await this.#rest(QUIET_MS);
  }

  /**
   * Waits until every open page is done and nothing has been asked for so long: what was asked has ended.
   *
   * @param {number} ms
   * @returns {Promise<number[]>} their loads
   */
  async #rest(ms) {
    const loads = [];
    for (const tab of this.#tabs) loads.push(await this.#done(tab));
    await this.#quiet(ms);
    const counted = loads.filter((load) => load > 0);
    for (const load of counted) if (!this.#returned.has(load)) this.rested.add(load);
    return counted;
  }

  /**
   * @param {Tab} tab
   * @returns {Promise<number>} its load; 0: none
   */
  async #done(tab) {
    const load = await until(
      'the page to be done',
      async () => {
        const state = await this.#ask(tab, doneLoad);
        if (!state?.isDone) throw new Error(state ? JSON.stringify(state) : 'it does not answer');
        return state;
      },
      SETTLE_MS,
    );
    this.#loads.set(tab, (this.#loads.get(tab) ?? new Set()).add(load.number));
    this.seenAt.set(load.number, Date.now());
    return load.number;
  }

  /**
   * @param {Tab} tab
   * @param {import('./case.js').Ask} ask
   */
  async #later(tab, ask) {
    const here = await this.#ask(tab, doneLoad);
    if (!here || here.number === 0) return;
    const address = this.#web.laterAddress(ask, here.number, here.host);
    this.rested.delete(here.number);
    this.#touch(here.number);
    await this.#ask(tab, askLater, here.number, ask.kind, address);
  }

  /** @param {boolean} rested */
  async #restart(rested) {
    if (rested) {
      await this.#rest(REST_MS);
    }
    this.#tabs = [];
    await this.#stop({ by: 'restart', rested }, () => this.#driver.restart());
    await this.#onRestart();
  }

  /**
   * @param {Pick<Stop, 'by' | 'rested'>} how
   * @param {() => Promise<void>} end
   */
  async #stop(how, end) {
    const stop = { ...how, at: Date.now(), backAt: Infinity };
    this.stops.push(stop);
    await end();
    stop.backAt = Date.now();
  }

  /**
   * Waits until no request has reached the server for so long.
   *
   * @param {number} ms
   */
  async #quiet(ms) {
    const began = Date.now();
    await until(
      'the web to be quiet',
      () => Date.now() - Math.max(began, this.#web.entries.at(-1)?.at ?? 0) > ms,
      SETTLE_MS,
    );
  }

  /**
   * What a page answers; null where it does not, in the middle of a navigation.
   *
   * @template {unknown[]} A
   * @template R
   * @param {Tab} tab
   * @param {(...args: A) => R} run inside the page
   * @param {A} args
   * @returns {Promise<Awaited<R> | null>}
   */
  async #ask(tab, run, ...args) {
    return within(tab.run(run, ...args), ANSWER_MS * 4).catch(() => null);
  }
}

// These run inside the page: they must not use anything of this module.

/** @param {number} mark @returns {boolean} whether there is a page to leave */
function leave(mark) {
  Object.assign(window, { leftByTest: mark });
  return location.href !== 'about:blank';
}

/** @param {number} mark */
function isLeft(mark) {
  return location.href === 'about:blank' || Reflect.get(window, 'leftByTest') === mark;
}

function doneLoad() {
  const number = Number(Reflect.get(window, 'LOAD') ?? 0);
  const { done } = document.documentElement.dataset;
  const { readyState } = document;
  return { number, host: location.hostname, readyState, isDone: readyState === 'complete' && done !== 'false' };
}

/**
 * @param {string} by
 * @param {number} number
 */
function inside(by, number) {
  if (by === 'hash') location.hash = `#step-${number}`;
  else history.pushState(null, '', `${location.search || '?'}&step-${number}`);
}

/**
 * @param {number} load that is to ask: another one may have come meanwhile
 * @param {string} kind
 * @param {string} url
 * @returns {Promise<unknown>} settles with the request
 */
function askLater(load, kind, url) {
  if (Number(Reflect.get(window, 'LOAD')) !== load) return Promise.resolve();
  if (kind === 'beacon') {
    navigator.sendBeacon(url, 'later');
    return new Promise((resolve) => setTimeout(() => resolve(undefined), 300));
  }
  if (kind === 'image') {
    const image = new Image();
    image.src = url;
    return new Promise((resolve) => {
      image.onload = image.onerror = resolve;
    });
  }
  return fetch(url, { mode: 'no-cors' }).catch(() => {});
}
