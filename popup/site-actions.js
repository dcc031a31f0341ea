// Owns what can be done: pause, exclude, delete, export, open the other pages; and says what became of it.

// What only a click needs is loaded by the click: whoever opens the popup waits for every file that is loaded before.
import { sentence, text } from '../extension/i18n.js';
import { drawText, make, part } from './element.js';
import { DASHBOARD_PAGE, isPopup, METHOD_PAGE, openPage } from './tab.js';

/** @typedef {import('../extension/core/types.js').PopupView} PopupView */
/** @typedef {import('../extension/core/types.js').Request} CoreRequest */

export class SiteActions {
  #bar = part('site-actions', HTMLElement);
  #buttons = part('site-buttons', HTMLElement);
  #status = part('action-status', HTMLElement);
  #pause = part('pause', HTMLButtonElement);
  #pauseLabel = part('pause-label', HTMLElement);
  #pauseSymbol = part('pause-symbol', SVGUseElement);
  #exclude = part('exclude', HTMLButtonElement);
  /** @type {import('./confirmation.js').Confirmation | undefined} */
  #confirmation;
  #changed;
  #paused = false;
  /** @type {{ site: string, text: string } | undefined} */
  #site;

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
    this.#on(this.#exclude, () => this.#forSite((site) => this.#send({ kind: 'setExcluded', site, excluded: true })));
    this.#on(this.include, () => this.#forSite((site) => this.#send({ kind: 'setExcluded', site, excluded: false })));
    this.#on(part('export-json', HTMLButtonElement), () =>
      this.#forSite(async (site) => {
        const [{ saveExport }, { exportedText }] = await Promise.all([
          import('../extension/export-file.js'),
          import('./unreadable.js'),
        ]);
        this.#say(exportedText(await saveExport({ site })));
      }),
    );
    for (const [id, page] of /** @type {const} */ ([
      ['open-dashboard', DASHBOARD_PAGE],
      ['how-it-counts', METHOD_PAGE],
    ])) {
      this.#on(part(id, HTMLButtonElement), async () => {
        await openPage(page);
        if (isPopup()) window.close();
      });
    }
    this.#on(part('delete-site', HTMLButtonElement), () => this.#askToDelete());
  }

  /** @param {PopupView} view */
  draw({ paused, page }) {
    this.#paused = paused;
    this.#pause.title = text(paused ? 'resumeHint' : 'pauseHint');
    this.#pause.setAttribute('data-value', String(paused));
    this.#pause.classList.toggle('button-filled', paused);
    drawText(this.#pauseLabel, text(paused ? 'resume' : 'pause'));
    this.#pauseSymbol.setAttribute('href', paused ? '#symbol-resume' : '#symbol-pause');
    const site =
      page.kind === 'page' || page.kind === 'excluded' ? { site: page.site, text: page.siteText } : undefined;
    if (site?.site !== this.#site?.site) {
      // The question was about the page before.
      this.#confirmation?.close();
      this.#status.hidden = true;
    }
    this.#site = site;
    this.#exclude.hidden = page.kind !== 'page';
    this.#bar.hidden = site === undefined;
  }

  async #askToDelete() {
    const asked = this.#site;
    const { Confirmation } = await import('./confirmation.js');
    if (!asked || asked.site !== this.#site?.site) return;
    this.#confirmation ??= new Confirmation(part('confirmation', HTMLElement), (open) => {
      this.#buttons.hidden = open;
      this.#status.hidden = true;
    });
    const name = make('bdi', { dir: 'ltr', class: 'strong' }, asked.text);
    this.#confirmation.open(sentence('deleteSiteQuestion', name), text('deleteWarning'), () =>
      this.#perform(async () => {
        await this.#send({ kind: 'deleteSite', site: asked.site });
        this.#say(text('deleted'));
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
    this.#status.hidden = true;
    try {
      await action();
    } catch (error) {
      this.#say(text('actionFailed', error instanceof Error ? error.message : String(error)));
    }
  }

  /** @param {(site: string) => Promise<void>} action */
  async #forSite(action) {
    if (this.#site) await action(this.#site.site);
  }

  /** @param {CoreRequest} request */
  async #send(request) {
    const { order } = await import('./order.js');
    await order(request);
    this.#changed();
  }

  /** @param {string} words */
  #say(words) {
    this.#status.textContent = words;
    this.#status.hidden = false;
  }
}
