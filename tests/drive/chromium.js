// Owns the driving of Chromium: its flags, its extension, its service worker.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { browserBinary, MissingTool } from './browser-binary.js';
import { until } from './condition.js';
import { Driver } from './driver.js';

/** What Chromium does on its own: asks its makers' servers, and turns http navigations into https ones. */
const SWITCHED_OFF = ['HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'NetworkTimeServiceQuerying'];

/** The feature by which a Chromium leaves `--load-extension` unheeded. */
const NO_LOADING = 'DisableLoadExtensionCommandLineSwitch';

/** Without it Chromium 156 disables an unpacked extension as it is loaded anew: after `runtime.reload()`, or a change of its rights. */
const DEVELOPER_MODE = { extensions: { ui: { developer_mode: true } } };

export class Chromium extends Driver {
  #id = '';

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
    return puppeteer.launch({
      executablePath: browserBinary('chromium'),
      headless,
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
  }

  /** Only a new profile: a browser that ran already has preferences of its own. */
  async #beDeveloper() {
    const folder = path.join(this.profile, 'Default');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'Preferences'), JSON.stringify(DEVELOPER_MODE), { flag: 'wx' }).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }

  /** @override */
  async ready() {
    const target = await this.browser.waitForTarget((target) => target.type() === 'service_worker');
    this.#id = new URL(target.url()).host;
    const worker = await target.worker();
    await until("the extension's service worker to be active", () =>
      worker?.evaluate(() => 'registration' in globalThis && Reflect.get(globalThis, 'registration').active !== null),
    );
    const { language = 'en' } = this.options;
    const spoken = await this.asExtension(() => chrome.i18n.getUILanguage());
    if (!spoken.startsWith(language)) {
      throw new MissingTool(
        `Chromium speaks ${spoken}, not ${language}: its languages are a package of their own ` +
          '(Debian: `apt-get install chromium-l10n`).',
      );
    }
  }

  /** @override @param {import('puppeteer-core').Page} page */
  async dress(page) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: this.options.colorScheme ?? 'light' }]);
  }

  /** @override */
  async allowPrivateWindows() {
    const settings = await this.browser.newPage();
    await this.goto(settings, 'chrome://extensions/');
    const allow = async (/** @type {string} */ extensionId) => {
      // Of the settings page alone, and typed by nobody.
      await Reflect.get(chrome, 'developerPrivate').updateExtensionConfiguration({
        extensionId,
        incognitoAccess: true,
      });
    };
    await this.whileAnew(() => settings.evaluate(allow, this.#id));
    await settings.close();
  }

  /** @override @param {string} url */
  async askForPrivateWindow(url) {
    await this.asExtension((address) => chrome.windows.create({ incognito: true, url: address }), url);
  }

  /** @override @param {import('puppeteer-core').Page} page @param {boolean} isOffline */
  async setOffline(page, isOffline) {
    await page.setOfflineMode(isOffline);
  }

  #worker() {
    return this.browser
      .targets()
      .find((target) => target.type() === 'service_worker' && target.url().startsWith(this.origin));
  }

  /** @override */
  async backgroundAlive() {
    // Puppeteer's own list learns of a new worker a little late.
    const session = await this.browser.target().createCDPSession();
    const { targetInfos } = await session.send('Target.getTargets');
    await session.detach();
    return targetInfos.some(({ type, url }) => type === 'service_worker' && url.startsWith(this.origin));
  }

  /** @override */
  async killBackground() {
    const worker = await until("Puppeteer's list to have the extension's service worker", async () => {
      const listed = this.#worker();
      return listed ?? ((await this.backgroundAlive()) ? null : 'none');
    });
    if (worker === 'none') return;
    // A worker that is only starting does not always heed the first word.
    await until("Chromium to end the extension's service worker", async () => {
      if (!this.browser.targets().includes(worker)) return true;
      await (await worker.worker())?.close();
      return !this.browser.targets().includes(worker);
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
      // Answered by nobody.
      session.send('Page.crash').catch(() => {});
      await until("Chromium to miss the extension's service worker", async () => !(await this.backgroundAlive()));
    });
  }

  /** @override @param {string} key */
  inSessionStorage(key) {
    // A page of the extension has another thread than its worker.
    return this.asExtension(async (name) => (await chrome.storage.session.get(name))[name], key);
  }
}
