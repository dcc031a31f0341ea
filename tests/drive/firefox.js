// Owns the driving of Firefox: its preferences, its extension, its event page.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { browserBinary } from './browser-binary.js';
import { until } from './condition.js';
import { Driver, LAUNCHED_MS, STARTED_MS } from './driver.js';
import { keepStart, takeStart } from './firefox-start.js';
import { languagePack } from './language-pack.js';
import { PREFERENCES } from './preference.js';
import { packFolder } from './xpi.js';

/** The extension's origin, fixed: Firefox draws one by lot for every profile. */
const UUID = '11111111-2222-3333-4444-555555555555';

/** A process that is killed has gone sooner, on a busy machine too. */
const ENDED_MS = 30_000;

/** What the privileged page calls: Firefox's own, typed by nobody. */
/** @typedef {{ backgroundState: string, terminateBackground(options: object): Promise<void> }} PrivilegedExtension */

export class Firefox extends Driver {
  #id = '';
  #isInstalledAnew = false;
  /** @type {import('puppeteer-core').Page | null} */
  #privileged = null;

  /** @override */
  get origin() {
    return `moz-extension://${UUID}/`;
  }

  /** @override */
  async open() {
    const { headless = true, args = [] } = this.options;
    this.#privileged = null;
    await takeStart(browserBinary('firefox'), this.profile);
    await this.#install();
    return puppeteer.launch({
      browser: 'firefox',
      executablePath: browserBinary('firefox'),
      headless,
      timeout: LAUNCHED_MS,
      acceptInsecureCerts: true,
      userDataDir: this.profile,
      defaultViewport: headless ? { width: 1280, height: 800 } : null,
      // Release builds take another settings server (below: none) only where this is set.
      env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
      // Without it no page of the extension, and no privileged one, can be opened.
      args: ['-remote-allow-system-access', ...args],
      extraPrefsFirefox: this.#preferences(),
    });
  }

  /**
   * Puts the extension into the profile as a user's installation leaves it there: unlike a temporary add-on it outlives
   * a restart. The file is written once, for a newer one would be an update.
   */
  async #install() {
    const { extensionPath, otherExtensions = [], language = 'en' } = this.options;
    this.#id = await extensionId(extensionPath);
    const folder = path.join(this.profile, 'extensions');
    await mkdir(folder, { recursive: true });
    // What Firefox knows of what is in that folder.
    const known = await readFile(path.join(this.profile, 'extensions.json'), 'utf8').catch(() => '');
    this.#isInstalledAnew = !known.includes(JSON.stringify(this.#id));
    for (const source of [extensionPath, ...otherExtensions]) {
      await writeOnce(path.join(folder, `${await extensionId(source)}.xpi`), await packFolder(source));
    }
    if (language !== 'en') {
      const { file, bytes } = languagePack(language);
      await writeOnce(path.join(folder, file), bytes);
    }
  }

  /** @returns {Record<string, string | number | boolean>} */
  #preferences() {
    const { web, language = 'en', colorScheme = 'light', downloadsPath, elsewhere = [], prefs } = this.options;
    // A name under .invalid is left to the resolver, which knows none (RFC 6761): Firefox then reports it as it would
    // for any name that does not resolve. Behind a proxy the error would be the proxy's.
    const routing = `function FindProxyForURL(url, host) {
      const isDirect = /(^|\\.)invalid\\.?$/.test(host) || ${JSON.stringify(elsewhere)}.includes(host);
      return isDirect ? 'DIRECT' : 'PROXY 127.0.0.1:${web.port}';
    }`;
    return {
      'network.proxy.type': 2,
      'network.proxy.autoconfig_url': `data:application/x-ns-proxy-autoconfig,${encodeURIComponent(routing)}`,
      'network.proxy.allow_hijacking_localhost': true,
      'network.dns.localDomains': elsewhere.join(),
      'network.http.max-persistent-connections-per-proxy': 64,
      // Firefox' own: puppeteer would have it make no connection before there is a request for it.
      'network.http.speculative-parallel-limit': 20,
      // Addresses stay as they are written: no https tried before http.
      'dom.security.https_first': false,
      'dom.security.https_first_schemeless': false,
      'extensions.webextensions.uuids': JSON.stringify({ [this.#id]: UUID }),
      // What ESR and developer builds allow: an unsigned add-on, found in the profile, is installed and enabled.
      'xpinstall.signatures.required': false,
      'extensions.langpacks.signatures.required': false,
      'extensions.autoDisableScopes': 0,
      'extensions.startupScanScopes': 15,
      'intl.locale.requested': language === 'en' ? 'en-US' : language,
      'layout.css.prefers-color-scheme.content-override': colorScheme === 'dark' ? 0 : 1,
      // Firefox's own errands, which would otherwise come to the test web.
      'services.settings.server': 'data:,#remote-settings-dummy/v1',
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'browser.newtabpage.enabled': false,
      'browser.topsites.contile.enabled': false,
      'dom.push.connection.enabled': false,
      ...(downloadsPath && {
        'browser.download.folderList': 2,
        'browser.download.dir': path.resolve(downloadsPath),
        'browser.download.useDownloadDir': true,
        'browser.download.always_ask_before_handling_new_types': false,
        'browser.download.alwaysOpenPanel': false,
      }),
      ...prefs,
    };
  }

  /** @override */
  async left() {
    const { language = 'en', otherExtensions = [] } = this.options;
    if (language === 'en' && otherExtensions.length === 0) await keepStart(browserBinary('firefox'), this.profile);
  }

  /** @override */
  get isInstalledAnew() {
    return this.#isInstalledAnew;
  }

  /** @override */
  async ready() {
    await until("the extension's event page to run", async () => (await this.#state()) === 'running', STARTED_MS);
  }

  /**
   * As its menu does. What WebDriver does in place of it Firefox 153 takes for its user's closing of each tab, and does not bring back.
   *
   * @override
   */
  async quit() {
    const page = await this.#privilegedPage();
    await page.evaluate(() => {
      const { startup } = Reflect.get(globalThis, 'Services');
      // A turn later: the call would not be answered.
      setTimeout(() => startup.quit(startup.eAttemptQuit));
    });
    await this.gone();
  }

  /** @override @param {import('puppeteer-core').Page} _page @param {import('./preference.js').Preference | null} preference */
  async prefer(_page, preference) {
    const page = await this.#privilegedPage();
    const known = Object.values(PREFERENCES).flatMap(({ settings }) => Object.keys(settings));
    const wanted = preference ? PREFERENCES[preference].settings : {};
    await page.evaluate(
      (names, values) => {
        const { prefs } = Reflect.get(globalThis, 'Services');
        for (const name of names) {
          if (name in values) prefs.setIntPref(name, Reflect.get(values, name));
          else prefs.clearUserPref(name);
        }
      },
      [...new Set(known)],
      wanted,
    );
  }

  /** @override */
  async allowPrivateWindows() {
    const page = await this.#privilegedPage();
    const allow = async (/** @type {string} */ id) => {
      const { ChromeUtils, WebExtensionPolicy } = /** @type {any} */ (globalThis);
      const load = (/** @type {string} */ file) => ChromeUtils.importESModule(`resource://gre/modules/${file}.sys.mjs`);
      const allowed = { permissions: ['internal:privateBrowsingAllowed'], origins: [] };
      const { extension } = WebExtensionPolicy.getByID(id);
      await load('ExtensionPermissions').ExtensionPermissions.add(id, allowed, extension);
      const addon = await load('AddonManager').AddonManager.getAddonByID(id);
      await addon.reload();
    };
    await this.whileAnew(() => page.evaluate(allow, this.#id));
  }

  /** @override @param {boolean} allowed */
  async allowAllSites(allowed) {
    const page = await this.#privilegedPage();
    const change = async (/** @type {string} */ id, /** @type {string} */ how) => {
      const { ChromeUtils, WebExtensionPolicy } = /** @type {any} */ (globalThis);
      const file = 'resource://gre/modules/ExtensionPermissions.sys.mjs';
      const { ExtensionPermissions } = ChromeUtils.importESModule(file);
      const { extension } = WebExtensionPolicy.getByID(id);
      await ExtensionPermissions[how](id, { permissions: [], origins: ['<all_urls>'] }, extension);
    };
    await page.evaluate(change, this.#id, allowed ? 'add' : 'remove');
  }

  /** @override */
  async updateExtension() {
    const page = await this.#privilegedPage();
    const file = path.join(this.profile, 'update.xpi');
    await writeFile(file, await packFolder(this.options.extensionPath));
    const install = async (/** @type {string} */ xpi) => {
      const { ChromeUtils, IOUtils } = /** @type {any} */ (globalThis);
      const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
      const update = await AddonManager.getInstallForFile(await IOUtils.getFile(xpi));
      await update.install();
    };
    await this.whileAnew(() => page.evaluate(install, file));
  }

  /** @override @param {string} url */
  async askForPrivateWindow(url) {
    const page = await this.#privilegedPage();
    await page.evaluate((address) => {
      const { browsingContext } = /** @type {any} */ (globalThis);
      browsingContext.topChromeWindow.openTrustedLinkIn(address, 'window', { private: true });
    }, url);
  }

  /** @override @param {import('puppeteer-core').Page} _page @param {boolean} isOffline */
  async setOffline(_page, isOffline) {
    const page = await this.#privilegedPage();
    await page.evaluate((offline) => {
      const { Services } = /** @type {any} */ (globalThis);
      // This machine, on which the whole web is, Firefox 153 would ask even then.
      Services.prefs.setBoolPref('network.disable-localhost-when-offline', true);
      Services.io.offline = offline;
    }, isOffline);
  }

  /** @override */
  async backgroundAlive() {
    return (await this.#state()) !== 'stopped';
  }

  /** @override */
  async killBackground() {
    const page = await this.#privilegedPage();
    // Settles when the event page is gone. Its state afterwards tells nothing: the next event may have started another.
    await page.evaluate(async (id) => {
      const { extension } = Reflect.get(globalThis, 'WebExtensionPolicy').getByID(id);
      await /** @type {PrivilegedExtension} */ (extension).terminateBackground({
        ignoreDevToolsAttached: true,
        // A message in flight would otherwise win it another 30 s.
        disableResetIdleForTest: true,
      });
    }, this.#id);
  }

  /** @override */
  async clearSiteData() {
    const page = await this.#privilegedPage();
    await page.evaluate(
      async (origin) => {
        const { Services } = /** @type {any} */ (globalThis);
        const principal = Services.scriptSecurityManager.createContentPrincipalFromOrigin(origin);
        const request = Services.qms.clearStoragesForPrincipal(principal);
        await new Promise((resolve) => (request.callback = resolve));
      },
      this.origin.slice(0, -1),
    );
  }

  /**
   * Ends the process of the extension, in which its pages are too: while its event page stands still, nothing else is heard there.
   *
   * @override
   */
  async killStandingBackground() {
    await this.leaveDesk();
    const killed = await this.#extensionPids();
    for (const pid of killed) process.kill(pid, 'SIGKILL');
    // An event may have started the next event page by now, in another process: then none is seen to be stopped.
    const isMissed = async () => {
      const there = await this.#extensionPids();
      if (there.some((pid) => killed.includes(pid))) return false;
      return there.length > 0 || !(await this.backgroundAlive());
    };
    await until("Firefox to miss the extension's event page", isMissed, ENDED_MS);
  }

  /** The processes that Firefox has for extensions. @returns {Promise<number[]>} */
  async #extensionPids() {
    const page = await this.#privilegedPage();
    return page.evaluate(async () => {
      const { children } = await Reflect.get(globalThis, 'ChromeUtils').requestProcInfo();
      return /** @type {{ type: string, pid: number }[]} */ (children)
        .filter(({ type }) => type === 'extension')
        .map(({ pid }) => pid);
    });
  }

  /** @override @param {string} key */
  async inSessionStorage(key) {
    const page = await this.#privilegedPage();
    return page.evaluate(
      (id, name) => {
        const { ChromeUtils, WebExtensionPolicy } = /** @type {any} */ (globalThis);
        const file = 'resource://gre/modules/ExtensionStorage.sys.mjs';
        const { extensionStorageSession } = ChromeUtils.importESModule(file);
        const { extension } = WebExtensionPolicy.getByID(id);
        const value = extensionStorageSession.get(extension, [name])[name];
        // Kept as it came from the other process.
        return value?.deserialize?.(globalThis) ?? value;
      },
      this.#id,
      key,
    );
  }

  /**
   * `running`, `starting`, `stopped`, …; empty where Firefox does not know the extension.
   * @returns {Promise<string>}
   */
  async #state() {
    const page = await this.#privilegedPage();
    return page.evaluate((id) => {
      const policy = Reflect.get(globalThis, 'WebExtensionPolicy').getByID(id);
      return /** @type {PrivilegedExtension | undefined} */ (policy?.extension)?.backgroundState ?? '';
    }, this.#id);
  }

  /** A page of Firefox's own, in which scripts may do what Firefox may. */
  async #privilegedPage() {
    if (this.#privileged && !this.#privileged.isClosed()) return this.#privileged;
    const page = await this.browser.newPage();
    await this.goto(page, 'about:config');
    this.#privileged = page;
    return page;
  }
}

/**
 * @param {string} folder of an extension
 * @returns {Promise<string>}
 */
async function extensionId(folder) {
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
  return manifest.browser_specific_settings.gecko.id;
}

/**
 * @param {string} file
 * @param {Buffer} bytes
 */
async function writeOnce(file, bytes) {
  const before = await readFile(file).catch(() => null);
  if (!before?.equals(bytes)) await writeFile(file, bytes);
}
