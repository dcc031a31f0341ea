// Owns what stands above a view: what it is, and of which days.
import { drawContent, drawText, hostName, part } from '../../popup/element.js';
import { calendarDay, text } from '../i18n.js';

/**
 * That of the page of a site or a third party.
 *
 * @param {string} name Of the address, which can lack it.
 * @param {string} [written] As people write it.
 * @returns {import('./view.js').Heading}
 */
export function nameHeading(name, written = name) {
  return name === '' ? { words: text('noName') } : { words: written, ascii: name };
}

/**
 * What it is, for the window's title too.
 *
 * @param {import('./view.js').Heading} heading
 * @param {import('./place.js').ViewName} view
 */
export function drawHeading({ words, ascii, content }, view) {
  drawContent(part('title', HTMLElement), ...(content ?? [ascii === undefined ? words : hostName(words, ascii)]));
  document.title = view === 'overview' ? text('dashboardTitle') : text('viewTitle', words, text('extensionName'));
}

/**
 * From when to when there is something.
 *
 * @param {import('../core/types.js').SummaryView} totals
 * @param {boolean} isPeriod And not all that is stored.
 */
export function drawSince({ days }, isPeriod) {
  const since = part('since', HTMLElement);
  since.setAttribute('data-value', String(days?.[0] ?? ''));
  if (!days) drawText(since, text(isPeriod ? 'periodNothing' : 'storedNothing'));
  else if (days[0] === days[1]) drawText(since, text('storedOneDay', calendarDay(days[0])));
  else if (isPeriod) drawText(since, text('storedFromTo', calendarDay(days[0]), calendarDay(days[1])));
  else drawText(since, text('storedSince', calendarDay(days[0])));
}
