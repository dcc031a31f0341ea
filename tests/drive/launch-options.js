// Owns what can be asked for when a browser is started.

/**
 * @typedef {object} LaunchOptions
 * @property {import('./browser-binary.js').BrowserName} browser
 * @property {string} extensionPath folder of the built extension
 * @property {{ port: number, spki: string }} web the test web, which becomes every host
 * @property {boolean} [headless] true by default
 * @property {'en' | 'fr'} [language] of the browser; `en` by default
 * @property {string} [userDataDir] profile to use and keep; else a new one, removed by `close`
 * @property {'light' | 'dark'} [colorScheme] what pages are told; `light` by default
 * @property {string} [downloadsPath] where downloads go without a question
 * @property {string[]} [args] more of the browser's own command line
 * @property {Record<string, string | number | boolean>} [prefs] more of Firefox's preferences
 * @property {string[]} [otherExtensions] folders of extensions that are installed beside it; without a background in Chromium
 * @property {string[]} [elsewhere] hosts that are not the test web: asked on this machine, at the port that their URL names
 * @property {boolean} [isThereAtStart] Chromium starts with the extension, as a user's does; else it is installed once it runs
 * @property {boolean} [keepsFirstSteps] the page that the extension shows once it is installed stays open; else it is closed
 */

export {};
