// Owns “What is kept”: each kind of data, how much there is of it, since when and why; for how long, and how it is deleted.
import { drawText, hostName, make } from '../../popup/element.js';
import { openAddress } from '../../popup/tab.js';
import { bytes, calendarDay, plural, text } from '../i18n.js';
import { readKept } from '../kept.js';
import { arePreferencesKept, forgetPreferences, keptPreferences } from '../preferences.js';
import { isInPrivateWindows, pageOfThisExtension } from '../private-windows.js';
import { FailedReading } from './failed-reading.js';
import { KeptKind, keptButton } from './kept-kind.js';
import { MeasuredRoom } from './measured-room.js';
import { RebuildControl } from './rebuild-control.js';
import { Retentions } from './retentions.js';
import { SlowWord } from './slow-word.js';
import { SwitchField } from './switch-field.js';

/**
 * @typedef {import('../kept.js').Kept} Kept
 * @typedef {import('./view.js').Shown} Shown
 */

/** “What is kept”. */
export class KeptView {
  #orders;
  #say;
  #used = make('p', { class: 'soft', 'data-testid': 'kept-used' });
  #failed = new FailedReading(() => void this.#read());
  #word = new SlowWord();
  #visits = new KeptKind('visits', 'keptVisits', 'keptVisitsWhy');
  #sums = new KeptKind('sums', 'keptSums', 'keptSumsWhy');
  #live = new KeptKind('live', 'keptLive', 'keptLiveWhy');
  #excluded = new KeptKind('excluded', 'keptExcluded', 'keptExcludedWhy');
  #look = new KeptKind('look', 'keptLook', 'keptLookWhy');
  #private = new KeptKind('private', 'keptPrivate', 'keptPrivateWhy');
  #addresses = new KeptKind('addresses', 'keptAddresses', 'keptAddressesWhy');
  #contents = new KeptKind('contents', 'keptContents', 'keptContentsWhy');

  #visitsRoom = new MeasuredRoom((words) => this.#visits.saySize(words));
  #sumsRoom = new MeasuredRoom((words) => this.#sums.saySize(words));

  #retentions;
  #counting;
  #remembering = new SwitchField('switch-look', 'keptLookSwitch', (on) => {
    forgetPreferences(on);
    this.#say(text(on ? 'lookRemembered' : 'lookNotRemembered'));
    this.#drawLook();
  });
  #deletePeriod = keptButton('delete-days', 'deletePeriod', () => {
    if (this.#shown) this.#orders.days(this.#shown);
  });
  #deleteSums = keptButton('delete-sums', 'deleteSumsAlone', () => {
    if (this.#sumsAlone) this.#orders.sumsAlone(this.#sumsAlone);
  });
  #includeAll = keptButton('include-all', 'includeAll', () => void this.#orders.includeAll(this.#sites), 'outlined');
  #forgetLook = keptButton('forget-look', 'forgetLook', () => this.#forget(), 'outlined');
  #sitesLeftOut = make('ul', { class: 'excluded' });

  /** @type {Shown | null} */
  #shown = null;
  /** The days before the first visit, of which there are sums alone. @type {Kept['sumsAlone']} */
  #sumsAlone = null;
  /** Those that are left out. @type {string[]} */
  #sites = [];

  /**
   * @param {import('./view.js').Orders} orders
   * @param {(words: string) => void} say What became of something that the page did by itself.
   */
  constructor(orders, say) {
    this.#orders = orders;
    this.#say = say;
    this.#retentions = new Retentions(orders, () => void this.#read());
    this.#counting = new SwitchField('switch-visits', 'keptCountSwitch', (on) => void orders.counting(on));
    this.#visits.addSwitch(this.#counting.element);
    this.#visits.add(this.#retentions.visits.element, this.#deletePeriod);
    this.#sums.addSwitch(this.#retentions.outliving.element);
    this.#sums.add(this.#retentions.sums.element, this.#deleteSums, new RebuildControl().element);
    this.#excluded.add(this.#sitesLeftOut, this.#includeAll);
    this.#look.addSwitch(this.#remembering.element);
    this.#look.add(this.#forgetLook);
    this.#addresses.say([text('keptAddressesNever')]);
    this.#contents.say([text('keptContentsNever')]);
    this.#addWayToPrivateWindows();
    const stored = [this.#visits, this.#sums, this.#live, this.#excluded, this.#look];
    const notStored = [this.#private, this.#addresses, this.#contents];
    const kinds = [...stored, ...notStored].map((kind) => kind.element);
    const above = make('div', {}, this.#word.element, this.#used);
    this.element = make('div', { class: 'kept' }, above, this.#failed.element, ...kinds);
  }

  /**
   * @param {Shown} shown
   * @returns {import('./view.js').Heading}
   */
  draw(shown) {
    this.#shown = shown;
    this.#deletePeriod.disabled = shown.totals.days === null;
    return { words: text('viewKept'), settled: this.#read() };
  }

  /** Never rejects: a failure is said. */
  async #read() {
    try {
      const reading = Promise.all([readKept(), isInPrivateWindows()]);
      const [kept, isPrivateIn] = await (this.element.dataset['drawn'] ? reading : this.#word.during(reading));
      this.#failed.clear();
      this.#draw(kept);
      this.#private.say([text(isPrivateIn ? 'keptPrivateOn' : 'keptPrivateOff')]);
      this.element.dataset['drawn'] = 'true';
      this.#measure(kept);
    } catch (error) {
      console.error('kept-view: how much is kept could not be read.', error);
      this.#failed.say(error);
    }
  }

  /** @param {Kept} kept */
  #draw({ visits, days, since, sums, sumsSince, sumsAlone, liveBytes, notes, settings, usedBytes }) {
    const from = (/** @type {number | null} */ day) => (day === null ? [] : [text('keptSince', calendarDay(day))]);
    drawText(this.#used, usedBytes === null ? '' : text('keptUsed', bytes(usedBytes)));
    this.#visits.say([plural('keptOpenVisits', visits), plural('keptClosedDays', days), ...from(since)]);
    this.#sums.say([plural('dayCount', sums), ...from(sumsSince)]);
    const noted = notes > 0 ? [plural('keptNotes', notes)] : [];
    this.#live.say([bytes(liveBytes), ...noted, text('keptLiveStays')]);
    this.#counting.draw(!settings.paused);
    this.#retentions.draw(settings);
    this.#sumsAlone = sumsAlone;
    this.#deleteSums.disabled = sumsAlone === null;
    this.#drawExcluded(settings.excludedSites);
    this.#drawLook();
  }

  #drawLook() {
    const { count, characters } = keptPreferences();
    this.#look.say([plural('keptPreferences', count), ...(count > 0 ? [text('keptLookStays')] : [])]);
    this.#look.saySize(count === 0 ? '' : bytes(characters * 2));
    this.#remembering.draw(arePreferencesKept());
    this.#forgetLook.disabled = count === 0;
  }

  /** At once: what is lost by it is chosen anew in a moment. */
  #forget() {
    forgetPreferences(arePreferencesKept());
    this.#say(text('lookForgotten'));
    // The button has nothing more to do, and a disabled one loses the focus.
    if (document.activeElement === this.#forgetLook) this.#look.focus();
    this.#drawLook();
  }

  /** @param {string[]} sites */
  #drawExcluded(sites) {
    this.#excluded.say([plural('siteCount', sites.length), ...(sites.length > 0 ? [text('keptExcludedStays')] : [])]);
    this.#includeAll.hidden = sites.length < 2;
    // Drawn anew, a button would lose the focus.
    if (sites.join(' ') === this.#sites.join(' ')) return;
    this.#sites = sites;
    this.#sitesLeftOut.replaceChildren(...sites.map((site) => this.#excludedSite(site)));
  }

  /** @param {string} site */
  #excludedSite(site) {
    const written = this.#shown?.reader.hostText(site) ?? site;
    const row = { site, text: written };
    const button = keptButton('include', 'countAgain', () => void this.#orders.include(row), 'outlined');
    button.setAttribute('data-name', site);
    button.setAttribute('aria-label', text('includeSite', written));
    const name = hostName(written, site);
    name.classList.add('strong');
    return make('li', {}, name, button);
  }

  #addWayToPrivateWindows() {
    const address = pageOfThisExtension();
    const way = make('p', { class: 'soft small' }, text('keptPrivateWay'));
    const open = keptButton('private-way', 'keptPrivateOpen', () => void openAddress(address ?? ''), 'outlined');
    this.#private.add(way, ...(address === null ? [] : [open]));
  }

  /**
   * The room that each kind takes is read after all else is there.
   *
   * @param {Kept} kept
   */
  #measure({ visits, days, sums, spans, change }) {
    void this.#visitsRoom.measure(
      [
        ['visits', visits],
        ['days', days],
      ],
      change,
    );
    void this.#sumsRoom.measure(
      [
        ['rollups', sums],
        ['spans', spans],
      ],
      change,
    );
  }
}
