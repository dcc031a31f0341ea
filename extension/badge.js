// Owns the badge: the number on the toolbar button of each tab, and what a screen reader says of it.

import { api } from './browser.js';

/** White on these has a contrast of more than 4.5. */
const COLOR = '#3d4f66';
const COLOR_INCOMPLETE = '#9a4a00';
const COLOR_UNAVAILABLE = '#b3261e';
const UNAVAILABLE = '!';

/**
 * The number as the badge shows it, in the four characters that fit. A plus sign says that the count is incomplete: at least
 * so many.
 *
 * @param {{ domains: number | null, incomplete: boolean }} badge
 * @returns {string} Empty where there is nothing to count.
 */
export function badgeText({ domains, incomplete }) {
  if (domains === null) return '';
  const number = domains < 1_000 ? String(domains) : `${Math.min(Math.floor(domains / 1_000), 99)}k`;
  return incomplete ? `${number}+` : number;
}

/** Sets what all tabs have in common. It lasts as long as the browser runs. */
export function prepareBadge() {
  const { action } = api;
  said(action.setBadgeBackgroundColor({ color: COLOR }));
  // Chromium has it since 110; before, it chooses white or black by itself.
  if (action.setBadgeTextColor) said(action.setBadgeTextColor({ color: '#ffffff' }));
}

/**
 * Draws the badges of some tabs.
 *
 * @param {import('./core/types.js').BadgeView[]} badges
 */
export function drawBadges(badges) {
  const { action, i18n } = api;
  for (const badge of badges) {
    const { tabId, domains, incomplete } = badge;
    said(action.setBadgeText({ tabId, text: badgeText(badge) }));
    // Both browsers drop a tab's own colour and title when it goes to another page.
    if (incomplete) said(action.setBadgeBackgroundColor({ tabId, color: COLOR_INCOMPLETE }));
    const key = incomplete ? 'badgeTitleIncomplete' : 'badgeTitle';
    const title = domains === null ? i18n.getMessage('extensionName') : i18n.getMessage(key, [String(domains)]);
    said(action.setTitle({ tabId, title }));
  }
}

/** Says on all tabs that nothing is counted. */
export async function drawUnavailable() {
  const { action, tabs, i18n } = api;
  const title = i18n.getMessage('coreUnavailableTitle');
  said(action.setBadgeBackgroundColor({ color: COLOR_UNAVAILABLE }));
  said(action.setBadgeText({ text: UNAVAILABLE }));
  said(action.setTitle({ title }));
  // A number that an earlier background left on a tab would hide it.
  for (const { id: tabId } of await tabs.query({})) {
    if (tabId === undefined) continue;
    said(action.setBadgeText({ tabId, text: UNAVAILABLE }));
    said(action.setTitle({ tabId, title }));
    said(action.setBadgeBackgroundColor({ tabId, color: COLOR_UNAVAILABLE }));
  }
}

/** Takes back what {@link drawUnavailable} said, where an earlier background of this session said it. */
export async function clearUnavailable() {
  const { action, tabs, i18n } = api;
  if ((await action.getBadgeText({})) !== UNAVAILABLE) return;
  prepareBadge();
  said(action.setBadgeText({ text: '' }));
  const title = i18n.getMessage('extensionName');
  said(action.setTitle({ title }));
  for (const { id: tabId } of await tabs.query({})) {
    if (tabId === undefined) continue;
    said(action.setBadgeText({ tabId, text: '' }));
    said(action.setTitle({ tabId, title }));
    said(action.setBadgeBackgroundColor({ tabId, color: COLOR }));
  }
}

/**
 * Badges are drawn late, so their tabs are sometimes gone: both browsers reject then, and there is nothing to do. Anything else
 * is a fault to be seen in the console.
 *
 * @param {Promise<void>} drawing
 */
function said(drawing) {
  drawing.catch((cause) => {
    if (!/no tab with id|invalid tab id/i.test(String(cause))) console.error('badge: it could not be drawn.', cause);
  });
}
