// Owns the driving of Chromium: its flags, its extension, its service worker.
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { browserBinary, MissingTool } from './browser-binary.js';
import { until } from './condition.js';
import { Driver } from './driver.js';

/** What Chromium does on its own: asks its makers' servers, and turns http navigations into https ones. */
const SWITCHED_OFF = ['HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'NetworkTimeServiceQuerying'];

export class Chromium extends Driver {
  #id = '';

  /** @override */
  get origin() {
    return `chrome-extension://${this.#id}/`;
  }

  /** @override */
  async open() {
    const { web, headless = true, language = 'en', downloadsPath, extensionPath, args = [] } = this.options;
    const { otherExtensions = [], elsewhere = [] } = this.options;
    const hosts = [
      'MAP *.invalid ~NOTFOUND',
      ...elsewhere.map((host) => `MAP ${host} 127.0.0.1`),
      `MAP * 127.0.0.1:${web.port}`,
    ];
    return puppeteer.launch({
      executablePath: browserBinary('chromium'),
      headless,
      // Extensions can be installed over the pipe only. They are gone after a restart (Chromium 156), whether installed
      // so or by --load-extension; installed again from the same folder they have the same id and find their store.
      pipe: true,
      enableExtensions: [extensionPath, ...otherExtensions].map((folder) => path.resolve(folder)),
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
        `--disable-features=${SWITCHED_OFF.join()}`,
        `--lang=${language}`,
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-domain-reliability',
        '--disable-quic',
        '--disable-sync',
        '--no-default-browser-check',
        '--no-first-run',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...args,
      ],
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
}
