// Owns the driving of Chromium: its flags, its extension, its service worker.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { browserBinary, MissingTool } from './browser-binary.js';
import { until, within } from './condition.js';
import { Driver, LAUNCHED_MS, STARTED_MS } from './driver.js';
import { letHeldWorkersGo } from './held-workers.js';
import { PREFERENCES } from './preference.js';
import { closePage } from './tab.js';

/** What Chromium does on its own: asks its makers' servers, and turns http navigations into https ones. */
const SWITCHED_OFF = ['HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'NetworkTimeServiceQuerying'];

/** The feature by which a Chromium leaves `--load-extension` unheeded. */
const NO_LOADING = 'DisableLoadExtensionCommandLineSwitch';

/** Mostly longer than a service worker needs to start; each time twice as long as before, for on a busy machine it is not. */
const TOLD_AGAIN_MS = 1000;
/** Within which it has gone. */
const ENDED_MS = 30_000;

/** A worker that has started answers sooner. */
const ANSWER_MS = 2000;

/** Without it Chromium 156 disables an unpacked extension as it is loaded anew: after `runtime.reload()`, or a change of its rights. */
const DEVELOPER_MODE = { extensions: { ui: { developer_mode: true } } };

export class Chromium extends Driver {
  #id = '';
  /** @type {WeakMap<import('puppeteer-core').Page, import('puppeteer-core').CDPSession>} */
  #preferring = new WeakMap();

  /** @override */
  get origin() {
    return `chrome-extension://${this.#id}/`;
  }

  /** @override */
  async open() {
    const { web, headless = true, language = 'en', downloadsPath, extensionPath, args = [] } = this.options;
    const { otherExtensions = [], elsewhere = [], isThereAtStart = false } = this.options;
    const folders = [extensionPath, ...otherExtensions].map((folder) => path.resolve(folder));
    const switchedOff = SWITCHED_OFF.filter((feature) => !args.some((arg) => arg.includes(feature)));
    await this.#beDeveloper();
    const hosts = [
      'MAP *.invalid ~NOTFOUND',
      ...elsewhere.map((host) => `MAP ${host} 127.0.0.1`),
      `MAP * 127.0.0.1:${web.port}`,
    ];
    const browser = await puppeteer.launch({
      executablePath: browserBinary('chromium'),
      headless,
      timeout: LAUNCHED_MS,
      // Google Chrome takes extensions over the pipe only. They are gone after a restart (Chromium 156), whether installed
      // so or by --load-extension; installed again from the same folder they have the same id and find their store.
      pipe: true,
      enableExtensions: isThereAtStart || folders,
      // A page that the browser brings back is not blank, and may be under way.
      waitForInitialPage: !isThereAtStart,
      userDataDir: this.profile,
      defaultViewport: headless ? { width: 1280, height: 800 } : null,
      ...(downloadsPath && { downloadBehavior: { policy: 'allow', downloadPath: path.resolve(downloadsPath) } }),
      // On Linux the environment decides the language, and --lang elsewhere.
      env: { ...process.env, LANGUAGE: language },
      args: [
        // Errors of this one key are ignored, and thereby its answers are cached as a trusted host's are, which
        // --ignore-certificate-errors would forbid.
        `--ignore-certificate-errors-spki-list=${web.spki}`,
        // The last rule is for every name, address and port, localhost included.
        `--host-resolver-rules=${hosts.join(', ')}`,
        `--disable-features=${[...switchedOff, ...(isThereAtStart ? [NO_LOADING] : [])].join()}`,
        ...(isThereAtStart ? [`--load-extension=${folders.join()}`] : []),
        `--lang=${language}`,
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-domain-reliability',
        '--disable-quic',
        '--disable-sync',
        '--no-default-browser-check',
        '--no-first-run',
        // Without it Chromium 156 sends the first report at once and keeps every further one for up to a minute.
        '--short-reporting-delay',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...args,
      ],
    });
    await letHeldWorkersGo(browser);
    return browser;
  }

  /** Only a new profile: a browser that ran already has preferences of its own. */
  async #beDeveloper() {
    const folder = path.join(this.profile, 'Default');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'Preferences'), JSON.stringify(DEVELOPER_MODE), { flag: 'wx' }).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }

  /** Always: it is gone after a restart, see above. @override */
  get isInstalledAnew() {
    return true;
  }

  /** @override */
  async ready() {
    this.#id = await until("the extension's service worker to be active", () => this.#activeWorkersHost(), STARTED_MS);
    const { language = 'en' } = this.options;
    const spoken = await this.asExtension(() => chrome.i18n.getUILanguage());
    if (!spoken.startsWith(language)) {
      throw new MissingTool(
        `Chromium speaks ${spoken}, not ${language}: its languages are a package of their own ` +
          '(Debian: `apt-get install chromium-l10n`).',
      );
    }
  }

  /** The host of the extension's service worker once that is active; none before. @returns {Promise<string | undefined>} */
  async #activeWorkersHost() {
    const isOurs = (/** @type {string} */ url) => url.startsWith('chrome-extension:');
    for (const target of this.browser.targets()) {
      if (target.type() !== 'service_worker' || !isOurs(target.url())) continue;
      // One that ends as it starts answers nobody; another one follows.
      const isActive = await within(this.#isActive(target), ANSWER_MS).catch(() => false);
      if (isActive) return new URL(target.url()).host;
    }
    return undefined;
  }

  /** @param {import('puppeteer-core').Target} worker */
  async #isActive(worker) {
    const session = await worker.createCDPSession();
    try {
      const { result } = await session.send('Runtime.evaluate', { expression: 'registration.active !== null' });
      return result.value;
    } finally {
      // One that somebody is attached to does not always heed the word to end.
      await session.detach().catch(() => {});
    }
  }

  /** @override @param {import('puppeteer-core').Page} page */
  async dress(page) {
    await page.emulateMediaFeatures([this.#colorScheme()]);
  }

  #colorScheme() {
    return { name: 'prefers-color-scheme', value: this.options.colorScheme ?? 'light' };
  }

  /** @override @param {import('puppeteer-core').Page} page @param {import('./preference.js').Preference | null} preference */
  async prefer(page, preference) {
    // Puppeteer does not know these features. With the end of its session a page would lose all of them.
    const session = this.#preferring.get(page) ?? (await page.createCDPSession());
    this.#preferring.set(page, session);
    const features = [this.#colorScheme(), ...(preference ? [PREFERENCES[preference].feature] : [])];
    await session.send('Emulation.setEmulatedMedia', { features });
  }

  /** @override */
  allowPrivateWindows() {
    return this.whileAnew(() => this.#configure({ incognitoAccess: true }));
  }

  /** @override @param {boolean} allowed */
  allowAllSites(allowed) {
    return this.#configure({ hostAccess: allowed ? 'ON_ALL_SITES' : 'ON_CLICK' });
  }

  /** @param {Record<string, unknown>} settings Of the extension, on the settings page. */
  async #configure(settings) {
    const page = await this.browser.newPage();
    await this.goto(page, 'chrome://extensions/');
    const configure = async (/** @type {Record<string, unknown>} */ changes) => {
      // Of the settings page alone, and typed by nobody.
      await Reflect.get(chrome, 'developerPrivate').updateExtensionConfiguration(changes);
    };
    await page.evaluate(configure, { extensionId: this.#id, ...settings });
    await closePage(page);
  }

  /** @override @param {string} url */
  async askForPrivateWindow(url) {
    await this.asExtension((address) => chrome.windows.create({ incognito: true, url: address }), url);
  }

  /** @override @param {import('puppeteer-core').Page} page @param {boolean} isOffline */
  async setOffline(page, isOffline) {
    await page.setOfflineMode(isOffline);
  }

  /**
   * The extension's service workers that there are, by Chromium's names for them. Puppeteer's own list learns of a new one late, and
   * keeps one that Chromium started again under the same name.
   *
   * @param {import('puppeteer-core').CDPSession} session of the browser
   * @returns {Promise<string[]>}
   */
  async #workers(session) {
    const { targetInfos } = await session.send('Target.getTargets');
    const workers = targetInfos.filter(({ type, url }) => type === 'service_worker' && url.startsWith(this.origin));
    return workers.map(({ targetId }) => targetId);
  }

  /** @override */
  async backgroundAlive() {
    const session = await this.browser.target().createCDPSession();
    const workers = await this.#workers(session);
    await session.detach();
    return workers.length > 0;
  }

  /**
   * Settles when the service workers that the extension has now are gone: an event may have started another one by then.
   *
   * @param {(workers: string[], session: import('puppeteer-core').CDPSession) => Promise<void>} end Ends those that are left.
   */
  async #endWorkers(end) {
    const session = await this.browser.target().createCDPSession();
    const those = await this.#workers(session);
    const left = async () => (await this.#workers(session)).filter((worker) => those.includes(worker));
    // One that is only starting Chromium starts again at once: told sooner, it would never come to its end.
    let heedsWithinMs = TOLD_AGAIN_MS / 2;
    const toldAgain = async () => {
      heedsWithinMs *= 2;
      await end(await left(), session);
      return until('it to be gone', async () => (await left()).length === 0, heedsWithinMs);
    };
    await until("Chromium to end the extension's service worker", toldAgain, ENDED_MS);
    await session.detach();
  }

  /** @override */
  killBackground() {
    return this.#endWorkers(async (workers, session) => {
      for (const targetId of workers) await session.send('Target.closeTarget', { targetId });
    });
  }

  /** @override */
  async clearSiteData() {
    const [page] = await this.browser.pages();
    const session = await page?.createCDPSession();
    // Not its service worker: Chromium's settings leave an extension installed.
    await session?.send('Storage.clearDataForOrigin', { origin: this.origin.slice(0, -1), storageTypes: 'indexeddb' });
    await session?.detach();
  }

  /**
   * Ends the process of the extension, in which its pages are too: a worker that does not heed the word to end has two more seconds.
   *
   * @override
   */
  async killStandingBackground() {
    await this.leaveDesk(async (desk) => {
      const session = await desk.createCDPSession();
      await this.#endWorkers(async () => {
        // Answered by nobody.
        session.send('Page.crash').catch(() => {});
      });
    });
  }

  /** @override @param {string} key */
  inSessionStorage(key) {
    // A page of the extension has another thread than its worker.
    return this.asExtension(async (name) => (await chrome.storage.session.get(name))[name], key);
  }
}
