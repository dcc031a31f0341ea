// Owns the dashboard: reads what is stored, draws a period's totals and sites, exports and deletes.
import { Confirmation } from '../../popup/confirmation.js';
import { drawNumeral, drawText, make, part } from '../../popup/element.js';
import { notice, problemNotice } from '../../popup/notice.js';
import { order } from '../../popup/order.js';
import { METHOD_PAGE, openPage } from '../../popup/tab.js';
import { exportedText, unreadableNotices, unreadableTotal } from '../../popup/unreadable.js';
import { storeWhatIsLive } from '../archive.js';
import { ask, onChanged } from '../client.js';
import { saveExport } from '../export-file.js';
import { date, localise, plural, sentence, text } from '../i18n.js';
import { StoredSummary } from '../stored-summary.js';
import { PeriodChoice } from './period.js';
import { SiteTable } from './site-table.js';

/** @typedef {import('../core/reader.js').Summary} Summary */

/** The least time between two readings of the store: it is history, not a stopwatch. */
const PAUSE_MS = 2000;

/** A reading that takes long is done the less often: at most this share of the time goes into it. */
const READING_SHARE = 0.05;

/** A reading that is over before this needs no word. */
const SLOW_MS = 500;

class Dashboard {
  #stored = new StoredSummary();
  /** What was read last. @type {Summary | null} */
  #summary = null;
  #period = new PeriodChoice(() => this.#drawPeriod());
  #table = new SiteTable((row) => this.#askToDeleteSite(row));
  #confirmation = new Confirmation(part('confirmation', HTMLElement));
  #status = part('action-status', HTMLElement);
  #figures = part('stored', HTMLElement);
  #sites = part('sites', HTMLElement);
  #empty = part('empty', HTMLElement);
  #notices = part('notices', HTMLElement);
  #exportAll = part('export-json', HTMLButtonElement);
  #deleteAll = part('delete-all', HTMLButtonElement);
  /** Visits, and whatever else could not be read: what there is to delete. */
  #storedVisits = 0;
  #reading = false;
  #stale = false;

  constructor() {
    this.#exportAll.addEventListener('click', () =>
      this.#perform(async () => {
        this.#say(exportedText(await saveExport({})));
      }),
    );
    this.#deleteAll.addEventListener('click', () => this.#askToDeleteAll());
    for (const id of ['how-it-counts', 'how-it-counts-in-full']) {
      part(id, HTMLButtonElement).addEventListener('click', () =>
        this.#perform(async () => void (await openPage(METHOD_PAGE))),
      );
    }
    document.addEventListener('visibilitychange', () => {
      if (this.#stale) this.refresh();
    });
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
    const began = performance.now();
    try {
      // A background that sleeps is not waited for: what is stored is there.
      if (!this.#summary) this.#draw(await this.#stored.read({ onProgress: slowly(began) }), []);
      await storeWhatIsLive({ isPartWelcome: true });
      const missing = await missingInStore();
      // Drawn in the same turn: what was read before is gone by then.
      this.#draw(await this.#stored.read(), missing);
      document.documentElement.dataset['drawn'] = 'true';
    } catch (error) {
      this.#drawFailure(error);
    }
    part('reading', HTMLProgressElement).hidden = true;
    const pause = Math.max(PAUSE_MS, (performance.now() - began) / READING_SHARE);
    setTimeout(() => {
      this.#reading = false;
      if (this.#stale) this.refresh();
    }, pause);
  }

  /**
   * @param {Summary} summary
   * @param {HTMLElement[]} missing What is said of counts that are not in it.
   */
  #draw(summary, missing) {
    this.#summary = summary;
    const { visits, unreadable } = summary.choose(undefined, undefined);
    this.#storedVisits = visits + unreadableTotal(unreadable);
    const empty = this.#storedVisits === 0;
    this.#notify([...missing, ...unreadableNotices(unreadable)]);
    this.#figures.hidden = false;
    this.#empty.hidden = !empty;
    this.#deleteAll.hidden = empty;
    part('period', HTMLElement).hidden = empty;
    this.#drawPeriod();
    // Asked for its height, the browser lays the page out: then it is there.
    document.documentElement.dataset['height'] ??= String(document.body.offsetHeight);
    performance.mark('tiers-drawn');
  }

  #drawPeriod() {
    const view = this.#summary?.choose(this.#period.from, this.#period.to);
    if (!view || !this.#summary) return;
    this.#sites.hidden = view.visits === 0;
    const nothing = text(this.#storedVisits === 0 ? 'storedNothing' : 'periodNothing');
    drawText(part('since', HTMLElement), view.sinceMs === null ? nothing : text('storedSince', date(view.sinceMs)));
    part('since', HTMLElement).setAttribute('data-value', String(view.sinceMs ?? ''));
    drawTotal('total-domains', 'totalThirdParties', view.domains);
    drawTotal('total-sites', 'totalSites', view.sites);
    drawTotal('total-visits', 'totalVisits', view.visits);
    drawTotal('total-requests', 'totalRequests', view.requests);
    part('incomplete', HTMLElement).hidden = view.incomplete === 0;
    part('incomplete', HTMLElement).setAttribute('data-value', String(view.incomplete));
    drawText(part('incomplete-text', HTMLElement), plural('incompleteVisits', view.incomplete));
    this.#table.draw(this.#summary);
  }

  /**
   * A reading that finds the same says nothing anew: the notices are read aloud whenever they change.
   * @param {HTMLElement[]} notices
   */
  #notify(notices) {
    const words = notices.map((element) => element.textContent).join('');
    if (this.#notices.textContent !== words) this.#notices.replaceChildren(...notices);
  }

  /** @param {unknown} error */
  #drawFailure(error) {
    const detail = error instanceof Error ? error.message : String(error);
    const retry = make(
      'button',
      { type: 'button', class: 'button button-outlined', 'data-testid': 'retry' },
      text('retry'),
    );
    retry.addEventListener('click', () => this.refresh());
    const body = [
      make('p', {}, text('storeUnreadableText')),
      make('details', {}, make('summary', {}, text('problemDetail')), make('pre', {}, detail)),
    ];
    this.#notices.replaceChildren(notice('fault', 'problem', text('storeUnreadable'), body, retry));
  }

  /** @param {import('../core/types.js').SiteRow} row */
  #askToDeleteSite({ site, text: written }) {
    const name = make('bdi', { dir: 'ltr', class: 'strong' }, written);
    this.#confirmation.open(sentence('deleteSiteQuestion', name), text('deleteWarning'), () =>
      this.#delete({ kind: 'deleteSite', site }),
    );
  }

  #askToDeleteAll() {
    this.#confirmation.open([plural('deleteAllQuestion', this.#storedVisits)], text('deleteAllAdvice'), () =>
      this.#delete({ kind: 'deleteAll' }),
    );
  }

  /** @param {import('../core/types.js').Request} request */
  #delete(request) {
    return this.#perform(async () => {
      await order(request);
      this.#say(text('deleted'));
      await this.read();
      // The row that had the focus is gone with its button.
      if (document.activeElement === document.body) part('search', HTMLElement).focus();
    });
  }

  /** @param {() => Promise<void>} action */
  async #perform(action) {
    this.#status.hidden = true;
    try {
      await action();
    } catch (error) {
      this.#say(text('actionFailed', error instanceof Error ? error.message : String(error)));
    }
  }

  /** @param {string} words */
  #say(words) {
    this.#status.textContent = words;
    this.#status.hidden = false;
  }
}

/** What keeps counts out of the store, or has made them be given up. Nothing where the background does not answer: then none has. */
async function missingInStore() {
  try {
    const { problems } = await ask({ kind: 'wake' });
    return problems.filter(({ kind }) => kind === 'storeFull' || kind === 'countsGivenUp').map(problemNotice);
  } catch (error) {
    console.warn(
      'dashboard: the background does not answer; whether it could not store something is not known.',
      error,
    );
    return [];
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

/**
 * @param {string} id
 * @param {string} key
 * @param {number} count
 */
function drawTotal(id, key, count) {
  drawNumeral(part(id, HTMLElement), count);
  drawText(part(`${id}-label`, HTMLElement), plural(key, count));
}

function start() {
  localise(document);
  const code = make('code', {}, "fetch('https://example.com')");
  part('leaves-check', HTMLElement).replaceChildren(...sentence('leavesCheck', code));
  const dashboard = new Dashboard();
  onChanged(() => dashboard.refresh());
  // Also where the page was opened behind another: it is to be there when it is turned to.
  void dashboard.read();
}

start();
