// Owns the place of the notices, which is read aloud whenever they change: what says the same as before stays as it is.
import { drawText } from './element.js';
import { DETAIL } from './notice.js';

/**
 * @param {HTMLElement} place
 * @param {HTMLElement[]} notices
 * @returns {boolean} Whether they are put in the place of those that were there; else only their technical details are.
 */
export function drawNotices(place, notices) {
  const held = [...place.children];
  const isSame = held.length === notices.length && held.every((one, at) => saidBy(one) === saidBy(notices[at]));
  if (!isSame) {
    place.replaceChildren(...notices);
    return true;
  }
  held.forEach((one, at) => {
    const [detail, newer] = [detailIn(one), detailIn(notices[at])];
    if (detail && newer) drawText(detail, newer.textContent ?? '');
  });
  return false;
}

/** @param {Element | undefined} notice */
function saidBy(notice) {
  return notice?.getAttribute('data-said') ?? notice?.textContent;
}

/** @param {Element | undefined} notice */
function detailIn(notice) {
  return notice?.querySelector(`[data-testid="${DETAIL}"]`);
}
