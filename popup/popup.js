// Owns the popup: draws what the background answers to its question, and again when the answer changed.
import { responseOf } from '../extension/client.js';
import { failureOf } from '../extension/failure.js';
import { localise, plural } from '../extension/i18n.js';
import { popupView, preparePopupModule } from '../extension/popup-instance.js';
import { readPreference, writePreference } from '../extension/preferences.js';
import { Announcement } from './announcement.js';
import { DomainList } from './domain-list.js';
import { hostName, make, part } from './element.js';
import { keepingFocus } from './keyed-rows.js';
import { noAnswerNotice, pausedNotice, problemNotice } from './notice.js';
import { drawNotices } from './notices.js';
import { PageSummary } from './page-summary.js';
import { question } from './question.js';
import { SiteActions } from './site-actions.js';
import { isPopup, reloadTab } from './tab.js';
import { tabState } from './tab-state.js';
import { TypeBars } from './type-bars.js';

/** @typedef {import('../extension/core/types.js').PopupView} PopupView */
/** @typedef {import('../extension/core/types.js').PageView} PageView */
/** @typedef {import('./notice.js').Problem} Problem */
/** @typedef {import('./notice.js').Hindrance} Hindrance */

/** How long nothing is said about waiting: most answers come sooner. */
const PATIENCE_MS = 250;

class Popup {
  #summary;
  #types = new TypeBars(part('type-bars', HTMLElement));
  #domains;
  #actions = new SiteActions(() => question.refresh());
  #announcement = new Announcement(part('announcement', HTMLElement));
  #page = part('page', HTMLElement);
  #state = part('state', HTMLElement);
  #notices = part('notices', HTMLElement);
  #typesSection = part('types', HTMLDetailsElement);
  #hopsSection = part('hops', HTMLElement);
  #hops = part('hop-list', HTMLElement);
  #drawnState = '';
  #tabId;

  /** @param {number} tabId */
  constructor(tabId) {
    this.#tabId = tabId;
    this.#summary = new PageSummary(() => this.#reload());
    this.#domains = new DomainList(tabId);
  }

  /** @param {import('../extension/reply.js').Reply} reply */
  answered(reply) {
    const { response, problems } = reply;
    const isWithoutCore = response === null && problems.some(({ kind }) => kind === 'coreUnavailable');
    const view = isWithoutCore ? undefined : popupView(responseOf(reply, 'popup'));
    keepingFocus(
      () => this.#draw(view, problems),
      () => this.#title(),
    );
  }

  /** @param {unknown} error */
  failed(error) {
    keepingFocus(
      () => drawFailure(error, () => question.refresh()),
      () => this.#title(),
    );
  }

  /** That of the page or of the state that is shown: who pressed what leads there has not heard of it yet. */
  #title() {
    const titles = [...document.querySelectorAll('h2')].filter((title) => title.hasAttribute('tabindex'));
    return titles.find((title) => title.checkVisibility()) ?? document.querySelector('h1');
  }

  /**
   * @param {PopupView | undefined} view None where the core does not run: the problems say why.
   * @param {readonly Problem[]} problems
   */
  #draw(view, problems) {
    part('loading', HTMLElement).hidden = true;
    const paused = view?.paused ?? false;
    const hindrance = hindranceOf(paused, problems);
    drawNotices(this.#notices, [...problems.map(problemNotice), ...(paused ? [pausedNotice()] : [])]);
    const tab = view?.page;
    this.#page.hidden = tab?.kind !== 'page';
    this.#state.hidden = tab === undefined || tab.kind === 'page';
    if (tab?.kind === 'page') this.#drawPage(tab, hindrance);
    else this.#announcement.clear();
    if (tab && tab.kind !== 'page') this.#drawState(tab, hindrance);
    this.#actions.draw(view);
    if (document.documentElement.dataset['drawn']) return;
    // Reading a height makes the browser lay the list out now, so that the mark includes it.
    document.documentElement.dataset['height'] = String(document.body.offsetHeight);
    performance.mark('tiers-drawn');
    document.documentElement.dataset['drawn'] = 'true';
  }

  /**
   * @param {PageView} page
   * @param {Hindrance} hindrance
   */
  #drawPage(page, hindrance) {
    this.#summary.draw(page, hindrance);
    this.#types.draw(page.types);
    this.#typesSection.hidden = page.types.length === 0;
    this.#domains.draw(page);
    this.#hopsSection.hidden = page.hops.length === 0;
    this.#hops.replaceChildren(
      ...page.hops.map((hop) =>
        make('li', { 'data-testid': 'hop', 'data-host': hop.host }, hostName(hop.text, hop.host)),
      ),
    );
    const key = page.gaps.length > 0 ? 'announcementAtLeast' : 'announcement';
    this.#announcement.say(plural(key, page.totals.domains));
  }

  /**
   * @param {Exclude<import('../extension/core/types.js').TabView, { kind: 'page' }>} tab
   * @param {Hindrance} hindrance
   */
  #drawState(tab, hindrance) {
    const state = JSON.stringify([tab, hindrance]);
    if (state === this.#drawnState) return;
    this.#drawnState = state;
    const ways = { reload: () => this.#reload(), include: this.#actions.include };
    this.#state.replaceChildren(...tabState(tab, hindrance, ways));
  }

  async #reload() {
    try {
      await reloadTab(this.#tabId);
      question.refresh();
    } catch (error) {
      this.failed(error);
    }
  }
}

/**
 * What keeps a page that is loaded now from being counted whole.
 * @param {boolean} paused
 * @param {readonly Problem[]} problems
 * @returns {Hindrance}
 */
function hindranceOf(paused, problems) {
  if (paused) return 'paused';
  return problems.some(({ kind }) => kind === 'accessMissing') ? 'accessMissing' : null;
}

/**
 * @param {unknown} error
 * @param {() => void} retry
 */
function drawFailure(error, retry) {
  console.error('popup: the count could not be shown.', error);
  part('loading', HTMLElement).hidden = true;
  const { message } = failureOf(error);
  part('notices', HTMLElement).replaceChildren(noAnswerNotice(message, retry));
}

/**
 * Keeps whether a section is open from one time to the next.
 * @param {string} id
 */
function rememberOpen(id) {
  const section = part(id, HTMLDetailsElement);
  const key = `popup.${id}.open`;
  const kept = () => readPreference(key) ?? 'true';
  section.open = kept() === 'true';
  section.addEventListener('toggle', () => {
    // Firefox 153 tells of what the line above did, too.
    if (String(section.open) !== kept()) writePreference(key, String(section.open));
  });
}

async function start() {
  localise(document);
  document.documentElement.dataset['place'] = isPopup() ? 'popup' : 'page';
  rememberOpen('types');
  rememberOpen('not-contacted-section');
  setTimeout(() => part('loading', HTMLElement).classList.add('loading-shown'), PATIENCE_MS);
  try {
    preparePopupModule();
    question.listen(new Popup(await question.tab));
  } catch (error) {
    drawFailure(error, () => location.reload());
  }
}

void start();
