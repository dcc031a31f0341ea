// Owns what readers ask of the looks of pages in their system's or browser's settings, beside the colour scheme: how a page is asked whether it
// holds, and how each browser is made to say it.

/** @typedef {'moreContrast' | 'forcedPalette'} Preference */

/** `feature`: Chromium's, of one page; `settings`: Firefox's, of all pages. */
export const PREFERENCES = /** @type {const} @satisfies {Record<Preference, object>} */ ({
  moreContrast: {
    // In Firefox 153 a forced palette may be one of more contrast too.
    query: '(prefers-contrast: more) and (not (forced-colors: active))',
    feature: { name: 'prefers-contrast', value: 'more' },
    // Firefox 153 has none for it alone: to a theme for better reading it adds whether its black on white has much contrast. That the pages' own
    // colours stay is the second.
    settings: { 'ui.useAccessibilityTheme': 1, 'browser.display.document_color_use': 1 },
  },
  forcedPalette: {
    query: '(forced-colors: active)',
    feature: { name: 'forced-colors', value: 'active' },
    settings: { 'browser.display.document_color_use': 2 },
  },
});
