// Owns what the reach of third parties in a period is compared with: the days just before, where all of them are kept; else why not.
import { calendarDay, calendarDays, plural, text } from '../i18n.js';
import { daysBefore } from './period-days.js';

/**
 * Chooses the days before a period as what it is compared with.
 *
 * @param {import('./view.js').Shown} shown
 * @returns {{ isCompared: boolean, words: string }} `words`: with which days, or why with none.
 */
export function compareWithDaysBefore({ summary, totals, from, to }) {
  const first = summary.daysWith(undefined, undefined, '').at(-1);
  // Nothing is stored, which is said already, and no period can be chosen.
  if (first === undefined) return { isCompared: false, words: '' };
  const before = daysBefore(from, to);
  if (!before) return { isCompared: false, words: text('changeNoPeriod') };
  const days = calendarDays(before.from, before.to);
  if (before.from < first) {
    const words = [text('changeNotKept', days), text('changeFirstDay', calendarDay(first))].join(' ');
    return { isCompared: false, words };
  }
  const { sites } = summary.chooseOther(before.from, before.to);
  // A share of nothing is none.
  if (sites === 0 || totals.sites === 0) return { isCompared: false, words: text('changeNoSite', days) };
  return { isCompared: true, words: plural('changeSince', before.to - before.from + 1, days) };
}
