// Owns what the dashboard shows in the place of what is stored where that cannot be read: why, and the way out.
import { make } from '../../popup/element.js';
import { notice, retryButton, technicalDetail } from '../../popup/notice.js';
import { StoreError } from '../database.js';
import { failureOf } from '../failure.js';
import { text } from '../i18n.js';

/** What has words of its own, for the popup too; any other failure is one of the browser. */
const NAMED = new Set(['storeFull', 'storeFromFuture', 'storeBlocked', 'storeDamaged']);

/**
 * @param {unknown} error
 * @param {{ retry: () => Promise<void>, beginAnew: () => void }} ways
 * @returns {HTMLElement}
 */
export function failureNotice(error, { retry, beginAnew }) {
  const kind = error instanceof StoreError && NAMED.has(error.kind) ? error.kind : 'storeUnreadable';
  const words =
    kind === 'storeUnreadable' ? [text('storeUnreadableText')] : [text(`${kind}Text`), ' ', text(`${kind}Advice`)];
  const body = [
    make('p', {}, ...words),
    ...(kind === 'storeDamaged' ? [make('p', { class: 'notice-ways' }, beginAnewButton(beginAnew))] : []),
    technicalDetail(failureOf(error).message),
  ];
  const title = text(kind === 'storeUnreadable' ? kind : `${kind}Title`);
  const element = notice('fault', 'problem', title, body, busyRetryButton(retry));
  element.setAttribute('data-kind', kind);
  element.setAttribute('data-said', title);
  return element;
}

/** @param {() => Promise<void>} retry Settles once it is known whether it went better. */
function busyRetryButton(retry) {
  const button = retryButton(async () => {
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    await retry();
    button.removeAttribute('aria-busy');
  });
  return button;
}

/** @param {() => void} beginAnew */
function beginAnewButton(beginAnew) {
  const attributes = { type: 'button', class: 'button button-danger', 'data-testid': 'begin-anew' };
  const button = make('button', attributes, text('beginAnew'));
  button.addEventListener('click', beginAnew);
  return button;
}
