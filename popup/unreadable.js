// Owns what is said of stored visits that could not be read: how many, why, and what to do.
import { plural, text } from '../extension/i18n.js';
import { make } from './element.js';
import { notice } from './notice.js';

/** @typedef {import('../extension/core/types.js').UnreadableVisits} UnreadableVisits */

/**
 * @param {UnreadableVisits} unreadable
 * @returns {number}
 */
export function unreadableTotal({ damaged, laterVersion }) {
  return damaged + laterVersion;
}

/**
 * @param {UnreadableVisits} unreadable
 * @returns {HTMLElement[]} None where everything could be read.
 */
export function unreadableNotices(unreadable) {
  const total = unreadableTotal(unreadable);
  if (total === 0) return [];
  const lines = [...reasons(unreadable), text('unreadableText')];
  const title = plural('unreadableVisits', total);
  const body = lines.map((line) => make('p', {}, line));
  const element = notice('warn', 'unreadable', title, body);
  element.setAttribute('data-damaged', String(unreadable.damaged));
  element.setAttribute('data-later-version', String(unreadable.laterVersion));
  return [element];
}

/**
 * What is said when an export was handed to the downloads: what becomes of it there the browser does not tell.
 * @param {import('../extension/export-making.js').Missing} missing What is not in it.
 * @returns {string}
 */
export function exportedText({ unreadable, daysNotKept }) {
  const total = unreadableTotal(unreadable);
  return [
    ...(total === 0 ? [text('exported')] : [plural('exportedWithout', total), ...reasons(unreadable)]),
    ...(daysNotKept === 0 ? [] : [plural('exportedSumsAlone', daysNotKept)]),
  ].join(' ');
}

/** @param {UnreadableVisits} unreadable */
function reasons({ damaged, laterVersion }) {
  return [
    ...(damaged > 0 ? [plural('unreadableDamaged', damaged)] : []),
    ...(laterVersion > 0 ? [plural('unreadableLater', laterVersion)] : []),
  ];
}
