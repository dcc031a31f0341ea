// Owns the last requests to one domain: asked of the background when a row opens, in memory only.
import { ask, responseOf } from '../extension/client.js';
import { clock, detailOf, plural, text } from '../extension/i18n.js';
import { readPreference, writePreference } from '../extension/preferences.js';
import { make } from './element.js';
import { matchRows, placeChildren } from './keyed-rows.js';
import { outcomeMark } from './outcome-marks.js';
import { typeLabel } from './type-group.js';

/** @typedef {import('../extension/core/types.js').RequestView & { url: string | null }} RequestRow */

const FULL_ADDRESSES = 'popup.fullAddresses';

export class RequestList {
  /** @type {Map<string, RequestLine>} */
  #lines = new Map();
  #title = make('h3', {}, text('requestsLoading'));
  #list = make('ol', { class: 'requests', tabindex: 0, 'data-testid': 'request-list' });
  #note = make('p', { class: 'soft small', 'data-testid': 'request-note' });
  #full = make('input', { type: 'checkbox', 'data-testid': 'full-addresses' });
  #tabId;
  #domain;

  /**
   * @param {number} tabId
   * @param {string} domain
   */
  constructor(tabId, domain) {
    this.#tabId = tabId;
    this.#domain = domain;
    this.#note.hidden = true;
    // The keyboard reaches it, and it has no name until it is drawn.
    this.#list.hidden = true;
    this.#full.checked = readPreference(FULL_ADDRESSES) === 'true';
    this.#full.addEventListener('change', () => {
      writePreference(FULL_ADDRESSES, String(this.#full.checked));
      this.#wrap();
    });
    this.element = make(
      'section',
      {},
      make(
        'div',
        { class: 'section-head' },
        this.#title,
        make('label', { class: 'switch' }, this.#full, text('fullAddresses')),
      ),
      this.#list,
      this.#note,
    );
    this.#wrap();
  }

  /** Asks again and draws what came. Never rejects: a failure is said in the list's place. */
  async refresh() {
    try {
      const reply = await ask({ kind: 'requests', tabId: this.#tabId, domain: this.#domain });
      this.#draw(responseOf(reply, 'requests').requests);
    } catch (error) {
      console.error('request-list: the requests could not be read.', error);
      this.#title.hidden = true;
      this.#say(text('requestsFailed', detailOf(error)));
    }
  }

  /** @param {readonly RequestRow[]} requests Newest first. */
  #draw(requests) {
    this.#title.textContent = plural('requestsTitle', requests.length);
    this.#title.hidden = requests.length === 0;
    // It scrolls by itself, so the keyboard must reach it, and it must have a name there.
    this.#list.setAttribute('aria-label', this.#title.textContent ?? '');
    const lines = matchRows(
      this.#lines,
      requests,
      (request) => String(request.number),
      (request) => new RequestLine(request),
    );
    placeChildren(
      this.#list,
      lines.map((line) => line.element),
    );
    this.#list.hidden = requests.length === 0;
    this.#full.parentElement?.toggleAttribute('hidden', !requests.some((request) => request.url !== null));
    if (requests.length === 0) this.#say(text('requestsNone'));
    else if (requests.some((request) => request.url === null)) this.#say(text('addressGoneText'));
    else this.#note.hidden = true;
  }

  /** @param {string} words */
  #say(words) {
    this.#note.textContent = words;
    this.#note.hidden = false;
  }

  #wrap() {
    this.#list.classList.toggle('requests-full', this.#full.checked);
  }
}

class RequestLine {
  #outcome = make('span');
  /** @type {string | undefined} */
  #drawn;

  /** @param {RequestRow} request */
  constructor(request) {
    this.element = make(
      'li',
      { class: 'request', 'data-testid': 'request-row', 'data-number': request.number },
      make('span', { class: 'soft' }, clock(request.atMs)),
      make('span', { title: request.type }, typeLabel(request.type)),
      this.#outcome,
      address(request),
    );
  }

  /** @param {RequestRow} request */
  draw(request) {
    if (this.#drawn === request.outcome) return;
    this.#drawn = request.outcome;
    this.#outcome.replaceChildren(outcomeMark(request.outcome));
  }
}

/**
 * @param {RequestRow} request
 * @returns {HTMLElement}
 */
function address(request) {
  if (request.url === null) {
    return make(
      'span',
      { class: 'request-url soft', 'data-testid': 'request-url' },
      make('bdi', { dir: 'ltr' }, request.host),
      text('listSeparator'),
      text('addressGone'),
    );
  }
  // Cut off by the style alone: a selection takes the whole address with it.
  return make(
    'bdi',
    { class: 'request-url', dir: 'ltr', title: request.url, 'data-testid': 'request-url' },
    request.url,
  );
}
