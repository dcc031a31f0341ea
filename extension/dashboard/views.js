// Owns which view each name in the address means: each is made when it is first shown, and all but the overview are loaded only then.
import { text } from '../i18n.js';
import { nameHeading } from './heading.js';
import { LaterView } from './later-view.js';
import { overview } from './overview.js';

/**
 * @typedef {import('./place.js').ViewName} ViewName
 * @typedef {import('./view.js').View} View
 */

/** What readers mostly go to from the overview. */
const loadLists = () => import('./lists.js');
const loadSite = () => import('./site-page.js');
const loadThirdParty = () => import('./third-party-page.js');

export class Views {
  #place;
  #orders;
  #say;
  #redraw;
  /** @type {Map<ViewName, View>} */
  #made = new Map();

  /**
   * @param {import('./place.js').Place} place
   * @param {import('./view.js').Orders} orders
   * @param {(words: string) => void} say What became of something that a view did by itself.
   * @param {() => Promise<unknown> | undefined} redraw Draws the view that is shown.
   */
  constructor(place, orders, say, redraw) {
    this.#place = place;
    this.#orders = orders;
    this.#say = say;
    this.#redraw = redraw;
  }

  /**
   * @param {ViewName} name
   * @returns {View}
   */
  of(name) {
    const known = this.#made.get(name);
    if (known) return known;
    const view = this.#makers[name]();
    this.#made.set(name, view);
    return view;
  }

  /** Loads what readers mostly go to next, so that it is there at once then. Never rejects: whoever goes there is told. */
  async loadNext() {
    await Promise.allSettled([loadLists(), loadSite(), loadThirdParty()]);
  }

  /** @type {Record<ViewName, () => View>} */
  #makers = {
    overview: () => overview(this.#place),
    sites: () => this.#later('sitesTitle', async () => (await loadLists()).siteList(this.#place, this.#orders)),
    'third-parties': () =>
      this.#later('thirdPartiesTitle', async () => (await loadLists()).thirdPartyList(this.#place)),
    new: () => this.#later('newTitle', async () => (await import('./new-view.js')).newView(this.#place)),
    days: () => this.#later('daysTitle', async () => (await loadLists()).dayList(this.#place)),
    graph: () =>
      this.#later('graphTitle', async () => new (await import('./graph-view.js')).GraphView(this.#place), [
        'graph/graph.css',
      ]),
    visits: () =>
      this.#later('visitsTitle', async () => (await import('./history.js')).historyView(this.#place, this.#orders)),
    compare: () =>
      this.#later('compareTitle', async () => new (await import('./compare-view.js')).CompareView(this.#place), [
        'compare.css',
      ]),
    kept: () =>
      this.#later('viewKept', async () => new (await import('./kept-view.js')).KeptView(this.#orders, this.#say), [
        'kept.css',
      ]),
    site: () => this.#named(async () => (await loadSite()).sitePage(this.#place, this.#orders)),
    'third-party': () => this.#named(async () => (await loadThirdParty()).thirdPartyPage(this.#place)),
    visit: () =>
      this.#later('visitTitle', async () => new (await import('./visit-page.js')).VisitPage(this.#place, this.#orders)),
  };

  /**
   * @param {string} heading The key of its heading.
   * @param {() => Promise<View>} load
   * @param {string[]} [sheets]
   */
  #later(heading, load, sheets = []) {
    return new LaterView({ heading: () => ({ words: text(heading) }), load, sheets, redraw: this.#redraw });
  }

  /** A view that is headed by the name in the address. @param {() => Promise<View>} load */
  #named(load) {
    const heading = () => nameHeading(this.#place.part('name'));
    return new LaterView({ heading, load, redraw: this.#redraw });
  }
}
