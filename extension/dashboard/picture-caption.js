// Owns what stands under every picture: what is counted, over which period, how much of it, by which method, when the picture was made.
import { calendarDays, date, plural, text } from '../i18n.js';

/**
 * @typedef {import('./view.js').Shown} Shown
 *
 * @typedef {object} Cited
 * @property {string[]} what What is counted, and how it is shown.
 * @property {Shown} shown
 * @property {string} [marks] What the marks of visits that may be incomplete look like, where there are some.
 * @property {{ visits: number, sites?: number, incomplete?: number }} [of] Where the picture is of less than the whole period: how much that is. Without `incomplete`, that is not known.
 */

/**
 * @param {Cited} cited
 * @returns {string[]} Sentences.
 */
export function pictureCaption({ what, shown, marks, of = shown.totals }) {
  const { visits, sites, incomplete } = of;
  const much = [plural('visitCount', visits), ...(sites === undefined ? [] : [plural('siteCount', sites)])];
  return [
    ...what,
    `${periodText(shown)} · ${much.join(' · ')}`,
    ...incompleteText(incomplete, shown.totals.incomplete, marks),
    text('captionMethod', ...versionsOf(shown)),
    text('captionMade', date(Date.now())),
  ];
}

/**
 * @param {number | undefined} incomplete How many of the visits pictured may be incomplete; undefined: that is known of the period's visits alone.
 * @param {number} ofPeriod
 * @param {string} [marks]
 * @returns {string[]}
 */
function incompleteText(incomplete, ofPeriod, marks) {
  const count = incomplete ?? ofPeriod;
  if (count === 0) return [];
  const words = incomplete === undefined ? plural('incompleteOfPeriod', count) : plural('incompleteVisits', count);
  return [marks === undefined ? words : `${words} ${marks}`];
}

/**
 * The period that was chosen, or where it has no end, the days on which there is something.
 *
 * @param {Shown} shown
 */
function periodText({ totals: { days }, from, to }) {
  const [first, last] = [from ?? days?.[0], to ?? days?.[1]];
  return first === undefined || last === undefined ? text('periodNothing') : calendarDays(first, last);
}

/** @param {Shown} shown */
function versionsOf({ reader }) {
  const { versions } = reader.method();
  return /** @type {const} */ (['tiers', 'rule', 'list']).map(
    (kind) => versions.find((row) => row.kind === kind)?.version ?? '?',
  );
}
