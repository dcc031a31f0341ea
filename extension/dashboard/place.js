// Owns where the reader is: the page's address, whose parts say which view is shown of which period. So a reload, a bookmark and the
// browser's way back give the same screen.

/** The views, by the names that they have in the address; the first is shown where it names none. */
export const VIEWS = /** @type {const} */ ([
  'overview',
  'sites',
  'third-parties',
  'new',
  'days',
  'graph',
  'visits',
  'compare',
  'kept',
  'site',
  'third-party',
  'visit',
]);

/**
 * @typedef {typeof VIEWS[number]} ViewName
 *
 * @typedef {Record<string, string>} Parts Of an address, by their names; one that is empty is left out of it.
 */

/** The tables that stand beside the one that their view is of: what their parts of the address begin with. */
const BESIDE = /** @type {const} */ (['days', 'hosts', 'chains']);

/** @typedef {typeof BESIDE[number]} Beside One of them. */

/**
 * Which parts of the address have what a table shows.
 *
 * @param {Beside | ''} [beside] Which one it is, where its view is of another.
 */
export function tableParts(beside = '') {
  const named = (/** @type {string} */ part) =>
    beside === '' ? part : `${beside}${part.charAt(0).toUpperCase()}${part.slice(1)}`;
  return { search: named('search'), sort: named('sort'), order: named('order'), page: named('page') };
}

/**
 * These parts of every table, all of them empty.
 *
 * @param {(keyof ReturnType<typeof tableParts>)[]} parts
 * @returns {Parts}
 */
function noneOfTables(parts) {
  const named = ['', ...BESIDE].map((beside) => tableParts(/** @type {Beside | ''} */ (beside)));
  return Object.fromEntries(named.flatMap((of) => parts.map((part) => [of[part], ''])));
}

/** Every table from its beginning. */
export const FIRST_PAGES = noneOfTables(['page']);

/** What belongs to one view and not to the next. */
const NOTHING_OF_A_VIEW = {
  ...noneOfTables(['search', 'sort', 'order', 'page']),
  ...{ name: '', with: '', day: '', group: '' },
  ...{ min: '', node: '' },
  ...{ compare: '', one: '', other: '', from2: '', to2: '', part: '' },
};

/** How long the rest of a screen waits for who types. */
const TYPED_MS = 200;

/** The reader's place. */
export class Place {
  #onMove;
  #onNote;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;

  /**
   * @param {() => void} onMove The reader is somewhere else.
   * @param {() => void} onNote The screen is another by what the reader typed or pointed at: all of it is to say so, its links too.
   */
  constructor(onMove, onNote) {
    this.#onMove = onMove;
    this.#onNote = onNote;
    addEventListener('popstate', () => this.#move());
    document.addEventListener('click', (event) => this.#follow(event));
  }

  /** @returns {ViewName} */
  get view() {
    return viewIn(location.search);
  }

  /**
   * One part of the address.
   *
   * @param {string} name
   * @returns {string} Empty where it is not there.
   */
  part(name) {
    return new URLSearchParams(location.search).get(name) ?? '';
  }

  /**
   * The address of this place with other parts.
   *
   * @param {Parts} parts
   */
  with(parts) {
    const search = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(parts)) {
      if (value === '') search.delete(name);
      else search.set(name, value);
    }
    return `?${search}`;
  }

  /**
   * The address of a view, of the same period.
   *
   * @param {ViewName} view
   * @param {string} [name] Of the site, the third party or the visit that it is of.
   * @param {Parts} [parts] What else it begins with.
   */
  of(view, name = '', parts = {}) {
    return this.with({ ...NOTHING_OF_A_VIEW, view: view === VIEWS[0] ? '' : view, name, ...parts });
  }

  /**
   * The address of the table that leads to this page: as the reader left it, where they came from there.
   *
   * @param {ViewName} view
   */
  backTo(view) {
    /** @type {unknown} */
    const from = history.state?.from;
    return typeof from === 'string' && viewIn(from) === view ? from : this.of(view);
  }

  /**
   * Goes there; the browser's way back leads here.
   *
   * @param {string} address As {@link with} and {@link of} give it.
   */
  go(address) {
    history.pushState({ from: location.search }, '', address);
    this.#move();
  }

  /**
   * Says of this screen what it shows now, as when the reader types; once that rests, the whole screen follows.
   *
   * @param {Parts} parts
   */
  note(parts) {
    history.replaceState(history.state, '', this.with(parts));
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#tellNoted(), TYPED_MS);
  }

  #move() {
    clearTimeout(this.#typing);
    this.#typing = undefined;
    this.#onMove();
  }

  #tellNoted() {
    if (this.#typing === undefined) return;
    clearTimeout(this.#typing);
    this.#typing = undefined;
    this.#onNote();
  }

  /**
   * A link to a place is followed without loading the page again, where the reader does not want it elsewhere.
   *
   * @param {MouseEvent} event
   */
  #follow(event) {
    const link = event.target instanceof Element ? event.target.closest('a[href^="?"]') : null;
    if (!link) return;
    // It leads to where the reader is by what was typed a moment ago.
    this.#tellNoted();
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    this.go(link.getAttribute('href') ?? '');
  }
}

/**
 * The view that an address names.
 *
 * @param {string} search
 * @returns {ViewName}
 */
function viewIn(search) {
  const named = new URLSearchParams(search).get('view');
  return VIEWS.find((view) => view === named) ?? VIEWS[0];
}
