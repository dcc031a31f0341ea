// Owns for how long visits and the sums of their days are kept, as the reader decides it: of what no sum is kept, no visit is.
import { plural, text } from '../i18n.js';
import { RetentionField } from './retention-field.js';
import { SwitchField } from './switch-field.js';

/** @typedef {number | null} Days Null: for ever. */

export class Retentions {
  #orders;
  #settled;
  /** @type {Days} */
  #visitsDays = null;
  /** @type {Days} */
  #sumsDays = null;

  /**
   * @param {import('./view.js').Orders} orders
   * @param {() => void} settled A choice was applied, or given up.
   */
  constructor(orders, settled) {
    this.#orders = orders;
    this.#settled = settled;
    this.visits = new RetentionField('visits', () => this.#decide(this.visits.days, this.#sumsDays));
    this.sums = new RetentionField('sums', () => this.#decide(this.#visitsDays, this.sums.days));
    this.outliving = new SwitchField('switch-sums', 'keptSumsSwitch', (on) =>
      this.#decide(this.#visitsDays, on ? null : this.#visitsDays),
    );
  }

  /** @param {import('../kept.js').Settings} settings */
  draw({ keepVisitsDays, keepSumsDays }) {
    this.#visitsDays = keepVisitsDays;
    this.#sumsDays = keepSumsDays;
    this.visits.draw(keepVisitsDays);
    this.sums.draw(keepSumsDays);
    const isOutlived = keepVisitsDays === null || isShorter(keepVisitsDays, keepSumsDays);
    this.outliving.draw(isOutlived, keepVisitsDays === null ? text('keptSumsSwitchIdle') : undefined);
  }

  /**
   * @param {Days} visitsWanted
   * @param {Days} sumsDays
   */
  #decide(visitsWanted, sumsDays) {
    const visitsDays = isShorter(sumsDays, visitsWanted) ? sumsDays : visitsWanted;
    // By the choice for the visits: where that for the sums is another, the question names both.
    const isLess = isShorter(this.#sumsDays, visitsWanted);
    const goes = [
      ...(isShorter(visitsDays, this.#visitsDays) ? [visitsQuestion(visitsDays ?? 0)] : []),
      ...(isShorter(sumsDays, this.#sumsDays) ? [sumsQuestion(sumsDays ?? 0)] : []),
    ];
    const said = isLess ? asSums(visitsDays ?? 0) : text('retentionSet');
    this.#orders.retention({ visitsDays, sumsDays }, { question: goes.join(' '), said }, () => {
      this.visits.settle();
      this.sums.settle();
      this.#settled();
    });
  }
}

/**
 * @param {Days} one
 * @param {Days} other
 */
function isShorter(one, other) {
  return (one ?? Infinity) < (other ?? Infinity);
}

/** @param {number} days None: today only. */
function visitsQuestion(days) {
  return days === 0 ? text('retentionVisitsQuestionToday') : plural('retentionVisitsQuestion', days);
}

/** @param {number} days As above. */
function sumsQuestion(days) {
  return days === 0 ? text('retentionSumsQuestionToday') : plural('retentionSumsQuestion', days);
}

/** @param {number} days As above. */
function asSums(days) {
  return days === 0 ? text('retentionVisitsAsSumsToday') : plural('retentionVisitsAsSums', days);
}
