// Owns the words of screens: which each must show, and that it speaks its reader's language and no other.
import assert from 'node:assert/strict';

/** @typedef {import('./spoken-language.js').SpokenLanguage} SpokenLanguage */

/** Messages that a screen must show, by its name; the first is in its title where it fills a tab. @type {Record<string, string[]>} */
export const SAID = {
  'dashboard-empty': ['dashboardTitle', 'emptyTitle', 'leavesTitle', 'countsTitle', 'exportAll', 'howItCounts'],
  method: [
    ...['methodTitle', 'howItCounts', 'countsParty', 'methodSectionGaps', 'outcomeUnknownHint', 'methodErrorOther'],
  ],
  welcome: [
    ...['welcomeTitle', 'welcomeHeading', 'welcomeStepsTitle', 'leavesTitle', 'welcomeKeptHosts'],
    'welcomePermissionHosts',
  ],
  'popup-nothing': ['extensionName', 'nothingTitle'],
  'popup-0': ['extensionName', 'zeroTitle'],
  'popup-journal': ['extensionName', 'typesTitle', 'domainsTitle', 'notContactedTitle'],
  'popup-confirmation': ['extensionName', 'deleteYes', 'deleteNo', 'deleteWarning'],
  'dashboard-full': [
    ...['dashboardTitle', 'topSitesTitle', 'topThirdPartiesTitle', 'daysTitle', 'chartAsTable', 'savePictureSvg'],
    'exportAll',
  ],
  'dashboard-sites': ['sitesTitle', 'columnLast', 'deleteRow'],
  'dashboard-third-parties': ['thirdPartiesTitle', 'columnReach', 'reachText'],
  'dashboard-new': ['newTitle'],
  'dashboard-days': ['daysTitle', 'columnDay', 'columnSites', 'savePicturePng'],
  'dashboard-weeks': ['daysTitle', 'barWeekSum'],
  'dashboard-graph': ['graphTitle'],
  'dashboard-visits': ['visitsTitle', 'viewVisits'],
  'dashboard-compare': ['compareTitle', 'compareChooseSites'],
  'dashboard-compare-sites': ['compareTitle', 'compareSideA', 'compareOnlyB'],
  'dashboard-kept': ['viewKept', 'keptAddresses', 'keptVisitsWhy', 'rebuild', 'leavesText'],
  'dashboard-site': [
    'extensionName',
    'thirdPartiesOfSite',
    'formulasTitle',
    'outcomesToThirdParties',
    'typesTitle',
    'daysTitle',
  ],
  'dashboard-third-party': [
    'extensionName',
    'sitesOfThirdParty',
    'columnFirst',
    'chainsTitle',
    'chainPage',
    'daysTitle',
  ],
  'dashboard-no-such-site': ['extensionName', 'siteNothing'],
  'dashboard-visit': ['extensionName'],
  'dashboard-confirmation': ['sitesTitle', 'deleteYes', 'deleteNo'],
  'popup-incomplete': ['extensionName', 'incompleteTitle'],
  'popup-paused': ['extensionName', 'pausedTitle', 'resume'],
  'popup-excluded': ['extensionName', 'excludedTitle', 'include'],
  'popup-uncounted': ['extensionName', 'uncountedTitle'],
  'popup-unseen': ['extensionName', 'unseenTitle', 'reload'],
  'popup-private': ['extensionName', 'privateTitle'],
  'popup-no-answer': ['extensionName', 'noAnswerTitle', 'retry'],
  'popup-store-damaged': ['extensionName', 'storeDamagedTitle'],
  'dashboard-store-later': ['extensionName', 'storeFromFutureTitle', 'storeFromFutureAdvice'],
};

/**
 * A screen speaks the language, and says what it must.
 * @param {import('puppeteer-core').Page} page
 * @param {string} name
 * @param {SpokenLanguage} spoken
 * @param {string} language
 */
export async function assertSpeaks(page, name, spoken, language) {
  const read = await page.evaluate(() => ({
    language: document.documentElement.lang,
    title: document.title,
    words: document.body.innerText,
  }));
  assert.match(read.language, new RegExp(`^${language}`), name);
  const [title = 'extensionName', ...keys] = SAID[name] ?? [];
  assert.ok(read.title.includes(spoken.message(title)), `${name}: ${title} in ${read.title}`);
  spoken.assertSpoken(read.words, name);
  for (const key of keys) assert.ok(read.words.includes(spoken.message(key)), `${name}: ${key} in ${read.words}`);
}
