// Owns what can be done: pause, exclude, delete, export, open the other pages; and says what became of it.

// What only a click needs is loaded by the click: whoever opens the popup waits for every file that is loaded before.
import { detailOf, sentence, text } from '../extension/i18n.js';
import { drawText, make, part } from './element.js';
import { DASHBOARD_PAGE, isInPrivateWindow, leaveFor, METHOD_PAGE } from './tab.js';

/** @typedef {import('../extension/core/types.js').PopupView} PopupView */
/** @typedef {import('../extension/core/types.js').Request} CoreRequest */

export class SiteActions {
  #bar = part('site-actions', HTMLElement);
  #buttons = part('site-buttons', HTMLElement);
  #status = part('action-status', HTMLElement);
  #pause = part('pause', HTMLButtonElement);
  #pauseLabel = part('pause-label', HTMLElement);
  #pauseSymbol = part('pause-symbol', SVGUseElement);
  #export = part('export-json', HTMLButtonElement);
  #exclude = part('exclude', HTMLButtonElement);
  /** @type {import('./confirmation.js').Confirmation | undefined} */
  #confirmation;
  #changed;
  #paused = false;
  /** @type {{ site: string, text: string } | undefined} */
  #site;
  /** The site that was shown, if any, when what is said was said. @type {string | undefined} */
  #saidOf;

  /** Includes the excluded site again; stands in the page's middle, where the exclusion is said. */
  include = make(
    'button',
    { type: 'button', class: 'button button-filled', 'data-testid': 'include', title: text('includeHint') },
    text('include'),
  );

  /** @param {() => void} changed Called when an action has changed what there is to show. */
  constructor(changed) {
    this.#changed = changed;
    this.#on(this.#pause, () => this.#send({ kind: 'setPaused', paused: !this.#paused }));
    this.#on(this.#exclude, () => this.#setExcluded(true));
    this.#on(this.include, () => this.#setExcluded(false));
    this.#on(this.#export, () =>
      this.#forSite(async (site) => {
        const [{ saveExport }, { exportedText }] = await Promise.all([
          import('../extension/export-file.js'),
          import('./unreadable.js'),
        ]);
        this.#say(exportedText(await saveExport({ site })), site);
      }),
    );
    for (const [id, page] of /** @type {const} */ ([
      ['open-dashboard', DASHBOARD_PAGE],
      ['how-it-counts', METHOD_PAGE],
    ])) {
      this.#on(part(id, HTMLButtonElement), () => leaveFor(page));
    }
    this.#on(part('delete-site', HTMLButtonElement), () => this.#askToDelete());
  }

  /** @param {PopupView | undefined} view None: nothing is known of the page, so nothing is offered for its site. */
  draw(view) {
    if (view) this.#drawPause(view.paused);
    const page = view?.page;
    const site =
      page?.kind === 'page' || page?.kind === 'excluded' ? { site: page.site, text: page.siteText } : undefined;
    // The question was about the page before.
    if (this.#site && site?.site !== this.#site.site) this.#confirmation?.close();
    this.#site = site;
    // So were the words, where another site is shown. Of a page that is not counted none is told: after a deletion it is the same.
    if (site && site.site !== this.#saidOf) this.#say('');
    // Nothing of a private window is stored. Of an excluded page it is not told whether it is in one.
    this.#export.hidden = isInPrivateWindow() || (page?.kind === 'page' && page.private);
    this.#exclude.hidden = page?.kind !== 'page';
    this.#bar.hidden = site === undefined;
  }

  /** @param {boolean} paused */
  #drawPause(paused) {
    this.#paused = paused;
    this.#pause.title = text(paused ? 'resumeHint' : 'pauseHint');
    this.#pause.setAttribute('data-value', String(paused));
    this.#pause.classList.toggle('button-filled', paused);
    drawText(this.#pauseLabel, text(paused ? 'resume' : 'pause'));
    this.#pauseSymbol.setAttribute('href', paused ? '#symbol-resume' : '#symbol-pause');
  }

  /** @param {boolean} excluded */
  #setExcluded(excluded) {
    return this.#forSite(async (site) => {
      await this.#send({ kind: 'setExcluded', site, excluded });
      this.#say(text(excluded ? 'excluded' : 'includedAgain'), site);
    });
  }

  async #askToDelete() {
    const asked = this.#site;
    const { Confirmation } = await import('./confirmation.js');
    if (!asked || asked.site !== this.#site?.site) return;
    this.#confirmation ??= new Confirmation(part('confirmation', HTMLElement), (open) => {
      this.#buttons.hidden = open;
      if (open) this.#say('');
    });
    const name = make('bdi', { dir: 'ltr', class: 'strong' }, asked.text);
    this.#confirmation.open(sentence('deleteSiteQuestion', name), text('deleteWarning'), () =>
      this.#perform(async () => {
        const { site } = asked;
        await this.#send({ kind: 'deleteSite', site }, () => this.#say(text('deleting'), site));
        this.#say(text('deleted'), site);
      }),
    );
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {() => Promise<void>} action
   */
  #on(button, action) {
    button.addEventListener('click', async () => {
      // Not `disabled`: that would take the focus away.
      if (button.getAttribute('aria-busy') === 'true') return;
      button.setAttribute('aria-busy', 'true');
      await this.#perform(action);
      button.removeAttribute('aria-busy');
    });
  }

  /** @param {() => Promise<void>} action */
  async #perform(action) {
    this.#say('');
    try {
      await action();
    } catch (error) {
      console.error('site-actions: an action failed.', error);
      this.#say(text('actionFailed', detailOf(error)));
    }
  }

  /** @param {(site: string) => Promise<void>} action */
  async #forSite(action) {
    if (this.#site) await action(this.#site.site);
  }

  /**
   * @param {CoreRequest} request
   * @param {() => void} [onSlow] It takes long.
   */
  async #send(request, onSlow) {
    const { order } = await import('./order.js');
    await order(request, onSlow);
    this.#changed();
  }

  /**
   * @param {string} words
   * @param {string} [site] What they are of: where another site is shown by now, they are not said.
   */
  #say(words, site = this.#site?.site) {
    if (this.#site && this.#site.site !== site) return;
    this.#saidOf = site;
    drawText(this.#status, words);
  }
}
