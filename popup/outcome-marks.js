// Owns the marks beside a domain or host: what became of the requests that are not, or not yet, plain contacts.
import { keyOf, plural, text } from '../extension/i18n.js';
import { make, symbol } from './element.js';

/** @typedef {import('../extension/core/types.js').OutcomeCounts} OutcomeCounts */
/** @typedef {import('../extension/core/types.js').Outcome} Outcome */

/**
 * The marks, in the order in which they stand. `sent` has none: it is the number itself.
 * @type {readonly Exclude<Outcome, 'sent'>[]}
 */
const MARKED = ['blocked', 'cached', 'failed', 'unknown', 'pending'];

/**
 * @param {OutcomeCounts} outcomes
 * @returns {HTMLElement[]} One element a mark.
 */
export function outcomeMarks(outcomes) {
  return MARKED.filter((outcome) => outcomes[outcome] > 0).map((outcome) =>
    make(
      'span',
      {
        class: `mark mark-${outcome}`,
        'data-testid': `mark-${outcome}`,
        'data-value': outcomes[outcome],
        title: text(keyOf('outcome', outcome, 'Hint')),
      },
      symbol(outcome),
      plural(keyOf('marks', outcome), outcomes[outcome]),
    ),
  );
}

/**
 * One request's outcome.
 * @param {Outcome} outcome
 * @returns {HTMLElement}
 */
export function outcomeMark(outcome) {
  return make(
    'span',
    {
      class: `mark mark-${outcome}`,
      'data-testid': 'request-outcome',
      'data-value': outcome,
      title: text(keyOf('outcome', outcome, 'Hint')),
    },
    ...(outcome === 'sent' ? [] : [symbol(outcome)]),
    text(keyOf('outcome', outcome)),
  );
}

/**
 * The mark of a domain that was asked for with no page named.
 * @returns {HTMLElement}
 */
export function bySiteMark() {
  return make(
    'span',
    { class: 'mark', 'data-testid': 'mark-service-worker', title: text('serviceWorkerHint') },
    symbol('worker'),
    text('serviceWorker'),
  );
}
