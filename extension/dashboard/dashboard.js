// Owns the dashboard: reads what is stored, shows the view and the period that the address names, exports.
import { drawCurrent, make, part } from '../../popup/element.js';
import { drawNotices } from '../../popup/notices.js';
import { SLOW_MS } from '../../popup/order.js';
import { isInPrivateWindow, METHOD_PAGE, openPage, WELCOME_PAGE } from '../../popup/tab.js';
import { exportedText, unreadableNotices, unreadableTotal } from '../../popup/unreadable.js';
import { onChanged } from '../client.js';
import { detailOf, localise, number, sentence, text } from '../i18n.js';
import { storeWhatIsLive } from '../live-stored.js';
import { readerModule } from '../reader-instance.js';
import { StoredSummary } from '../stored-summary.js';
import { countingNotices } from './counting-notices.js';
import { failureNotice } from './failure.js';
import { drawHeading, drawSince } from './heading.js';
import { LongWork } from './long-work.js';
import { PeriodChoice } from './period.js';
import { Place } from './place.js';
import { Orders } from './orders.js';
import { pauseAfter } from './slow-reading.js';
import { Views } from './views.js';

/** @typedef {import('../core/reader.js').Summary} Summary */

/** The least time between two readings of the store: it is history, not a stopwatch. */
const PAUSE_MS = 2000;

class Dashboard {
  #stored = new StoredSummary();
  /** What was read last. @type {Summary | null} */
  #summary = null;
  /** @type {import('../reader-instance.js').ReaderModule | null} */
  #reader = null;
  #place = new Place(
    () => {
      this.#orders.leave();
      // What was done is of the screen before; what is being done is said until it is done.
      if (this.#doing === 0) this.#say('');
      this.#moved();
    },
    () => void this.#drawView(),
  );
  #period = new PeriodChoice(this.#place);
  #orders = new Orders({
    perform: (action) => this.#perform(action),
    say: (...words) => this.#say(...words),
    changed: () => this.#changed(),
  });
  #views = new Views(
    this.#place,
    this.#orders,
    (words) => this.#say(words),
    () => this.#drawView(),
  );
  #shown = part('view', HTMLElement);
  #title = part('title', HTMLElement);
  #status = part('action-status', HTMLElement);
  #stays = part('stored', HTMLElement);
  #empty = part('empty', HTMLElement);
  #notices = part('notices', HTMLElement);
  #deleteAll = part('delete-all', HTMLButtonElement);
  /** Visits, and whatever else could not be read: what there is to delete. */
  #storedVisits = 0;
  /** The first and the last day on which there is something. @type {readonly [number, number] | null} */
  #storedDays = null;
  /** What the background had counted is in what was read. */
  #isRead = false;
  #reading = false;
  /** How long the store has been read by the reading that goes on, or was by the last one. */
  #readMs = 0;
  #stale = false;
  /** When the view has shown what it reads for itself. @type {Promise<void> | undefined} */
  #settled;
  /** Which drawing of a view is the last one. */
  #drawings = 0;
  /** How much is being done that says what became of it. */
  #doing = 0;
  /** How many orders were carried out. */
  #ordersDone = 0;

  constructor() {
    this.#drawExport();
    this.#deleteAll.addEventListener('click', () => this.#orders.all(this.#storedVisits));
    for (const [id, page] of /** @type {const} */ ([
      ['how-it-counts', METHOD_PAGE],
      ['how-it-counts-in-full', METHOD_PAGE],
      ['first-steps', WELCOME_PAGE],
    ])) {
      part(id, HTMLButtonElement).addEventListener('click', () =>
        this.#perform(async () => void (await openPage(page))),
      );
    }
    document.addEventListener('visibilitychange', () => {
      if (this.#stale) this.refresh();
      // It may be another day.
      else if (!document.hidden) this.#moved();
    });
  }

  #drawExport() {
    const button = part('export-json', HTMLButtonElement);
    const work = new LongWork({
      button,
      name: 'exporting',
      stop: 'exportStop',
      stopped: 'exportStopped',
      far: (read, all) => (read < all ? text('readingDays', number(read), number(all)) : text('exportWriting')),
      work: async (going) => {
        const { saveExport } = await import('../export-file.js');
        return exportedText(await saveExport(going));
      },
      say: (words) => this.#say(words),
    });
    button.before(work.element);
  }

  /** Reads again; where a reading goes on, or nobody sees the page, later. */
  refresh() {
    if (this.#reading || document.hidden) this.#stale = true;
    else void this.read();
  }

  /** Reads what is stored and draws it. Never rejects: a failure is said on the page. */
  async read() {
    this.#reading = true;
    this.#stale = false;
    this.#readMs = 0;
    try {
      this.#reader ??= await readerModule();
      // A background that sleeps is not waited for: what is stored is there.
      if (!this.#summary) this.#draw(await this.#readStored({ onProgress: slowly(performance.now()) }), []);
      await storeWhatIsLive({ isPartWelcome: true });
      const notices = await countingNotices();
      // Drawn in the same turn: what was read before is gone by then.
      const summary = await this.#readStored();
      this.#isRead = true;
      this.#settled = this.#draw(summary, notices);
      void this.#views.loadNext();
    } catch (error) {
      this.#drawFailure(error);
    }
    part('reading', HTMLProgressElement).hidden = true;
    setTimeout(
      () => {
        this.#reading = false;
        if (this.#stale) this.refresh();
      },
      Math.max(PAUSE_MS, pauseAfter(this.#readMs)),
    );
  }

  /**
   * What is waited for besides, of a background or a store that is slow, costs nobody anything.
   *
   * @param {Parameters<StoredSummary['read']>[0]} [options]
   */
  async #readStored(options) {
    const began = performance.now();
    const summary = await this.#stored.read(options);
    this.#readMs += performance.now() - began;
    return summary;
  }

  /**
   * @param {Summary} summary
   * @param {HTMLElement[]} notices What is said of the counting, and of counts that are not in it.
   */
  #draw(summary, notices) {
    this.#summary = summary;
    const all = summary.choose(undefined, undefined);
    this.#storedDays = all.days;
    const unreadable = unreadableTotal(all.unreadable);
    this.#storedVisits = all.visits + unreadable;
    const empty = this.#isEmpty();
    this.#notify([...notices, ...unreadableNotices(all.unreadable)]);
    this.#stays.hidden = false;
    this.#empty.hidden = !empty;
    this.#deleteAll.hidden = empty;
    part('views', HTMLElement).hidden = false;
    const settled = this.#drawView(all);
    // Asked for its height, the browser lays the page out: then it is there.
    document.documentElement.dataset['height'] ??= String(document.body.offsetHeight);
    performance.mark('tiers-drawn');
    return settled;
  }

  /**
   * @param {import('../core/types.js').SummaryView} [all] The totals of all that is stored, where they were just chosen.
   * @returns {Promise<void> | undefined} When the view has shown what it reads for itself.
   */
  #drawView(all) {
    if (!this.#summary || !this.#reader) return;
    this.#period.draw(this.#storedDays);
    const { from, to } = this.#period;
    const isPeriod = from !== undefined || to !== undefined;
    const totals = all && !isPeriod ? all : this.#summary.choose(from, to);
    const view = this.#views.of(this.#place.view);
    if (this.#shown.firstChild !== view.element) this.#shown.replaceChildren(view.element);
    const heading = view.draw({
      summary: this.#summary,
      totals,
      reader: this.#reader,
      from,
      to,
      ordersDone: this.#ordersDone,
    });
    drawHeading(heading, this.#place.view);
    this.#drawLinks();
    this.#drawPeriod(totals, isPeriod);
    this.#drawPledges();
    if (this.#isRead && !heading.isLoading) document.documentElement.dataset['drawn'] = 'true';
    return this.#settle(heading);
  }

  /**
   * What is read for a view alone may name it anew, unless another is drawn by then.
   *
   * @param {import('./view.js').Heading} heading
   */
  async #settle({ settled }) {
    const own = ++this.#drawings;
    const later = await settled;
    if (later && own === this.#drawings) drawHeading(later, this.#place.view);
  }

  /**
   * @param {import('../core/types.js').SummaryView} totals
   * @param {boolean} isPeriod And not all that is stored.
   */
  #drawPeriod(totals, isPeriod) {
    const { view } = this.#place;
    drawSince(totals, isPeriod);
    // A visit is of its own moment, whatever period is chosen.
    part('since', HTMLElement).hidden = view === 'visit';
    part('choice', HTMLElement).hidden = view === 'visit' || this.#isEmpty();
    part('period-of-deletion', HTMLElement).hidden = view !== 'kept';
  }

  /** Nothing is stored. What a site's workers did, of which there is no visit, can be all that there is. */
  #isEmpty() {
    return this.#storedDays === null && this.#storedVisits === 0;
  }

  #drawPledges() {
    const { view } = this.#place;
    part('pledges', HTMLElement).hidden = view !== 'overview' && view !== 'kept';
    part('counts', HTMLElement).hidden = view !== 'overview';
  }

  /** The links lead to the period that is shown. */
  #drawLinks() {
    for (const link of part('views', HTMLElement).querySelectorAll('a')) {
      const view = /** @type {import('./place.js').ViewName} */ (link.dataset['view']);
      link.href = this.#place.of(view);
      drawCurrent(link, view === this.#place.view, 'page');
    }
  }

  /** The reader went to another place. */
  #moved() {
    const before = this.#title.textContent;
    const focused = document.activeElement;
    void this.#drawView();
    // Another screen is read from its beginning; another page or period of the same is not.
    const isAnother = this.#title.textContent !== before;
    if (isAnother) scrollTo(0, 0);
    // What was pressed may be gone by what it did: a bar of the chart leads to a day, which has no chart.
    if (isAnother || !focused?.checkVisibility()) this.#title.focus();
  }

  /**
   * A reading that finds the same says nothing anew: the notices are read aloud whenever they change.
   * @param {HTMLElement[]} notices
   */
  #notify(notices) {
    const isHere = this.#notices.contains(document.activeElement);
    // Read at the second try, the button to try it is gone.
    if (drawNotices(this.#notices, notices) && isHere) this.#title.focus();
  }

  /** @param {unknown} error */
  #drawFailure(error) {
    const ways = { retry: () => this.read(), beginAnew: () => this.#orders.beginAnew() };
    // Read again in vain, it is not said again.
    this.#notify([failureNotice(error, ways)]);
    part('choice', HTMLElement).hidden = this.#summary === null;
    document.documentElement.dataset['drawn'] = 'failed';
  }

  async #changed() {
    this.#ordersDone += 1;
    await this.read();
    await this.#settled;
    // What had the focus is gone, or can be seen no more.
    const { activeElement } = document;
    if (activeElement === document.body || !activeElement?.checkVisibility()) this.#title.focus();
  }

  /**
   * @param {() => Promise<void>} action
   * @returns {Promise<boolean>} Whether it was done; why it was not is said.
   */
  async #perform(action) {
    this.#say('');
    this.#doing += 1;
    try {
      await action();
      return true;
    } catch (error) {
      this.#say(text('actionFailed', detailOf(error)));
      return false;
    } finally {
      this.#doing -= 1;
    }
  }

  /** @param {...(string | Node)} words A name in them is an element. */
  #say(...words) {
    this.#status.replaceChildren(...words);
  }
}

/**
 * Shows how far a reading is that takes long.
 *
 * @param {number} began
 */
function slowly(began) {
  const bar = part('reading', HTMLProgressElement);
  return (/** @type {number} */ read, /** @type {number} */ all) => {
    bar.hidden = performance.now() - began < SLOW_MS;
    bar.max = Math.max(all, 1);
    bar.value = read;
  };
}

function start() {
  localise(document);
  const code = make('code', {}, "fetch('https://example.com')");
  part('leaves-check', HTMLElement).replaceChildren(...sentence('leavesCheck', code));
  // Chromium 156 has an empty store for private windows, which ends with the last of them; Firefox 153 none, and refuses to open it: read, the
  // one would say that nothing was ever counted, and the other that the store is broken.
  if (isInPrivateWindow()) {
    void import('./private-page.js').then(({ drawPrivatePage }) => drawPrivatePage());
    return;
  }
  const dashboard = new Dashboard();
  onChanged(() => dashboard.refresh());
  // Also where the page was opened behind another: it is to be there when it is turned to.
  void dashboard.read();
}

start();
