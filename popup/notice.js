// Owns the notices: an incomplete count, a pause, a private window, and the problems that the background reports.
import { atMoment, text, withMoment } from '../extension/i18n.js';
import { make, symbol } from './element.js';
import { openPage, WELCOME_PAGE } from './tab.js';

/** @typedef {import('../extension/core/types.js').Gap} Gap */
/** @typedef {Awaited<ReturnType<typeof import('../extension/client.js').ask>>['problems'][number]} Problem */
/** @typedef {'fault' | 'warn' | 'plain'} NoticeKind */
/** @typedef {'paused' | 'accessMissing' | null} Hindrance What keeps a page that is loaded now from being counted whole. */

/** @type {Map<string, string>} */
const GAP_TEXTS = new Map([
  ['openedBefore', 'gapOpenedBefore'],
  ['backgroundRestarted', 'gapBackgroundRestarted'],
  ['coreRestarted', 'gapCoreRestarted'],
  ['paused', 'gapPaused'],
  ['accessMissing', 'gapAccessMissing'],
]);

/** The technical detail of a problem, in `data-testid`. */
export const DETAIL = 'problem-detail';

/** Problems that this page has words for. */
const PROBLEMS = new Set([
  'coreUnavailable',
  'storeUnavailable',
  'storeFull',
  'storeFromFuture',
  'storeBlocked',
  'storeDamaged',
  'eventsSetAside',
  'countsGivenUp',
  'accessMissing',
]);

/**
 * @param {NoticeKind} kind
 * @param {string} testid
 * @param {string} title
 * @param {(Node | string)[]} body
 * @param {...Node} controls
 * @returns {HTMLElement}
 */
export function notice(kind, testid, title, body, ...controls) {
  return make(
    'div',
    { class: `notice notice-${kind}`, 'data-testid': testid },
    symbol(kind),
    make('div', { class: 'notice-body' }, make('p', { class: 'notice-title' }, title), ...body),
    ...controls,
  );
}

/**
 * The count may be too low: each reason, since when, and the way out.
 * @param {readonly Gap[]} gaps At least one.
 * @param {Hindrance} hindrance
 * @param {() => void} reload
 * @returns {HTMLElement}
 */
export function incompleteNotice(gaps, hindrance, reload) {
  return notice(
    'warn',
    'incomplete',
    text('incompleteTitle'),
    [...gaps.map((gap) => gapLine(gap)), wayToCount(hindrance)],
    // While something hinders it would end the count that there is.
    ...(hindrance ? [] : [reloadButton(reload)]),
  );
}

/**
 * What leads to a whole count.
 * @param {Hindrance} hindrance
 * @returns {HTMLElement}
 */
export function wayToCount(hindrance) {
  if (hindrance === 'paused') return make('p', {}, text('resumeToCount'));
  return make('p', {}, text(hindrance === 'accessMissing' ? 'allowToCount' : 'reloadToCount'));
}

/**
 * @param {() => void} reload
 * @returns {HTMLButtonElement}
 */
export function reloadButton(reload) {
  const button = make(
    'button',
    { type: 'button', class: 'button button-outlined', 'data-testid': 'reload' },
    text('reload'),
  );
  button.addEventListener('click', reload);
  return button;
}

/**
 * @param {() => void} retry
 * @returns {HTMLButtonElement}
 */
export function retryButton(retry) {
  const button = make(
    'button',
    { type: 'button', class: 'button button-outlined', 'data-testid': 'retry' },
    text('retry'),
  );
  button.addEventListener('click', retry);
  return button;
}

/** @returns {HTMLElement} */
export function pausedNotice() {
  return notice('warn', 'paused', text('pausedTitle'), [make('p', {}, text('pausedText'))]);
}

/** @returns {HTMLElement} */
export function privateNotice() {
  return notice('plain', 'private', text('privateTitle'), [make('p', {}, text('privateText'))]);
}

/**
 * A problem of the background: what happened, since when, what to do, and the detail for a report.
 * @param {Problem} problem
 * @returns {HTMLElement}
 */
export function problemNotice({ kind, sinceMs, detail }) {
  const known = PROBLEMS.has(kind);
  const body = [
    ...(known ? [make('p', {}, text(`${kind}Text`), ' ', text(`${kind}Advice`))] : []),
    make('p', { class: 'soft' }, withMoment('problemSince', sinceMs)),
    ...(detail ? [technicalDetail(detail)] : []),
  ];
  const title = known ? text(`${kind}Title`) : text('problemOtherTitle', kind);
  const element = notice('fault', 'problem', title, body, ...(kind === 'accessMissing' ? [firstStepsButton()] : []));
  element.setAttribute('data-kind', kind);
  element.setAttribute('data-said', `${title} ${sinceMs} ${detail !== ''}`);
  return element;
}

/**
 * The browser's or the core's own words. With each event that is given up they are others: they are not read aloud each time.
 * @param {string} detail
 */
export function technicalDetail(detail) {
  const words = make('pre', { 'data-testid': DETAIL }, detail);
  return make('details', { 'aria-live': 'off' }, make('summary', {}, text('problemDetail')), words);
}

/** Not the question itself: a popup closes as it loses the focus to what the browser asks. The first steps have the button that asks. */
function firstStepsButton() {
  const button = make(
    'button',
    { type: 'button', class: 'button button-outlined', 'data-testid': 'open-first-steps' },
    text('accessMissingOpen'),
  );
  button.addEventListener('click', () => void openPage(WELCOME_PAGE));
  return button;
}

/**
 * The background did not answer.
 * @param {string} detail
 * @param {() => void} retry
 * @returns {HTMLElement}
 */
export function noAnswerNotice(detail, retry) {
  const body = [make('p', {}, text('noAnswerText')), technicalDetail(detail)];
  return notice('fault', 'no-answer', text('noAnswerTitle'), body, retryButton(retry));
}

/**
 * Why a count may be too low, since when.
 * @param {Gap} gap
 * @param {(ms: number) => string} [at] A moment inside a sentence, by the clock that the page is told by.
 * @returns {HTMLElement}
 */
export function gapLine({ reason, sinceMs }, at = atMoment) {
  const key = GAP_TEXTS.get(reason);
  const when = at(sinceMs);
  return make(
    'p',
    { 'data-testid': 'gap', 'data-reason': reason, 'data-value': sinceMs },
    key ? text(key, when) : text('gapOther', reason, when),
  );
}
