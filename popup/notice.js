// Owns the notices: an incomplete count, a pause, a private window, and the problems that the background reports.
import { atMoment, moment, text } from '../extension/i18n.js';
import { make, symbol } from './element.js';

/** @typedef {import('../extension/core/types.js').Gap} Gap */
/** @typedef {Awaited<ReturnType<typeof import('../extension/client.js').ask>>['problems'][number]} Problem */
/** @typedef {'fault' | 'warn' | 'plain'} NoticeKind */

/** @type {Map<string, string>} */
const GAP_TEXTS = new Map([
  ['openedBefore', 'gapOpenedBefore'],
  ['backgroundRestarted', 'gapBackgroundRestarted'],
  ['coreRestarted', 'gapCoreRestarted'],
  ['paused', 'gapPaused'],
]);

/** Problems that this page has words for. */
const PROBLEMS = new Set([
  'coreUnavailable',
  'storeUnavailable',
  'storeFull',
  'storeFromFuture',
  'eventsSetAside',
  'countsGivenUp',
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
 * @param {boolean} paused Whether a page that is loaded now would not be counted either.
 * @param {() => void} reload
 * @returns {HTMLElement}
 */
export function incompleteNotice(gaps, paused, reload) {
  return notice(
    'warn',
    'incomplete',
    text('incompleteTitle'),
    [...gaps.map(gapLine), make('p', {}, text(paused ? 'resumeToCount' : 'reloadToCount'))],
    reloadButton(reload),
  );
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
    make('p', { class: 'soft' }, text('problemSince', moment(sinceMs))),
    ...(detail ? [make('details', {}, make('summary', {}, text('problemDetail')), make('pre', {}, detail))] : []),
  ];
  const title = known ? text(`${kind}Title`) : text('problemOtherTitle', kind);
  const element = notice('fault', 'problem', title, body);
  element.setAttribute('data-kind', kind);
  return element;
}

/**
 * The background did not answer.
 * @param {string} detail
 * @param {() => void} retry
 * @returns {HTMLElement}
 */
export function noAnswerNotice(detail, retry) {
  const button = make(
    'button',
    { type: 'button', class: 'button button-outlined', 'data-testid': 'retry' },
    text('retry'),
  );
  button.addEventListener('click', retry);
  const body = [
    make('p', {}, text('noAnswerText')),
    make('details', {}, make('summary', {}, text('problemDetail')), make('pre', {}, detail)),
  ];
  return notice('fault', 'no-answer', text('noAnswerTitle'), body, button);
}

/**
 * @param {Gap} gap
 * @returns {HTMLElement}
 */
function gapLine({ reason, sinceMs }) {
  const key = GAP_TEXTS.get(reason);
  const when = atMoment(sinceMs);
  return make(
    'p',
    { 'data-testid': 'gap', 'data-reason': reason, 'data-value': sinceMs },
    key ? text(key, when) : text('gapOther', reason, when),
  );
}
