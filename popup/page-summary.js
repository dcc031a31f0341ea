// Owns the top of a page's count: its site, since when, the three numbers, and what they leave out.
import { plural, sentence, text, withMoment } from '../extension/i18n.js';
import { drawNumeral, drawText, make, part } from './element.js';
import { incompleteNotice, privateNotice } from './notice.js';

/** @typedef {import('../extension/core/types.js').PageView} PageView */
/** @typedef {import('./notice.js').Hindrance} Hindrance */

export class PageSummary {
  #site = part('site', HTMLElement);
  #ascii = part('site-ascii', HTMLElement);
  #since = part('since', HTMLElement);
  #domains = part('total-domains', HTMLElement);
  #domainsLabel = part('total-domains-label', HTMLElement);
  #atLeast = part('at-least', HTMLElement);
  #hosts = part('total-hosts', HTMLElement);
  #requests = part('total-requests', HTMLElement);
  #blocked = part('blocked-note', HTMLElement);
  #blockedCount = part('blocked-count', HTMLElement);
  #zero = part('zero', HTMLElement);
  #zeroSymbol = part('zero-symbol', SVGUseElement);
  #zeroTitle = part('zero-title', HTMLElement);
  #zeroText = part('zero-text', HTMLElement);
  #notices = part('page-notices', HTMLElement);
  #drawnNotices = '';
  #reload;

  /** @param {() => void} reload */
  constructor(reload) {
    this.#reload = reload;
  }

  /**
   * @param {PageView} page
   * @param {Hindrance} hindrance
   */
  draw(page, hindrance) {
    drawText(this.#site, page.siteText);
    this.#site.title = page.site;
    this.#site.setAttribute('data-value', page.site);
    const differs = page.site !== page.siteText;
    this.#ascii.hidden = !differs;
    drawText(this.#ascii, differs ? page.site : '');
    drawText(this.#since, withMoment('visitSince', page.startedAtMs));
    this.#since.setAttribute('data-value', String(page.startedAtMs));
    drawNumeral(this.#domains, page.totals.domains);
    this.#atLeast.hidden = page.gaps.length === 0;
    drawText(this.#domainsLabel, plural('totalDomains', page.totals.domains));
    this.#drawCount(this.#hosts, 'hostCount', page.totals.hosts);
    this.#drawCount(this.#requests, 'requestCount', page.totals.requests);
    this.#blocked.hidden = page.outcomes.blocked === 0;
    this.#blocked.setAttribute('data-value', String(page.outcomes.blocked));
    drawText(this.#blockedCount, plural('blockedNote', page.outcomes.blocked));
    this.#drawZero(page);
    this.#drawNotices(page, hindrance);
  }

  /**
   * @param {HTMLElement} element
   * @param {string} key
   * @param {number} count
   */
  #drawCount(element, key, count) {
    element.setAttribute('data-value', String(count));
    drawText(element, plural(key, count));
  }

  /**
   * Pleased only where it is honest: an incomplete count of 0 is no good news, nor is one beside requests that may have left.
   * @param {PageView} page
   */
  #drawZero(page) {
    this.#zero.hidden = page.totals.domains > 0 || page.gaps.length > 0;
    if (this.#zero.hidden) return;
    const pleased = page.outcomes.unknown === 0;
    this.#zero.classList.toggle('zero-pleased', pleased);
    this.#zeroSymbol.setAttribute('href', pleased ? '#symbol-good' : '#symbol-unknown');
    const { title, words } = zeroWords(page);
    drawText(this.#zeroTitle, title);
    this.#zeroText.replaceChildren(...words);
  }

  /**
   * @param {PageView} page
   * @param {Hindrance} hindrance
   */
  #drawNotices(page, hindrance) {
    const state = JSON.stringify([page.visitId, page.gaps, page.private, hindrance]);
    if (state === this.#drawnNotices) return;
    this.#drawnNotices = state;
    this.#notices.replaceChildren(
      ...(page.gaps.length > 0 ? [incompleteNotice(page.gaps, hindrance, this.#reload)] : []),
      ...(page.private ? [privateNotice()] : []),
    );
  }
}

/**
 * What is said where no third party is in the count.
 * @param {PageView} page
 * @returns {{ title: string, words: (string | Node)[] }}
 */
function zeroWords({ domains, outcomes, siteText }) {
  if (outcomes.unknown > 0) {
    return { title: text('zeroUncertainTitle'), words: [plural('zeroUncertainText', outcomes.unknown)] };
  }
  if (domains.length > 0) return { title: text('zeroBlockedTitle'), words: [text('zeroBlockedText')] };
  return { title: text('zeroTitle'), words: sentence('zeroText', make('bdi', { dir: 'ltr' }, siteText)) };
}
