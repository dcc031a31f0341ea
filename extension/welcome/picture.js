// Owns the picture of the first steps: an icon with its number and the list behind it, drawn with what the popup is drawn with.
import { drawMeasure, make, measure, numeral } from '../../popup/element.js';
import { badgeText } from '../badge.js';
import { plural, text } from '../i18n.js';

/** Names that nobody can register (RFC 2606): the example accuses nobody. */
const SITE = 'journal.example';
const LIST = /** @type {const} */ ([
  ['ads.example', 41],
  ['statistics.example', 18],
  ['fonts.example', 6],
]);

/** More than the list has room for. */
const DOMAINS = 12;

/**
 * @param {HTMLElement} place Hidden from screen readers: the caption says what is to be seen.
 * @param {HTMLElement} caption
 */
export function drawPicture(place, caption) {
  const icon = make(
    'span',
    { class: 'picture-icon' },
    make('img', { src: '../icons/tiers-48.png', alt: '', width: 24, height: 24 }),
    make('span', { class: 'picture-badge' }, badgeText({ domains: DOMAINS, incomplete: false })),
  );
  const address = make('bdi', { dir: 'ltr', class: 'picture-address' }, `https://${SITE}/`);
  const count = make(
    'div',
    { class: 'count' },
    numeral('picture-count', DOMAINS, 'count-number'),
    make('span', { class: 'count-label' }, plural('totalDomains', DOMAINS)),
  );
  const rows = LIST.map(([name, requests]) => {
    const bar = measure();
    drawMeasure(bar, requests / LIST[0][1]);
    return make(
      'li',
      { class: 'picture-row' },
      make('bdi', { dir: 'ltr' }, name),
      bar,
      numeral('picture-requests', requests),
    );
  });
  place.replaceChildren(
    make('div', { class: 'picture-toolbar' }, address, icon),
    make(
      'div',
      { class: 'picture-popup' },
      make('bdi', { dir: 'ltr', class: 'strong' }, SITE),
      count,
      make('ul', {}, ...rows),
    ),
  );
  caption.textContent = text('welcomePictureCaption', SITE, plural('announcement', DOMAINS));
}
